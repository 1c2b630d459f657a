import { describe, expect, it } from 'vitest'
import { unreadJob } from '../../../src/domain/job.ts'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { countedEnd, lastKnown, threatStatus, verdictLine } from '../../../src/report/words/verdict-line.ts'
import {
  good,
  handedOn,
  notStarted,
  outage,
  refused,
  snapshotTaken,
  timedOut,
  unscanned,
  unverified,
  wrongInput,
} from '../samples.ts'

const untimed = (outcome: Outcome): Outcome => ({
  ...outcome,
  job: { ...outcome.job, startTime: undefined, endTime: undefined, durationSeconds: undefined },
})
const lost = (problem: Outcome['problem']): Outcome => ({ ...refused, problem })

describe('the verdict', () => {
  it.each<[string, Outcome, string]>([
    [
      'on an operation of which nothing is known',
      { ...refused, job: unreadJob({ id: '', vault: undefined }) },
      'What was given could not be followed',
    ],
    [
      'on a job that could not be followed, for no known reason',
      lost(undefined),
      `Job ${refused.job.id} could not be followed`,
    ],
    ['on one wrong input', wrongInput, 'Nothing was followed: an input is wrong'],
    [
      'on two wrong inputs',
      lost({ code: '', cause: 'a b', wrongInputs: ['a', 'b'] }),
      'Nothing was followed: 2 inputs are wrong',
    ],
    [
      'on a job that was handed on and has no start',
      untimed(handedOn),
      'Backup of vm-web-1 is still running; a run of follow.yml goes on with it',
    ],
    [
      'on a backup that was not verified and has no times',
      untimed(unverified),
      'Backup of vm-web-1 completed, but its recovery point could not be verified',
    ],
    [
      'on a snapshot that was not verified and has no times',
      { ...untimed(snapshotTaken), verification: { state: 'error' } },
      'Backup of vm-web-1: the snapshot is taken, but its recovery point could not be verified',
    ],
    [
      'on a point that has no threat status yet',
      { ...unscanned, verification: { state: 'looked', healthy: true } },
      'Backup of vm-web-1 completed in 1h 11m 17s; its recovery point has no threat status yet',
    ],
    [
      'on a job of which no read went well in time',
      { ...timedOut, job: { ...timedOut.job, status: '' }, problem: outage.problem },
      'Backup of vm-web-1 could not be read to the end; no status was read',
    ],
    [
      'on a job whose status was never told',
      { ...outage, job: { ...outage.job, status: '' } },
      'Backup of vm-web-1 could not be read to the end; no status was read',
    ],
    [
      'on a job whose last read is two minutes ago',
      { ...timedOut, secondsSinceRead: 120 },
      'Backup of vm-web-1 did not end in time; its last known status is InProgress',
    ],
    [
      'on a job whose last read is longer ago',
      { ...timedOut, secondsSinceRead: 121 },
      'Backup of vm-web-1 could not be read to the end; its last known status is InProgress, 2m ago',
    ],
  ])('%s', (_, outcome, line) => {
    expect(verdictLine(outcome)).toBe(line)
  })
})

describe('the last known status', () => {
  it('is none where none was read', () => {
    expect(lastKnown({ ...outage, job: { ...outage.job, status: '' } })).toBe('')
  })
})

describe('a threat status', () => {
  it('is none where the point, or its health, is not known', () => {
    expect(threatStatus(good)).toBe('no threat status')
    expect(threatStatus({ ...good, recoveryPoint: { id: '1', time: 0, type: '' } })).toBe('no threat status')
  })
})

describe('what several came to', () => {
  it.each<[Outcome['ending'], string]>([
    ['timed-out', '2 jobs did not start in time'],
    ['stopped', '2 jobs were not waited for to the end'],
  ])('tells those that had yet to start: %s', (ending, text) => {
    const outcome: Outcome = { ...notStarted, ending, problem: undefined }
    expect(countedEnd([outcome, outcome])).toBe(text)
  })
})
