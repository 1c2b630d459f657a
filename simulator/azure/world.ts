/** What the simulated Azure holds: vaults, operations and jobs; and how a new operation is to go. */
import type { Clock } from '../clock.ts'
import type { Answer } from '../http/exchange.ts'
import type { ArmError } from './errors.ts'
import type { ItemNames } from './items.ts'
import type { Quirks } from './quirks.ts'
import type { Instant } from './values.ts'

/** The two resource types that back things up. */
export type VaultType = 'Microsoft.RecoveryServices/vaults' | 'Microsoft.DataProtection/backupVaults'

/** A vault. */
export interface Vault {
  type: VaultType
  subscriptionId: string
  resourceGroup: string
  name: string
  /** Its region, and the one that it is copied to. */
  location: string
  secondaryLocation: string
}

/** How an operation and its job are to go. Every duration is in simulated seconds. */
export interface StartOptions {
  /** Which kind; only for requests that do not say (a Backup vault's `backup` does not name the workload). */
  kind?: string
  subscriptionId?: string
  resourceGroup?: string
  vaultName?: string
  /** Friendly name of the protected item. */
  item?: string
  /** Sets apart items of the same friendly name: the resource group of a VM or disk, the account of a file share, the server of a database. */
  container?: string
  /** The recovery point is there so many seconds after a good end, whatever is usual; null for never. */
  recoveryPointSeconds?: number | null
  /** Its type: `CrashConsistent`, `Log` and the like. */
  recoveryPointType?: string
  /** The `api-version` of the URLs that are given back. */
  apiVersion?: string
  /** How long the operation runs, and how it ends: `Succeeded`, `Failed`, `Canceled` or any other word. */
  operationSeconds?: number
  operationEnds?: string
  /** The error of an operation that failed; null for none at all. */
  operationError?: ArmError | null
  /** The operation succeeds and starts no job. */
  noJob?: boolean
  /** How long the job runs, and the status it ends with: any word. */
  seconds?: number
  ends?: string
  /** Its status word until then. Default: `InProgress`. */
  runs?: string
  /** How long its snapshot takes, where it has one. */
  snapshotSeconds?: number
  /** Its `errorDetails`. Default: one that fits a failure or a warning, none otherwise; null for none. */
  errors?: unknown[] | null
  /** Retry-After of its 202s. Default: that of the simulator. */
  retryAfterSeconds?: number
  /** `Backup Size` in MB, data transferred in MB, or bytes of a Backup vault (null and strings there too). */
  size?: number | string | null
  /** For so long after it was announced the job is not found. */
  notFoundSeconds?: number
  /** What becomes of a request to cancel: see README. Default: `accepted`. */
  cancel?: 'accepted' | 'refused' | 'refused-later'
  /** How long the job is `Cancelling`. */
  cancelSeconds?: number
  /** How many jobs a policy change starts, and what it could not start: item to message. */
  jobs?: number
  failedJobs?: Record<string, string>
  /** What a validation finds. */
  validationResults?: { code: string; message: string; recommendations?: string[] }[]
  /** Signs the URLs, as the service does since 2024: some 3,300 characters each. */
  signed?: boolean
  /** Signs the blob URLs that a restore leaves in its property bag. */
  sasUrls?: boolean
  /** Durations as TimeSpan rather than ISO 8601. */
  timeSpan?: boolean
  /** `/Subscriptions/`, `/resourcegroups/` and the like in URLs and IDs. */
  oddCase?: boolean
  /** `?fabricName=Azure?api-version=…` in the URLs, as container operations have it. */
  malformedQuery?: boolean
  /** The job's ID in the operation's answer as bare GUID (or as full ARM ID), whatever is usual. */
  bareJobId?: boolean
  /** Properties of the job, and of its `extendedInfo`, that replace the usual ones; undefined removes one. */
  properties?: Record<string, unknown>
  extendedInfo?: Record<string, unknown>
}

/** The vault and item that a request is about. */
export interface Target {
  vault: Vault
  /** Friendly name. */
  item: string
  /** Sets apart items of the same name: see StartOptions. */
  container?: string | undefined
}

/** The `api-version` that a client of each API has today; the service behind other regions has its own. */
export const API_VERSIONS: Record<Kind['form'], string> = {
  'recovery-services': '2025-02-01',
  'backup-vault': '2025-07-01',
  'cross-region': '2023-01-15',
}

