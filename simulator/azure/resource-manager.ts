/** Azure Resource Manager: who may ask, and which part of the simulated Azure answers. */

import { type Answer, decodedPath, type Handler, jsonBody, type SeenRequest } from '../http/exchange.ts'
import type { TokenService } from '../identity/tokens.ts'
import { checkToken } from './access.ts'
import { armError, notFound, typeOf } from './arm/errors.ts'
import { armHeaders } from './arm/headers.ts'
import type { Quota } from './arm/quota.ts'
import { backupVaultJobs, backupVaultKind, instanceName } from './backup-vault/routes.ts'
import { crossRegionJobs, crossRegionKind } from './cross-region.ts'
import { containerIn, itemAt, type ProtectedItem, partsOf, workloadNamed } from './items/items.ts'
import { KINDS } from './kinds.ts'
import { friendlyName, recoveryServicesJobs, startedKind } from './recovery-services/routes.ts'
import { createResourceGraph } from './resource-graph/resource-graph.ts'
import { apiVersionOf, checkApiVersion } from './world/api-version.ts'
import { accepted, begin, resultAnswer, roleOf, statusAnswer } from './world/operations.ts'
import { viewOf } from './world/timeline.ts'
import { type Vault, type VaultType, vaultId } from './world/vault.ts'
import type { VaultRequest } from './world/vault-request.ts'
import type { Job } from './world/world.ts'
import { ensureVault, type Kind, vaultFor, type World } from './world/world.ts'

const VAULT_PATH =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/(Microsoft\.RecoveryServices\/vaults|Microsoft\.DataProtection\/backupVaults)\/([^/]+)\/?(.*)$/i

/** Makes the handler of Resource Manager's server. */
export function createResourceManager(world: World, tokens: TokenService, quota: Quota): Handler {
  const graph = createResourceGraph(world)
  return (request) => {
    const toGraph = graph.asked(request)
    const { headers, refused } = (toGraph ? graph.quota : quota).spend(request.method)
    const answer =
      checkToken(request, tokens, world.clock.now()) ??
      refused ??
      checkApiVersion(world, request, decodedPath(request.path)) ??
      (toGraph ? graph.answer(request) : route(world, request))
    return { ...answer, headers: { ...armHeaders(world.clock, request), ...headers, ...answer.headers } }
  }
}

function route(world: World, request: SeenRequest): Answer {
  const path = decodedPath(request.path).replace(/^\/\/+/, '/')
  const origin = `https://${request.headers.host}`
  const operation = operationAt(world, path)
  if (request.method === 'GET' && operation?.role === 'status')
    return statusAnswer(world, operation.operation, path)
  if (request.method === 'GET' && operation?.role === 'result')
    return resultAnswer(world, operation.operation, origin)
  const [, subscriptionId = '', resourceGroup = '', type = '', name = '', rest = ''] =
    VAULT_PATH.exec(path) ?? []
  if (name === '') {
    const jobs = crossRegionJobs(world, request, path)
    if (jobs !== undefined) return jobs
    const kind = crossRegionKind(world, request, path, KINDS)
    return kind === undefined
      ? unknown(request)
      : start(world, kind, defaultVault(world, kind), path, request, origin)
  }
  const vaultType = canonicalType(type)
  const names = { type: vaultType, subscriptionId, resourceGroup, name }
  const known = world.vaults.get(vaultId({ ...names, location: '', secondaryLocation: '' }).toLowerCase())
  const recovery = vaultType === 'Microsoft.RecoveryServices/vaults'
  const vault = known ?? { ...names, location: '', secondaryLocation: '' }
  const given: VaultRequest = { request, path, vault, rest, origin }
  const kind = recovery ? startedKind(given, KINDS) : backupVaultKind(world, given, KINDS)
  if (kind !== undefined) return start(world, kind, known ?? ensureVault(world, names), path, request, origin)
  if (known === undefined) return notFound(vaultType, name, resourceGroup)
  if (rest === '' && request.method === 'GET') return { status: 200, body: vaultBody(known) }
  return (recovery ? recoveryServicesJobs(world, given) : backupVaultJobs(world, given)) ?? unknown(request)
}

function start(
  world: World,
  kind: Kind,
  vault: Vault,
  path: string,
  request: SeenRequest,
  origin: string,
): Answer {
  const plan = world.plans.shift() ?? {}
  const known = itemAt(world, vault, path)
  const item = plan.item ?? known?.name ?? friendlyName(path) ?? instanceName(path) ?? kind.item
  const container = known === undefined ? containerIn(path) : known.container
  const apiVersion = apiVersionOf(request)
  const busy = isBackedUp(known, kind, world.clock.now())
    ? workloadNamed(known?.source ?? '')?.busy
    : undefined
  const operation = begin(world, kind, { vault, item, container: plan.container ?? container }, path, {
    ...(apiVersion ? { apiVersion } : {}),
    ...(container ? { container } : {}),
    ...plan,
    ...busy,
  })
  const answer = accepted(operation, origin)
  // Configuring a backup instance is 201 with the instance (Microsoft: Back up Azure Disks using REST API).
  if (kind.name === 'backup-instance') return { ...answer, status: 201, body: jsonBody(request) }
  return answer
}

/** Whether the item's backup is running, and another one is asked for. */
function isBackedUp(item: ProtectedItem | undefined, kind: Kind, now: number): boolean {
  const running = (job: Job) => job.kind.name === kind.name && !viewOf(job, now).ended
  return partsOf(kind.name)?.action === 'backup' && item?.jobs.some(running) === true
}

/** The vault that a request is about which does not name one: the plan's, or the default. */
function defaultVault(world: World, kind: Kind): Vault {
  return vaultFor(world, kind.vaultType, world.plans[0] ?? {})
}

function operationAt(world: World, path: string) {
  const operation = world.operations.get(path.slice(path.lastIndexOf('/') + 1))
  const role = operation === undefined ? undefined : roleOf(operation, path)
  return operation === undefined || role === undefined ? undefined : { operation, role }
}

function canonicalType(type: string): VaultType {
  return /^microsoft\.recoveryservices/i.test(type)
    ? 'Microsoft.RecoveryServices/vaults'
    : 'Microsoft.DataProtection/backupVaults'
}

function vaultBody(vault: Vault) {
  return {
    id: vaultId(vault),
    name: vault.name,
    type: vault.type,
    location: vault.location,
    properties: { provisioningState: 'Succeeded' },
  }
}

/** 404 for a resource type that is not simulated (text: Azure/azure-sdk-for-js#15460). */
function unknown(request: SeenRequest): Answer {
  const { namespace, type } = typeOf(decodedPath(request.path))
  return armError(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${apiVersionOf(request)}'.`,
  )
}
