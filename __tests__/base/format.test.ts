import { describe, expect, it } from 'vitest'
import { amount, forPeople, isoDuration, isoTime, utcTime } from '../../src/base/format.ts'

describe('a duration', () => {
  it.each([
    [0, '0s', 'PT0S'],
    [0.4, '0s', 'PT0S'],
    [0.5, '1s', 'PT1S'],
    [59, '59s', 'PT59S'],
    [60, '1m', 'PT1M'],
    [4_277, '1h 11m 17s', 'PT1H11M17S'],
    [3_600, '1h', 'PT1H'],
    [86_400, '1d', 'P1D'],
    [90_061, '1d 1h 1m 1s', 'P1DT1H1M1S'],
    [864_000 + 5, '10d 5s', 'P10DT5S'],
  ])('of %d s is %s, and %s for programs', (seconds, people, iso) => {
    expect([forPeople(seconds), isoDuration(seconds)]).toEqual([people, iso])
  })
})

describe('a time', () => {
  it('is written in UTC', () => {
    const milliseconds = Date.UTC(2022, 1, 11, 2, 18, 36, 7)
    expect(isoTime(milliseconds)).toBe('2022-02-11T02:18:36.007Z')
    expect(utcTime(milliseconds)).toBe('2022-02-11 02:18:36')
  })

  it('is empty where there is none', () => {
    expect([isoTime(undefined), utcTime(undefined)]).toEqual(['', ''])
  })
})

describe('an amount', () => {
  it.each([
    [0, '0 B'],
    [1_023, '1023 B'],
    [1_024, '1 KB'],
    [1_536, '1.5 KB'],
    [19_306 * 1_024 ** 2, '18.9 GB'],
    [1_024 ** 2, '1 MB'],
    [1_024 ** 4, '1 TB'],
    [1_024 ** 5, '1 PB'],
    [2_048 * 1_024 ** 5, '2048 PB'],
  ])('of %d bytes is %s', (bytes, expected) => {
    expect(amount(bytes)).toBe(expected)
  })
})
