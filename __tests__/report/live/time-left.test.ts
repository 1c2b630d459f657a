import { describe, expect, it } from 'vitest'
import type { Phase } from '../../../src/domain/job.ts'
import { fractionDone, secondsLeft } from '../../../src/report/live/time-left.ts'
import { bareJob } from '../../support/outcome.ts'

const done = (details: string | undefined, status = 'InProgress', before: Phase[] = []) =>
  fractionDone(
    bareJob('InProgress', {
      phases: [...before, { name: 'Transfer', status, ...(details !== undefined && { details }) }],
    }),
  )

describe('what is done of a job', () => {
  it('is its percentage, before all else', () => {
    const phases = [{ name: 'Transfer', status: 'InProgress', details: '1 GB / 2 GB' }]
    expect([0, 30, 100].map((percent) => fractionDone(bareJob('InProgress', { percent, phases })))).toEqual([
      0, 0.3, 1,
    ])
  })

  it.each([
    ['32 GBs / 128 GBs Transferred', 0.25],
    ['512 MB of 1 GB', 0.5],
    ['Copied 1.5GB/3GB', 0.5],
    ['1,024 KB / 2 MB', 0.5],
    ['3 GB / 2 GB', 1],
    ['0 B / 2 B', 0],
    ['1 tb OF 2 TB', 0.5],
    ['1 PB / 4 PB', 0.25],
  ])('is %s', (details, expected) => expect(done(details)).toBe(expected))

  it.each([
    undefined,
    '',
    '1 GB',
    '1 / 2',
    '1 GB / 0 GB',
    '1 XB / 2 XB',
    '1.2.3 GB / 4 GB',
    '1 GB / 4.4.4 GB',
    '1 GB - 2 GB',
    `${'1'.repeat(31)} GB / 2 GB`,
  ])('is not known of %s', (details) => expect(done(details)).toBeUndefined())

  it('is told by the phase that runs, the first that tells it', () => {
    expect(done('1 GB / 2 GB', 'Completed')).toBeUndefined()
    const before: Phase[] = [
      { name: 'a', status: 'Completed', details: '2 GB / 2 GB' },
      { name: 'b', status: 'InProgress' },
      { name: 'c', status: 'InProgress', details: '0 GB / 0 GB' },
    ]
    expect(done('1 GB / 2 GB', 'InProgress', before)).toBe(0.5)
    expect(fractionDone(bareJob('InProgress'))).toBeUndefined()
  })
})

describe('the time that is left', () => {
  const left = (progress: number, minutes: number) =>
    secondsLeft({ fraction: 0.5, at: 1_000 }, { fraction: 0.5 + progress, at: 1_000 + minutes * 60_000 })

  it('goes by the pace since the first mark', () => {
    expect(left(0.25, 10)).toBe(600)
    expect(left(0.125, 10)).toBe(1_800)
    expect(left(0.5, 10)).toBe(0)
  })

  it('is not known before two minutes and two percent', () => {
    expect([left(0.25, 1.99), left(0.25, 2)]).toEqual([undefined, 120])
    expect([left(0.0199, 10), left(0, 10), left(-0.25, 10)]).toEqual([undefined, undefined, undefined])
    expect(secondsLeft({ fraction: 0, at: 0 }, { fraction: 0.02, at: 120_000 })).toBe(5_880)
  })
})
