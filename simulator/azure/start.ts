/** Starts operations, and says which requests would. */

import { decodedPath } from '../http/exchange.ts'
import { KINDS } from './kinds.ts'
import { begin, resultUrl, statusUrl } from './world/operations.ts'
import type { StartOptions } from './world/options.ts'
import { vaultId } from './world/vault.ts'
import type { StartRequest } from './world/world.ts'
import { API_VERSIONS, jobPath, type Operation, vaultFor, type World } from './world/world.ts'

/** Starts an operation, as the request of that kind would. Throws where there is no such kind. */
export function startOperation(world: World, kind: string, given: StartOptions = {}): Trigger {
  const { found, target } = lookUp(world, kind, given)
  const path = found.request?.(target).path ?? vaultId(target.vault)
  return triggerOf(begin(world, found, target, decodedPath(path), given), target.item, world.origin)
}

/** The request of that kind; undefined for what only the service starts. Throws where there is no such kind. */
export function plannedRequest(
  world: World,
  kind: string,
  given: StartOptions = {},
): PlannedRequest | undefined {
  const { found, target } = lookUp(world, kind, given)
  const request = found.request?.(target)
  if (request === undefined) return undefined
  const { subscriptionId, resourceGroup, name } = target.vault
  const apiVersion = given.apiVersion ?? found.apiVersion ?? API_VERSIONS[found.form]
  return { ...request, apiVersion, subscriptionId, resourceGroup, vaultName: name, item: target.item }
}

function lookUp(world: World, kind: string, given: StartOptions) {
  const found = KINDS.get(kind)
  if (found === undefined) throw new Error(`No kind '${kind}'. There are: ${[...KINDS.keys()].join(', ')}`)
  const vault = vaultFor(world, found.vaultType, given)
  return {
    found,
    target: { vault, item: given.item ?? found.item, container: given.container, mapping: given.mapping },
  }
}

function triggerOf(operation: Operation, item: string, origin: string): Trigger {
  const { vault, jobs } = operation
  const [job] = jobs
  const id = vaultId(vault)
  const jobResourceId = job === undefined ? '' : jobPath(job)
  return {
    kind: operation.kind.name,
    operationId: operation.id,
    operationUrl: statusUrl(operation, origin),
    locationUrl: resultUrl(operation, origin),
    jobId: job?.id ?? '',
    jobIds: jobs.map((one) => one.id),
    jobResourceId,
    jobUrl: job === undefined ? '' : `${origin}${jobResourceId}`,
    subscriptionId: vault.subscriptionId,
    resourceGroup: vault.resourceGroup,
    vaultName: vault.name,
    vaultId: id,
    item,
  }
}

/** What the request that starts an operation was given. */
export interface Trigger {
  kind: string
  operationId: string
  /** Azure-AsyncOperation and Location; empty where the service sends none. */
  operationUrl: string
  locationUrl: string
  /** The first job's, empty where there is none; and all. */
  jobId: string
  jobIds: string[]
  /** Full ID and URL (without query) of the first job. */
  jobResourceId: string
  jobUrl: string
  subscriptionId: string
  resourceGroup: string
  vaultName: string
  vaultId: string
  item: string
}

/** A request that starts an operation, and what it is about. */
export interface PlannedRequest extends StartRequest {
  apiVersion: string
  subscriptionId: string
  resourceGroup: string
  vaultName: string
  item: string
}
