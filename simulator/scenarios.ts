/** Things that happen to people who back up, each to be tried with `npm run demo -- --scenario NAME`. */
import type { Fault, Simulator, StartOptions } from './api.ts'
import { FLEET_SCENARIOS } from './fleet-scenarios.ts'

/** One of them. Durations are in simulated seconds. */
export interface Scenario {
  name: string
  description: string
  /** The kind of operation, and how it goes. */
  kind: string
  options?: StartOptions
  /** Or: makes what there is by itself, and gives the inputs that name it. */
  begin?: (simulator: Simulator) => Record<string, string>
  /** Inputs of the action beyond the operation's URL and the login. */
  inputs?: Record<string, string>
  /** Names the vault too, for what its URL does not say. */
  namesVault?: boolean
  faults?: Fault[]
  /** Someone else cancels the job after so long. */
  cancelAfterSeconds?: number
  /** How the step must end. */
  conclusion: string
  exitCode: 0 | 1
}

const good = { conclusion: 'success', exitCode: 0 } as const
const bad = { conclusion: 'failure', exitCode: 1 } as const
const minutes = (count: number) => count * 60
const vm = { kind: 'vm-backup', options: { seconds: minutes(15), snapshotSeconds: minutes(4) } }

/** All of them. */
export const SCENARIOS: Scenario[] = [
  {
    name: 'vm-backup',
    description: 'A VM is backed up: snapshot, then the transfer to the vault',
    ...vm,
    ...good,
  },
  {
    name: 'vm-backup-failed',
    description: 'The VM agent does not answer, and the backup fails',
    kind: 'vm-backup',
    options: { seconds: minutes(5), snapshotSeconds: minutes(6), ends: 'Failed' },
    ...bad,
  },
  {
    name: 'vm-warning',
    description: 'The backup completes with a warning',
    kind: 'vm-backup',
    options: { ...vm.options, ends: 'CompletedWithWarnings' },
    conclusion: 'warning',
    exitCode: 0,
  },
  {
    name: 'snapshot',
    description: 'wait-for: snapshot: the workflow goes on while the data is still on its way to the vault',
    kind: 'vm-backup',
    options: { seconds: minutes(71), snapshotSeconds: minutes(8) },
    inputs: { 'wait-for': 'snapshot' },
    ...good,
  },
  {
    name: 'file-share-backup',
    description: 'A file share is backed up',
    kind: 'file-share-backup',
    options: { seconds: minutes(1), size: '12.5' },
    ...good,
  },
  {
    name: 'file-share-restore',
    description: 'A file share is restored to another one',
    kind: 'file-share-restore',
    options: { seconds: minutes(4) },
    ...good,
  },
  { name: 'sql-backup', description: 'A SQL Server database is backed up', kind: 'sql-backup', ...good },
  {
    name: 'sql-backup-failed',
    description: 'Another backup of the database is running, and this one fails',
    kind: 'sql-backup',
    options: { ends: 'Failed' },
    ...bad,
  },
  { name: 'hana-backup', description: 'A SAP HANA database is backed up', kind: 'hana-backup', ...good },
  {
    name: 'mab-backup',
    description: 'Files of a server are backed up by an agent; the job is known by its ID only',
    kind: 'mab-backup',
    options: { seconds: minutes(3) },
    ...good,
  },
  {
    name: 'vm-restore-disks',
    description: 'The disks of a VM are restored; properties say where the template is',
    kind: 'vm-restore',
    options: { seconds: minutes(10) },
    ...good,
  },
  {
    name: 'delete-data',
    description: 'Backups are deleted: the operation runs as long as its job',
    kind: 'vm-delete-data',
    ...good,
  },
  {
    name: 'policy-change',
    description: 'A policy is changed, which starts a job for each of five items',
    kind: 'policy-change',
    options: { jobs: 5, seconds: minutes(3), operationSeconds: 60 },
    ...good,
  },
  {
    name: 'policy-change-partly',
    description: 'A policy is changed, but not for all items',
    kind: 'policy-change',
    options: { jobs: 2, failedJobs: { 'web-09': 'The virtual machine was not found.' } },
    ...bad,
  },
  { name: 'validate', description: 'A restore is validated, and could be done', kind: 'validate', ...good },
  {
    name: 'validate-with-errors',
    description: 'The validation succeeds, and finds that the restore could not be done',
    kind: 'validate',
    options: {
      validationResults: [
        {
          code: 'UserErrorCoreCountSubscriptionQuotaReached',
          message: 'Core Count subscription quota has been reached.',
          recommendations: ['Contact Azure support to increase the limits.'],
        },
      ],
    },
    ...bad,
  },
  {
    name: 'ilr',
    description: 'A recovery point is mounted; its scripts are never shown',
    kind: 'ilr',
    ...good,
  },
  {
    name: 'operation-failed',
    description: 'The backup is not even started',
    kind: 'vm-backup',
    options: { operationEnds: 'Failed', operationSeconds: 60 },
    ...bad,
  },
  {
    name: 'no-job',
    description: 'A data source is protected: an operation without a job',
    kind: 'backup-instance',
    ...good,
  },
  {
    name: 'disk-backup',
    description: 'A managed disk is backed up (Backup vault)',
    kind: 'disk-backup',
    ...good,
  },
  {
    name: 'postgres-backup',
    description: 'A PostgreSQL database is backed up (Backup vault)',
    kind: 'postgres-backup',
    ...good,
  },
  {
    name: 'aks-backup',
    description: 'An AKS cluster is backed up (Backup vault)',
    kind: 'aks-backup',
    ...good,
  },
  {
    name: 'backup-vault-failed',
    description: 'A restore from a Backup vault fails; the root cause is two levels down',
    kind: 'disk-restore',
    options: { ends: 'Failed', seconds: minutes(2) },
    ...bad,
  },
  {
    name: 'backup-vault-warning',
    description: 'A backup to a Backup vault completes with a warning',
    kind: 'aks-backup',
    options: { ends: 'CompletedWithWarnings' },
    conclusion: 'warning',
    exitCode: 0,
  },
  {
    name: 'cross-region-vm',
    description: 'A VM is restored in the secondary region',
    kind: 'vm-cross-region-restore',
    options: { seconds: minutes(8), signed: true },
    namesVault: true,
    ...good,
  },
  {
    name: 'cross-region-disk',
    description: 'A disk is restored in the secondary region (Backup vault)',
    kind: 'disk-cross-region-restore',
    inputs: { 'vault-type': 'backup' },
    namesVault: true,
    ...good,
  },
  {
    name: 'throttled',
    description: 'Azure asks for patience three times (429 with Retry-After)',
    ...vm,
    faults: [{ kind: 'status', status: 429, retryAfterSeconds: 60, path: 'backupJobs', skip: 2, times: 3 }],
    ...good,
  },
  {
    name: 'outage',
    description: 'Azure cannot be reached for four minutes',
    ...vm,
    faults: [{ kind: 'refuse', afterSeconds: minutes(3), forSeconds: minutes(4) }],
    ...good,
  },
  {
    name: 'not-there-yet',
    description: 'The job that was announced is not found for a minute',
    kind: 'vm-backup',
    options: { ...vm.options, notFoundSeconds: 60 },
    ...good,
  },
  {
    name: 'timed-out',
    description: 'The backup takes longer than the step may wait',
    kind: 'vm-backup',
    inputs: { 'timeout-minutes': '10' },
    conclusion: 'timed-out',
    exitCode: 1,
  },
  {
    name: 'cancelled',
    description: 'Someone cancels the backup in the portal',
    ...vm,
    cancelAfterSeconds: minutes(5),
    conclusion: 'cancelled',
    exitCode: 1,
  },
  {
    name: 'unknown-status',
    description: 'The job has a status that nobody has seen before, and keeps it',
    kind: 'vm-backup',
    options: { seconds: minutes(2), ends: 'Reconciling' },
    inputs: { 'timeout-minutes': '8' },
    conclusion: 'timed-out',
    exitCode: 1,
  },
  ...FLEET_SCENARIOS,
]
