/** What a job of a Recovery Services vault does, by operation: its phases and its property bag. */

import { randomBytes } from 'node:crypto'
import type { Workload } from '../sources/workloads.ts'
import type { Phase, View } from '../world/timeline.ts'
import { snapshotPart } from '../world/timeline.ts'
import { usDate } from '../world/values.ts'
import type { Job, World } from '../world/world.ts'

/** What an operation adds to a job's body. */
export interface Details {
  /** The word in `operation`. */
  operation: string
  phases: Phase[]
  bag: Record<string, string>
  /** Further fields of extendedInfo. */
  extended?: Record<string, unknown>
  /** Further properties. */
  properties?: Record<string, unknown>
  /** Whether the job says that it can be cancelled; the word stays when it is over (recorded). */
  cancellable: boolean
}

/** The operations that a workload can have, by the second part of a kind's name. */
export type Action = 'backup' | 'restore' | 'configure' | 'disable' | 'delete-data' | 'update'

// The recorded VM backup: 71 min 17 s, snapshot done after 470 s, transfer begun 180 s later.
const GAP_PART = 180 / (4277 - 470)
const DAY_MS = 24 * 60 * 60 * 1000
const RESTORE_GB = 127

/** The details of a job as it stands. */
export function detailsOf(world: World, workload: Workload, action: Action, job: Job, view: View): Details {
  switch (action) {
    case 'backup':
      return backup(workload, job, view)
    case 'restore':
      return restore(world, workload, job, view)
    case 'configure':
      return quiet('ConfigureBackup', { ...naming(workload, job), 'Policy Name': 'DefaultPolicy' })
    case 'disable':
      return quiet('DisableBackup', naming(workload, job))
    case 'delete-data':
      return quiet('DeleteBackupData', {
        ...naming(workload, job),
        ...(workload.name === 'vm' ? { 'Number of Recovery Points': '0' } : {}),
      })
    case 'update':
      return quiet('UpdateCustomerManagedKey', {})
  }
}

function backup(workload: Workload, job: Job, view: View): Details {
  const size = (usual: string) => (job.options.size === undefined ? usual : String(job.options.size))
  const done = view.ended && /^completed/i.test(view.status)
  const transferred = { 'Data Transferred (in MB)': size('20.1147') }
  switch (workload.name) {
    case 'vm': {
      const snapshot = snapshotPart(job)
      return {
        operation: 'Backup',
        phases: [
          { name: 'Take Snapshot', from: 0, to: snapshot },
          {
            name: 'Transfer data to vault',
            from: snapshot + Math.max(0, 1 - snapshot) * GAP_PART,
            to: Math.max(1, snapshot),
          },
        ],
        bag: {
          'VM Name': job.item,
          'Recovery Point Expiry Time in UTC': usDate(expiryOf(job)),
          ...(done && job.options.size !== null ? { 'Backup Size': mb(size('19306')) } : {}),
        },
        extended: { internalPropertyBag: { IsInstantRpJob: 'True' } },
        cancellable: true,
      }
    }
    case 'file-share':
      return {
        operation: 'Backup',
        phases: [{ name: 'Take Snapshot', from: 0, to: 1 }],
        bag: {
          'Data Transferred (in MB)': size('0'),
          'File Share Name': job.item,
          'Whether job is adhoc or scheduled.': 'True',
        },
        cancellable: false,
      }
    case 'sql':
    case 'hana':
      return {
        // The kind of backup is known only at the end (recorded).
        operation: done ? 'Backup (Full)' : 'Backup',
        phases: [{ name: 'Transfer data to vault', from: 0, to: 1 }],
        bag: done && job.options.size !== null ? transferred : {},
        cancellable: true,
      }
    default:
      return {
        operation: 'Backup',
        phases: [{ name: 'Transfer data to vault', from: 0, to: 1 }],
        bag: done ? transferred : {},
        cancellable: true,
      }
  }
}

// At midnight, 30 days later (recorded), unless it is said when.
function expiryOf({ startedAt, options }: Job): number {
  const { recoveryPointExpirySeconds: seconds } = options
  return seconds === undefined
    ? Math.floor(startedAt.ms / DAY_MS + 30) * DAY_MS
    : startedAt.ms + seconds * 1000
}

