import { describe, expect, it } from 'vitest'
import { bagParts } from '../../../src/report/page/properties.ts'
import { outcomeOf } from '../samples.ts'

const withBag = (properties: Record<string, unknown>, item = 'vm-1') => outcomeOf({ item, properties })

describe('property bags', () => {
  it('are tables, with values that are no text as JSON', () => {
    const properties = {
      'VM Name': 'vm-1',
      Size: 5,
      Tags: { a: [true] },
      Empty: '',
      Missing: undefined,
      '': 'x',
    }
    expect(bagParts([withBag(properties)])).toEqual([
      [
        '<details>',
        '<summary>Properties of the job</summary>',
        '',
        '| Property | Value |',
        '| --- | --- |',
        '| VM Name | vm-1 |',
        '| Size | 5 |',
        '| Tags | {"a":&#91;true&#93;} |',
        '| Empty | – |',
        '| Missing | – |',
        '| – | x |',
        '',
        '</details>',
      ].join('\n'),
    ])
  })

  it('are told of jobs by name where there are several, and of those that have one', () => {
    expect(bagParts([withBag({})])).toEqual([])
    const parts = bagParts([withBag({ a: 1 }, 'vm-1'), withBag({}, 'vm-2'), withBag({ a: 1 }, 'vm-3')])
    expect(parts.map((part) => part.split('\n')[1])).toEqual([
      '<summary>Properties of Backup of vm-1</summary>',
      '<summary>Properties of Backup of vm-3</summary>',
    ])
  })

  it('are ten at most, of a hundred entries', () => {
    const bag = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`key ${index}`, index]))
    const parts = bagParts(Array.from({ length: 11 }, () => withBag(bag)))
    expect(parts).toHaveLength(10)
    expect(parts[0]).toContain('| key 99 | 99 |')
    expect(parts[0]).not.toContain('key 100')
  })
})
