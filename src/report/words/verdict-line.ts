/** The verdict in words, the same in the log, the summary, the annotation and the comment. Pure. */

import { amount, forPeople } from '../../base/format.ts'
import { counted, cut, grouped } from '../../base/text.ts'
import { elapsedSeconds, hasEnded } from '../../domain/job.ts'
import { type Group, groupBy, lastEnding, mainProblem, type Outcome, unproved } from '../../domain/outcome.ts'
import { type Conclusion, conclude, worstFirst } from '../../domain/verdict.ts'

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

/** A status that was read longer ago than this is told with its age, in seconds. */
const longSilence = 120

/** What it was about: `Backup of vm-1`, `Operation`, `Job 8eece52b-…`. Foreign text, not escaped. */
export function subject({ job }: Outcome): string {
  const name = job.operation || (job.id === '' ? 'Operation' : 'Job')
  if (job.item !== '') return `${name} of ${job.item}`
  return job.id === '' ? name : `${name} ${job.id}`
}

/** One line: `Backup of vm-1 completed in 1h 11m 17s (18.9 GB)`. Foreign text, not escaped. */
export function verdictLine(outcome: Outcome): string {
  const { job, seenAt } = outcome
  const ending = lastEnding(outcome)
  const seconds = elapsedSeconds(job, seenAt)
  const time = seconds === undefined ? '' : forPeople(seconds)
  const after = time === '' ? '' : ` after ${time}`
  const size = job.size === undefined ? '' : ` (${amount(job.size.bytes)})`
  const what = subject(outcome)
  if (ending === 'snapshot')
    return `${what}: the snapshot is taken${after}, the transfer to the vault goes on`
  if (ending === 'not-fresh')
    return job.id === '' ? `${what}: there is no job yet` : `${what}: the newest job is too old`
  if (ending === 'missing') return `${what} ended${after}, but its recovery point is not there`
  if (ending === 'unhealthy')
    return `${wasDone(outcome, time)}, but its recovery point has ${threatStatus(outcome)}`
  if (ending === 'handed-on')
    return `${handedOnWords(outcome, time)}; a run of ${outcome.handedOn?.workflow} goes on with it`
  if (unproved(outcome)) return `${wasDone(outcome, time)}${unverifiedWords(outcome)}`
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
      if (outcome.noJobYet) return `${what}: no job started in time`
      return isOutage(outcome)
        ? `${what} could not be read to the end${stillIs(outcome)}`
        : `${what} did not end in time${stillIs(outcome)}`
    case 'pending':
      if (outcome.noJobYet) return `The wait for ${what} to start was stopped`
      return ending === 'stopped'
        ? `The wait for ${what} was stopped${stillIs(outcome)}`
        : `${what} is still running${after}`
    case 'error': {
      const wrongInputs = mainProblem(outcome)?.wrongInputs
      if (wrongInputs !== undefined) return wrongInputsLine(wrongInputs.length)
      return `${what === 'Operation' ? 'What was given' : what} could not be followed`
    }
  }
}

/** Whether the inputs were wrong: nothing is known then but what stands in them. */
export function hasWrongInput(outcome: Outcome): boolean {
  return mainProblem(outcome)?.wrongInputs !== undefined
}

/** Whether the deadline came while reads failed: what became of the job by then is not known. */
function isOutage({ ending, problem, secondsSinceRead = 0 }: Outcome): boolean {
  return ending === 'timed-out' && (problem !== undefined || secondsSinceRead > longSilence)
}

/** `InProgress, 40m ago`: the last known status, with its age where that matters. Empty where none was read. */
export function lastKnown({ job, secondsSinceRead = 0 }: Outcome): string {
  if (job.status === '') return ''
  const minutes = Math.round(secondsSinceRead / 60) * 60
  return secondsSinceRead > longSilence ? `${job.status}, ${forPeople(minutes)} ago` : job.status
}

function stillIs(outcome: Outcome): string {
  const known = lastKnown(outcome)
  const { cancellation } = outcome
  const cancelled =
    cancellation === 'asked' || cancellation === 'unanswered' ? '; its cancellation was asked for' : ''
  return `${known === '' ? '; no status was read' : `; its last known status is ${known}`}${cancelled}`
}

function wrongInputsLine(count: number): string {
  return `Nothing was followed: ${count === 1 ? 'an input is' : `${count} inputs are`} wrong`
}

function handedOnWords(outcome: Outcome, time: string): string {
  if (hasEnded(outcome.job)) return `${wasDone(outcome, time)}; ${notYet(outcome)}`
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

/** `the threat status UnHealthy`. Foreign text, not escaped. */
export function threatStatus({ recoveryPoint }: Outcome): string {
  const status = recoveryPoint?.health?.status ?? ''
  return status === '' ? 'no threat status' : `the threat status ${cut(status, 100)}`
}

/** What is not known yet of the recovery point. */
function notYet({ recoveryPoint }: Outcome): string {
  return recoveryPoint === undefined
    ? 'its recovery point is not there yet'
    : 'its recovery point has no threat status yet'
}

function unverifiedWords(outcome: Outcome): string {
  switch (lastEnding(outcome)) {
    case 'timed-out':
      return ', but its recovery point could not be verified in time'
    case 'stopped':
      return ', but the look for its recovery point was stopped'
    case 'looked':
      return `; ${notYet(outcome)}`
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

/** What became of one among others: its conclusion, told more exactly where that says too much. */
function endOf(outcome: Outcome): (one: boolean) => string {
  const ending = lastEnding(outcome)
  if (ending === 'not-fresh')
    return outcome.job.id === ''
      ? (one) => `${one ? 'has' : 'have'} no job yet`
      : (one) => `${one ? 'is' : 'are'} too old`
  if (ending === 'missing') return (one) => `${one ? 'has' : 'have'} no recovery point`
  if (ending === 'unhealthy') return (one) => `${one ? 'has' : 'have'} no healthy recovery point`
  if (ending === 'handed-on') return (one) => `${one ? 'was' : 'were'} handed on`
  if (unproved(outcome) !== undefined) return () => 'could not be verified'
  if (ending === 'snapshot') return (one) => `${one ? 'has its' : 'have their'} snapshot`
  if (ending === 'timed-out' && outcome.noJobYet) return () => 'did not start in time'
  if (isOutage(outcome)) return () => 'could not be read to the end'
  if (ending === 'stopped') return (one) => `${one ? 'was' : 'were'} not waited for to the end`
  return ends[conclude(outcome)]
}

/** `12 jobs failed`, of jobs that came to the same. */
export function countedEnd(alike: Group): string {
  return `${counted(alike.length, 'job')} ${endOf(alike[0])(alike.length === 1)}`
}

/**
 * The verdict on all in one line: `Of 12 jobs, 3 failed and 9 completed`; on a single one its verdict line. Foreign
 * text, not escaped.
 */
export function headline(outcomes: Outcome[]): string {
  const [first] = outcomes
  if (first === undefined) return 'Nothing was followed'
  if (outcomes.length === 1 || hasWrongInput(first)) return verdictLine(first)
  const groups = groupBy(worstFirst(outcomes), (outcome) => endOf(outcome)(false))
  if (groups.length === 1) return `All ${counted(outcomes.length, 'job')} ${endOf(first)(false)}`
  const parts = groups.map((group) => `${grouped(group.length)} ${endOf(group[0])(group.length === 1)}`)
  return `Of ${counted(outcomes.length, 'job')}, ${listed(parts)}`
}

/** `a, b, and c`. */
function listed(parts: string[]): string {
  if (parts.length < 3) return parts.join(' and ')
  return `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`
}
