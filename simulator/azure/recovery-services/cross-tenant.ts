/**
 * Restores from the vault of another tenant: what starts them, their operations and their jobs stand below
 * `{vault}/backupCrossTenantVaultMappings/{mapping}` (azure-rest-api-specs#41694: CrossTenantVaultMappingResource.tsp,
 * TriggerCrossTenantRestore.json; a preview). Nobody has recorded one.
 */
import type { Answer } from '../../http/exchange.ts'
import { notFound } from '../arm/errors.ts'
import { WORKLOADS } from '../sources/workloads.ts'
import { vaultId } from '../world/vault.ts'
import type { VaultRequest } from '../world/vault-request.ts'
import type { Kind, Target, World } from '../world/world.ts'
import { recoveryServicesJob } from './job.ts'
import { itemPath, itemPaths, RECOVERY_POINT } from './paths.ts'
import { validate } from './vault-kinds.ts'

const BELOW = /^backupCrossTenantVaultMappings\/([^/]+)\/(.+)$/i
const API_VERSION = '2026-03-31-preview'

const mappingPath = ({ vault, mapping = 'mapping-01' }: Target) =>
  `${vaultId(vault)}/backupCrossTenantVaultMappings/${mapping}`

/** What an operation's paths are below, by the decoded path of its request. */
const below = (path: string) => path.replace(/(\/backupCrossTenantVaultMappings\/[^/]+)\/.*$/i, '$1')

const restore: Kind = {
  name: 'vm-cross-tenant-restore',
  title: 'Restore a virtual machine from the vault of another tenant',
  form: 'recovery-services',
  vaultType: 'Microsoft.RecoveryServices/vaults',
  secondary: false,
  apiVersion: API_VERSION,
  item: WORKLOADS.vm.item,
  jobs: 'one',
  seconds: 2228,
  operationSeconds: 1.5,
  request: (target) => ({
    method: 'POST',
    path: `${itemPath(WORKLOADS.vm, target).replace(vaultId(target.vault), mappingPath(target))}/recoveryPoints/${RECOVERY_POINT}/restore`,
    body: { properties: { objectType: 'IaasVMRestoreRequest', recoveryType: 'RestoreDisks' } },
  }),
  paths: (path, id, vault) => itemPaths(path, id, vaultId(vault), false),
  job: (world, job) => recoveryServicesJob(world, WORKLOADS.vm, 'restore', job),
}

const crossTenantValidate: Kind = {
  ...validate,
  name: 'cross-tenant-validate',
  title: 'Ask whether a restore from the vault of another tenant could be done (no job)',
  apiVersion: API_VERSION,
  request: (target) => ({
    method: 'POST',
    path: `${mappingPath(target)}/backupTriggerValidateOperation`,
    body: {},
  }),
  paths: (path, id) => ({
    status: `${below(path)}/backupValidateOperationsStatuses/${id}`,
    result: `${below(path)}/backupValidateOperationResults/${id}`,
  }),
}

/** Both of them. */
export const CROSS_TENANT_KINDS: Kind[] = [restore, crossTenantValidate]

/** The name of the kind that a request starts, by its path below the vault; undefined where it starts none. */
export function crossTenantKind(method: string, rest: string): string | undefined {
  const [, , call = ''] = BELOW.exec(rest) ?? []
  if (method !== 'POST') return undefined
  if (/^backupTriggerValidateOperation$/i.test(call)) return crossTenantValidate.name
  return /\/protectedItems\/VM;[^/]+\/recoveryPoints\/[^/]+\/restore$/i.test(call) ? restore.name : undefined
}

/** Answers the GET of a job below its mapping; undefined for anything else. */
export function crossTenantJob(world: World, { request, rest, vault }: VaultRequest): Answer | undefined {
  const [, mapping = '', call = ''] = BELOW.exec(rest) ?? []
  const [, id] = /^backupJobs\/([^/]+)$/i.exec(call) ?? []
  if (id === undefined || request.method !== 'GET') return undefined
  const job = world.jobs.get(id.toLowerCase())
  const here = job?.vault === vault && job.mapping?.toLowerCase() === mapping.toLowerCase()
  if (job !== undefined && here && world.clock.now() >= job.visibleAt) {
    return { status: 200, body: job.kind.job(world, job) }
  }
  const type = 'Microsoft.RecoveryServices/vaults/backupCrossTenantVaultMappings/backupJobs'
  return notFound(type, id, vault.resourceGroup)
}
