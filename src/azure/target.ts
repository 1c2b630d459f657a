/** What a person gives, a URL or an ID, as the thing to follow. Pure: no request is made here. */

import { InputError, shown } from '../base/errors.ts'
import { sameWord } from '../base/read.ts'
import type { JobReference, Vault, VaultKind } from '../domain/job.ts'
import { type Cloud, distrust } from './http/cloud.ts'
import { isMappingName, itemAt, type PathParts, parsePath } from './paths.ts'
import { apiVersions } from './versions.ts'

/** An operation: it only tells that a job was started, and which. */
export interface OperationTarget {
  kind: 'operation'
  /** Followed as given, query and all. */
  url: URL
  /** A Location URL, whose answer may name no job; otherwise an Azure-AsyncOperation URL. */
  isResult: boolean
  id: string
  path: PathParts
  /** The vault that the URL names, or else the inputs. */
  vault: Vault | undefined
}

/** Protected items, whose newest jobs are looked for. */
export interface ItemsTarget {
  kind: 'items'
  /** As given; all that there are for `*`. */
  names: string[] | '*'
  subscriptionId: string
  /** The vault; undefined for every vault of the subscription. */
  vault: Vault | undefined
  /** Which kind of job counts, by the word before any bracket. */
  operation: string
  /** The newest job must have started within these hours. */
  maxAgeHours: number | undefined
  /** Minutes to wait for a job that is recent enough to begin. */
  appearWithinMinutes: number
}

/** What one value of an input asks to follow. */
export type Target = { kind: 'job'; reference: JobReference } | OperationTarget | ItemsTarget

/** The vault by the inputs, where an ID does not say it. */
export interface VaultInputs {
  kind: VaultKind
  subscriptionId: string
  resourceGroup: string
  vaultName: string
  secondaryRegion: string
}

/** Longer than any that Azure gives (recorded: 3,311 characters), shorter than what servers take. */
const longestUrl = 8_192

const severalOnALine = 'holds more than one URL or ID; expected one a line.'
const aHeader = 'expected the value of an Azure-AsyncOperation or Location header'

/**
 * Whether a second URL or ID stands behind the first, in a way that cannot be told apart: a URL's query or fragment would
 * swallow it, and its job would be lost in silence. Neither a comma nor a semicolon occurs in a query that Azure gives
 * (recorded); an ID holds one scheme at the most, and one subscription besides the documented
 * `/subscriptions//subscriptions/`.
 */
