/** `GET …/backupProtectedItems` of a Recovery Services vault, and each protected item by its ID. */
import type { Answer } from '../../http/exchange.ts'
import { notFound } from '../arm/errors.ts'
import { isAnswer, readFilter } from '../arm/odata.ts'
import { itemAt, itemsOf, type ProtectedItem, partsOf, workloadNamed } from '../items/items.ts'
import { pointsOf } from '../items/points.ts'
import { sqlServer } from '../sources/workloads.ts'
import { viewOf } from '../world/timeline.ts'
import { isoInstant } from '../world/values.ts'
import { vaultId } from '../world/vault.ts'
import type { VaultRequest } from '../world/vault-request.ts'
import type { World } from '../world/world.ts'
import { holds, page } from './page.ts'
import { recoveryPoints } from './points.ts'
import { policyOf } from './policies.ts'

/** Resource type of a protected item. */
export const ITEM_TYPE = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems'
// The fields of ProtectedItemQueryObject (npm @azure/arm-recoveryservicesbackup) that tell items apart here.
const FIELDS = ['backupManagementType', 'itemType', 'friendlyName', 'containerName', 'policyName']

/** Answers GETs of protected items and their recovery points; undefined for anything else. */
export function protectedItems(world: World, given: VaultRequest): Answer | undefined {
  const { request, rest, path, vault } = given
  if (request.method !== 'GET') return undefined
  if (/^backupProtectedItems$/i.test(rest)) return itemList(world, given)
  const [, name = '', below = ''] =
    /^backupFabrics\/[^/]+\/protectionContainers\/[^/]+\/protectedItems\/([^/]+)(?:\/(.*))?$/i.exec(rest) ??
    []
  if (name === '' || (below !== '' && !/^recoveryPoints(\/[^/]+)?$/i.test(below))) return undefined
  const item = itemAt(world, vault, path)
  if (item === undefined) return notFound(ITEM_TYPE, name, vault.resourceGroup)
  if (below !== '') return recoveryPoints(world, item, given, below.split('/')[1])
  return { status: 200, body: itemBody(world, item) }
}

function itemList(world: World, given: VaultRequest): Answer {
  const { request, vault } = given
  const filter = readFilter(request, FIELDS)
  if (isAnswer(filter)) return filter
  const found = itemsOf(world, vault)
    .map((item) => itemBody(world, item))
    .filter(({ properties }) => holds(properties, filter, { itemType: 'workloadType' }))
  return page(world, given, found)
}

/** The body of an item, in the list and by itself (recorded of a VM in 2026; of others, Microsoft's examples). */
export function itemBody(world: World, item: ProtectedItem) {
  const { vault, source, name } = item
  const workload = workloadNamed(source)
  const names = workload?.names?.(vault, name, item.container)
  const now = world.clock.now()
  const backups = item.jobs.filter((job) => partsOf(job.kind.name)?.action === 'backup')
  const last = backups.find((job) => viewOf(job, now).ended)
  const status = last === undefined ? 'IRPending' : viewOf(last, now).status
  const [point] = pointsOf(world, item)
  const policy = policyOf(workload?.backupManagementType)
  const common = {
    backupManagementType: workload?.backupManagementType,
    policyId: `${vaultId(vault)}/backupPolicies/${policy}`,
    policyName: policy,
    ...(point === undefined ? {} : { lastRecoveryPoint: isoInstant(point.time) }),
    // With the host, unlike any other ID (recorded).
    vaultId: `https://management.azure.com${vaultId(vault)}`,
    isArchiveEnabled: false,
    softDeleteRetentionPeriod: 0,
  }
  return {
    id: item.id,
    name: names?.item ?? name,
    type: ITEM_TYPE,
    properties: {
      friendlyName: name,
      ...detailsOf(item, names?.container ?? '', status),
      protectionStatus: 'Healthy',
      protectionState:
        item.standing !== undefined ? 'ProtectionStopped' : last === undefined ? 'IRPending' : 'Protected',
      isScheduledForDeferredDelete: item.standing === 'deleted',
      ...(last === undefined ? {} : { lastBackupTime: isoInstant(last.startedAt) }),
      ...common,
    },
  }
}

function detailsOf(item: ProtectedItem, container: string, status: string): Record<string, unknown> {
  const { vault, source, name } = item
  const [, kind = '', group = '', parent = ''] = container.split(';')
  const provider = (type: string, resource: string) =>
    `/subscriptions/${vault.subscriptionId}/resourceGroups/${group}/providers/${type}/${resource}`
  if (source === 'vm') {
    const machine = provider('Microsoft.Compute/virtualMachines', name)
    return {
      virtualMachineId: machine,
      healthStatus: 'Passed',
      lastBackupStatus: status,
      protectedItemDataId: '404621015515290',
      policyType: 'V1',
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      workloadType: 'VM',
      containerName: [kind, group, parent].join(';'),
      sourceResourceId: machine,
    }
  }
  if (source === 'file-share') {
    return {
      lastBackupStatus: status,
      protectedItemType: 'AzureFileShareProtectedItem',
      workloadType: 'AzureFileShare',
      containerName: container,
      sourceResourceId: provider('Microsoft.Storage/storageAccounts', parent),
    }
  }
  // The types' own definition (npm @azure/arm-recoveryservicesbackup, MabFileFolderProtectedItem).
  if (source === 'mab') {
    return {
      computerName: kind,
      lastBackupStatus: status,
      protectedItemType: 'MabFileFolderProtectedItem',
      workloadType: 'FileFolder',
      containerName: container,
    }
  }
  const sql = source === 'sql'
  return {
    serverName: parent,
    parentName: sql ? sqlServer(item.container).instance : 'HXE',
    parentType: sql ? 'AzureVmWorkloadSQLInstance' : 'AzureVmWorkloadSAPHanaDBInstance',
    // Of databases it is not the job's word (types: LastBackupStatus).
    lastBackupStatus: status === 'IRPending' ? status : /^completed/i.test(status) ? 'Healthy' : 'Unhealthy',
    lastBackupErrorDetail: { code: 'Success', message: '' },
    protectedItemDataSourceId: '17592741727863',
    protectedItemHealthStatus: 'Healthy',
    protectedItemType: sql ? 'AzureVmWorkloadSQLDatabase' : 'AzureVmWorkloadSAPHanaDatabase',
    workloadType: sql ? 'SQLDataBase' : 'SAPHanaDatabase',
    containerName: container,
    sourceResourceId: provider('Microsoft.Compute/virtualMachines', parent),
  }
}