/** A request that starts an operation; the path as a client sends it, percent-encoded. */
export interface StartRequest {
  method: string
  path: string
  body?: unknown
}

/** A kind of operation and of the job that it starts. */
export interface Kind {
  name: string
  /** For people. */
  title: string
  /** ID and instants in the words of which API. */
  form: 'recovery-services' | 'backup-vault' | 'cross-region'
  vaultType: VaultType
  /** Whether the job runs in the vault's secondary region. */
  secondary: boolean
  /** Friendly name of the item where none is given. */
  item: string
  jobs: 'one' | 'many' | 'none'
  /** How long the job usually runs, and its operation: `job` for as long as the job. Simulated seconds. */
  seconds: number
  operationSeconds: number | 'job'
  /** The request that starts it; undefined for what only the service starts. */
  request: ((target: Target) => StartRequest) | undefined
  /** Where its status and its result are, given the decoded path of the request; empty for nowhere. */
  paths(requestPath: string, operationId: string, vault: Vault): { status: string; result: string }
  /** `properties` of the operation once it has succeeded, beyond those that name its jobs. */
  outcome?(world: World, options: StartOptions): Record<string, unknown>
  /** The error of an operation that failed, where it has one of its own. */
  failure?: ArmError
  /** What the result URL answers once it has succeeded. Default: 204. */
  result?(world: World, target: Target, options: StartOptions): Answer
  /** The job's body. */
  job(world: World, job: Job): Record<string, unknown>
}

/** An operation: the seconds in which a request is taken in. */
export interface Operation {
  id: string
  kind: Kind
  vault: Vault
  /** Paths with raw `;` and `=`, as the service gives them; empty where there is none. */
  statusPath: string
  resultPath: string
  /** Further paths that show its status, or its result. */
  otherStatusPaths: string[]
  otherResultPaths: string[]
  /** What follows the paths, from the `?` on. */
  statusQuery: string
  resultQuery: string
  startedAt: Instant
  endsAt: Instant
  ends: string
  error: ArmError | undefined
  /** `properties` once it has succeeded. */
  properties: Record<string, unknown> | undefined
  /** What its result URL answers in the end. */
  result: Answer
  jobs: Job[]
  retryAfterSeconds: number
}

/** A job: the hours in which the work is done. */
export interface Job {
  id: string
  kind: Kind
  vault: Vault
  item: string
  /** How long it would run if nobody stopped it: the measure of its phases. */
  plannedSeconds: number
  /** The region that it runs in, where that is not the vault's. */
  secondaryRegion: string | undefined
  startedAt: Instant
  endsAt: Instant
  ends: string
  /** Not found before this, simulated milliseconds since the epoch. */
  visibleAt: number
  activityId: string
  /** When it was asked to stop, simulated milliseconds since the epoch. */
  cancelledAt: number | undefined
  options: StartOptions
}

/** Everything. */
export interface World {
  clock: Clock
  /** Origin of Resource Manager. */
  origin: string
  retryAfterSeconds: number
  /** By ID, in lower case. */
  vaults: Map<string, Vault>
  jobs: Map<string, Job>
  operations: Map<string, Operation>
  /** Items that are protected, whether or not they have jobs; the others follow from the jobs. */
  items: ItemNames[]
  /** Deviations of lists; a caller may change them at any time. */
  quirks: Quirks
  /** How the operations that the next requests start will go, first come first served. */
  plans: StartOptions[]
  /** Everything secret that was given out. */
  secrets: string[]
  defaults: {
    tenantId: string
    subscriptionId: string
    resourceGroup: string
    location: string
    secondaryLocation: string
  }
}

/** `/subscriptions/…/vaults/NAME`. */
export function vaultId(vault: Vault): string {
  return `/subscriptions/${vault.subscriptionId}/resourceGroups/${vault.resourceGroup}/providers/${vault.type}/${vault.name}`
}

/** The vault with these names, made if there is none yet. */
export function ensureVault(
  world: World,
  names: Pick<Vault, 'type' | 'subscriptionId' | 'resourceGroup' | 'name'>,
): Vault {
  const { location, secondaryLocation } = world.defaults
  const vault: Vault = { ...names, location, secondaryLocation }
  const key = vaultId(vault).toLowerCase()
  const known = world.vaults.get(key)
  if (known === undefined) world.vaults.set(key, vault)
  return known ?? vault
}
