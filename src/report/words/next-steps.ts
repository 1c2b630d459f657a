/** What a person does next, by how it ended. Pure; foreign text, not escaped. */
import { jobPath, regionName } from '../../azure/paths.ts'
import { guid } from '../../base/read.ts'
import { counted } from '../../base/text.ts'
import { hasEnded } from '../../domain/job.ts'
import { type Cancellation, type Group, lastEnding, type Outcome, unproved } from '../../domain/outcome.ts'
import { conclude } from '../../domain/verdict.ts'
import { hasWrongInput, lastKnown } from './verdict-line.ts'

/** The jobs that inputs to look again name; a person pastes no more. */
const mostIds = 50

/**
 * In one sentence or two; empty where nothing is left to do, or where the problem says it itself.
 *
 * @param group outcomes of one cause
 * @param listed whether the inputs that look again stand beside it
 */
export function nextStep(group: Group, listed = false): string {
  const [outcome] = group
  const { job } = outcome
  const ending = lastEnding(outcome)
  if (ending === 'not-fresh')
    return job.id === ''
      ? "Start a backup, then find out why none has run: check the item's policy and the vault's backup jobs."
      : "Start a backup, then find out why none has run since: check the item's policy and the vault's backup jobs."
  if (ending === 'missing')
    return "Look at the item's recovery points in the portal, and start another backup if it is really missing."
  // The cure, with the problem.
  if (ending === 'unhealthy') return ''
  if (ending === 'handed-on')
    return `A run of ${outcome.handedOn?.workflow} goes on with ${group.length === 1 ? 'it' : 'them'}; there is nothing to do before that one has ended.`
  if (unproved(outcome)) return verifyAgain(group, listed)
  switch (conclude(outcome)) {
    case 'failure':
      if (job.id === '') return 'There is no job to look at. Fix the cause, then send the request again.'
      return group.length === 1
        ? "Fix the cause, then start the job again. In the portal it is among the vault's backup jobs."
        : "Fix the cause, then start the jobs again. In the portal they are among the vault's backup jobs."
    case 'cancelled':
      return "Find out by whom in the vault's activity log. Start it again if that was not meant."
    case 'warning':
      return 'It did its work, but not all of it went well: read the warning before you rely on the result. With fail-on: warning the step fails for it.'
    case 'timed-out':
      return `${lookAgain(group, listed)} To wait longer, raise the input timeout-minutes.`
    case 'pending':
      return lookAgain(group, listed)
    case 'success':
      return job.errors.length > 0
        ? 'It completed and still reports an error: read it before you rely on the result.'
        : ''
    case 'error':
      if (job.id === '' || hasWrongInput(outcome)) return ''
      return (
        (group.length === 1
          ? 'What becomes of the job in Azure is not known; it may well go on.'
          : 'What becomes of these jobs in Azure is not known; they may well go on.') +
        (listed ? ' To look again, run this action with the inputs below.' : '')
      )
  }
}

/** How to verify again what did well, in a sentence or two. */
function verifyAgain(group: Group, listed: boolean): string {
  const [outcome] = group
  const one = group.length === 1
  const done = hasEnded(outcome.job)
    ? one
      ? 'The backup itself is complete.'
      : 'The backups themselves are complete.'
    : 'The snapshot is taken, and the job goes on.'
  const first =
    lastEnding(outcome) === 'error' ? 'Fix what the message says; then, to verify it' : 'To verify it'
  const inputs = listed
    ? 'the inputs below'
    : `${inputsInWords(group)} and verify-recovery-point: ${verified(outcome)}`
  return `${done} ${first}, run this action with ${inputs}.`
}

/** The value of the input by which it was verified. */
function verified({ verification }: Outcome): string {
  return verification?.healthy === true ? 'healthy' : 'true'
}

/** How to look again at what may still run, in a sentence or two. */
function lookAgain(group: Group, listed: boolean): string {
  const [outcome] = group
  if (outcome.noJobYet) return 'To look again, run this action with the same inputs.'
  if (outcome.job.id === '') return 'To look again, run this action with the same operation-url.'
  const inputs = listed ? 'the inputs below' : inputsInWords(group)
  return `${fate(outcome, group.length === 1)} To look again, run this action with ${inputs}.`
}

const fates: Record<Cancellation, string> = {
  asked: 'Azure took the request to cancel it; what became of it was not waited for.',
  unanswered: 'Azure was asked to cancel it, and had not answered when this was written.',
  refused: 'Azure refused to cancel it; another annotation of this step says why.',
  impossible: 'It was not cancelled: Azure offers no way to cancel a job of this kind.',
}

/** What is known of a job that is left: what was read, and what was asked of Azure. */
function fate(outcome: Outcome, one: boolean): string {
  const { cancellation } = outcome
  const known = lastKnown(outcome)
  if (cancellation !== undefined)
    return one ? fates[cancellation] : fates[cancellation].replaceAll(' it', ' them')
  if (known === '') return one ? 'No status of the job was read.' : 'No status of these jobs was read.'
  return one
    ? `When last read, the job was ${known}; this step did not cancel it.`
    : `When last read, these jobs were ${known}; this step did not cancel them.`
}

function inputsInWords(group: Group): string {
  const [outcome] = group
  const { vault } = outcome.job
  const region = regionOf(outcome)
  const ids = group.length === 1 ? `job-id ${idOf(outcome)}` : 'their job IDs, one a line, as job-id'
  if (vault === undefined) return ids
  const where = `${ids}, vault-name ${vault.name}`
  return region === undefined
    ? `${where} and resource-group ${vault.resourceGroup}`
    : `${where}, resource-group ${vault.resourceGroup} and secondary-region ${region}`
}

/** What job-id takes: the name, or the ARM ID of a job below a mapping, which no other input names. */
function idOf({ job, reference }: Outcome): string {
  return reference?.mapping === undefined ? job.id : jobPath(reference)
}

/** What secondary-region takes for a cross-region job: a URL may write the region with blanks. */
export function regionOf({ reference }: Outcome): string | undefined {
  return reference?.region === undefined ? undefined : regionName(reference.region)
}

/** The inputs that look again at jobs of one vault, as lines of YAML; none where they have no ID. */
export function inputsToLookAgain(group: Group): string[] {
  const [outcome] = group
  const ids = group.map(idOf).filter((id) => id !== '')
  const [id] = ids
  if (id === undefined) return []
  const { vault } = outcome.job
  const inputs = {
    'vault-name': vault?.name,
    'vault-type': vault?.kind === 'backup' ? 'backup' : undefined,
    'resource-group': vault?.resourceGroup,
    'subscription-id': vault?.subscriptionId,
    'secondary-region': regionOf(outcome),
    'verify-recovery-point': unproved(outcome) && verified(outcome),
  }
  const given = Object.entries(inputs).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${scalar(value)}`],
  )
  if (ids.length === 1) return [`job-id: ${scalar(id)}`, ...given]
  const left = ids.length - mostIds
  return [
    'job-id: |',
    ...ids.slice(0, mostIds).map((one) => `  ${one}`),
    ...(left > 0 ? [`# and ${counted(left, 'more job', 'more jobs')}: see the output jobs`] : []),
    ...given,
  ]
}

/** Quoted, unless YAML takes it for the plain text that it is. */
function scalar(value: string): string {
  return /^[A-Za-z][\w.-]*$/.test(value) || guid.test(value) ? value : JSON.stringify(value)
}
