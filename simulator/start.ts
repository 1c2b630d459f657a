/** Starts operations, and says which requests would. */
import type { PlannedRequest, Trigger } from './api.ts'
import { KINDS } from './azure/kinds.ts'
import { begin, resultUrl, statusUrl } from './azure/operations.ts'
import { vaultFor } from './azure/resource-manager.ts'
import { API_VERSIONS, type Operation, type StartOptions, vaultId, type World } from './azure/world.ts'
import { decodedPath } from './http/exchange.ts'

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
  const apiVersion = given.apiVersion ?? API_VERSIONS[found.form]
  return { ...request, apiVersion, subscriptionId, resourceGroup, vaultName: name, item: target.item }
}

function lookUp(world: World, kind: string, given: StartOptions) {
  const found = KINDS.get(kind)
  if (found === undefined) throw new Error(`No kind '${kind}'. There are: ${[...KINDS.keys()].join(', ')}`)
  const vault = vaultFor(world, found.vaultType, given)
  return { found, target: { vault, item: given.item ?? found.item, container: given.container } }
}

function triggerOf(operation: Operation, item: string, origin: string): Trigger {
  const { vault, jobs } = operation
  const [job] = jobs
  const id = vaultId(vault)
  const jobResourceId = job === undefined ? '' : `${id}/backupJobs/${job.id}`
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
