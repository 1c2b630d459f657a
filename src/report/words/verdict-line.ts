/** The verdict in words, the same in the log, the summary, the annotation and the comment. Pure. */

import { forPeople } from '../../base/format.ts'
import { counted, grouped } from '../../base/text.ts'
import { elapsedSeconds, hasEnded } from '../../domain/job.ts'
import { lastEnding, mainError, type Outcome, problemOf, unproved } from '../../domain/outcome.ts'
import { type Conclusion, conclude, conclusions } from '../../domain/verdict.ts'

/** What stands before a conclusion in a report. */
export const icons: Record<Conclusion, string> = {
  success: '✅',
  warning: '⚠️',
  failure: '❌',
  cancelled: '🚫',
  'timed-out': '⏱️',
  pending: '⏳',
  error: '🛑',
}

/** What it was about: `Backup of vm-1`, `Operation`, `Job 8eece52b-…`. Foreign text, not escaped. */
export function subject({ job }: Outcome): string {
  const name = job.operation || (job.id === '' ? 'Operation' : 'Job')
  if (job.item !== '') return `${name} of ${job.item}`
  return job.id === '' ? name : `${name} ${job.id}`
}

/** One line: `Backup of vm-1 completed in 1h 11m 17s (19306 MB)`. Foreign text, not escaped. */
export function verdictLine(outcome: Outcome): string {
  const { job, seenAt } = outcome
  const ending = lastEnding(outcome)
  const seconds = elapsedSeconds(job, seenAt)
  const time = seconds === undefined ? '' : forPeople(seconds)
  const after = time === '' ? '' : ` after ${time}`
  const size = job.size === undefined ? '' : ` (${job.size.text})`
  const what = subject(outcome)
  if (ending === 'snapshot')
    return `${what}: the snapshot is taken${after}, the transfer to the vault goes on`
  if (ending === 'not-fresh') return `${what}: no job is recent enough`
  if (ending === 'missing') return `${what} ended${after}, but its recovery point is not there`
  if (ending === 'handed-on')
    return `${handedOnWords(outcome, time)}; a run of ${outcome.handedOn?.workflow} goes on with it`
  if (unproved(outcome)) return `${wasDone(outcome, time)}${unverifiedWords(ending)}`
  switch (conclude(outcome)) {
    case 'success':
      if (job.status === 'Succeeded') return `${what} succeeded and started no job`
      return `${what} completed${time === '' ? '' : ` in ${time}`}${size}`
    case 'warning':
      return `${what} completed with warnings${after}${size}`
    case 'failure':
      if (job.status === 'Succeeded') return `${what} succeeded, but it reports errors`
      return job.id === '' ? `${what} failed: no job was started` : `${what} failed${after}`
    case 'cancelled':
      return `${what} was cancelled${after}`
    case 'timed-out':
      return `${what} did not end in time${stillIs(outcome)}`
    case 'pending':
      return ending === 'stopped'
        ? `The wait for ${what} was stopped${stillIs(outcome)}`
        : `${what} is still running${after}`
    case 'error':
      if (outcome.problem?.wrongInputs !== undefined)
        return wrongInputsLine(outcome.problem.wrongInputs.length)
      return `${what === 'Operation' ? 'What was given' : what} could not be followed`
  }
}

function wrongInputsLine(count: number): string {
  return `Nothing was followed: ${count === 1 ? 'an input is' : `${count} inputs are`} wrong`
}

function handedOnWords(outcome: Outcome, time: string): string {
  if (hasEnded(outcome.job)) return `${wasDone(outcome, time)}; its recovery point is not there yet`
  return `${subject(outcome)} is still running${time === '' ? '' : ` after ${time}`}`
}

/** What the job did, of which only the proof is missing. */
function wasDone(outcome: Outcome, time: string): string {
  const { job } = outcome
  const after = time === '' ? '' : ` after ${time}`
  if (!hasEnded(job)) return `${subject(outcome)}: the snapshot is taken${after}`
  const warned = job.status === 'CompletedWithWarnings'
  return `${subject(outcome)} completed${warned ? ` with warnings${after}` : after.replace('after', 'in')}`
}

