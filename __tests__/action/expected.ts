/** What a person would read in the last body of a recorded job. Nothing of src is used here. */
import { expect } from 'vitest'
import { jobReadsOf, lastBody, type Recording } from './replay.ts'
import type { Run } from './support.ts'

/** Where the job lives. */
export interface Place {
  subscriptionId: string
  resourceGroup: string
  vaultName: string
  provider: 'Microsoft.RecoveryServices/vaults' | 'Microsoft.DataProtection/backupVaults'
  /** The secondary region of a cross-region job. */
  region: string
}

/** The vault of a recorded job: in the URL of the request, or in the body of the one that read it. */
export function placeOf(recording: Recording): Place {
  const { url, requestBody } = jobReadsOf(recording)[0] ?? { url: '', requestBody: undefined }
  const id = (requestBody as { resourceId?: string } | undefined)?.resourceId ?? url
  const [, resourceGroup = '', vaultName = ''] =
    /\/resourceGroups\/([^/]+)\/providers\/[^/]+\/(?:backupV|v)aults\/([^/]+)/i.exec(id) ?? []
  return {
    subscriptionId: recording.subscriptionId,
    resourceGroup,
    vaultName,
    provider:
      recording.kind === 'dataprotection'
        ? 'Microsoft.DataProtection/backupVaults'
        : 'Microsoft.RecoveryServices/vaults',
    region: recording.kind === 'crr' ? (/\/locations\/([^/]+)/.exec(url)?.[1] ?? '') : '',
  }
}

/** The inputs that name the vault. */
export function vaultInputs(place: Place): Record<string, string> {
  return {
    'subscription-id': place.subscriptionId,
    'resource-group': place.resourceGroup,
    'vault-name': place.vaultName,
    'vault-type': place.provider.includes('DataProtection') ? 'backup' : 'recovery-services',
    'secondary-region': place.region,
  }
}

// Written down by hand: what the recorded jobs of Backup vaults made, and worked with.
const backupVaultProperties: Record<string, (subscription: string) => Record<string, unknown>> = {
  'dp-disk-restore': (subscription) => ({
    recoveryDestination: `/subscriptions/${subscription}/resourceGroups/clitest-dpp-rg/providers/Microsoft.Compute/disks/clitest-disk-restored`,
    sourceRecoverPointId: '13ccde7abc2a4a2380179ca5ada99038',
    sourceRecoverPointTime: '2023-06-26T12:02:35.132Z',
  }),
  'dp-adls-item-restore-tail': (subscription) => ({
    recoveryDestination: `/subscriptions/${subscription}/resourceGroups/dataprotectionpstest-rg/providers/Microsoft.Storage/storageAccounts/adlsblobtargetsa`,
    sourceRecoverPointId: 'eb5d85f734f54fbd8c8136ab08e08db4',
    sourceRecoverPointTime: '2025-10-23T23:13:50.357Z',
  }),
  'dp-disk-backup-tail': () => ({
    RetentionTag: 'Default',
    targetRecoverPointId: '40d043ee428e4a81954b650fcb94476d',
  }),
  'dp-oss-backup': () => ({
    RetentionTag: 'Weekly',
    targetRecoverPointId: '40c779cac1da47288e55e3fd71cabcc4',
  }),
}

/** Seconds of `PT1H11M16.9352454S`, or of `01:11:16.9352454`. */
function seconds(duration: string): number {
  if (duration.includes(':')) return duration.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  const part = (unit: string) => Number(new RegExp(`([\\d.]+)${unit}`).exec(duration)?.[1] ?? 0)
  return part('H') * 3600 + part('M') * 60 + part('S')
}

/** `PT1H11M17S`. */
function rounded(duration: string): string {
  const whole = Math.round(seconds(duration))
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return `PT${parts.map((count, index) => (count === 0 ? '' : `${count}${'HMS'[index]}`)).join('')}`
}

function utc(time: string): string {
  return new Date(time).toISOString()
}

