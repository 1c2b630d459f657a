/** Outcomes by what they have in common: each cause is told once. Pure. */
import { vaultId } from '../../azure/paths.ts'
import { type Group, groupBy, lastEnding, mainProblem, type Outcome, unproved } from '../../domain/outcome.ts'
import { conclude } from '../../domain/verdict.ts'
import { regionOf } from './next-steps.ts'

/** Groups in the order of their first outcomes. */
export function byCause(outcomes: Outcome[]): Group[] {
  return groupBy(outcomes, causeKey)
}

/** The codes of the errors where there are some, for their texts name the item; what is looked at again, by vault. */
function causeKey(outcome: Outcome): string {
  const { job, cancellation } = outcome
  const problem = mainProblem(outcome)
  const ending = lastEnding(outcome)
  const errors = job.errors.map(({ code, message, cause }) => [code || message, cause?.code])
  // What a person does about the rest is the same, whatever item the text names.
  const shared = ['timed-out', 'stopped', 'looked', 'not-fresh', 'missing'].includes(ending)
  const health = ending === 'unhealthy' ? outcome.recoveryPoint?.health?.status : undefined
  const found = shared ? undefined : (health ?? (problem?.code || problem?.cause))
  const where = job.vault && [vaultId(job.vault).toLowerCase(), regionOf(outcome)]
  return JSON.stringify([
    conclude(outcome),
    ending,
    job.status,
    errors,
    found,
    mayLookAgain(outcome) || problem !== undefined ? where : undefined,
    cancellation,
    outcome.noJobYet,
    unproved(outcome)?.state,
  ])
}

/** Whether there may be more to see in a second look. */
export function mayLookAgain(outcome: Outcome): boolean {
  return (
    ['timed-out', 'stopped', 'looked', 'error'].includes(lastEnding(outcome)) &&
    mainProblem(outcome)?.wrongInputs === undefined
  )
}