function restore(world: World, workload: Workload, job: Job, view: View): Details {
  const point = job.startedAt.ms - DAY_MS
  if (workload.name === 'file-share') {
    const account = 'contosofiles'
    return {
      operation: 'Restore',
      phases: [],
      bag: {
        'Source File Share Name': job.item,
        'Source Storage Account Name': account,
        RestoreRecoveryPointTime: usDate(point),
        'Target File Share Name': `${job.item}-restored`,
        'Target Storage Account Name': account,
        'Job Type': 'Recover to an alternate file share',
        RestoreDestination: `${account}/${job.item}-restored/`,
        'Data Transferred (in MB)': '0',
        ...(view.ended
          ? { 'Number Of Restored Files': '2', 'Number Of Skipped Files': '0', 'Number Of Failed Files': '0' }
          : {}),
      },
      properties: { isUserTriggered: false },
      cancellable: true,
    }
  }
  const phases = [{ name: 'Transfer data from vault', from: 0, to: workload.name === 'vm' ? 0.99 : 1 }]
  if (workload.name !== 'vm') {
    return {
      operation: 'Restore',
      phases,
      bag: {
        'Job Type': 'Recovery to the original database',
        ...(view.ended ? { 'Data Transferred (in MB)': '20.1147' } : {}),
      },
      properties: { isUserTriggered: true },
      cancellable: true,
    }
  }
  const remaining = Math.ceil(job.plannedSeconds * (1 - view.progress))
  const done = view.ended && /^completed/i.test(view.status)
  return {
    operation: job.secondaryRegion === undefined ? 'Restore' : 'CrossRegionRestore',
    phases,
    bag: {
      'Job Type': 'Recover disks',
      'Target VM Name': 'vmName',
      'Target Storage Account Name': 'contosorestore',
      // The blank at the end is the service's (recorded).
      'Recovery point time ': usDate(point),
      ...(done ? blobs(world, job) : {}),
    },
    extended: {
      internalPropertyBag: { restoreLocationType: 'RestoreDisks' },
      progressPercentage: done ? 100 : Math.max(1, Math.floor(view.progress * 99)),
      ...(done ? {} : { dynamicErrorMessage: '' }),
      ...(view.progress > 0.1 ? { estimatedRemainingDuration: done ? 'PT0S' : `PT${remaining}S` } : {}),
      ...(view.progress > 0.1 ? { taskExecutionDetails: transferredOf(view) } : {}),
    },
    cancellable: true,
  }
}

// What the next step deploys from (recorded: crr-vm-restore-disks).
function blobs(world: World, job: Job): Record<string, string> {
  const container = `${job.item.replace(/\W/g, '')}-${job.activityId.replaceAll('-', '')}`
  const base = `https://contosorestore.blob.core.windows.net/${container}`
  const config = `config-${job.item}-${job.id}.json`
  const sas = () => {
    if (!job.options.sasUrls) return ''
    const signature = sasSignature(world, job)
    return `?sv=2024-11-04&sr=b&sp=r&se=2030-01-01T00%3A00%3A00Z&sig=${signature}`
  }
  return {
    'Config Blob Name': config,
    'Config Blob Container Name': container,
    'Config Blob Uri': `${base}/${config}${sas()}`,
    'Target resource group': job.vault.resourceGroup,
    'Template Blob Uri': `${base}/azuredeploy${job.id}.json${sas()}`,
  }
}

const signatures = new WeakMap<Job, string>()

// One for each job, so that a thousand reads give out one secret.
function sasSignature(world: World, job: Job): string {
  const known = signatures.get(job)
  if (known !== undefined) return known
  const made = encodeURIComponent(randomBytes(32).toString('base64'))
  signatures.set(job, made)
  world.secrets.push(made)
  return made
}

function quiet(operation: string, bag: Record<string, string>): Details {
  return { operation, phases: [], bag, cancellable: false }
}

function naming(workload: Workload, job: Job): Record<string, string> {
  if (workload.name === 'vm') return { 'VM Name': job.item }
  if (workload.name !== 'file-share') return {}
  return { 'File Share Name': job.item, 'Storage Account Name': 'contosofiles' }
}

function mb(size: string): string {
  return /^[\d.]+$/.test(size) ? `${size} MB` : size
}

function transferredOf(view: View): string {
  const moved = view.progress >= 0.99 ? String(RESTORE_GB) : (view.progress * RESTORE_GB).toFixed(2)
  return `${moved} GBs / ${RESTORE_GB} GBs Transferred`
}
