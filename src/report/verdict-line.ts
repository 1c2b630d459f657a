/** The verdict in words, the same in the log, the summary, the annotation and the comment. Pure. */
import { elapsedSeconds } from '../job.ts'
import type { Outcome } from '../outcome.ts'
import { type Conclusion, conclude } from '../verdict.ts'
import { forPeople } from './format.ts'

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
  const { job, ending, seenAt } = outcome
  const seconds = elapsedSeconds(job, seenAt)
  const time = seconds === undefined ? '' : forPeople(seconds)
  const after = time === '' ? '' : ` after ${time}`
  const size = job.size === undefined ? '' : ` (${job.size.text})`
  const what = subject(outcome)
  if (ending === 'snapshot')
    return `${what}: the snapshot is taken${after}, the transfer to the vault goes on`
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
      return `${what === 'Operation' ? 'The backup' : what} could not be followed`
  }
}

function stillIs({ job }: Outcome): string {
  return job.status === '' ? '; it could not be read' : `; its last known status is ${job.status}`
}

/** What went wrong, in text: the job's first error, or what kept it from being followed. Not escaped. */
export function reason({ job, problem }: Outcome): string {
  const [error] = job.errors
  if (error === undefined) return problem?.message ?? ''
  const cause = error.cause
    ? ` Root cause: ${[error.cause.code, error.cause.message].filter((part) => part !== '').join(': ')}`
    : ''
  return `${[error.code, error.message].filter((part) => part !== '').join(': ')}${cause}`
}

/** How to look again at what still runs. */
export function lookAgain({ job }: Outcome): string {
  return job.id === ''
    ? 'To look again, run this action with the same operation-url.'
    : `The job goes on in Azure. To look again, run this action with job-id ${job.id}${job.vault ? `, vault-name ${job.vault.name} and resource-group ${job.vault.resourceGroup}` : ''}.`
}
