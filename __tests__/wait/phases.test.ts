import { describe, expect, it } from 'vitest'
import type { Phase } from '../../src/domain/job.ts'
import type { ObservedPhase } from '../../src/domain/outcome.ts'
import { observePhases } from '../../src/wait/phases.ts'
import { bareJob } from '../support/outcome.ts'

const start = Date.parse('2026-03-01T10:00:00Z')
const at = (seconds: number) => start + seconds * 1000

/** What is observed of reads: when, the status of each phase, and the job's end. */
function observe(...reads: [number, Phase[], number?][]): ObservedPhase[] {
  return reads.reduce<ObservedPhase[]>(
    (before, [seconds, phases, endTime]) =>
      observePhases(before, bareJob('InProgress', { startTime: start, endTime, phases }), at(seconds)),
    [],
  )
}

const backup = (snapshot: string, transfer: string): Phase[] => [
  { name: 'Take Snapshot', status: snapshot },
  { name: 'Transfer data to vault', status: transfer },
]

describe('phases without times of their own', () => {
  it('begin with the job, or when they are first seen running', () => {
    expect(observe([5, backup('InProgress', 'NotStarted')])).toEqual([
      { name: 'Take Snapshot', status: 'InProgress', startedAt: start, endedAt: undefined },
      { name: 'Transfer data to vault', status: 'NotStarted', startedAt: undefined, endedAt: undefined },
    ])
  })

  it('have none before they begin, whether their status says so or is empty', () => {
    const [, transfer] = observe([5, backup('InProgress', '')], [10, backup('InProgress', '')])
    expect(transfer).toEqual({
      name: 'Transfer data to vault',
      status: '',
      startedAt: undefined,
      endedAt: undefined,
    })
  })

  it('end when they are first seen over, and stay so', () => {
    const phases = observe(
      [5, backup('InProgress', 'NotStarted')],
      [480, backup('Completed', 'InProgress')],
      [510, backup('Completed', 'InProgress')],
    )
    expect(phases).toEqual([
      { name: 'Take Snapshot', status: 'Completed', startedAt: start, endedAt: at(480) },
      { name: 'Transfer data to vault', status: 'InProgress', startedAt: at(480), endedAt: undefined },
    ])
  })

  it('end with the job where that has an end', () => {
    const [, transfer] = observe(
      [480, backup('Completed', 'InProgress')],
      [4_290, backup('Completed', 'Completed'), at(4_277)],
    )
    expect(transfer).toMatchObject({ startedAt: at(480), endedAt: at(4_277) })
  })

  it('have no times where no read saw them run', () => {
    expect(observe([9_000, backup('Completed', 'Completed'), at(4_277)])).toEqual([
      { name: 'Take Snapshot', status: 'Completed', startedAt: undefined, endedAt: undefined },
      { name: 'Transfer data to vault', status: 'Completed', startedAt: undefined, endedAt: undefined },
    ])
  })

  it('that begin and end between two reads do not begin after their end', () => {
    const [, transfer] = observe(
      [5, backup('InProgress', 'NotStarted')],
      [30, backup('Completed', 'Completed'), at(28)],
    )
    expect(transfer).toMatchObject({ status: 'Completed', startedAt: at(28), endedAt: at(28) })
    const [, told] = observe(
      [5, backup('InProgress', 'NotStarted')],
      [
        30,
        [
          backup('Completed', '')[0] as Phase,
          { name: 'Transfer data to vault', status: 'Completed', endTime: at(20) },
        ],
      ],
    )
    expect(told).toMatchObject({ startedAt: at(20), endedAt: at(20) })
  })

  it('are told apart by their names, not by their order', () => {
    const [first] = observe(
      [5, backup('InProgress', 'NotStarted')],
      [10, [{ name: 'Transfer data to vault', status: 'InProgress' }]],
    )
    expect(first).toMatchObject({ name: 'Transfer data to vault', startedAt: at(10) })
  })
})

describe('phases with times of their own', () => {
  it('keep them', () => {
    const phase = { name: 'Transfer data from vault', status: 'Completed', startTime: at(2), endTime: at(60) }
    expect(observe([90, [phase]])).toEqual([
      { name: 'Transfer data from vault', status: 'Completed', startedAt: at(2), endedAt: at(60) },
    ])
  })

  it('have no end while they run', () => {
    const phase = { name: 'A', status: 'InProgress', startTime: at(2), endTime: at(60) }
    expect(observe([90, [phase]])[0]?.endedAt).toBeUndefined()
  })
})
