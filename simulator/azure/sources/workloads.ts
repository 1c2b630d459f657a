/** What a Recovery Services vault protects: names in URLs, and the properties that its jobs have of it. */
import type { StartOptions } from '../world/options.ts'
import type { Vault } from '../world/vault.ts'

/** A workload of a Recovery Services vault. */
export interface Workload {
  name: string
  /** For people. */
  title: string
  /** Friendly name of the item where none is given. */
  item: string
  /**
   * Names of the container and the item in URLs, with raw `;`; undefined for what has no trigger. `container` is
   * the resource group of a VM, the account of a file share, the server of a database (`HOST\INSTANCE` for one of
   * another than the usual instance), the computer of the MARS agent.
   */
  names: ((vault: Vault, item: string, container?: string) => { container: string; item: string }) | undefined
  jobType: string
  backupManagementType: string
  /** Properties that say what it is; a source for each stands with its workload. */
  facts(vault: Vault, item: string, container?: string): Record<string, unknown>
  /** The friendly name as jobs show it. */
  entity(item: string, container?: string): string
  /** `errorDetails` of a failure. */
  error: Record<string, unknown>
  /** How a backup goes that is asked for while another one runs; undefined where nobody has seen it. */
  busy?: Pick<StartOptions, 'operationEnds' | 'operationError' | 'ends' | 'seconds'>
}

const vm: Workload = {
  name: 'vm',
  title: 'a virtual machine',
  item: 'web-01',
  names: ({ resourceGroup }, item, container = resourceGroup) => ({
    container: `IaasVMContainer;iaasvmcontainerv2;${container};${item}`,
    item: `VM;iaasvmcontainerv2;${container};${item}`,
  }),
  // Recorded; containerName since 2021.
  jobType: 'AzureIaaSVMJob',
  backupManagementType: 'AzureIaasVM',
  facts: ({ resourceGroup }, item, container = resourceGroup) => ({
    containerName: `iaasvmcontainerv2;${container};${item}`,
    virtualMachineVersion: 'Compute',
  }),
  entity: (item) => item,
  // Title and text: Microsoft, Troubleshoot Azure Backup failure: issues with the agent or extension. The
  // number is made up: no recording has one.
  error: {
    errorCode: 400095,
    errorTitle: 'UserErrorGuestAgentStatusUnavailable',
    errorString: 'VM agent is unable to communicate with the Azure Backup service.',
    recommendations: [
      'Ensure that the VM agent is installed and running, and that the VM has network connectivity.',
      'Retry the operation after some time.',
    ],
  },
  // Microsoft: Troubleshoot Azure Backup failure: issues with the agent or extension. That the request is taken
  // in and its operation fails is not recorded.
  busy: {
    operationEnds: 'Failed',
    operationError: {
      code: 'UserErrorBackupOperationInProgress',
      message: 'Unable to initiate backup as another backup operation is currently in progress',
    },
  },
}

const fileShare: Workload = {
  name: 'file-share',
  title: 'an Azure file share',
  item: 'documents',
  names: ({ resourceGroup }, item, container = 'contosofiles') => ({
    container: `StorageContainer;storage;${resourceGroup};${container}`,
    item: `AzureFileShare;${item}`,
  }),
  // Recorded.
  jobType: 'AzureStorageJob',
  backupManagementType: 'AzureStorage',
  facts: (_vault, _item, container = 'contosofiles') => ({
    storageAccountName: container,
    storageAccountVersion: 'Storage',
  }),
  entity: (item) => item,
  // Code and text: Microsoft, Troubleshoot problems while backing up Azure file shares; the number is made up.
  error: {
    errorCode: 400128,
    errorString: 'You reached the max limit of snapshots for this file share.',
    recommendations: ['Delete some of the snapshots that are older than you need, then retry.'],
  },
  // Code and text: the same page; that it is the operation which fails is not recorded.
  busy: {
    operationEnds: 'Failed',
    operationError: {
      code: 'BMSUserErrorObjectLocked',
      message: 'Another operation is in progress on the selected item.',
    },
  },
}

/** The host and the instance of a SQL database, by its container. */
export function sqlServer(container = 'sql-01'): { host: string; instance: string } {
  const [host = '', instance = 'MSSQLSERVER'] = container.split('\\')
  return { host, instance }
}

