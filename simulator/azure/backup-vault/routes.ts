/** The requests that a Backup vault answers, below its path. There is no request to cancel. */
import type { Answer } from '../../http/exchange.ts'
import { notFound } from '../arm/errors.ts'
import { DATA_SOURCES } from '../sources/data-sources.ts'
import type { VaultRequest } from '../world/vault-request.ts'
import type { Kind, World } from '../world/world.ts'
import { backupInstances, backupVaultJobList } from './instances.ts'

/** Answers GETs of jobs and backup instances; undefined for anything else. */
export function backupVaultJobs(world: World, given: VaultRequest): Answer | undefined {
  const { request, rest, vault } = given
  if (request.method !== 'GET') return undefined
  if (/^backupJobs$/i.test(rest)) return backupVaultJobList(world, given)
  const [, wanted] = /^backupJobs\/([^/]+)$/i.exec(rest) ?? []
  if (wanted === undefined) return backupInstances(world, given)
  const job = world.jobs.get(wanted.toLowerCase())
  const here = job?.vault === vault && job.secondaryRegion === undefined && world.clock.now() >= job.visibleAt
  if (job !== undefined && here) return { status: 200, body: job.kind.job(world, job) }
  return notFound('Microsoft.DataProtection/backupVaults/backupJobs', wanted, vault.resourceGroup)
}

/**
 * The kind of operation that a request starts; undefined where it starts none. Which data source a backup is of,
 * no request says: a plan does, or the backup instance's name (`disk-…`).
 */
export function backupVaultKind(
  world: World,
  { request, rest }: VaultRequest,
  kinds: Map<string, Kind>,
): Kind | undefined {
  const [, instance = '', action = ''] = /^backupInstances\/([^/]+)(?:\/(backup|restore))?$/i.exec(rest) ?? []
  if (request.method === 'POST' && /^validateForBackup$/i.test(rest)) return kinds.get('validate-for-backup')
  if (instance === '') return undefined
  if (request.method === 'PUT') return kinds.get('backup-instance')
  if (request.method === 'DELETE') return kinds.get('backup-instance-delete')
  if (request.method !== 'POST' || action === '') return undefined
  const planned = world.plans[0]?.kind
  if (planned !== undefined) return kinds.get(planned)
  const source = Object.keys(DATA_SOURCES).find((name) => instance.toLowerCase().startsWith(name)) ?? 'disk'
  return kinds.get(`${source}-${action.toLowerCase()}`)
}

/** Friendly name of the item in a path: the instance's name after its data source. */
export function instanceName(path: string): string | undefined {
  return /\/backupInstances\/(?:disk|postgres|aks|blob)-([^/]+)/i.exec(path)?.[1]
}
