/** Jobs of Backup vaults: their words, their numbers and their errors, as the service writes them. */
import { expect } from 'vitest'
import {
  follow,
  jobsOf,
  levels,
  plainLog,
  propertiesOf,
  type Run,
  type StartOptions,
  simulate,
  start,
  type Trigger,
  tells,
} from './support.ts'

const simulator = await simulate()
const quick = { seconds: 30, operationSeconds: 5 }

async function play(kind: string, options: StartOptions, inputs = {}): Promise<[Run, Trigger]> {
  const trigger = start(simulator, kind, { ...quick, ...options })
  return [await follow(simulator, { 'operation-url': trigger.operationUrl, ...inputs }), trigger]
}

/** Several jobs in one step; up to five are read one by one, as a single one is. */
function followAll(triggers: Trigger[]): Promise<Run> {
  return follow(simulator, { 'job-id': triggers.map(({ jobResourceId }) => jobResourceId).join('\n') })
}

tells('a backup of a database: size in bytes, duration, item', async () => {
  const [run, trigger] = await play('postgres-backup', {})
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    status: 'Completed',
    'job-id': trigger.jobId,
    'vault-name': 'backup-vault-prod',
    operation: 'Backup',
    item: 'pg-01/orders',
    duration: 'PT30S',
    'duration-seconds': '30',
    'backup-size': '2064 B',
    'backup-size-bytes': '2064',
    'snapshot-completed': '',
    'portal-url': `https://portal.azure.com/#resource${trigger.vaultId}`,
  })
  expect(propertiesOf(run)).toMatchObject({ RetentionTag: 'Weekly' })
})

tells('a job known by its name and the vault', async () => {
  const trigger = start(simulator, 'aks-backup', quick)
  const run = await follow(simulator, {
    'job-id': trigger.jobId,
    'subscription-id': trigger.subscriptionId,
    'resource-group': trigger.resourceGroup,
    'vault-name': trigger.vaultName,
    'vault-type': 'backup',
  })
  expect(run.outputs).toMatchObject({ conclusion: 'success', item: 'cluster-01/cluster-01' })
})

// The number may be a float, text, or missing; the older name of the field has one letter less (reference, 4.3).
const sizes: [extendedInfo: Record<string, unknown>, text: string, bytes: number | null][] = [
  [{ dataTransferredInBytes: 104857600 }, '104857600 B', 104857600],
  [{ dataTransferredInBytes: '8442527' }, '8442527 B', 8442527],
  [{ dataTransferredInBytes: null, dataTransferedInBytes: 2063.4 }, '2063 B', 2063],
  [{ dataTransferredInBytes: null }, '', null],
  [{ dataTransferredInBytes: 'n/a' }, '', null],
]
tells('the amount of data in both spellings, as number, text, null and nonsense', async () => {
  const triggers = sizes.map(([extendedInfo]) => start(simulator, 'blob-backup', { ...quick, extendedInfo }))
  const run = await followAll(triggers)
  const told = triggers.map(({ jobId }) => jobsOf(run).find((job) => job.jobId === jobId))
  expect(told).toMatchObject(
    sizes.map(([, backupSize, backupSizeBytes]) => ({ status: 'Completed', backupSize, backupSizeBytes })),
  )
})

// Words of the specification's examples and of older texts (reference, 4.3).
const words: [ends: string, status: string, conclusion: string][] = [
  ['Succeeded', 'Completed', 'success'],
  ['SuccessWithWarning', 'CompletedWithWarnings', 'warning'],
  ['SuccessWithWarnings', 'CompletedWithWarnings', 'warning'],
  ['Cancelled', 'Cancelled', 'cancelled'],
]
tells('older words for the ends of jobs, after Started', async () => {
  const triggers = words.map(([ends]) => start(simulator, 'disk-backup', { ...quick, runs: 'Started', ends }))
  const run = await followAll(triggers)
  const told = triggers.map(({ jobId }) => jobsOf(run).find((job) => job.jobId === jobId))
  expect(told).toMatchObject(words.map(([, status, conclusion]) => ({ status, conclusion })))
  expect(run.outputs.conclusion).toBe('cancelled')
  expect(run.annotations.filter(({ title }) => title === 'Unknown job status')).toEqual([])
})

