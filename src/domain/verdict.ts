/** What an outcome means for the step. Pure. */
import { lastEnding, type Outcome } from './outcome.ts'

/** From the worst to the best. */
export const conclusions = [
  'error',
  'failure',
  'cancelled',
  'timed-out',
  'warning',
  'pending',
  'success',
] as const
/** The output `conclusion`. */
export type Conclusion = (typeof conclusions)[number]

/** The input `fail-on`: the best conclusion that fails the step. */
export type FailOn = 'failure' | 'warning' | 'never'

/** The conclusion on one job, or on an operation that started none. */
export function conclude(outcome: Outcome): Conclusion {
  const ending = lastEnding(outcome)
  if (ending === 'error') return 'error'
  if (ending === 'timed-out') return 'timed-out'
  if (ending === 'stopped' || ending === 'looked' || ending === 'handed-on') return 'pending'
  if (ending === 'snapshot') return 'success'
  if (ending === 'not-fresh' || ending === 'missing' || ending === 'unhealthy') return 'failure'
  const { job } = outcome
  switch (job.status) {
    case 'Completed':
      return 'success'
    // An operation's word. A validation succeeds as an operation and still tells of errors (spec:
    // ValidateOperationStatus.json).
    case 'Succeeded':
      return job.errors.length === 0 ? 'success' : 'failure'
    case 'CompletedWithWarnings':
      return 'warning'
    case 'Cancelled':
    case 'Canceled':
      return 'cancelled'
    default:
      return 'failure'
  }
}

/** Whether the step fails for this outcome. */
export function fails(outcome: Outcome, failOn: FailOn): boolean {
  const conclusion = conclude(outcome)
  if (conclusion === 'error') return true
  if (failOn === 'never' || conclusion === 'success') return false
  if (conclusion === 'warning') return failOn === 'warning'
  return conclusion === 'pending' ? lastEnding(outcome) === 'stopped' : true
}

/** Worst first; in the order given where they are alike. */
export function worstFirst(outcomes: Outcome[]): Outcome[] {
  const rank = (outcome: Outcome) => conclusions.indexOf(conclude(outcome))
  return [...outcomes].sort((one, other) => rank(one) - rank(other))
}
