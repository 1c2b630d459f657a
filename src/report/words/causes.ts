/** Outcomes by what they have in common: each cause is told once. Pure. */
import { vaultId } from '../../azure/paths.ts'
import { hasEnded } from '../../domain/job.ts'
import { lastEnding, mainProblem, type Outcome, unproved } from '../../domain/outcome.ts'
import { conclude } from '../../domain/verdict.ts'

/** Groups in the order of their first outcomes. */
export function byCause(outcomes: Outcome[]): Outcome[][] {
  return [...Map.groupBy(outcomes, causeKey).values()]
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
  const found = shared ? '' : (health ?? (problem?.code || problem?.cause))
  const where = job.vault === undefined ? '' : vaultId(job.vault).toLowerCase()
  return JSON.stringify([
    conclude(outcome),
    ending,
    job.status,
    errors,
    found,
    mayLookAgain(outcome) || problem !== undefined ? where : '',
    cancellation,
    outcome.noJobYet,
    unproved(outcome) !== undefined && hasEnded(job),
  ])
}

/** Whether there may be more to see in a second look. */
export function mayLookAgain(outcome: Outcome): boolean {
  return (
    ['timed-out', 'stopped', 'looked', 'error'].includes(lastEnding(outcome)) &&
    mainProblem(outcome)?.wrongInputs === undefined
  )
}
