/** Jobs of Recovery Services vaults by their structure: every workload, odd spellings, and what nobody knows yet. */
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
const quick = { seconds: 30, snapshotSeconds: 5, operationSeconds: 2 }

async function play(kind: string, options: StartOptions = {}, inputs = {}): Promise<[Run, Trigger]> {
  const trigger = start(simulator, kind, { ...quick, ...options })
  const target =
    trigger.operationUrl === ''
      ? { 'job-id': trigger.jobResourceId }
      : { 'operation-url': trigger.operationUrl }
  return [await follow(simulator, { ...target, ...inputs }), trigger]
}

/** All at once, each known by its job. */
async function playAll(all: (StartOptions & { kind: string })[]): Promise<[Run, Trigger[]]> {
  const triggers = all.map(({ kind, ...options }) => start(simulator, kind, { ...quick, ...options }))
  const ids = triggers.map(({ jobResourceId }) => jobResourceId).join('\n')
  return [await follow(simulator, { 'job-id': ids }), triggers]
}

const mb = (count: number) => Math.round(count * 1_048_576)

// Kind, operation, item, size, bytes, whether a snapshot was taken.
const workloads: [string, string, string, string, number | null, boolean | null][] = [
  ['vm-backup', 'Backup', 'web-01', '19306 MB', mb(19306), true],
  ['vm-restore', 'Restore', 'web-01', '', null, null],
  ['file-share-backup', 'Backup', 'documents', '0 MB', 0, true],
  ['file-share-restore', 'Restore', 'documents', '0 MB', 0, null],
  ['sql-backup', 'Backup (Full)', 'MSSQLSERVER/orders [sql-01]', '20.1147 MB', mb(20.1147), null],
  ['sql-restore', 'Restore', 'MSSQLSERVER/orders [sql-01]', '20.1147 MB', mb(20.1147), null],
  ['hana-backup', 'Backup (Full)', 'SYSTEMDB [hana-01]', '20.1147 MB', mb(20.1147), null],
  ['mab-backup', 'Backup', 'C:\\', '20.1147 MB', mb(20.1147), null],
  ['dpm-backup', 'Backup', 'ReportServer', '20.1147 MB', mb(20.1147), null],
  ['vault-update', 'UpdateCustomerManagedKey', 'vault', '', null, null],
]
// Up to five jobs are read one by one, as a single one is.
for (const part of [workloads.slice(0, 5), workloads.slice(5)]) {
  tells(`${part.map(([kind]) => kind).join(', ')} that complete`, async () => {
    const [run, triggers] = await playAll(part.map(([kind]) => ({ kind })))
    const told = jobsOf(run)
    for (const [index, [kind, operation, item, size, bytes, snapshot]] of part.entries()) {
      expect(
        told.find(({ jobId }) => jobId === triggers[index]?.jobId),
        kind,
      ).toMatchObject({
        conclusion: 'success',
        status: 'Completed',
        operation,
        item,
        backupSize: size,
        backupSizeBytes: bytes,
        snapshotCompleted: snapshot,
        duration: 'PT30S',
      })
    }
    expect(run.outputs.conclusion).toBe('success')
    expect(told).toHaveLength(part.length)
  })
}

// Kind, code, message; errors of MAB and DPM jobs have no code, those of file shares no title.
const failures: [string, string, RegExp][] = [
  ['vm-backup', '400095', /^UserErrorGuestAgentStatusUnavailable: VM agent is unable /],
  ['file-share-backup', '400128', /^You reached the max limit of snapshots/],
  ['sql-backup', '510008', /^OperationCancelledBecauseConflictingOperationRunningUserError: The operation /],
  ['mab-backup', '', /^The backup failed because the volume has no free space/],
]
tells(`${failures.map(([kind]) => kind).join(', ')} that fail`, async () => {
  const [run, triggers] = await playAll(failures.map(([kind]) => ({ kind, ends: 'Failed' })))
  for (const [index, [kind, code, message]] of failures.entries()) {
    expect(
      jobsOf(run).find(({ jobId }) => jobId === triggers[index]?.jobId),
      kind,
    ).toMatchObject({
      conclusion: 'failure',
      errorCode: code,
      errorMessage: expect.stringMatching(message),
      recommendedAction: expect.stringMatching(/\.$/),
    })
  }
  expect(levels(run)).toEqual(failures.map(() => 'error'))
})

tells(
  'a job type and a status word that nobody knows: running, with one warning, until the deadline',
  async () => {
    const [run, { jobId }] = await play(
      'vm-backup',
      { runs: 'Reconciling', ends: 'Reconciled', properties: { jobType: 'AzureQuantumJob' } },
      { 'timeout-minutes': '2' },
    )
    expect(run.outputs).toMatchObject({ conclusion: 'timed-out', 'job-id': jobId })
    expect(['Reconciling', 'Reconciled']).toContain(run.outputs.status)
    expect(levels(run)).toEqual(['warning', 'error'])
    expect(run.annotations[0]).toMatchObject({ title: 'Unknown job status' })
  },
)

