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

// Written down by hand: what the two recorded jobs of Backup vaults made, and worked with.
const backupVaultProperties: Record<string, (subscription: string) => Record<string, unknown>> = {
  'dp-disk-restore': (subscription) => ({
    recoveryDestination: `/subscriptions/${subscription}/resourceGroups/clitest-dpp-rg/providers/Microsoft.Compute/disks/clitest-disk-restored`,
    sourceRecoverPointId: '13ccde7abc2a4a2380179ca5ada99038',
    sourceRecoverPointTime: '2023-06-26T12:02:35.132Z',
  }),
  'dp-oss-backup': () => ({
    RetentionTag: 'Weekly',
    targetRecoverPointId: '40c779cac1da47288e55e3fd71cabcc4',
  }),
}

/** Seconds of `PT1H11M16.9352454S`. */
function seconds(duration: string): number {
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
  const { propertyBag: bag = {}, dataTransferredInBytes: bytes } = lastBody(recording).properties.extendedInfo
  if (bag['Backup Size']) {
    expect(bag['Backup Size']).toMatch(/^\d+ MB$/)
    return { text: bag['Backup Size'], bytes: Number.parseInt(bag['Backup Size'], 10) * 1_048_576 }
  }
  const megabytes = bag['Data Transferred (in MB)']
  if (megabytes) return { text: `${megabytes} MB`, bytes: Math.round(Number(megabytes) * 1_048_576) }
  return typeof bytes === 'number' ? { text: `${bytes} B`, bytes } : undefined
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

/** Compares every output of a run with the last body of a job that has ended. */
export function expectTold(run: Run, recording: Recording): void {
  const { name, properties: job } = lastBody(recording)
  const { subscriptionId, resourceGroup, vaultName, provider } = placeOf(recording)
  const { jobs, properties: bag, ...outputs } = run.outputs
  const told = {
    status: job.status,
    conclusion: 'success',
    operation: job.operation,
    item: job.entityFriendlyName ?? job.backupInstanceFriendlyName,
    duration: rounded(job.duration),
  }
  const amount = size(recording)
  const taken = snapshot(recording)
  const whole = Math.round(seconds(job.duration))
  expect(outputs).toMatchObject({
    ...told,
    'job-id': name,
    'vault-name': vaultName,
    'resource-group': resourceGroup,
    'start-time': utc(job.startTime),
    'end-time': utc(job.endTime),
    'duration-seconds': String(whole),
    'backup-size': amount?.text ?? '',
    'backup-size-bytes': amount === undefined ? '' : String(amount.bytes),
    'snapshot-completed': taken === undefined ? '' : String(taken),
    'error-code': '',
    'error-message': '',
    'recommended-action': '',
    'portal-url': `https://portal.azure.com/#resource/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${provider}/${vaultName}`,
    'jobs-truncated': 'false',
  })
  expect(JSON.parse(bag ?? '')).toEqual(properties(recording))
  expect(JSON.parse(jobs ?? '')).toEqual([
    expect.objectContaining({
      ...told,
      jobId: name,
      vaultName,
      resourceGroup,
      startTime: utc(job.startTime),
      endTime: utc(job.endTime),
      durationSeconds: whole,
      backupSize: amount?.text ?? '',
      backupSizeBytes: amount?.bytes ?? null,
      snapshotCompleted: taken ?? null,
      errorCode: '',
      errorMessage: '',
      recommendedAction: '',
      properties: properties(recording),
    }),
  ])
  expect(run.exitCode).toBe(0)
  expect(run.annotations).toEqual([])
  const last = run.log.filter((line) => !line.startsWith('::') && line !== '').at(-1)
  expect(last?.startsWith(`${job.operation} of ${told.item} completed in `)).toBe(true)
}
