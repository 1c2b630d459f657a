/** Every input: its name, its form and its rules. Nothing is requested before all of them hold. */
import { type Cloud, cloudOf, environments } from './azure/cloud.ts'
import type { CredentialInputs } from './azure/credential.ts'
import type { Target, VaultInputs } from './azure/target.ts'
import { parseJobId, parseOperationUrl } from './azure/target.ts'
import { InputError } from './errors.ts'
import type { FailOn } from './verdict.ts'
import type { WaitFor } from './wait/look.ts'

export type CancelJob = 'never' | 'on-timeout' | 'on-cancel' | 'always'

export interface Inputs {
  targets: Target[]
  cloud: Cloud
  waitFor: WaitFor
  timeoutMinutes: number
  pollIntervalSeconds: number
  failOn: FailOn
  cancelJob: CancelJob
  credential: CredentialInputs
  summary: boolean
}

/** Gives an input's value, trimmed; empty where it is not set. */
export type GetInput = (name: string) => string

/**
 * Reads and checks all inputs.
 *
 * @throws InputError
 */
export function readInputs(get: GetInput, env: Record<string, string | undefined>): Inputs {
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
    summary: boolean(get, 'summary'),
  }
}

function readCloud(get: GetInput, env: Record<string, string | undefined>): Cloud {
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

function readTargets(get: GetInput, cloud: Cloud): Target[] {
  const vault = readVault(get)
  const urls = lines(get('operation-url'))
  const ids = lines(get('job-id'))
  if (urls.length > 0 && ids.length > 0)
    throw new InputError('job-id', 'is set together with operation-url; give exactly one of them.')
  if (urls.length + ids.length === 0)
    throw new InputError('operation-url', 'is empty, and so is job-id; give exactly one of them.')
  const [name, given] = urls.length > 0 ? ['operation-url', urls] : ['job-id', ids]
  if (given.length > 1) throw new InputError(name, `has ${given.length} lines; accepted is one value.`)
  return [
    ...urls.map((line) => parseOperationUrl(line, vault, cloud)),
    ...ids.map((line) => parseJobId(line, vault)),
  ]
}

function readVault(get: GetInput): VaultInputs {
  const subscriptionId = matching(
    get,
    'subscription-id',
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'a GUID',
  )
  return {
    kind: oneOf(get, 'vault-type', ['recovery-services', 'backup']),
    subscriptionId,
    resourceGroup: matching(
      get,
      'resource-group',
      /^[\p{L}\p{N}_.()-]{1,90}$/u,
      'the name alone: letters, digits, and _ . ( ) -',
    ),
    vaultName: matching(
      get,
      'vault-name',
      /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/,
      'the name alone: letters, digits and hyphens',
    ),
    secondaryRegion: matching(
      get,
      'secondary-region',
      /^[A-Za-z0-9]{2,40}$/,
      'the name of a region without blanks, like westus2',
    ),
  }
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

/** The lines of an input that are not empty, trimmed. */
function lines(value: string): string[] {
  return value
    .split(/\r\n|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function oneOf<Word extends string>(get: GetInput, name: string, words: readonly Word[]): Word {
  const value = get(name)
  const word = words.find((candidate) => candidate === value)
  if (word === undefined)
    throw new InputError(name, `is "${shown(value)}"; accepted are ${words.join(', ')}.`)
  return word
}

function boolean(get: GetInput, name: string): boolean {
  return oneOf((input) => get(input).toLowerCase(), name, ['true', 'false']) === 'true'
}

function number(get: GetInput, name: string, accepted: string, holds: (value: number) => boolean): number {
  const given = get(name)
  const value = /^\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN
  if (!Number.isFinite(value) || !holds(value))
    throw new InputError(name, `is "${shown(given)}"; accepted is ${accepted}.`)
  return value
}

function matching(get: GetInput, name: string, form: RegExp, accepted: string): string {
  const value = get(name)
  if (value !== '' && !form.test(value))
    throw new InputError(name, `is "${shown(value)}"; accepted is ${accepted}.`)
  return value
}

function httpsUrl(name: string, value: string): URL | undefined {
  if (value === '') return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new InputError(name, `is "${shown(value)}"; accepted is an https URL without user info.`)
  }
  return url
}

/** A value as an error may show it: one line, no user info of a URL, not too long. */
function shown(value: string): string {
  const single = value.replace(/\p{Cc}+/gu, ' ').replace(/\/\/[^/@]*@/, '//***@')
  return single.length > 200 ? `${single.slice(0, 200)}…` : single
}
