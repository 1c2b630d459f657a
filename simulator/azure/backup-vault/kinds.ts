/** The operations of a Backup vault: what starts them, and where they can be followed. */
import { type Kind, type Target, vaultId } from '../world.ts'
import { operationFailure } from './errors.ts'
import { type BackupVaultAction, backupVaultJob, type DataSource } from './job.ts'

const VAULTS = 'Microsoft.DataProtection/backupVaults'

/** The data sources; types recorded, or from Microsoft's examples. */
export const DATA_SOURCES = {
  disk: {
    name: 'disk',
    title: 'a managed disk',
    item: 'data-disk-01',
    type: 'Microsoft.Compute/disks',
    resource: (item) => `Microsoft.Compute/disks/${item}`,
    set: null,
    store: 'OperationalStore',
    bytes: null,
  },
  postgres: {
    name: 'postgres',
    title: 'a PostgreSQL database',
    item: 'orders',
    type: 'Microsoft.DBforPostgreSQL/servers/databases',
    resource: (item) => `Microsoft.DBforPostgreSQL/servers/pg-01/databases/${item}`,
    set: 'pg-01',
    store: 'VaultStore',
    bytes: 2063.5,
  },
  aks: {
    name: 'aks',
    title: 'an AKS cluster',
    item: 'cluster-01',
    type: 'Microsoft.ContainerService/managedClusters',
    resource: (item) => `Microsoft.ContainerService/managedClusters/${item}`,
    set: 'cluster-01',
    store: 'OperationalStore',
    bytes: null,
  },
  blob: {
    name: 'blob',
    title: 'the blobs of a storage account',
    item: 'contosodata',
    type: 'Microsoft.Storage/storageAccounts/blobServices',
    resource: (item) => `Microsoft.Storage/storageAccounts/${item}`,
    set: null,
    store: 'VaultStore',
    bytes: 104857600,
  },
} satisfies Record<string, DataSource>

// Recorded: 368 s for the restore of a disk, 94 s for the backup of a database.
const SECONDS: Record<string, number> = { 'disk-restore': 368, 'postgres-backup': 94 }

/** The path of the protected item, as a client sends it. */
export function instancePath({ vault, item }: Target, source: string): string {
  return `${vaultId(vault)}/backupInstances/${source}-${item}`
}

function jobKind(source: DataSource, action: BackupVaultAction): Kind {
  const name = `${source.name}-${action}`
  return {
    ...base,
    name,
    title: `${action === 'backup' ? 'Back up' : 'Restore'} ${source.title}`,
    item: source.item,
    jobs: 'one',
    seconds: SECONDS[name] ?? 180,
    request: (target) => ({
      method: 'POST',
      path: `${instancePath(target, source.name)}/${action}`,
      body:
        action === 'backup'
          ? { backupRuleOptions: { ruleName: 'BackupWeekly' } }
          : { objectType: 'AzureBackupRecoveryPointBasedRestoreRequest' },
    }),
    job: (world, job) => backupVaultJob(world, source, action, job),
  }
}

const base = {
  form: 'backup-vault',
  vaultType: VAULTS,
  secondary: false,
  operationSeconds: 1.5,
  failure: operationFailure(),
  // The status at the vault, the result at the region (recorded).
  paths: (_path: string, id: string, vault: Target['vault']) => ({
    status: `${vaultId(vault)}/operationStatus/${id}`,
    result: `/subscriptions/${vault.subscriptionId}/providers/Microsoft.DataProtection/locations/${vault.location}/operationResults/${id}`,
  }),
} as const
const noJob = { ...base, item: 'data-disk-01', jobs: 'none', seconds: 0, job: () => ({}) } as const

/** Every kind of a Backup vault. */
export const BACKUP_VAULT_KINDS: Kind[] = [
  ...Object.values(DATA_SOURCES).flatMap((source) => [jobKind(source, 'backup'), jobKind(source, 'restore')]),
  {
    ...noJob,
    name: 'backup-instance',
    title: 'Protect a data source with a Backup vault (no job)',
    request: (target) => ({ method: 'PUT', path: instancePath(target, 'disk'), body: { properties: {} } }),
  },
  {
    ...noJob,
    name: 'backup-instance-delete',
    title: 'Stop protecting a data source (no job)',
    request: (target) => ({ method: 'DELETE', path: instancePath(target, 'disk') }),
  },
  {
    ...noJob,
    name: 'validate-for-backup',
    title: 'Ask whether a data source could be protected (no job)',
    request: ({ vault }) => ({ method: 'POST', path: `${vaultId(vault)}/validateForBackup`, body: {} }),
  },
]
