/** What a person gives, a URL or an ID, as the thing to follow. Pure: no request is made here. */

import { InputError } from '../base/errors.ts'
import { sameWord } from '../base/read.ts'
import type { JobReference, Vault, VaultKind } from '../domain/job.ts'
import { type Cloud, distrust } from './http/cloud.ts'
import { type PathParts, parsePath } from './paths.ts'

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
}

/** What one line of an input asks to follow. */
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

const severalOnALine = 'holds more than one URL or ID; give one a line.'

/**
 * Whether a second URL or ID stands behind the first: a URL's query or fragment would swallow it, and its job would be
 * lost in silence. PowerShell joins values by a blank, other tools by a comma or a semicolon, none of which occurs in a
 * query that Azure gives (recorded); an ID holds one scheme at the most, and one subscription besides the documented
 * `/subscriptions//subscriptions/`.
 */
function holdsMore(line: string): boolean {
  const start = line.search(/[?#]/)
  const tail = start < 0 ? '' : line.slice(start)
  const path = start < 0 ? line : line.slice(0, start)
  if (/[,;#]|%2C|%3B|\/subscriptions\/|:\/\//i.test(tail)) return true
  const schemes = path.match(/:\/\//g)?.length ?? 0
  const subscriptions = path
    .replace(/^(.*?)\/subscriptions\/(?=\/subscriptions\/)/i, '$1')
    .match(/\/subscriptions\//gi)
  return schemes > 1 || (subscriptions?.length ?? 0) > 1
}

/** Reads one line of `operation-url`. */
export function parseOperationUrl(line: string, inputs: VaultInputs, cloud: Cloud): Target {
  const fail = (problem: string) => new InputError('operation-url', problem)
  if (line.length > longestUrl)
    throw fail(`has ${line.length} characters; Azure gives no URL over ${longestUrl}.`)
  if (/[\s\\\p{Cc}]/u.test(line)) {
    throw fail(
      `"${shown(line)}" has a blank, a backslash or a control character in it; give one URL a line, as the header has it.`,
    )
  }
  if (holdsMore(line)) throw fail(`"${shown(line)}" ${severalOnALine}`)
  const url = URL.canParse(line) ? new URL(line) : undefined
  if (url === undefined) {
    const hint = line.startsWith('/subscriptions/') ? ' An ARM ID of a job goes into job-id.' : ''
    throw fail(
      `"${shown(line)}" is not a URL; accepted is the value of an Azure-AsyncOperation or Location header.${hint}`,
    )
  }
  const distrusted = distrust(url, cloud)
  if (distrusted !== undefined) {
    throw fail(
      `"${shown(line)}" is not sent a token: ${distrusted}. Accepted is a URL of Azure Backup at ${cloud.resourceManager}` +
        `${cloud.exact ? '' : ' or one of its regions'}; for another cloud set environment or resource-manager-url.`,
    )
  }
  const path = parsePath(url.pathname)
  if (path === undefined)
    throw fail(
      `"${shown(line)}" names no subscription; accepted is the value of an Azure-AsyncOperation or Location header.`,
    )
  return targetOfPath(path, url, inputs, fail)
}

function targetOfPath(
  path: PathParts,
  url: URL,
  inputs: VaultInputs,
  fail: (problem: string) => InputError,
): Target {
  const { rest } = path
  const job = rest[0] !== undefined && sameWord(rest[0], 'backupJobs') ? rest[1] : undefined
  if (job !== undefined && !isOperationWord(job)) {
    return { kind: 'job', reference: referenceOf(job, path, inputs, fail) }
  }
  const reason = jobless(rest)
  if (reason !== undefined) throw fail(`"${shown(url.href)}" can lead to no job: it is the URL of ${reason}.`)
  const word = rest.at(-2) ?? ''
  const id = rest.at(-1)
  if (id === undefined || !isOperationWord(word)) {
    throw fail(
      `"${shown(url.href)}" is neither an operation's URL nor a job's; accepted is the value of the Azure-AsyncOperation ` +
        'or Location header of the request that started the operation.',
    )
  }
  const vault = path.vault ?? vaultOf(path.kind, path.subscriptionId, inputs)
  if (path.kind === 'recovery-services' && vault === undefined) {
    throw fail(
      `"${shown(url.href)}" is a cross-region operation's and does not name the vault, which reading its job takes; ` +
        'set resource-group and vault-name too.',
    )
  }
  return { kind: 'operation', url, isResult: /results?$/i.test(word), id, path, vault }
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
  return sameWord(first, 'privateEndpointConnections') ? 'a private endpoint connection' : undefined
}

/** Reads one line of `job-id`: a name, or a full ARM ID. */
export function parseJobId(line: string, inputs: VaultInputs): Target {
  const fail = (problem: string) => new InputError('job-id', problem)
  if (line.length > longestUrl) throw fail(`has ${line.length} characters; no job's ID is that long.`)
  if (line.startsWith('/')) {
    if (holdsMore(line)) throw fail(`"${shown(line)}" ${severalOnALine}`)
    const path = parsePath(line.split('?')[0] ?? '')
    const [word = '', id] = path?.rest ?? []
    if (path === undefined || !sameWord(word, 'backupJobs') || id === undefined || path.rest.length !== 2) {
      throw fail(
        `"${shown(line)}" is not the ARM ID of a job; accepted is ` +
          '/subscriptions/…/resourceGroups/…/providers/Microsoft.RecoveryServices/vaults/…/backupJobs/…',
      )
    }
    return { kind: 'job', reference: referenceOf(id, path, inputs, fail) }
  }
  if (!isJobName(line)) {
    const hint = /^https?:/i.test(line) ? ' A URL goes into operation-url.' : ''
    throw fail(`"${shown(line)}" is not a job's ID; accepted is its name (a GUID) or its full ARM ID.${hint}`)
  }
  return { kind: 'job', reference: referenceOf(line, undefined, inputs, fail) }
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
    throw fail(`"${shown(id)}" is not a job's name; accepted are letters, digits and hyphens, 64 at most.`)
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
  return { vault, id, ...(region === '' ? {} : { region }) }
}

/** The vault that the inputs name; undefined where a part of it is missing. */
export function vaultOf(kind: VaultKind, subscriptionId: string, inputs: VaultInputs): Vault | undefined {
  const { resourceGroup, vaultName: name } = inputs
  return subscriptionId === '' || resourceGroup === '' || name === ''
    ? undefined
    : { kind, subscriptionId, resourceGroup, name }
}

/** A value as an error may show it: without its query, which may be signed, and not too long. */
function shown(value: string): string {
  // An escaped question mark begins a query too, of a URL that was escaped on its way here.
  const [path = ''] = value.replace(/[\p{Cc}]/gu, ' ').split(/[?&#]|%3F/i)
  const withoutUser = path.replace(/\/\/[^/@]*@/, '//***@')
  return withoutUser.length > 300 ? `${withoutUser.slice(0, 300)}…` : withoutUser
}
