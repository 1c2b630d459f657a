import { describe, expect, it } from 'vitest'
import {
  elapsedSeconds,
  hasEnded,
  isKnownStatus,
  isUntold,
  normaliseStatus,
  normaliseThreatStatus,
  snapshotCompleted,
  snapshotPhases,
  unknownStatus,
  unreadJob,
} from '../../src/domain/job.ts'
import { vault } from '../support/job-body.ts'
import { bareJob } from '../support/outcome.ts'

describe('the words of a status', () => {
  it.each([
    ['Completed', 'Completed', true],
    ['completed', 'Completed', true],
    ['Succeeded', 'Completed', true],
    ['Success', 'Completed', true],
    ['CompletedWithWarnings', 'CompletedWithWarnings', true],
    ['COMPLETEDWITHWARNING', 'CompletedWithWarnings', true],
    ['SuccessWithWarning', 'CompletedWithWarnings', true],
    ['SuccessWithWarnings', 'CompletedWithWarnings', true],
    ['Failed', 'Failed', true],
    ['Cancelled', 'Cancelled', true],
    ['Canceled', 'Cancelled', true],
    ['InProgress', 'InProgress', false],
    ['Inprogress', 'InProgress', false],
    ['Started', 'InProgress', false],
    ['Cancelling', 'Cancelling', false],
    ['Canceling', 'Cancelling', false],
    ['Paused', 'Paused', false],
    ['paused', 'Paused', false],
  ])('%s is %s', (word, expected, ended) => {
    const status = normaliseStatus(word)
    expect(status).toBe(expected)
    expect(isKnownStatus(status)).toBe(true)
    expect(hasEnded(bareJob(status))).toBe(ended)
  })

  it.each([
    'Invalid',
    'Hibernating',
    'CompletedPartially',
    'Completed ',
    'constructor',
    'toString',
    '__proto__',
    '',
  ])('"%s" is given as it is and is never an end', (word) => {
    expect(normaliseStatus(word)).toBe(word)
    expect(isKnownStatus(word)).toBe(false)
    expect(hasEnded(bareJob(word))).toBe(false)
  })
})

describe('a job that was not read yet', () => {
  it('has its place and nothing else', () => {
    const job = unreadJob({ id: '1', vault })
    expect(job).toEqual({
      id: '1',
      vault,
      operation: '',
      item: '',
      status: '',
      startTime: undefined,
      endTime: undefined,
      durationSeconds: undefined,
      size: undefined,
      phases: [],
      errors: [],
      properties: {},
      percent: undefined,
      remainingSeconds: undefined,
      activityId: '',
      container: '',
      server: '',
      instanceId: '',
      recoveryPointId: '',
    })
    expect(hasEnded(job)).toBe(false)
    expect(elapsedSeconds(job, Date.now())).toBeUndefined()
  })
})

describe('the snapshot', () => {
  const withPhases = (...phases: [string, string][]) =>
    bareJob('InProgress', { phases: phases.map(([name, status]) => ({ name, status })) })

  it.each([
    [
      [
        ['Take Snapshot', 'Completed'],
        ['Transfer data to vault', 'InProgress'],
      ],
      true,
    ],
    [[['take snapshot', 'Completed']], true],
    [
      [
        ['Take Snapshot', 'Completed'],
        ['Take Snapshot', 'InProgress'],
      ],
      false,
    ],
    [
      [
        ['Take Snapshot', 'Completed'],
        ['Take Snapshot', 'Completed'],
      ],
      true,
    ],
    [[['Take Snapshot', 'InProgress']], false],
    [[['Take Snapshot', 'Failed']], false],
    [[['Take Snapshot', 'NotStarted']], false],
    [[['Take Snapshot', 'CompletedWithWarnings']], false],
    [[['Transfer data from vault', 'Completed']], undefined],
    [[], undefined],
  ] as [[string, string][], boolean | undefined][])('of %j is taken: %s', (phases, expected) => {
    expect(snapshotCompleted(withPhases(...phases))).toBe(expected)
  })

  it('is told by its task, whatever the job’s kind', () => {
    const job = withPhases(['Trigger Backup', 'Completed'], ['Take Snapshot', 'Completed'])
    expect(snapshotPhases(job)).toEqual([{ name: 'Take Snapshot', status: 'Completed' }])
  })
})

describe('the time that a job took', () => {
  const startTime = Date.parse('2026-03-01T10:00:00Z')
  const endTime = startTime + 90_000
  const now = startTime + 600_000

  it.each([
    [
      'is the service’s duration once it has ended',
      'Completed',
      { startTime, endTime, durationSeconds: 89.5 },
      89.5,
    ],
    [
      'is counted where the duration stays at zero',
      'Completed',
      { startTime, endTime, durationSeconds: 0 },
      90,
    ],
    ['is counted where there is no duration', 'Failed', { startTime, endTime }, 90],
    ['is not counted to now where the end is not told', 'Failed', { startTime }, undefined],
    ['is zero where that is all there is', 'Failed', { startTime, durationSeconds: 0 }, 0],
    ['runs from the start to now', 'InProgress', { startTime }, 600],
    ['does not trust the duration of a job that runs', 'InProgress', { startTime, durationSeconds: 4 }, 600],
    ['is the duration of a running job without a start', 'InProgress', { durationSeconds: 4 }, 4],
    ['runs on for a status never seen before', 'Hibernating', { startTime }, 600],
    ['does not grow of an operation without an end', 'Succeeded', { startTime }, undefined],
    ['does not grow of a cancelled operation', 'Canceled', { startTime }, undefined],
    ['is never negative', 'InProgress', { startTime: now + 5_000 }, 0],
    ['is unknown without a start', 'InProgress', {}, undefined],
  ])('%s', (_name, status, given, expected) => {
    expect(elapsedSeconds(bareJob(status, given), now)).toBe(expected)
  })
})

describe('a status that nobody knows', () => {
  it('is said to count as running, in one line and cut', () => {
    expect(unknownStatus('Job 1', 'Hiber\nnating')).toBe(
      'Job 1 has the status "Hiber nating", which this action does not know. It counts as running, never as success.',
    )
    expect(unknownStatus('Operation 1', 'x'.repeat(101))).toContain(`status "${'x'.repeat(99)}…",`)
  })
})

describe('a threat status', () => {
  it.each([
    ['healthy', 'Healthy', false],
    ['Unhealthy', 'UnHealthy', false],
    ['WARNING', 'Warning', false],
    ['unknown', 'Unknown', true],
    ['notAvailable', 'NotAvailable', true],
    ['', '', true],
    ['Infected', 'Infected', false],
  ])('"%s" is "%s", and tells nothing: %s', (word, status, untold) => {
    expect(normaliseThreatStatus(word)).toBe(status)
    expect(isUntold({ status, threats: [] })).toBe(untold)
  })
})
