import type { JobReference, Vault } from '../../src/domain/job.ts'

/** Bodies of jobs as the service writes them, made up of what a test names. */

export const subscription = '6f9c1b8e-0d61-4b7c-9c0e-1a2b3c4d5e6f'
export const jobId = '8eece52b-e77d-4dd6-859f-e20fa384cc78'

export const vault: Vault = {
  kind: 'recovery-services',
  subscriptionId: subscription,
  resourceGroup: 'rg-prod',
  name: 'vault-weu',
}

export const backupVault: Vault = { ...vault, kind: 'backup', name: 'bvault-weu' }

export const reference: JobReference = { vault, id: jobId }

export const vaultRoot = `/subscriptions/${subscription}/resourceGroups/rg-prod/providers/Microsoft.RecoveryServices/vaults/vault-weu`
export const backupVaultRoot = `/subscriptions/${subscription}/resourceGroups/rg-prod/providers/Microsoft.DataProtection/backupVaults/bvault-weu`

/** Tasks of a VM backup: the status of the snapshot, then of the transfer. */
export function tasks(snapshot: string, transfer: string): unknown[] {
  return [
    { taskId: 'Take Snapshot', duration: 'PT0S', status: snapshot },
    { taskId: 'Transfer data to vault', duration: 'PT0S', status: transfer },
  ]
}

/** A backup of a VM, running since 10:00 unless told otherwise; `extended` goes into extendedInfo. */
export function vmBody(
  properties: Record<string, unknown> = {},
  extended: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: `${vaultRoot}/backupJobs/${jobId}`,
    name: jobId,
    type: 'Microsoft.RecoveryServices/vaults/backupJobs',
    properties: {
      jobType: 'AzureIaaSVMJob',
      actionsInfo: [1],
      entityFriendlyName: 'vm-web-01',
      backupManagementType: 'AzureIaasVM',
      operation: 'Backup',
      status: 'InProgress',
      startTime: '2026-03-01T10:00:00.1234567Z',
      activityId: 'ea63be60-8ae0-11ec-9ef1-b07b250bf939',
      extendedInfo: {
        tasksList: tasks('InProgress', 'NotStarted'),
        propertyBag: { 'VM Name': 'vm-web-01' },
        ...extended,
      },
      ...properties,
    },
  }
}

/** A backup of a disk in a Backup vault. */
export function diskBody(
  properties: Record<string, unknown> = {},
  extended: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: `${backupVaultRoot}/backupJobs/${jobId}`,
    name: jobId,
    type: 'Microsoft.DataProtection/backupVaults/backupJobs',
    properties: {
      activityID: 'bcd22b91-68f7-4a84-8acc-9706090e50a1',
      backupInstanceFriendlyName: 'disk-01',
      dataSourceName: 'disk-01-source',
      operation: 'Backup',
      operationCategory: 'Backup',
      status: 'InProgress',
      startTime: '2026-03-01T10:00:00.1234567Z',
      endTime: null,
      duration: 'PT0S',
      supportedActions: [''],
      errorDetails: null,
      extendedInfo: {
        dataTransferredInBytes: null,
        subTasks: [{ taskId: 1, taskName: 'Trigger Backup', taskStatus: 'InProgress' }],
        ...extended,
      },
      ...properties,
    },
  }
}
