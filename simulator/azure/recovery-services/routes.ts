/** The requests that a Recovery Services vault answers, below its path. */

import { type Answer, jsonBody, type SeenRequest } from '../../http/exchange.ts'
import { notFound } from '../arm/errors.ts'
import { workloadOf } from '../sources/workloads.ts'
import { accepted, begin } from '../world/operations.ts'
import type { StartOptions } from '../world/options.ts'
import { isRunning } from '../world/timeline.ts'
import type { VaultRequest } from '../world/vault-request.ts'
import type { Kind, World } from '../world/world.ts'
import { isAtVault } from '../world/world.ts'
import { containers } from './containers.ts'
import { crossTenantJob, crossTenantKind } from './cross-tenant.ts'
import { protectedItems } from './items.ts'
import { jobList } from './job-list.ts'
import { policies } from './policies.ts'

/** Answers GETs of jobs, items and recovery points, and requests to cancel; undefined for anything else. */
export function recoveryServicesJobs(world: World, given: VaultRequest): Answer | undefined {
  const { request, rest, vault } = given
  if (request.method === 'GET' && /^backupJobs$/i.test(rest)) return jobList(world, given)
  if (request.method === 'GET' && /^backupPolicies(\/[^/]+)?$/i.test(rest)) return policies(world, given)
  if (request.method === 'GET' && /^backupProtectionContainers$/i.test(rest)) return containers(world, given)
  const crossTenant = crossTenantJob(world, given)
  if (crossTenant !== undefined) return crossTenant
  const [, id = '', cancel] = /^backupJobs\/([^/]+)(\/cancel)?$/i.exec(rest) ?? []
  if (id === '') return protectedItems(world, given)
  const job = world.jobs.get(id.toLowerCase())
  if (job === undefined || !isAtVault(job, vault) || world.clock.now() < job.visibleAt) {
    return notFound('Microsoft.RecoveryServices/vaults/backupJobs', id, vault.resourceGroup)
  }
  if (request.method === 'GET' && cancel === undefined) return { status: 200, body: job.kind.job(world, job) }
  if (request.method !== 'POST' || cancel === undefined) return undefined
  const policy = job.options.cancel ?? 'accepted'
  // The words are not recorded, only that it is a 400 (Azure/azure-rest-api-specs#5306: there at the result URL,
  // after a 202).
  const error = {
    code: 'BMSUserErrorJobNotCancellable',
    message: 'The job cannot be cancelled: it is already over, or in a phase that cannot be stopped.',
  }
  const cancellable = 'actionsInfo' in (job.kind.job(world, job).properties as object)
  if (policy === 'refused' || !cancellable || !isRunning(job, world.clock.now())) {
    return { status: 400, body: { error } }
  }
  if (policy === 'accepted') job.cancelledAt = world.clock.now()
  const options: StartOptions =
    policy === 'accepted' ? {} : { operationEnds: 'Failed', operationError: error }
  const operation = begin(world, cancelKind, { vault, item: job.item }, given.path, {
    ...options,
    // Recorded: whatever version the request had.
    apiVersion: '2019-05-13-preview',
  })
  return accepted(operation, given.origin)
}

/** The kind of operation that a request starts; undefined where it starts none. */
export function startedKind({ request, rest }: VaultRequest, kinds: Map<string, Kind>): Kind | undefined {
  const at = (pattern: RegExp) => pattern.exec(rest)
  const crossTenant = crossTenantKind(request.method, rest)
  if (crossTenant !== undefined) return kinds.get(crossTenant)
  const item = at(/^backupFabrics\/[^/]+\/protectionContainers\/[^/]+\/protectedItems\/([^/]+)(\/.*)?$/i)
  const workload = workloadOf(item?.[1] ?? '')?.name
  const below = item?.[2]?.toLowerCase() ?? ''
  const call = `${request.method} ${item === null ? rest.toLowerCase() : below}`
  if (workload !== undefined) {
    if (call === 'POST /backup') return kinds.get(`${workload}-backup`)
    if (/^POST \/recoverypoints\/[^/]+\/restore$/.test(call)) return kinds.get(`${workload}-restore`)
    if (/^POST \/recoverypoints\/[^/]+\/provisioninstantitemrecovery$/.test(call)) return kinds.get('ilr')
    if (call === 'DELETE ') return kinds.get(`${workload}-delete-data`)
    if (call === 'PUT ') return kinds.get(`${workload}-${stops(request) ? 'disable' : 'configure'}`)
    return undefined
  }
  if (/^PUT backuppolicies\/[^/]+$/.test(call)) return kinds.get('policy-change')
  if (call === 'POST backuptriggervalidateoperation') return kinds.get('validate')
  if (call === 'POST backupjobsexport') return kinds.get('export')
  if (/^POST backupfabrics\/[^/]+\/refreshcontainers$/.test(call)) return kinds.get('refresh')
  if (/^PUT backupfabrics\/[^/]+\/protectioncontainers\/[^/]+$/.test(call)) return kinds.get('register')
  return undefined
}

/** Friendly name of the item in a path: what comes after the last `;`. */
export function friendlyName(rest: string): string | undefined {
  return /\/protectedItems\/([^/]+)/i.exec(rest)?.[1]?.split(';').at(-1)
}

const cancelKind: Kind = {
  name: 'cancel',
  title: 'Cancel a job',
  form: 'recovery-services',
  vaultType: 'Microsoft.RecoveryServices/vaults',
  secondary: false,
  item: '',
  jobs: 'none',
  seconds: 0,
  operationSeconds: 2,
  request: undefined,
  paths: (path, id) => {
    const job = path.replace(/\/cancel$/i, '')
    return { status: `${job}/operationsStatus/${id}`, result: `${job}/operationResults/${id}` }
  },
  job: () => ({}),
}

function stops(request: SeenRequest): boolean {
  const { properties } = jsonBody(request)
  return (properties as { protectionState?: string } | undefined)?.protectionState === 'ProtectionStopped'
}
