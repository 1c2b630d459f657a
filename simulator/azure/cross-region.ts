/**
 * Restores in the vault's secondary region. The status is at that region, under the subscription; the job is read
 * by POST, which spends the write quota; a GET at the vault is 404 (all recorded).
 */
import { type Answer, jsonBody, type SeenRequest } from '../http/exchange.ts'
import { armError } from './arm/errors.ts'
import { backupVaultJob } from './backup-vault/job.ts'
import { recoveryServicesJob } from './recovery-services/job.ts'
import { DATA_SOURCES } from './sources/data-sources.ts'
import { WORKLOADS, type Workload } from './sources/workloads.ts'
import { vaultId } from './world/vault.ts'
import type { Kind, Target, World } from './world/world.ts'

const RECOVERY = /^\/subscriptions\/[^/]+\/providers\/Microsoft\.RecoveryServices\/locations\/([^/]+)\/(.+)$/i
const PROTECTION =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.DataProtection\/locations\/([^/]+)\/(.+)$/i

const recovery = (workload: Workload, jobType: string, seconds: number): Kind => ({
  name: `${workload.name}-cross-region-restore`,
  title: `Restore ${workload.title} in the secondary region`,
  form: 'cross-region',
  vaultType: 'Microsoft.RecoveryServices/vaults',
  secondary: true,
  item: workload.item,
  jobs: 'one',
  seconds,
  operationSeconds: 1.5,
  request: ({ vault }) => ({
    method: 'POST',
    path: `${region(vault, 'Microsoft.RecoveryServices')}/backupCrossRegionRestore`,
    body: { crossRegionRestoreAccessDetails: {}, restoreRequest: { objectType: 'IaasVMRestoreRequest' } },
  }),
  paths: (_path, id, vault) => ({
    status: `${region(vault, 'Microsoft.RecoveryServices')}/backupCrrOperationsStatus/${id}`,
    result: `${region(vault, 'Microsoft.RecoveryServices')}/backupCrrOperationResults/${id}`,
  }),
  result: () => ({ status: 200 }),
  job: (world, job) => recoveryServicesJob(world, { ...workload, jobType }, 'restore', job),
})

const protection: Kind = {
  name: 'disk-cross-region-restore',
  title: 'Restore a managed disk in the secondary region',
  form: 'backup-vault',
  vaultType: 'Microsoft.DataProtection/backupVaults',
  secondary: true,
  item: 'data-disk-01',
  jobs: 'one',
  seconds: 368,
  operationSeconds: 1.5,
  request: ({ vault }) => ({
    method: 'POST',
    path: `${groupRegion(vault)}/crossRegionRestore`,
    body: { restoreRequestObject: {}, crossRegionRestoreDetails: {} },
  }),
  paths: (_path, id, vault) => ({
    status: `${region(vault, 'Microsoft.DataProtection')}/operationStatus/${id}`,
    result: `${region(vault, 'Microsoft.DataProtection')}/operationResults/${id}`,
  }),
  job: (world, job) => backupVaultJob(world, DATA_SOURCES.disk, 'restore', job),
}

/** The kinds that run in another region. The SQL job's type is in no SDK (recorded in 2022). */
export const CROSS_REGION_KINDS: Kind[] = [
  recovery(WORKLOADS.vm, 'AzureIaaSVMJob', 1140),
  recovery(WORKLOADS.sql, 'AzureWorkloadJobV2', 180),
  protection,
]

/** The kind of operation that a request starts; undefined where it starts none. */
export function crossRegionKind(
  world: World,
  request: SeenRequest,
  path: string,
  kinds: Map<string, Kind>,
): Kind | undefined {
  const planned = kinds.get(world.plans[0]?.kind ?? '')
  if (request.method !== 'POST') return undefined
  if (/^backupCrossRegionRestore$/i.test(RECOVERY.exec(path)?.[2] ?? '')) {
    return planned?.form === 'cross-region' ? planned : kinds.get('vm-cross-region-restore')
  }
  return /^crossRegionRestore$/i.test(PROTECTION.exec(path)?.[2] ?? '') ? protection : undefined
}

/** Answers POSTs that read a job in another region; undefined for anything else. */
export function crossRegionJobs(world: World, request: SeenRequest, path: string): Answer | undefined {
  if (request.method !== 'POST') return undefined
  const body = jsonBody(request)
  const text = (key: string) => (typeof body[key] === 'string' ? body[key] : '')
  const [, place = '', call = ''] = RECOVERY.exec(path) ?? PROTECTION.exec(path) ?? []
  const find = (vault: string, name: string): Answer => {
    if (vault === '' || name === '')
      return armError(400, 'BadRequest', 'The body lacks the vault or the job.')
    const job = world.jobs.get(name.toLowerCase())
    const here =
      job?.secondaryRegion?.toLowerCase() === place.toLowerCase() &&
      vaultId(job.vault).toLowerCase() === vault.toLowerCase() &&
      world.clock.now() >= job.visibleAt
    if (job === undefined || !here)
      return armError(404, 'ResourceNotFound', `The job '${name}' was not found.`)
    return { status: 200, body: job.kind.job(world, job) }
  }
  if (/^backupCrrJob$/i.test(call)) return find(text('resourceId'), text('jobName'))
  if (!/^fetchCrossRegionRestoreJob$/i.test(call)) return undefined
  if (text('sourceRegion') === '') return armError(400, 'BadRequest', 'The body lacks sourceRegion.')
  return find(text('sourceBackupVaultId'), text('jobId'))
}

function region(vault: Target['vault'], provider: string): string {
  return `/subscriptions/${vault.subscriptionId}/providers/${provider}/locations/${vault.secondaryLocation}`
}

function groupRegion(vault: Target['vault']): string {
  return `/subscriptions/${vault.subscriptionId}/resourceGroups/${vault.resourceGroup}/providers/Microsoft.DataProtection/locations/${vault.secondaryLocation}`
}
