/** Every input: its name, its form and its rules. Nothing is requested before all of them hold. */
import { type Cloud, cloudOf, environments } from '../azure/http/cloud.ts'
import type { CredentialInputs } from '../azure/identity/credential.ts'
import type { Target } from '../azure/target.ts'
import { InputError } from '../base/errors.ts'
import type { FailOn } from '../domain/verdict.ts'
import { type CommentMode, commentModes } from '../report/page/comment.ts'
import type { Variables } from '../runner/environment.ts'
import type { WaitFor } from '../wait/reads.ts'
import { boolean, type GetInput, matching, number, oneOf, shown } from './forms.ts'
import { readTargets } from './targets.ts'

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
  verifyRecoveryPoint: boolean
  commentInPr: CommentMode
  commentKey: string
  gitHubToken: string
  summary: boolean
}

/**
 * Reads and checks all inputs.
 *
 * @throws InputError
 */
export function readInputs(get: GetInput, env: Variables): Inputs {
  const cloud = readCloud(get, env)
  return {
    cloud,
    targets: readTargets(get, cloud),
    waitFor: oneOf(get, 'wait-for', ['completion', 'snapshot', 'none']),
    timeoutMinutes: number(
      get,
      'timeout-minutes',
      'a number of minutes above 0, like 90 or 0.5',
      (value) => value > 0,
    ),
    pollIntervalSeconds: number(
      get,
      'poll-interval-seconds',
      'a number of seconds, 1 at the least',
      (value) => value >= 1,
    ),
    failOn: oneOf(get, 'fail-on', ['failure', 'warning', 'never']),
    cancelJob: oneOf(get, 'cancel-job', ['never', 'on-timeout', 'on-cancel', 'always']),
    credential: readCredential(get),
    verifyRecoveryPoint: boolean(get, 'verify-recovery-point'),
    commentInPr: oneOf(get, 'comment-in-pr', commentModes),
    commentKey: get('comment-key'),
    gitHubToken: get('github-token'),
    summary: boolean(get, 'summary'),
  }
}

function readCloud(get: GetInput, env: Variables): Cloud {
  const environment = oneOf((name) => get(name).toLowerCase(), 'environment', environments)
  const endpoint = httpsUrl('resource-manager-url', get('resource-manager-url'))
  if (endpoint !== undefined && (endpoint.pathname !== '/' || endpoint.search !== '')) {
    throw new InputError(
      'resource-manager-url',
      `"${shown(endpoint.href)}" has more than scheme, host and port; accepted is the endpoint alone, like https://management.local.azurestack.external.`,
    )
  }
  const authority = httpsUrl('AZURE_AUTHORITY_HOST (environment variable)', env.AZURE_AUTHORITY_HOST ?? '')
  return cloudOf(environment, endpoint, authority)
}

function readCredential(get: GetInput): CredentialInputs {
  const plain = /^[0-9A-Za-z.-]+$/
  const clientId = matching(
    get,
    'client-id',
    plain,
    "the application's or managed identity's client ID, a GUID",
  )
  const tenantId = matching(get, 'tenant-id', plain, 'a GUID or a domain')
  const clientSecret = get('client-secret')
  if (clientId === '' && tenantId !== '')
    throw new InputError('tenant-id', 'is set without client-id; give both, or neither.')
  if (clientSecret !== '' && (clientId === '' || tenantId === '')) {
    throw new InputError('client-secret', 'is set without client-id and tenant-id; give all three.')
  }
  return { clientId, tenantId, clientSecret, audience: get('audience') }
}

function httpsUrl(name: string, value: string): URL | undefined {
  if (value === '') return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new InputError(name, `is "${shown(value)}"; accepted is an https URL without user info.`)
  }
  return url
}