tells('an unknown job type with known words is told as any other', async () => {
  const properties = {
    jobType: 'AzureQuantumJob',
    backupManagementType: 'AzureQuantum',
    operation: 'Entangle',
  }
  const [run] = await play('vm-backup', { properties })
  expect(run.outputs).toMatchObject({ conclusion: 'success', operation: 'Entangle', item: 'web-01' })
  expect(levels(run)).toEqual([])
})

tells('Completed with errors is a success that shows them', async () => {
  const errors = [{ errorCode: 7, errorTitle: 'Odd', errorString: 'Something was odd.', recommendations: [] }]
  const [run] = await play('vm-backup', { errors })
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    'error-code': '7',
    'error-message': 'Odd: Something was odd.',
  })
  expect(run.exitCode).toBe(0)
  expect(levels(run)).toEqual(['warning'])
})

tells('Failed without errors is a failure that says so', async () => {
  const [run] = await play('vm-backup', { ends: 'Failed', errors: null })
  expect(run.outputs).toMatchObject({
    conclusion: 'failure',
    status: 'Failed',
    'error-code': '',
    'error-message': '',
  })
  expect(levels(run)).toEqual(['error'])
  expect(run.annotations[0]?.message).toMatch(/Backup of web-01 failed/)
})

tells('errorDetails that is one object and no list', async () => {
  const errorDetails = { errorCode: 42, errorString: 'Alone.' }
  const [run] = await play('vm-backup', { ends: 'Failed', properties: { errorDetails } })
  expect(run.outputs).toMatchObject({ 'error-code': '42', 'error-message': 'Alone.' })
})

tells('a dynamic error message beside the error', async () => {
  const extendedInfo = { dynamicErrorMessage: 'Disk 3 is locked by a lease.' }
  const [run] = await play('vm-backup', { ends: 'Failed', extendedInfo })
  expect(run.outputs['error-code']).toBe('400095')
  expect(run.annotations[0]?.message).toContain('Disk 3 is locked by a lease.')
})

tells('durations as TimeSpan, over a day', async () => {
  const [run] = await play('vm-backup', { timeSpan: true, properties: { duration: '1.02:03:04.5670000' } })
  expect(run.outputs).toMatchObject({ duration: 'P1DT2H3M5S', 'duration-seconds': '93785' })
})

tells('durations as TimeSpan, as they come', async () => {
  const [run] = await play('vm-backup', { timeSpan: true })
  expect(run.outputs).toMatchObject({ duration: 'PT30S', 'duration-seconds': '30' })
})

tells('property bags whose keys have blanks and odd case, and sizes in other units', async () => {
  const propertyBag = { ' backup SIZE ': '1.5 GB', 'Recovery point time ': '2/11/2022 2:18:40 AM', Empty: '' }
  const [run] = await play('vm-backup', { extendedInfo: { propertyBag } })
  expect(run.outputs).toMatchObject({ 'backup-size': '1.5 GB', 'backup-size-bytes': '1610612736' })
  expect(propertiesOf(run)).toEqual({
    'backup SIZE': '1.5 GB',
    'Recovery point time': '2/11/2022 2:18:40 AM',
    Empty: '',
  })
})

tells('a job without extendedInfo, times or an item', async () => {
  const properties = {
    extendedInfo: undefined,
    startTime: undefined,
    endTime: null,
    duration: null,
    entityFriendlyName: undefined,
  }
  const [run, { jobId }] = await play('vm-backup', { properties })
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    'job-id': jobId,
    item: '',
    'start-time': '',
    duration: '',
    'snapshot-completed': '',
    properties: '{}',
  })
})

tells('what a restore made is there for the next step, without signatures', async () => {
  const [run, { jobId }] = await play('vm-restore', { sasUrls: true })
  const { 'Template Blob Uri': template, ...properties } = propertiesOf(run)
  expect(properties).toMatchObject({
    'Target Storage Account Name': 'contosorestore',
    'Job Type': 'Recover disks',
  })
  expect(template).toMatch(
    new RegExp(
      `^https://contosorestore\\.blob\\.core\\.windows\\.net/[\\w-]+/azuredeploy${jobId}\\.json\\?sv=.*&sig=\\*\\*\\*$`,
    ),
  )
  // The job summary shows them too; that no signature is in it is checked of every run.
  expect(run.summary).toContain('Template Blob Uri')
})

tells('progress in the log, where the service tells it', async () => {
  const [run] = await play('vm-restore', { seconds: 36_000 }, { 'wait-for': 'none' })
  expect(plainLog(run).join('\n')).toMatch(
    /Restore web-01: .*InProgress · Transfer data from vault running · 1 %/,
  )
})