const sql: Workload = {
  name: 'sql',
  title: 'a SQL Server database in a VM',
  item: 'orders',
  names: ({ resourceGroup }, item, container) => {
    const { host, instance } = sqlServer(container)
    return {
      container: `VMAppContainer;compute;${resourceGroup};${host}`,
      item: `SQLDataBase;${instance.toLowerCase()};${item}`,
    }
  },
  // Recorded.
  jobType: 'AzureWorkloadJob',
  backupManagementType: 'AzureWorkload',
  facts: () => ({ workloadType: 'SQLDataBase' }),
  entity: (item, container) => {
    const { host, instance } = sqlServer(container)
    return `${instance}/${item} [${host}]`
  },
  // Microsoft: Track backup and restore jobs using REST API (a failed SQL backup).
  error: {
    errorCode: 510008,
    errorTitle: 'OperationCancelledBecauseConflictingOperationRunningUserError',
    errorString:
      'The operation was cancelled as a conflicting operation was already running on the same database.',
    recommendations: ['Wait for the conflicting operation to finish, then retry.'],
    additionalDetails: '',
  },
  // Here a job is started, and fails with the error above (the same page).
  busy: { ends: 'Failed', seconds: 5 },
}

const { busy: _ofSql, ...database } = sql

const hana: Workload = {
  ...database,
  name: 'hana',
  title: 'a SAP HANA database in a VM',
  item: 'systemdb',
  names: ({ resourceGroup }, item, container = 'hana-01') => ({
    container: `VMAppContainer;compute;${resourceGroup};${container}`,
    item: `SAPHanaDatabase;hxe;${item}`,
  }),
  facts: () => ({ workloadType: 'SAPHanaDatabase' }),
  entity: (item, container = 'hana-01') => `${item.toUpperCase()} [${container}]`,
  error: {
    errorCode: 510018,
    errorTitle: 'UserErrorHANAInternalBackupFailure',
    errorString: 'An internal HANA error was encountered during the backup.',
    recommendations: ['Check the HANA backup log, then retry.'],
  },
}

// The types' own definitions (npm @azure/arm-recoveryservicesbackup: MabJob, DpmJob, VaultJob): errors of the
// first two have no code.
const mab: Workload = {
  name: 'mab',
  title: 'files and folders of a Windows server (MARS agent)',
  item: 'C:\\',
  // Their form is not recorded.
  names: (_vault, item, container = 'files-01.contoso.test') => ({
    container: `Windows;${container}`,
    item: `FileFolder;${Buffer.from(item).toString('hex')}`,
  }),
  jobType: 'MabJob',
  backupManagementType: 'MAB',
  facts: (_vault, _item, container = 'files-01.contoso.test') => ({
    mabServerName: container,
    mabServerType: 'Windows',
    workloadType: 'FileFolder',
  }),
  entity: (item) => item,
  error: {
    errorString: 'The backup failed because the volume has no free space for the cache.',
    recommendations: ['Free some space on the volume that holds the cache folder.'],
  },
}

const dpm: Workload = {
  ...mab,
  name: 'dpm',
  title: 'a data source of Data Protection Manager',
  item: 'ReportServer',
  names: undefined,
  jobType: 'DpmJob',
  backupManagementType: 'DPM',
  facts: () => ({
    dpmServerName: 'dpm-01.contoso.test',
    containerName: 'sql-02.contoso.test',
    containerType: 'DPMContainer',
    workloadType: 'SQLDB',
  }),
}

const vault: Workload = {
  ...mab,
  name: 'vault',
  title: 'the vault itself (customer-managed key)',
  item: 'vault',
  names: undefined,
  jobType: 'VaultJob',
  backupManagementType: 'Invalid',
  facts: () => ({}),
  error: {
    errorCode: 400240,
    errorString: 'The key could not be read.',
    recommendations: ['Check the key vault.'],
  },
}

/** All workloads. */
export const WORKLOADS = { vm, 'file-share': fileShare, sql, hana, mab, dpm, vault }

/** The workload of a protected item by its name in a URL; undefined for one that is not simulated. */
export function workloadOf(itemName: string): Workload | undefined {
  const prefix = itemName.split(';')[0]?.toLowerCase() ?? ''
  return { vm, azurefileshare: fileShare, sqldatabase: sql, saphanadatabase: hana }[prefix]
}
