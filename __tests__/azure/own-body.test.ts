import { describe, expect, it } from 'vitest'
import { notJob, notOperation } from '../../src/azure/own-body.ts'

describe('a body', () => {
  it.each([
    ['no names', {}],
    ['no body', undefined],
    ['its own names, in any case', { id: '/x/backupJobs/ABC-1', name: 'abc-1' }],
    ['its own ID, escaped', { id: '/x/backupJobs/abc%2D1' }],
  ])('of %s is what was asked for', (_name, body) => {
    expect(notJob('abc-1')(body)).toBeUndefined()
    expect(notOperation('abc-1')(body)).toBeUndefined()
  })

  it.each([
    ['name', { id: '/x/backupJobs/abc-1', name: 'abc-2' }],
    ['id', { id: '/x/backupJobs/abc-2', name: 'abc-1' }],
    ['both', { id: '/x/backupJobs/abc-2', name: 'abc-2' }],
  ])('of another job by its %s is not', (_name, body) => {
    expect(notJob('abc-1')(body)).toBe('the body is of another, abc-2')
  })

  it('of an operation may have another name beside its ID (spec: GetProtectionPolicyOperationStatus)', () => {
    expect(notOperation('1')({ id: '1', name: 'GetProtectionPolicyOperationStatus' })).toBeUndefined()
    expect(notOperation('1')({ id: '2', name: '2' })).toBe('the body is of another, 2')
  })
})
