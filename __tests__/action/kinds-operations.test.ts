/** What an operation may come to: one job, several, some, none; a validation's findings; secrets. */
import { expect } from 'vitest'
import {
  follow,
  jobsOf,
  levels,
  plainLog,
  type Run,
  type StartOptions,
  simulate,
  start,
  type Trigger,
  tells,
} from './support.ts'

const simulator = await simulate()
const quick = { seconds: 30, operationSeconds: 5 }

async function play(kind: string, options: StartOptions = {}, inputs = {}): Promise<[Run, Trigger]> {
  const trigger = start(simulator, kind, { ...quick, ...options })
  return [await follow(simulator, { 'operation-url': trigger.operationUrl, ...inputs }), trigger]
}

/** The job of that number ends with another word. */
function endsAs(trigger: Trigger, number: number, properties: Record<string, unknown>): void {
  const id = trigger.jobIds[number] ?? ''
  const body = {
    name: id,
    properties: { operation: 'ConfigureBackup', entityFriendlyName: `web-${number + 1}`, ...properties },
  }
  simulator.override(({ path }) => (path.endsWith(`/backupJobs/${id}`) ? { status: 200, body } : undefined))
}

tells('follows all jobs of a policy change', async () => {
  const [run, { jobIds }] = await play('policy-change', { jobs: 3 })
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed' })
  expect(jobsOf(run).map(({ jobId }) => jobId)).toEqual(jobIds)
  expect(jobsOf(run).map(({ item }) => item)).toEqual(['web-1', 'web-2', 'web-3'])
  expect(jobsOf(run).map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success'])
  for (const id of jobIds) expect(run.summary).toContain(id)
})

tells('the worst of several jobs decides, and comes first', async () => {
  const trigger = start(simulator, 'policy-change', { ...quick, jobs: 4 })
  endsAs(trigger, 1, { status: 'CompletedWithWarnings', errorDetails: [{ errorString: 'Hm.' }] })
  endsAs(trigger, 2, { status: 'Failed', errorDetails: [{ errorCode: 1, errorString: 'No.' }] })
  endsAs(trigger, 3, { status: 'Cancelled' })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl })
  expect(jobsOf(run).map(({ conclusion }) => conclusion)).toEqual([
    'failure',
    'cancelled',
    'warning',
    'success',
  ])
  expect(run.outputs).toMatchObject({
    conclusion: 'failure',
    status: 'Failed',
    'job-id': trigger.jobIds[2],
    item: 'web-3',
    'error-code': '1',
    'error-message': 'No.',
  })
  // One each for what failed, and one for what needs a look.
  expect(levels(run)).toEqual(['error', 'error', 'warning'])
})

tells('names each item whose job could not be started, beside the jobs that were', async () => {
  const failedJobs = { 'web-08': 'The virtual machine was not found.', 'web-09': 'Access was denied.' }
  const [run] = await play('policy-change', { jobs: 2, failedJobs })
  expect(run.exitCode).toBe(1)
  expect(jobsOf(run)).toMatchObject([
    { conclusion: 'failure', jobId: '', item: 'web-08', errorMessage: 'The virtual machine was not found.' },
    { conclusion: 'failure', jobId: '', item: 'web-09', errorMessage: 'Access was denied.' },
    { conclusion: 'success', item: 'web-1' },
    { conclusion: 'success', item: 'web-2' },
  ])
  expect(run.annotations.map(({ message }) => message)).toEqual([
    expect.stringContaining('The virtual machine was not found.'),
    expect.stringContaining('Access was denied.'),
  ])
})

tells('an operation that starts no job, though others of its kind do', async () => {
  const [run] = await play('vm-configure', { noJob: true })
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Succeeded', 'job-id': '' })
  expect(plainLog(run).at(-1)).toContain('succeeded and started no job')
})

tells('a job that is the operation under the same ID', async () => {
  const trigger = start(simulator, 'vm-backup', { ...quick, noJob: true })
  const { vaultId, operationId } = trigger
  const status = {
    name: operationId,
    status: 'Succeeded',
    properties: { objectType: 'OperationStatusJobExtendedInfo', jobId: operationId },
  }
  const job = { name: operationId, properties: { operation: 'Backup', status: 'Completed' } }
  simulator.override(({ path }) => {
    if (path === `${vaultId}/backupJobs/${operationId}`) return { status: 200, body: job }
    return path.endsWith(operationId) ? { status: 200, body: status } : undefined
  })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl })
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed', 'job-id': operationId })
})

tells('a validation that succeeded and found nothing', async () => {
  const [run] = await play('validate')
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Succeeded', 'error-code': '' })
})

tells('a validation that succeeded and found errors is a failure', async () => {
  const found = (name: string) => ({
    code: `UserError${name}`,
    message: `${name}.`,
    recommendations: ['Try.'],
  })
  const [run] = await play('validate', { validationResults: [found('Quota'), found('Region')] })
  expect(run.outputs).toMatchObject({
    conclusion: 'failure',
    status: 'Succeeded',
    'error-code': 'UserErrorQuota',
    'error-message': 'Quota.',
    'recommended-action': 'Try.',
  })
  expect(run.exitCode).toBe(1)
  expect(levels(run)).toEqual(['error'])
  expect(run.summary).toContain('UserErrorQuota')
})

tells('the scripts that mount a recovery point are shown nowhere', async () => {
  const [run, trigger] = await play('ilr')
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    status: 'Succeeded',
    'job-id': '',
    item: 'web-01',
  })
  const scripts = simulator.secrets.filter((secret) => /^[A-Za-z0-9+/]{128}$/.test(secret))
  expect(scripts).not.toEqual([])
  const shown = [run.stdout, run.summary, JSON.stringify(run.outputs), JSON.stringify(run.state)].join('\n')
  for (const script of scripts) expect(shown).not.toContain(script)
  expect(shown).not.toMatch(/clientScripts|scriptContent|ILRExtendedInfo/)
  expect(trigger.jobIds).toEqual([])
})

tells('scripts are not shown by a URL of the result either', async () => {
  const trigger = start(simulator, 'ilr', quick)
  const run = await follow(simulator, { 'operation-url': trigger.locationUrl })
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Succeeded' })
  expect(run.stdout + run.summary).not.toMatch(/clientScripts|scriptContent/)
})

tells('a status word that nobody knows is no success, and said once', async () => {
  const [run] = await play('vm-backup', { operationEnds: 'Invalid' }, { 'timeout-minutes': '1' })
  expect(run.outputs).toMatchObject({ conclusion: 'timed-out', status: 'Invalid' })
  expect(levels(run)).toEqual(['warning', 'error'])
  expect(run.annotations[0]).toMatchObject({ title: 'Unknown operation status' })
})
