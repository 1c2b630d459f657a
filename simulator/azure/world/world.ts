/** What the simulated Azure holds: vaults, operations and jobs; and how a new operation is to go. */

import type { Clock } from '../../clock/clock.ts'
import type { Answer } from '../../http/exchange.ts'
import type { ArmError } from '../arm/errors.ts'
import type { StartOptions } from './options.ts'
import type { Quirks } from './quirks.ts'
import type { Instant } from './values.ts'
import type { ItemNames } from './vault.ts'
import { type Vault, type VaultType, vaultId } from './vault.ts'

/** The vault and item that a request is about. */
export interface Target {
  vault: Vault
  /** Friendly name. */
  item: string
  /** Sets apart items of the same name: see StartOptions. */
  container?: string | undefined
  /** The mapping of a cross-tenant restore. */
  mapping?: string | undefined
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
  /** The `api-version` of its requests, where it is not its API's usual one. */
  apiVersion?: string
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
  /** The cross-tenant vault mapping that it stands below, where it restores from another tenant's vault. */
  mapping?: string | undefined
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

/** The full ID of a job. */
export function jobPath({ id, vault, mapping }: Job): string {
  const below = mapping === undefined ? '' : `/backupCrossTenantVaultMappings/${mapping}`
  return `${vaultId(vault)}${below}/backupJobs/${id}`
}

/** Whether a job stands among those of the vault itself: neither in another region nor below a mapping. */
export function isAtVault(job: Job, vault: Vault): boolean {
  return job.vault === vault && job.secondaryRegion === undefined && job.mapping === undefined
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

/** The vault with the names in the options, or the default ones. */
export function vaultFor(world: World, type: VaultType, options: StartOptions): Vault {
  const { subscriptionId, resourceGroup } = world.defaults
  return ensureVault(world, {
    type,
    subscriptionId: options.subscriptionId ?? subscriptionId,
    resourceGroup: options.resourceGroup ?? resourceGroup,
    name:
      options.vaultName ??
      (type === 'Microsoft.RecoveryServices/vaults' ? 'vault-prod' : 'backup-vault-prod'),
  })
}
