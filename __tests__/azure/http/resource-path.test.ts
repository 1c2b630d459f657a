import { describe, expect, it } from 'vitest'
import { missingRoot } from '../../../src/azure/http/resource-path.ts'

const pathOf = (vault: string) =>
  `/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/${vault}/backupOperations/1`
const saying = (vault: string) =>
  `The Resource 'Microsoft.RecoveryServices/vaults/${vault}' under resource group 'g' was not found.`

describe('a vault that is missing', () => {
  it.each([
    ['by its name', 'v', 'v'],
    ['by its name, escaped', 'v%201', 'v 1'],
    ['by a name with an escape that is none', 'v%zz', 'v%zz'],
  ])('is told %s', (_name, asked, told) => {
    expect(missingRoot(pathOf(asked), 'ResourceNotFound', saying(told))).toBe('vault')
  })

  it('is not another', () => {
    expect(missingRoot(pathOf('v%zz'), 'ResourceNotFound', saying('w'))).toBeUndefined()
  })
})
