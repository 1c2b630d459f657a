/** What a person does next, by how it ended. Pure; foreign text, not escaped. */
import { guid } from '../../base/read.ts'
import { hasEnded } from '../../domain/job.ts'
import { lastEnding, type Outcome, unproved } from '../../domain/outcome.ts'
import { conclude } from '../../domain/verdict.ts'

/**
 * In one sentence or two; empty where nothing is left to do, or where the problem says it itself.
 *
 * @param listed whether the inputs that look again stand beside it
 */
export function nextStep(outcome: Outcome, listed = false): string {
  const { job, problem } = outcome
  const ending = lastEnding(outcome)
  if (problem?.wrongInputs !== undefined) return ''
  if (ending === 'not-fresh')
    return 'Start a backup, and find out why none has run: the policy of the item and the backup jobs of the vault tell.'
  if (ending === 'missing')
    return "Look at the item's recovery points in the portal, and start another backup if it is really missing."
  if (ending === 'handed-on')
    return `A run of ${outcome.handedOn?.workflow} goes on with it; there is nothing to do before that one has ended.`
  if (unproved(outcome)) return verifyAgain(outcome, listed)
  switch (conclude(outcome)) {
    case 'failure':
      return job.id === ''
        ? 'There is no job to look at. Fix the cause, then send the request again.'
        : "Fix the cause, then start the job again. In the portal it is among the vault's backup jobs."
    case 'cancelled':
      return "It was cancelled in Azure; the vault's activity log tells by whom. Start it again if that was not meant."
    case 'warning':
      return 'It did its work, but not all of it went well: read the warning before you rely on the result. With fail-on: warning the step fails for it.'
    case 'timed-out':
      return `${lookAgain(outcome, listed)} The input timeout-minutes gives it longer.`
    case 'pending':
      return ending === 'stopped' || ending === 'looked' ? lookAgain(outcome, listed) : ''
    case 'success':
      return job.errors.length > 0
        ? 'It completed and still reports an error: read it before you rely on the result.'
        : ''
    case 'error':
      return job.id === '' ? '' : 'What becomes of the job in Azure is not known; it may well go on.'
  }
}

/** How to verify again what did well, in a sentence or two. */
function verifyAgain(outcome: Outcome, listed: boolean): string {
  const { job } = outcome
  const ending = lastEnding(outcome)
  const done = hasEnded(job)
    ? 'The backup itself is complete.'
    : 'The snapshot is taken, and the job goes on.'
  const first = ending === 'error' ? 'Fix what the message says; then, to verify it' : 'To verify it'
  const inputs = listed ? 'the inputs below' : `${inputsInWords(outcome)} and verify-recovery-point: true`
  return `${done} ${first}, run this action with ${inputs}.`
}

/** How to look again at what still runs, in a sentence. */
function lookAgain(outcome: Outcome, listed: boolean): string {
  if (outcome.job.id === '') return 'To look again, run this action with the same operation-url.'
  const inputs = listed ? 'the inputs below' : inputsInWords(outcome)
  return `The job goes on in Azure. To look again, run this action with ${inputs}.`
}

function inputsInWords({ job: { id, vault } }: Outcome): string {
  return `job-id ${id}${vault ? `, vault-name ${vault.name} and resource-group ${vault.resourceGroup}` : ''}`
}

/** The inputs that look again at this job, as lines of YAML; none where it has no ID. */
export function inputsToLookAgain(outcome: Outcome): string[] {
  const { id, vault } = outcome.job
  if (id === '') return []
  const inputs: [string, string][] = [
    ['job-id', id],
    ...(vault === undefined
      ? []
      : ([
          ['vault-name', vault.name],
          ...(vault.kind === 'backup' ? [['vault-type', 'backup']] : []),
          ['resource-group', vault.resourceGroup],
          ['subscription-id', vault.subscriptionId],
        ] as [string, string][])),
    ...(unproved(outcome) ? ([['verify-recovery-point', 'true']] as [string, string][]) : []),
  ]
  return inputs.map(([name, value]) => `${name}: ${scalar(value)}`)
}

/** Quoted, unless YAML takes it for the plain text that it is. */
function scalar(value: string): string {
  return /^[A-Za-z][\w.-]*$/.test(value) || guid.test(value) ? value : JSON.stringify(value)
}