function size(recording: Recording): { text: string; bytes: number } | undefined {
  const { extendedInfo } = lastBody(recording).properties
  const { propertyBag: bag = {}, dataTransferredInBytes: bytes, subTasks: tasks = [] } = extendedInfo
  if (bag['Backup Size']) {
    expect(bag['Backup Size']).toMatch(/^\d+ MB$/)
    return { text: bag['Backup Size'], bytes: Number.parseInt(bag['Backup Size'], 10) * 1_048_576 }
  }
  const megabytes = bag['Data Transferred (in MB)']
  if (megabytes) return { text: `${megabytes} MB`, bytes: Math.round(Number(megabytes) * 1_048_576) }
  if (typeof bytes === 'number') return { text: `${bytes} B`, bytes }
  const transferred = (tasks as { additionalDetails?: { DataTransferredInBytes?: string } }[])
    .map(({ additionalDetails }) => additionalDetails?.DataTransferredInBytes)
    .filter((count) => count !== undefined)
    .map(Number)
  if (transferred.length === 0) return undefined
  const all = transferred.reduce((sum, count) => sum + count, 0)
  return { text: `${all} B`, bytes: all }
}

function snapshot(recording: Recording): boolean | undefined {
  const tasks: { taskId: string; status: string }[] =
    lastBody(recording).properties.extendedInfo.tasksList ?? []
  const task = tasks.find(({ taskId }) => taskId === 'Take Snapshot')
  return task && task.status === 'Completed'
}

function properties(recording: Recording): Record<string, unknown> {
  const known = backupVaultProperties[recording.name]
  if (known !== undefined) return known(recording.subscriptionId)
  const { propertyBag } = lastBody(recording).properties.extendedInfo
  return Object.fromEntries(Object.entries(propertyBag).map(([key, value]) => [key.trim(), value]))
}

/** The facts of a job that has ended, as the output `jobs` has them. */
function facts(recording: Recording) {
  const { name, properties: job } = lastBody(recording)
  const { resourceGroup, vaultName } = placeOf(recording)
  const amount = size(recording)
  return {
    status: job.status as string,
    conclusion: 'success',
    jobId: name as string,
    vaultName,
    resourceGroup,
    operation: job.operation as string,
    item: (job.entityFriendlyName ?? job.backupInstanceFriendlyName) as string,
    startTime: utc(job.startTime),
    endTime: utc(job.endTime),
    duration: rounded(job.duration),
    durationSeconds: Math.round(seconds(job.duration)),
    backupSize: amount?.text ?? '',
    backupSizeBytes: amount?.bytes ?? null,
    snapshotCompleted: snapshot(recording) ?? null,
    errorCode: '',
    errorMessage: '',
    recommendedAction: '',
    properties: properties(recording),
  }
}

/** Compares what a run tells of several jobs that have ended with their last bodies. */
export function expectAllTold(run: Run, recordings: Recording[]): void {
  const jobs: { jobId: string }[] = JSON.parse(run.outputs.jobs ?? '')
  const told = recordings.map((recording) => jobs.find(({ jobId }) => jobId === lastBody(recording).name))
  expect(told).toMatchObject(recordings.map(facts))
  expect(jobs).toHaveLength(recordings.length)
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'jobs-truncated': 'false' })
  expect(run.exitCode).toBe(0)
  expect(run.annotations).toEqual([])
  for (const { operation, item, jobId } of recordings.map(facts)) {
    expect(run.log.some((line) => line.startsWith(`${operation} of ${item} completed in `))).toBe(true)
    expect(run.summary).toContain(jobId)
  }
}

/** Compares every output of a run with the last body of a job that has ended. */
export function expectTold(run: Run, recording: Recording): void {
  expectAllTold(run, [recording])
  const { subscriptionId, resourceGroup, vaultName, provider } = placeOf(recording)
  const { properties: bag, ...told } = facts(recording)
  expect(run.outputs).toMatchObject({
    status: told.status,
    conclusion: 'success',
    'job-id': told.jobId,
    'vault-name': vaultName,
    'resource-group': resourceGroup,
    operation: told.operation,
    item: told.item,
    'start-time': told.startTime,
    'end-time': told.endTime,
    duration: told.duration,
    'duration-seconds': String(told.durationSeconds),
    'backup-size': told.backupSize,
    'backup-size-bytes': String(told.backupSizeBytes ?? ''),
    'snapshot-completed': String(told.snapshotCompleted ?? ''),
    'error-code': '',
    'error-message': '',
    'recommended-action': '',
    'portal-url': `https://portal.azure.com/#resource/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${provider}/${vaultName}`,
  })
  // Nothing more than the bag, either.
  expect(JSON.parse(run.outputs.properties ?? '')).toEqual(bag)
}
