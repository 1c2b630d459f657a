/** The operations of a Recovery Services vault: what starts them, and where they can be followed. */

import { WORKLOADS, type Workload } from '../sources/workloads.ts'
import { vaultId } from '../world/vault.ts'
import type { Kind, Target, World } from '../world/world.ts'
import { CROSS_TENANT_KINDS } from './cross-tenant.ts'
import type { Action } from './details.ts'
import { recoveryServicesJob } from './job.ts'
import { itemPath, itemPaths, RECOVERY_POINT } from './paths.ts'
import { VAULT_KINDS } from './vault-kinds.ts'

const VAULTS = 'Microsoft.RecoveryServices/vaults'

// Seconds of the recorded jobs of each kind.
const SECONDS: Record<string, number> = {
  'vm-backup': 4277,
  'vm-restore': 2228,
  'vm-configure': 92,
  'vm-delete-data': 112,
  'file-share-backup': 3,
  'file-share-restore': 58,
  'sql-backup': 183,
  'sql-configure': 72,
}

// What the service starts by itself has no operation to follow.
const NOWHERE = { status: '', result: '' }

const triggered: Workload[] = [WORKLOADS.vm, WORKLOADS['file-share'], WORKLOADS.sql, WORKLOADS.hana]

/** Kinds with a job of a workload, `WORKLOAD-ACTION`. */
function jobKind(workload: Workload, action: Action): Kind {
  const name = `${workload.name}-${action}`
  const verb = { backup: 'Back up', restore: 'Restore', configure: 'Protect', disable: 'Stop protecting' }
  const title =
    action === 'delete-data' ? 'Delete the backups of' : action === 'update' ? 'Update' : verb[action]
  return {
    name,
    title: `${title} ${workload.title}`,
    form: 'recovery-services',
    vaultType: VAULTS,
    secondary: false,
    item: workload.item,
    jobs: 'one',
    seconds: SECONDS[name] ?? 60,
    // These operations are over when their jobs are (recorded); the others within a second or two.
    operationSeconds: action === 'backup' || action === 'restore' ? 1.5 : 'job',
    request: triggered.includes(workload) ? (target) => requestOf(workload, action, target) : undefined,
    paths: (path, id, vault) =>
      !triggered.includes(workload) ? NOWHERE : itemPaths(path, id, vaultId(vault), action === 'delete-data'),
    ...(action === 'configure'
      ? { result: (_world: World, target: Target) => protectedItem(workload, target) }
      : {}),
    job: (world, job) => recoveryServicesJob(world, workload, action, job),
  }
}

function requestOf(workload: Workload, action: Action, { vault, item, container }: Target) {
  const path = itemPath(workload, { vault, item, container })
  const source = `/subscriptions/${vault.subscriptionId}/resourceGroups/${vault.resourceGroup}/providers/Microsoft.Compute/virtualMachines/${item}`
  const properties = { protectedItemType: 'Microsoft.Compute/virtualMachines', sourceResourceId: source }
  switch (action) {
    case 'backup':
      return {
        method: 'POST',
        path: `${path}/backup`,
        body: { properties: { objectType: 'IaasVMBackupRequest' } },
      }
    case 'restore':
      return {
        method: 'POST',
        path: `${path}/recoveryPoints/${RECOVERY_POINT}/restore`,
        body: { properties: { objectType: 'IaasVMRestoreRequest', recoveryType: 'RestoreDisks' } },
      }
    case 'delete-data':
      return { method: 'DELETE', path }
    case 'disable':
      return {
        method: 'PUT',
        path,
        body: { properties: { ...properties, protectionState: 'ProtectionStopped' } },
      }
    default:
      return {
        method: 'PUT',
        path,
        body: { properties: { ...properties, policyId: `${vaultId(vault)}/backupPolicies/DefaultPolicy` } },
      }
  }
}

function protectedItem(workload: Workload, { vault, item, container }: Target) {
  const names = workload.names?.(vault, item, container)
  return {
    status: 200,
    body: {
      id: `${vaultId(vault)}/backupFabrics/Azure/protectionContainers/${names?.container}/protectedItems/${names?.item}`,
      name: names?.item,
      type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
      properties: {
        friendlyName: item,
        backupManagementType: workload.backupManagementType,
        protectionState: 'IRPending',
      },
    },
  }
}

const actions: Action[] = ['backup', 'restore', 'configure', 'disable', 'delete-data']

/** Every kind of a Recovery Services vault. */
export const RECOVERY_SERVICES_KINDS: Kind[] = [
  ...triggered.flatMap((workload) => actions.map((action) => jobKind(workload, action))),
  jobKind(WORKLOADS.mab, 'backup'),
  jobKind(WORKLOADS.dpm, 'backup'),
  jobKind(WORKLOADS.vault, 'update'),
  ...VAULT_KINDS,
  ...CROSS_TENANT_KINDS,
]