function holdsMore(value: string): boolean {
  const path = value.replace(/[?#].*/, '')
  const tail = value.slice(path.length)
  if (/[,;#]|%2C|%3B|subscriptions(?:\/|%(?:25)*2F)|:\/\//i.test(tail)) return true
  const count = (pattern: RegExp) => path.match(pattern)?.length ?? 0
  return count(/:\/\//g) > 1 || count(/\/subscriptions\/(?!\/subscriptions\/)/gi) > 1
}

/** What every URL and ID has to meet before it is looked into. */
function checkForm(value: string, fail: (problem: string) => InputError): void {
  if (value.length > longestUrl)
    throw fail(`has a value of ${value.length} characters; Azure gives none over ${longestUrl}.`)
  if (/[\s\\\p{Cc}]/u.test(value))
    throw fail(`"${shown(value)}" has a blank, a backslash or a control character in it; expected none.`)
  if (holdsMore(value)) throw fail(`"${shown(value)}" ${severalOnALine}`)
}

/**
 * A URL that a token may be sent to.
 *
 * @throws what `fail` makes
 */
function trustedUrl(value: string, cloud: Cloud, fail: (problem: string) => InputError): URL {
  const url = new URL(value)
  const distrusted = distrust(url, cloud)
  if (distrusted === undefined) return url
  throw fail(
    `"${shown(value)}" is not sent a token: ${distrusted}. Expected a URL of Azure Backup at ${cloud.resourceManager}` +
      `${cloud.exact ? '' : ' or one of its regions'}; for another cloud set environment or resource-manager-url.`,
  )
}

/** Reads one value of `operation-url`: a URL, or the ARM ID of an operation or a job. */
export function parseOperationUrl(value: string, inputs: VaultInputs, cloud: Cloud): Target {
  const fail = (problem: string) => new InputError('operation-url', problem)
  checkForm(value, fail)
  const written = /^\/subscriptions\//i.test(value) ? `${cloud.resourceManager}${value}` : value
  // `Retry-After:` and `C:` parse as well.
  if (!URL.canParse(written) || !/^https?:|:\/\//i.test(written)) {
    const hint = isJobName(value) ? " A job's ID goes into job-id." : ''
    throw fail(`"${shown(value)}" is not a URL; ${aHeader}.${hint}`)
  }
  const url = trustedUrl(written, cloud, fail)
  const path = parsePath(url.pathname)
  if (path === undefined) throw fail(`"${shown(value)}" names no subscription; ${aHeader}.`)
  if (written !== value && url.search === '') url.search = `?api-version=${versionOf(path)}`
  return targetOfPath(path, url, inputs, fail)
}

/** For the ARM ID of an operation, which has none; a URL keeps its own. */
function versionOf({ kind, location, mapping }: PathParts): string {
  if (kind === 'backup') return apiVersions.backupVault
  if (mapping !== undefined) return apiVersions.crossTenant
  return location === undefined ? apiVersions.recoveryServices : apiVersions.crossRegion
}

function targetOfPath(
  path: PathParts,
  url: URL,
  inputs: VaultInputs,
  fail: (problem: string) => InputError,
): Target {
  const { rest } = path
  checkMapping(path, fail)
  const job = rest[0] !== undefined && sameWord(rest[0], 'backupJobs') ? rest[1] : undefined
  if (job !== undefined && !isOperationWord(job)) {
    return { kind: 'job', reference: referenceOf(job, path, inputs, fail) }
  }
  const reason = jobless(rest)
  if (reason !== undefined) throw fail(`"${shown(url.href)}" can lead to no job: it is the URL of ${reason}.`)
  const [word = '', id] = rest.slice(-2)
  if (id === undefined || !isOperationWord(word)) {
    throw fail(
      `"${shown(url.href)}" is neither an operation's URL nor a job's; ${aHeader} of the request that started the operation.`,
    )
  }
  if (/[\s,;]/.test(id)) throw fail(`"${shown(url.href)}" ${severalOnALine}`)
  const vault = path.vault ?? vaultOf(path.kind, path.subscriptionId, inputs)
  if (path.kind === 'recovery-services' && vault === undefined) {
    throw fail(
      `"${shown(url.href)}" is a cross-region operation's and does not name the vault, which reading its job takes; ` +
        'set resource-group and vault-name too.',
    )
  }
  return { kind: 'operation', url, isResult: /result/i.test(word), id, path, vault }
}

/** `operationsStatus`, `operationResults`, `backupOperations`, `backupCrrOperationsStatus`, `operations` … */
function isOperationWord(word: string): boolean {
  return /^(backup|backupCrr|backupValidate)?operations?(status|statuses|results?)?$/i.test(word)
}

/** Operations of Azure Backup that start no job, as far as their URL tells. */
function jobless(rest: string[]): string | undefined {
  const [first = ''] = rest
  if (sameWord(first, 'backupJobs')) return rest.length === 1 ? 'the job list' : 'an export of the job list'
  if (sameWord(first, 'backupTieringCost')) return 'a cost estimate'
  if (sameWord(first, 'backupstorageconfig')) return 'a change of the storage settings'
  if (sameWord(first, 'vaultCredentials')) return 'a vault credential'
  return sameWord(first, 'privateEndpointConnections') ? 'a private endpoint connection' : undefined
}

/** Nothing but a name becomes part of the paths that are read. */
function checkMapping({ mapping }: PathParts, fail: (problem: string) => InputError): void {
  if (mapping !== undefined && !isMappingName(mapping))
    throw fail(`"${shown(mapping)}" is not the name of a cross-tenant vault mapping.`)
}

/** Reads one value of `job-id`: a name, or a full ARM ID, with Resource Manager's host before it or without. */
export function parseJobId(value: string, inputs: VaultInputs, cloud: Cloud): Target {
  const fail = (problem: string) => new InputError('job-id', problem)
  checkForm(value, fail)
  const isUrl = /^https?:\/\//i.test(value) && URL.canParse(value)
  if (isUrl || value.startsWith('/')) {
    const written = isUrl ? trustedUrl(value, cloud, fail).pathname : value.replace(/\?.*/, '')
    const path = parsePath(written)
    const [word = '', id] = path?.rest ?? []
    if (path !== undefined && sameWord(word, 'backupJobs') && id !== undefined && path.rest.length === 2) {
      checkMapping(path, fail)
      return { kind: 'job', reference: referenceOf(id, path, inputs, fail) }
    }
    throw fail(
      `"${shown(value)}" is not the ARM ID of a job; expected ` +
        `/subscriptions/…/resourceGroups/…/providers/Microsoft.RecoveryServices/vaults/…/backupJobs/….${whereItGoes(path)}`,
    )
  }
  if (!isJobName(value))
    throw fail(`"${shown(value)}" is not a job's ID; expected its name (a GUID) or its full ARM ID.`)
  return { kind: 'job', reference: referenceOf(value, undefined, inputs, fail) }
}

/** The input that takes what job-id does not. */
function whereItGoes(path: PathParts | undefined): string {
  if (isOperationWord(path?.rest.at(-2) ?? ''))
    return ' The ID or URL of an operation goes into operation-url.'
  const isItem = path !== undefined && itemAt(path.rest) >= 0
  return isItem ? ' The ARM ID of a protected item goes into protected-item.' : ''
}

/** What the service gives as a job's name. One in the spec is no valid GUID, so none is asked for. */
export function isJobName(name: string): boolean {
  return /^[A-Za-z0-9-]{1,64}$/.test(name) && /\d/.test(name)
}

function referenceOf(
  id: string,
  path: PathParts | undefined,
  inputs: VaultInputs,
  fail: (problem: string) => InputError,
): JobReference {
  if (!isJobName(id))
    throw fail(`"${shown(id)}" is not a job's name; expected letters, digits and hyphens, 64 at most.`)
  const vault =
    path?.vault ?? vaultOf(path?.kind ?? inputs.kind, path?.subscriptionId ?? inputs.subscriptionId, inputs)
  if (vault === undefined) {
    const missing = [
      ...((path?.subscriptionId ?? inputs.subscriptionId) === '' ? ['subscription-id'] : []),
      ...(inputs.resourceGroup === '' ? ['resource-group'] : []),
      ...(inputs.vaultName === '' ? ['vault-name'] : []),
    ]
    throw fail(
      `"${shown(id)}" does not say which vault it is in; set ${missing.join(', ')} too, or give the full ARM ID.`,
    )
  }
  const region = path?.location ?? (path === undefined ? inputs.secondaryRegion : '')
  const mapping = path?.mapping
  return { vault, id, ...(region === '' ? {} : { region }), ...(mapping === undefined ? {} : { mapping }) }
}

/** The vault that the inputs name; undefined where a part of it is missing. */
export function vaultOf(kind: VaultKind, subscriptionId: string, inputs: VaultInputs): Vault | undefined {
  const { resourceGroup, vaultName: name } = inputs
  return subscriptionId === '' || resourceGroup === '' || name === ''
    ? undefined
    : { kind, subscriptionId, resourceGroup, name }
}
