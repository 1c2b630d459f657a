/** What a Location URL may end in (reference, 1.4 and 4.2), and how the job is found then. */
import { expect } from 'vitest'
import type { Answer } from '../../simulator/simulator.ts'
import { asked, follow, jobsOf, simulate, start, type Trigger, tells } from './support.ts'

// Twice as fast as other files: a scope that does not have it is asked for two minutes.
const simulator = await simulate({ speed: 120 })
const quick = { seconds: 20, snapshotSeconds: 5 }
const running: Answer = { status: 202, headers: { 'Retry-After': '10' } }

const unknown: Answer = { status: 404, body: { error: { code: 'OperationNotFound', message: 'No.' } } }

/** The Location URL's answers in order, the last one for ever; until then a vault does not know the status. */
function ends({ locationUrl, vaultId }: Trigger, ...answers: Answer[]): void {
  const left = [...answers]
  let over = false
  simulator.override(({ url, path }) => {
    if (path.startsWith(`${vaultId}/backupOperations/`)) return over ? undefined : unknown
    if (url !== locationUrl) return undefined
    over = left.length === 1
    return over ? left[0] : left.shift()
  })
}

/** How often the Location URL, the operation's status and the job were asked for. */
function counts(trigger: Trigger): { location: number; status: number; job: boolean } {
  const requests = asked(simulator, trigger)
  return {
    location: requests.filter(({ url }) => url === trigger.locationUrl).length,
    status: requests.filter(({ path }) => /\/(backupOperations|operationStatus)\//.test(path)).length,
    job: requests.some(({ path }) => path.endsWith(`/backupJobs/${trigger.jobId}`)),
  }
}

const item = { id: '/subscriptions/x', name: 'VM;web-01', properties: { protectionState: 'Protected' } }
const result = (jobId: string) => ({ status: 200, body: { jobId, objectType: 'OperationJobExtendedInfo' } })
const status = (word: string, properties?: object) => ({
  status: 200,
  body: { id: 'x', name: 'x', status: word, startTime: '2026-03-01T10:00:00Z', properties },
})

interface End {
  name: string
  kind?: string
  answers(trigger: Trigger): Answer[]
  location: number
  status: number
}

const toJob: End[] = [
  { name: '204', answers: () => [running, running, { status: 204 }], location: 3, status: 4 },
  { name: '200 with a body', answers: () => [running, { status: 200, body: item }], location: 2, status: 3 },
  { name: '200 with no body', answers: () => [running, { status: 200 }], location: 2, status: 3 },
  {
    name: '200 with the job’s name',
    answers: ({ jobId }) => [running, result(jobId)],
    location: 2,
    status: 2,
  },
  {
    name: '200 with the job’s ARM ID in odd case',
    kind: 'disk-backup',
    answers: ({ jobResourceId }) => [
      running,
      result(jobResourceId.replace('/backupVaults/', '/BackupVaults/').replace('Groups', 'groups')),
    ],
    location: 2,
    status: 0,
  },
  {
    name: '200 with no more than its type',
    kind: 'disk-backup',
    answers: () => [{ status: 200, body: { objectType: 'OperationJobExtendedInfo' } }],
    location: 1,
    status: 1,
  },
  {
    name: 'the operation’s own status',
    answers: ({ jobId }) => [
      status('InProgress'),
      status('InProgress'),
      status('Succeeded', { objectType: 'OperationStatusJobExtendedInfo', jobId }),
    ],
    location: 3,
    status: 3,
  },
]

for (const { name, kind = 'vm-backup', answers, location, status } of toJob) {
  tells(`finds the job of a Location URL that ends in ${name}`, async () => {
    const trigger = start(simulator, kind, quick)
    ends(trigger, ...answers(trigger))
    const run = await follow(simulator, { 'operation-url': trigger.locationUrl })
    expect(counts(trigger)).toEqual({ location, status, job: true })
    expect(run.outputs).toMatchObject({
      conclusion: 'success',
      status: 'Completed',
      'job-id': trigger.jobId,
      'vault-name': trigger.vaultName,
    })
  })
}

tells('does not ask again before the Location URL allows', async () => {
  const trigger = start(simulator, 'vm-backup', quick)
  ends(trigger, { status: 202, headers: { 'Retry-After': '60' } }, { status: 204 })
  await follow(simulator, { 'operation-url': trigger.locationUrl })
  const [first, second] = asked(simulator, trigger).filter(({ url }) => url === trigger.locationUrl)
  expect(((second?.at ?? 0) - (first?.at ?? 0)) / 1000).toBeGreaterThanOrEqual(59)
})

tells('tells the error of a Location URL where the failed status has none', async () => {
  const trigger = start(simulator, 'vm-backup', { operationEnds: 'Failed', operationError: null })
  const error = { code: 'UserErrorRestoreTargetInUse', message: 'The target is in use.' }
  ends(trigger, running, { status: 409, body: { error } })
  const run = await follow(simulator, { 'operation-url': trigger.locationUrl })
  expect(run.outputs).toMatchObject({
    conclusion: 'failure',
    status: 'Failed',
    'error-code': error.code,
    'error-message': error.message,
  })
})

tells(
  'has the job at once where the vault knows the operation, whatever pause its Location URL asks for',
  async () => {
    const trigger = start(simulator, 'vm-backup', quick)
    simulator.override(({ url }) =>
      url === trigger.locationUrl ? { status: 202, headers: { 'Retry-After': '60' } } : undefined,
    )
    const run = await follow(simulator, { 'operation-url': trigger.locationUrl })
    expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': trigger.jobId })
    expect(counts(trigger).location).toBe(0)
  },
)

tells('prefers the error of the status', async () => {
  const trigger = start(simulator, 'vm-backup', { operationEnds: 'Failed' })
  ends(trigger, { status: 400, body: { error: { code: 'BadRequest', message: 'No.' } } })
  const run = await follow(simulator, { 'operation-url': trigger.locationUrl })
  expect(run.outputs).toMatchObject({
    conclusion: 'failure',
    'error-code': 'UserErrorVmNotInDesirableState',
  })
})

tells('a job outlives an error of the Location URL that was no failure', async () => {
  const trigger = start(simulator, 'vm-backup', quick)
  ends(trigger, { status: 400, body: { error: { code: 'BadRequest', message: 'No.' } } })
  const run = await follow(simulator, { 'operation-url': trigger.locationUrl })
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': trigger.jobId })
})

tells('an operation whose result and status name no job is a success', async () => {
  const trigger = start(simulator, 'backup-instance')
  const run = await follow(simulator, { 'operation-url': trigger.locationUrl })
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Succeeded', 'job-id': '' })
  expect(jobsOf(run)).toHaveLength(1)
})

tells('looks for the status in every scope of a Backup vault', async () => {
  const trigger = start(simulator, 'disk-backup', { seconds: 400 })
  ends(trigger, { status: 204 })
  const notFound = { status: 404, body: { error: { code: 'OperationNotFound', message: 'No.' } } }
  simulator.override(({ path }) =>
    path.includes(trigger.subscriptionId) && /\/locations\/.*\/operationStatus\//.test(path)
      ? notFound
      : undefined,
  )
  const run = await follow(simulator, {
    'operation-url': trigger.locationUrl,
    'resource-group': trigger.resourceGroup,
    'vault-name': trigger.vaultName,
  })
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': trigger.jobId })
  expect(
    asked(simulator, trigger).some(({ path }) => path.startsWith(`${trigger.vaultId}/operationStatus/`)),
  ).toBe(true)
})
