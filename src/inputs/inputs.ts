/** Every input: its name, its form and its rules. Nothing is requested before all of them hold. */
import { type Cloud, cloudOf, environments } from '../azure/http/cloud.ts'
import type { CredentialInputs } from '../azure/identity/credential.ts'
import type { Target } from '../azure/target.ts'
import { type InputError, shown } from '../base/errors.ts'
import type { Vault } from '../domain/job.ts'
import type { FailOn } from '../domain/verdict.ts'
import { type CommentMode, commentModes } from '../report/page/comment.ts'
import type { Variables } from '../runner/environment.ts'
import type { VerifyRecoveryPoint, WaitFor } from '../wait/reads.ts'
import { type GetInput, InputForm } from './forms.ts'
import { readTargets, vaultInputs } from './targets.ts'

/** The input `cancel-job`. */
export type CancelJob = 'never' | 'on-timeout' | 'on-cancel' | 'always'

/** All inputs, checked; each as action.yml has it. */
export interface Inputs {
  targets: Target[]
  cloud: Cloud
  waitFor: WaitFor
  timeoutMinutes: number
  pollIntervalSeconds: number
  failOn: FailOn
  cancelJob: CancelJob
  credential: CredentialInputs
  verifyRecoveryPoint: VerifyRecoveryPoint
  commentInPr: CommentMode
  commentKey: string
  gitHubToken: string
  summary: boolean
  /** The file name of the workflow that goes on where this wait ends before the job does. */
  continueWith: string | undefined
  /** The number of the pull request to comment on; undefined for the run's own. */
  pullRequest: number | undefined
}

/** A job that the inputs name, and its vault where that is known for certain. */
export interface GivenJob {
  id: string
  vault: Vault | undefined
}

/** All that is wrong with the inputs, and what is known in spite of it. */
export class InputErrors extends Error {
  override name = 'InputErrors'
  readonly errors: readonly InputError[]
  /** The jobs that job-id and operation-url name, of the values that are right. */
  readonly jobs: readonly GivenJob[]

  constructor(errors: readonly InputError[], jobs: readonly GivenJob[]) {
    super(errors.map(({ message }) => message).join('\n'))
    this.errors = errors
    this.jobs = jobs
  }
}

/**
 * Reads and checks all inputs.
 *
 * @throws InputErrors with every wrong input
 */
export function readInputs(get: GetInput, env: Variables): Inputs {
  const form = new InputForm(get)
  const cloud = readCloud(form, env)
  const cancelJob = form.oneOf('cancel-job', ['never', 'on-timeout', 'on-cancel', 'always'])
  const inputs: Inputs = {
    cloud,
    targets: readTargets(form, cloud),
    waitFor: form.oneOf('wait-for', ['completion', 'snapshot', 'none']),
    timeoutMinutes:
      form.number('timeout-minutes', 'a number greater than 0, such as 90', (value) => value > 0) ?? 0,
    pollIntervalSeconds:
      form.number('poll-interval-seconds', 'a number of at least 1, such as 30', (value) => value >= 1) ?? 0,
    failOn: form.oneOf('fail-on', ['failure', 'warning', 'never']),
    cancelJob,
    credential: readCredential(form),
    verifyRecoveryPoint: form.oneOf('verify-recovery-point', ['false', 'true', 'healthy']),
    commentInPr: form.oneOf('comment-in-pr', commentModes),
    commentKey: form.verbatim('comment-key'),
    gitHubToken: form.verbatim('github-token'),
    summary: form.boolean('summary'),
    continueWith: readContinueWith(form, cancelJob),
    pullRequest: form.number(
      'pull-request',
      "a pull request's number, such as 12",
      (value) => Number.isSafeInteger(value) && value > 0,
    ),
  }
  if (form.errors.length > 0) throw new InputErrors(form.errors, givenJobs(inputs.targets, form))
  return inputs
}

function givenJobs(targets: Target[], form: InputForm): GivenJob[] {
  const isUnsure = form.isWrong(...vaultInputs)
  return targets.flatMap((target) =>
    target.kind === 'job'
      ? [{ id: target.reference.id, vault: isUnsure ? undefined : target.reference.vault }]
      : [],
  )
}

function readContinueWith(form: InputForm, cancel: CancelJob): string | undefined {
  const expected = 'the file name of a workflow of this repository, such as follow.yml'
  // With its folder, too, as `uses` has it.
  const path = form.matching(
    'continue-with',
    /^((\.\/)?\.github\/workflows\/)?[^/\\\p{Cc}?#]+\.ya?ml$/iu,
    expected,
  )
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name !== '' && (cancel === 'on-timeout' || cancel === 'always')) {
    form.wrong(
      'continue-with',
      `is set together with cancel-job: ${cancel}, which cancels the job that it would go on with; set cancel-job to never or on-cancel.`,
    )
  }
  return name === '' ? undefined : name
}

function readCloud(form: InputForm, env: Variables): Cloud {
  const environment = form.oneOf('environment', environments)
  const endpoint = form.httpsUrl('resource-manager-url')
  if (endpoint !== undefined && (endpoint.pathname !== '/' || endpoint.search !== '')) {
    form.wrong(
      'resource-manager-url',
      `is "${shown(endpoint.href)}", with a path or a query; expected the endpoint alone, such as https://management.local.azurestack.external.`,
    )
  }
  const authority = form.httpsUrl(
    'AZURE_AUTHORITY_HOST (environment variable)',
    env.AZURE_AUTHORITY_HOST ?? '',
  )
  return cloudOf(environment, endpoint, authority)
}

function readCredential(form: InputForm): CredentialInputs {
  const plain = /^[0-9A-Za-z.-]+$/
  const clientId = form.matching(
    'client-id',
    plain,
    "the application's or managed identity's client ID, a GUID",
  )
  const tenantId = form.matching('tenant-id', plain, 'a GUID or a domain')
  const clientSecret = form.verbatim('client-secret')
  const lacks = (name: string, value: string) => value === '' && !form.isWrong(name)
  if (lacks('client-id', clientId) && tenantId !== '')
    form.wrong('tenant-id', 'is set without client-id; set both, or neither.')
  if (clientSecret !== '' && (lacks('client-id', clientId) || lacks('tenant-id', tenantId)))
    form.wrong('client-secret', 'is set without client-id and tenant-id; set all three.')
  return { clientId, tenantId, clientSecret, audience: form.text('audience') }
}