tells('a job that is Paused runs', async () => {
  const [run] = await play('disk-backup', { seconds: 36_000, runs: 'Paused' }, { 'timeout-minutes': '1' })
  expect(run.outputs).toMatchObject({ status: 'Paused', conclusion: 'timed-out' })
  expect(levels(run)).toEqual(['error'])
})

tells('the time elapsed while the duration stands at zero', async () => {
  const [run] = await play('disk-restore', { seconds: 36_000 }, { 'timeout-minutes': '2' })
  const seconds = Number(run.outputs['duration-seconds'])
  expect(seconds).toBeGreaterThanOrEqual(100)
  expect(run.outputs.duration).toMatch(/^PT\d+M(\d+S)?$/)
  expect(plainLog(run).at(-1)).toContain('its last known status is InProgress')
  expect(run.summary).toMatch(/InProgress[^|]*\| \d+m( \d+s)? \|/)
})

tells('a duration as TimeSpan', async () => {
  const properties = { duration: '1.02:03:04.5670000' }
  const [run] = await play('disk-backup', { timeSpan: true, properties })
  expect(run.outputs).toMatchObject({ duration: 'P1DT2H3M5S', 'duration-seconds': '93785' })
})

tells('times without a Z, and 0001-01-01 for none', async () => {
  const [run] = await play('disk-backup', {
    properties: {
      startTime: '2026-03-01T10:00:00.1234567',
      endTime: '0001-01-01T00:00:00Z',
      duration: 'PT0S',
    },
  })
  expect(run.outputs).toMatchObject({ 'start-time': '2026-03-01T10:00:00.123Z', 'end-time': '' })
})

tells('nested errors: the outermost is the output, the root cause is shown', async () => {
  const [run] = await play('disk-restore', { ends: 'Failed' })
  expect(run.outputs).toMatchObject({
    conclusion: 'failure',
    'error-code': 'UserErrorInvalidRestoreRequest',
    'error-message': 'The restore request is not valid.',
    'recommended-action': 'Check the target of the restore, then retry.',
  })
  const [error] = run.annotations
  expect(error?.message).toContain('UserErrorInvalidRestoreRequest: The restore request is not valid.')
  expect(error?.message).toContain('InternalServerError: Unexpected error from the service.')
  expect(error?.message).not.toContain('LinkedAuthorizationFailed')
  expect(run.summary).toContain('InternalServerError')
})

tells('the warnings of a backup with warnings', async () => {
  const [run] = await play('aks-backup', { ends: 'CompletedWithWarnings' })
  expect(run.outputs).toMatchObject({
    conclusion: 'warning',
    'error-code': 'UserWarningSomeResourcesSkipped',
    'error-message': 'Some of the resources were skipped.',
    'recommended-action': 'Check that the extension may read them.',
  })
  expect(levels(run)).toEqual(['warning'])
})

tells('the sub-tasks in the log', async () => {
  const [running] = await play('postgres-backup', { seconds: 36_000 }, { 'wait-for': 'none' })
  expect(plainLog(running).join('\n')).toMatch(
    /Backup pg-01\/orders: .* · InProgress · Trigger Backup running/,
  )
  const [ended] = await play('postgres-backup', {})
  expect(plainLog(ended).join('\n')).toMatch(/· Completed · Trigger Backup done · 2 KB/)
})

tells('a failed operation, whose error has its recommendations further down', async () => {
  const [run] = await play('disk-backup', { operationEnds: 'Failed' })
  expect(run.outputs).toMatchObject({
    conclusion: 'failure',
    status: 'Failed',
    'error-code': 'UserErrorDppDatasourceNotFound',
    'error-message': 'The datasource could not be found.',
    'recommended-action': 'Check that the datasource exists.',
    'job-id': '',
  })
})

tells('an operation without a job', async () => {
  for (const kind of ['validate-for-backup', 'backup-instance-delete']) {
    const [run] = await play(kind, {})
    expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Succeeded', 'job-id': '' })
    expect(jobsOf(run)).toHaveLength(1)
  }
})

tells('a job whose ID the operation gives as a bare name', async () => {
  const [run, trigger] = await play('disk-backup', { bareJobId: true })
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': trigger.jobId })
})