function unverifiedWords(ending: ReturnType<typeof lastEnding>): string {
  switch (ending) {
    case 'timed-out':
      return ', but its recovery point could not be verified in time'
    case 'stopped':
      return ', but the look for its recovery point was stopped'
    case 'looked':
      return '; its recovery point is not there yet'
    default:
      return ', but its recovery point could not be verified'
  }
}

/** What became of so many jobs of a conclusion. */
const ends: Record<Conclusion, (one: boolean) => string> = {
  error: () => 'could not be followed',
  failure: () => 'failed',
  cancelled: (one) => (one ? 'was cancelled' : 'were cancelled'),
  'timed-out': () => 'did not end in time',
  warning: () => 'completed with warnings',
  pending: (one) => (one ? 'is still running' : 'are still running'),
  success: () => 'completed',
}

/**
 * The verdict on all in one line: `Of 12 jobs, 3 failed and 9 completed`; on a single one its verdict line. Foreign
 * text, not escaped.
 */
export function headline(outcomes: Outcome[]): string {
  const [first] = outcomes
  if (first === undefined) return 'Nothing was followed'
  if (outcomes.length === 1) return verdictLine(first)
  const counts = conclusions.flatMap((conclusion) => {
    const count = outcomes.filter((outcome) => conclude(outcome) === conclusion).length
    return count === 0 ? [] : [{ count, end: endOf(outcomes, conclusion)(count === 1) }]
  })
  const [only] = counts
  if (only !== undefined && counts.length === 1) return `All ${counted(only.count, 'job')} ${only.end}`
  const parts = counts.map(({ count, end }) => `${grouped(count)} ${end}`)
  return `Of ${counted(outcomes.length, 'job')}, ${listed(parts)}`
}

/** `a, b, and c`. */
function listed(parts: string[]): string {
  const last = parts.at(-1) ?? ''
  if (parts.length < 3) return parts.join(' and ')
  return `${parts.slice(0, -1).join(', ')}, and ${last}`
}

/** A snapshot that is taken is a success, but no job that has completed; nor is what lacks its proof a lost job. */
function endOf(outcomes: Outcome[], conclusion: Conclusion): (one: boolean) => string {
  const alike = outcomes.filter((outcome) => conclude(outcome) === conclusion)
  const unverified = alike.filter(cannotTell).length
  if (conclusion === 'pending' && alike.every(({ ending }) => ending === 'handed-on'))
    return (one) => (one ? 'was handed on' : 'were handed on')
  if (unverified > 0 && unverified === alike.length) return () => 'could not be verified'
  if (unverified > 0) return (one) => `${ends[conclusion](one)} or could not be verified`
  return conclusion === 'success' && alike.some(({ ending }) => ending === 'snapshot')
    ? (one) => `${one ? 'has its' : 'have their'} snapshot`
    : ends[conclusion]
}

/** Whether its verification came to no end. */
function cannotTell(outcome: Outcome): boolean {
  const state = unproved(outcome)?.state
  return state !== undefined && state !== 'missing'
}

function stillIs({ job }: Outcome): string {
  return job.status === '' ? '; it could not be read' : `; its last known status is ${job.status}`
}

/** What went wrong, in text: the error to tell of. Not escaped. */
export function reason(outcome: Outcome): string {
  const error = mainError(outcome)
  if (error === undefined) return ''
  // What this action says of a refusal has the code in it.
  if (error.message === problemOf(outcome)?.message) return error.message
  const cause = error.cause
    ? ` Root cause: ${[error.cause.code, error.cause.message].filter((part) => part !== '').join(': ')}`
    : ''
  return `${[error.code, error.message].filter((part) => part !== '').join(': ')}${cause}`
}
