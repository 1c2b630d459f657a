import { describe, expect, it } from 'vitest'
import type { Ending, Verification } from '../../src/domain/outcome.ts'
import {
  type Conclusion,
  conclude,
  conclusions,
  type FailOn,
  fails,
  worstFirst,
} from '../../src/domain/verdict.ts'
import { bareJob, outcomeOf } from '../support/outcome.ts'

const error = { code: 'E', message: 'M', recommendations: [] }
const policies: FailOn[] = ['failure', 'warning', 'never']

/** Every row of the table in design.md, section 3: the conclusion, and whether the step fails by policy. */
const rows: [string, string, Ending | Verification, boolean, Conclusion, [boolean, boolean, boolean]][] = [
  ['a completed job', 'Completed', 'ended', false, 'success', [false, false, false]],
  ['a completed job with errors', 'Completed', 'ended', true, 'success', [false, false, false]],
  ['an operation that started no job', 'Succeeded', 'ended', false, 'success', [false, false, false]],
  ['a snapshot that was waited for', 'InProgress', 'snapshot', false, 'success', [false, false, false]],
  ['a job with warnings', 'CompletedWithWarnings', 'ended', true, 'warning', [false, true, false]],
  ['a failed job', 'Failed', 'ended', true, 'failure', [true, true, false]],
  ['a failed job without errors', 'Failed', 'ended', false, 'failure', [true, true, false]],
  ['a validation that found errors', 'Succeeded', 'ended', true, 'failure', [true, true, false]],
  ['no fresh backup', '', 'not-fresh', false, 'failure', [true, true, false]],
  ['no fresh backup but an old good one', 'Completed', 'not-fresh', false, 'failure', [true, true, false]],
  ['no recovery point', 'Completed', { state: 'missing' }, false, 'failure', [true, true, false]],
  ['no healthy recovery point', 'Completed', { state: 'unhealthy' }, false, 'failure', [true, true, false]],
  [
    'a recovery point that is there',
    'Completed',
    { state: 'verified' },
    false,
    'success',
    [false, false, false],
  ],
  ['one that may yet come', 'Completed', { state: 'looked' }, false, 'pending', [false, false, false]],
  [
    'one not seen at the deadline',
    'Completed',
    { state: 'timed-out' },
    false,
    'timed-out',
    [true, true, false],
  ],
  ['a signal before one was seen', 'Completed', { state: 'stopped' }, false, 'pending', [true, true, false]],
  ['points that cannot be read', 'Completed', { state: 'error' }, false, 'error', [true, true, true]],
  ['a cancelled job', 'Cancelled', 'ended', false, 'cancelled', [true, true, false]],
  ['a cancelled operation', 'Canceled', 'ended', false, 'cancelled', [true, true, false]],
  ['a job handed on', 'InProgress', 'handed-on', false, 'pending', [false, false, false]],
  ['a good one handed on for its point', 'Completed', 'handed-on', false, 'pending', [false, false, false]],
  ['the deadline', 'InProgress', 'timed-out', false, 'timed-out', [true, true, false]],
  ['the deadline before any read', '', 'timed-out', false, 'timed-out', [true, true, false]],
  ['a look at a running job', 'InProgress', 'looked', false, 'pending', [false, false, false]],
  ['a signal', 'InProgress', 'stopped', false, 'pending', [true, true, false]],
  ['an error of the action', '', 'error', false, 'error', [true, true, true]],
  ['an error in mid-wait', 'InProgress', 'error', false, 'error', [true, true, true]],
]

describe('the verdict', () => {
  it.each(rows)('on %s', (_name, status, ending, hasErrors, conclusion, failing) => {
    const job = bareJob(status, hasErrors ? { errors: [error] } : {})
    const outcome =
      typeof ending === 'string' ? outcomeOf(job, ending) : outcomeOf(job, 'ended', { verification: ending })
    expect(conclude(outcome)).toBe(conclusion)
    expect(policies.map((policy) => fails(outcome, policy))).toEqual(failing)
  })

  it('knows every conclusion by at least one row', () => {
    expect(new Set(rows.map(([, , , , conclusion]) => conclusion))).toEqual(new Set(conclusions))
  })

  it.each([
    'InProgress',
    'Cancelling',
    'Paused',
    'Unknown',
    'Invalid',
    'succeeded',
    'completed',
    '',
    'SUCCESS',
  ])('is never success for the word "%s"', (status) => {
    expect(conclude(outcomeOf(bareJob(status)))).toBe('failure')
  })
})

describe('the worst of several', () => {
  const byConclusion: Record<Conclusion, [string, Ending]> = {
    error: ['', 'error'],
    failure: ['Failed', 'ended'],
    cancelled: ['Cancelled', 'ended'],
    'timed-out': ['InProgress', 'timed-out'],
    warning: ['CompletedWithWarnings', 'ended'],
    pending: ['InProgress', 'looked'],
    success: ['Completed', 'ended'],
  }
  const outcomes = conclusions.map((conclusion) => {
    const [status, ending] = byConclusion[conclusion]
    return outcomeOf(bareJob(status), ending)
  })

  it('is found in the order of the design', () => {
    const order = ['error', 'failure', 'cancelled', 'timed-out', 'warning', 'pending', 'success']
    expect(worstFirst([...outcomes].reverse()).map(conclude)).toEqual(order)
  })

  it('leaves the order of those alike, and the list that it was given', () => {
    const jobs = ['a', 'b', 'c'].map((id) => outcomeOf(bareJob('Completed', { id })))
    const failed = outcomeOf(bareJob('Failed', { id: 'd' }))
    const given = [...jobs, failed]
    expect(worstFirst(given).map(({ job }) => job.id)).toEqual(['d', 'a', 'b', 'c'])
    expect(given.map(({ job }) => job.id)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('is nothing of none', () => {
    expect(worstFirst([])).toEqual([])
  })
})
