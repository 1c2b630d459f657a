/** The operations of a Backup vault: what starts them, and where they can be followed. */

import { DATA_SOURCES, type DataSource } from '../sources/data-sources.ts'
import { vaultId } from '../world/vault.ts'
import type { Kind, Target } from '../world/world.ts'
import { operationFailure } from './errors.ts'
import { type BackupVaultAction, backupVaultJob } from './job.ts'

const VAULTS = 'Microsoft.DataProtection/backupVaults'

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
