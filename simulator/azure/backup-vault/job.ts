import type { DataSource } from '../sources/data-sources.ts'
import { instanceNames } from '../sources/instance-names.ts'
import { phaseStatus, type View, viewOf } from '../world/timeline.ts'
import { isoDuration, isoInstant, timeSpan } from '../world/values.ts'
import { vaultId } from '../world/vault.ts'
import type { Job, World } from '../world/world.ts'
import { failedBackup, failedRestore, warning } from './errors.ts'

/** What a job of a Backup vault does. */
export type BackupVaultAction = 'backup' | 'restore'

/** The job as a single GET gives it. Missing values are null, and the duration is zero until the end (recorded). */
export function backupVaultJob(
  world: World,
  source: DataSource,
  action: BackupVaultAction,
  job: Job,
): Record<string, unknown> {
  const { options, vault } = job
  const view = viewOf(job, world.clock.now())
  const spell = options.timeSpan ? timeSpan : isoDuration
  const group = `/subscriptions/${vault.subscriptionId}/resourceGroups/${vault.resourceGroup}`
  const id = vaultId(vault)
  const restore = action === 'restore'
  const names = instanceNames(source, vault, job.item, options.container)
  const touched = encodeURIComponent(isoInstant(view.ended ? view.at : job.startedAt))
  return {
    properties: {
      activityID: job.activityId,
      subscriptionId: vault.subscriptionId,
      backupInstanceId: `${id}/backupInstances/${names.instance}`,
      policyId: `${id}/backupPolicies/${source.name}policy`,
      dataSourceId: names.dataSourceId,
      vaultName: vault.name,
      backupInstanceFriendlyName: names.friendlyName,
      policyName: `${source.name}policy`,
      sourceResourceGroup: vault.resourceGroup,
      dataSourceSetName: names.set,
      dataSourceName: job.item,
      sourceDataStoreName: null,
      sourceDataStoreType: restore ? source.store : null,
      destinationDataStoreName: null,
      progressEnabled: false,
      etag: `W/"datetime'${touched}'"`,
      sourceSubscriptionID: vault.subscriptionId,
      dataSourceLocation: vault.location,
      startTime: isoInstant(job.startedAt),
      endTime: view.ended ? isoInstant(view.at) : null,
      dataSourceType: source.type,
      operationCategory: job.secondaryRegion ? 'CrossRegionRestore' : restore ? 'Restore' : 'Backup',
      operation: restore ? 'Restore' : 'Backup',
      status: view.status,
      restoreType: null,
      isUserTriggered: true,
      rehydrationPriority: null,
      supportedActions: [''],
      duration: spell(view.ended ? view.elapsedTicks : 0),
      progressUrl: null,
      isCrossRegionRestore: job.secondaryRegion ? true : null,
      errorDetails: errorsOf(job, view, restore),
      extendedInfo: { ...extendedInfo(source, job, view, restore, group), ...options.extendedInfo },
      ...options.properties,
    },
    id: `${id}/backupJobs/${job.id}`,
    name: job.id,
    type: 'Microsoft.DataProtection/backupVaults/backupJobs',
  }
}

/** The job as a list gives it: TimeSpan duration, no details (recorded). */
export function backupVaultListItem(world: World, job: Job): Record<string, unknown> {
  const body = job.kind.job(world, { ...job, options: { ...job.options, timeSpan: true } })
  const properties = body.properties as { dataSourceType?: string; operation?: string }
  // Null when read by itself, named in the list (recorded).
  const store =
    properties.dataSourceType === 'Microsoft.Compute/disks' ? 'OperationalTierStore' : 'VaultStore'
  const destinationDataStoreName = properties.operation === 'Backup' ? store : null
  return {
    ...body,
    properties: { ...properties, destinationDataStoreName, supportedActions: [], extendedInfo: null },
  }
}

function extendedInfo(source: DataSource, job: Job, view: View, restore: boolean, group: string) {
  const phase = { name: restore ? 'Trigger Restore' : 'Trigger Backup', from: 0, to: 1 }
  const done = view.ended && /^(completed|succe|success)/i.test(view.status)
  const size = job.options.size === undefined ? source.bytes : job.options.size
  const point = job.activityId.replaceAll('-', '')
  const counted = restore ? { DataTransferredInBytes: '0' } : { OriginalDatasourceSizeInBytes: '8442527' }
  return {
    backupInstanceState: null,
    dataTransferredInBytes: !restore && done ? size : null,
    targetRecoverPoint:
      restore || !done ? null : { recoveryPointID: point, recoveryPointTime: '0001-01-01T00:00:00Z' },
    sourceRecoverPoint: restore
      ? {
          recoveryPointID: point,
          recoveryPointTime: isoInstant({ ...job.startedAt, ms: job.startedAt.ms - 86_400_000 }),
        }
      : null,
    recoveryDestination: restore ? `${group}/providers/${source.resource(`${job.item}-restored`)}` : null,
    subTasks: [
      {
        taskId: 1,
        taskName: phase.name,
        taskStatus: phaseStatus(phase, view),
        taskProgress: null,
        additionalDetails: view.ended
          ? { ...counted, TaskId: job.activityId, DatasourceType: source.type }
          : null,
      },
    ],
    additionalDetails: restore ? null : { RetentionTag: 'Weekly' },
    warningDetails: view.ended && /warning/i.test(view.status) ? [warning(job)] : null,
  }
}

function errorsOf(job: Job, view: View, restore: boolean): unknown[] | null {
  if (!view.ended) return null
  if (job.options.errors !== undefined) return job.options.errors
  return view.status === 'Failed' ? [restore ? failedRestore(job) : failedBackup(job)] : null
}
