/** Many lines of `job-id` and `operation-url`: vaults, subscriptions and kinds of all sorts at once. */
import { expect } from 'vitest'
import type { Fault } from '../../../simulator/api.ts'
import {
  asked,
  follow,
  jobReads,
  jobsOf,
  levels,
  plainLog,
  type StartOptions,
  simulate,
  start,
  tells,
} from '../support.ts'
import { tellsIn } from './support.ts'

const simulator = await simulate()
const lines = (...all: string[]) => all.join('\n')

tells('job-id takes many lines of all vaults and kinds, blank ones and the same ones once', async () => {
  const vm = start(simulator, 'vm-backup', { seconds: 20, item: 'vm-1' })
  const sql = start(simulator, 'sql-backup', { seconds: 5, item: 'db-1' })
  const disk = start(simulator, 'disk-backup', { seconds: 40, item: 'disk-1' })
  const all = [vm, sql, disk]
  const given = ['', ...[...all, vm, vm].map(({ jobResourceId }) => `  ${jobResourceId} `), '']
  const run = await follow(simulator, { 'job-id': lines(...given) })
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed', 'jobs-truncated': 'false' })
  expect(jobsOf(run).map(({ jobId }) => jobId)).toEqual(all.map(({ jobId }) => jobId))
  expect(jobsOf(run).map(({ item, vaultName }) => [item, vaultName])).toEqual([
    ['vm-1', vm.vaultName],
    ['MSSQLSERVER/db-1 [sql-01]', sql.vaultName],
    ['disk-1', disk.vaultName],
  ])
  expect(run.summary).toContain('### ✅ All 3 jobs completed')
})

tells('operation-url takes many lines of all vaults and kinds', async () => {
  const restore = start(simulator, 'vm-restore', { seconds: 10, item: 'vm-1' })
  const disk = start(simulator, 'disk-backup', { seconds: 10, item: 'disk-1', ends: 'CompletedWithWarnings' })
  const share = start(simulator, 'file-share-backup', { seconds: 10, item: 'share-1' })
  const policy = start(simulator, 'policy-change', { seconds: 10, jobs: 3, operationSeconds: 5 })
  const urls = [
    restore.operationUrl,
    disk.operationUrl,
    share.locationUrl,
    policy.operationUrl,
    restore.operationUrl,
  ]
  const run = await follow(simulator, { 'operation-url': lines(...urls) })
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ conclusion: 'warning', 'job-id': disk.jobId, item: 'disk-1' })
  const expected = [restore, share, policy].flatMap(({ jobIds }) => jobIds)
  expect(jobsOf(run).map(({ jobId }) => jobId)).toEqual([disk.jobId, ...expected])
  expect(jobsOf(run).map(({ operation }) => operation)).toEqual([
    'Backup',
    'Restore',
    'Backup',
    ...policy.jobIds.map(() => 'ConfigureBackup'),
  ])
})

for (const separator of [' ', ',', '; ']) {
  tells(
    `two URLs or IDs on a line, apart by "${separator}", are two, and the failed one fails the step`,
    async () => {
      const good = start(simulator, 'vm-backup', { seconds: 0 })
      const failed = start(simulator, 'vm-backup', { seconds: 0, ends: 'Failed' })
      for (const [input, key] of [
        ['operation-url', 'operationUrl'],
        ['job-id', 'jobResourceId'],
      ] as const) {
        const run = await follow(simulator, { [input]: `${good[key]}${separator}${failed[key]}` })
        expect(run.exitCode).toBe(1)
        expect(run.outputs.conclusion).toBe('failure')
        expect(jobsOf(run).map(({ jobId }) => jobId)).toEqual([failed.jobId, good.jobId])
      }
    },
  )
}

tells('JSON of Azure CLI, of PowerShell and of headers is taken as it is', async () => {
  const vm = start(simulator, 'vm-backup', { seconds: 0 })
  const az = JSON.stringify({ id: vm.jobResourceId, name: vm.jobId, properties: {} }, null, 2)
  const headers = JSON.stringify({ 'Azure-AsyncOperation': [vm.operationUrl], Location: [vm.locationUrl] })
  const dump = `HTTP/1.1 202 Accepted\r\nLocation: ${vm.locationUrl}\r\nAzure-AsyncOperation: ${vm.operationUrl}\r\n`
  const path = new URL(vm.operationUrl).pathname
  for (const inputs of [
    { 'job-id': az },
    { 'operation-url': headers },
    { 'operation-url': dump },
    { 'operation-url': path },
  ]) {
    const run = await follow(simulator, inputs)
    expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': vm.jobId })
    expect(jobsOf(run)).toHaveLength(1)
  }
})

tells('one job in two spellings is followed once', async () => {
  const vm = start(simulator, 'vm-backup', { seconds: 0 })
  const other = start(simulator, 'sql-backup', { seconds: 0 })
  const loud = vm.jobResourceId.replace(vm.jobId, vm.jobId.toUpperCase()).replace('/vaults/', '/Vaults/')
  const given = lines(vm.jobResourceId, other.jobResourceId, loud)
  const run = await follow(simulator, { 'job-id': given })
  expect(jobsOf(run).map(({ jobId }) => jobId)).toEqual([vm.jobId, other.jobId])
})

tells('names alone are of the vault that the inputs name, whole IDs of their own', async () => {
  const vm = start(simulator, 'vm-backup', { seconds: 0 })
  const sql = start(simulator, 'sql-backup', { seconds: 0, subscriptionId: vm.subscriptionId })
  const disk = start(simulator, 'disk-backup', { seconds: 0 })
  const run = await follow(simulator, {
    'subscription-id': vm.subscriptionId,
    'resource-group': vm.resourceGroup,
    'vault-name': vm.vaultName,
    'job-id': lines(vm.jobId, disk.jobResourceId, sql.jobId),
  })
  expect(run.outputs.conclusion).toBe('success')
  expect(jobsOf(run).map(({ jobId }) => jobId)).toEqual([vm.jobId, disk.jobId, sql.jobId])
})

tells('a wrong line among many is an error before any request', async () => {
  const vm = start(simulator, 'vm-backup', { seconds: 0 })
  const run = await follow(simulator, {
    'operation-url': lines(vm.operationUrl, vm.jobId, vm.jobUrl),
  })
  expect(run.annotations.map(({ message }) => message)).toEqual([
    `Input operation-url: "${vm.jobId}" is not a URL; expected the value of an Azure-AsyncOperation or Location header. A job's ID goes into job-id.`,
  ])
  expect(run.outputs).toMatchObject({ conclusion: 'error', status: '' })
  expect(asked(simulator, vm)).toEqual([])
})

const refusals: [name: string, says: RegExp, options: StartOptions, fault: Fault['kind'] | undefined][] = [
  ['is not there', /There is no such job .*check the ID/, { notFoundSeconds: 1e6 }, undefined],
  ['may not be read', /lacks the role Backup Reader/, {}, 'denied'],
]
for (const [name, says, options, kind] of refusals) {
  tellsIn(`a job that ${name} fails alone; the others are followed to their ends`, {}, async (world) => {
    const { simulator } = world
    // What was just announced may be missing for two minutes.
    const running = start(simulator, 'vm-backup', { seconds: 210, item: 'vm-good' })
    const failed = start(simulator, 'sql-backup', { seconds: 30, ends: 'Failed' })
    const refused = start(simulator, 'vm-backup', { seconds: 0, ...options })
    if (kind === 'denied') simulator.fault({ kind, path: refused.jobId })
    const given = [running, refused, failed].map(({ jobResourceId }) => jobResourceId)
    const run = await world.run({ 'job-id': lines(...given) })
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({
      conclusion: 'error',
      status: '',
      'job-id': refused.jobId,
      'vault-name': refused.vaultName,
      'error-message': expect.stringMatching(says),
    })
    expect(jobsOf(run).map(({ jobId, conclusion, status }) => [jobId, conclusion, status])).toEqual([
      [refused.jobId, 'error', ''],
      [failed.jobId, 'failure', 'Failed'],
      [running.jobId, 'success', 'Completed'],
    ])
    expect(levels(run)).toEqual(['error', 'error'])
    expect(run.summary).toContain('### 🛑 Of 3 jobs, 1 could not be followed, 1 failed, and 1 completed')
    expect(plainLog(run).at(-1)).toMatch(/^Backup of vm-good completed in 3m 30s/)
    const last = jobReads(simulator, running).at(-1)
    expect(last?.at).toBeGreaterThan(jobReads(simulator, refused).at(-1)?.at ?? 0)
  })
}

tells('an operation that started nothing fails alone too', async () => {
  const failed = start(simulator, 'vm-backup', { operationEnds: 'Failed', operationSeconds: 0 })
  const good = start(simulator, 'disk-backup', { seconds: 60 })
  const run = await follow(simulator, { 'operation-url': lines(failed.operationUrl, good.operationUrl) })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: 'Failed', 'job-id': '' })
  expect(jobsOf(run).map(({ jobId, conclusion }) => [jobId, conclusion])).toEqual([
    ['', 'failure'],
    [good.jobId, 'success'],
  ])
})

tells('fail-on never passes a failure among many, and no refusal', async () => {
  const failed = start(simulator, 'vm-backup', { seconds: 0, ends: 'Failed' })
  const warned = start(simulator, 'vm-backup', { seconds: 0, ends: 'CompletedWithWarnings' })
  const never = { 'fail-on': 'never' }
  const passed = await follow(simulator, {
    'job-id': lines(warned.jobResourceId, failed.jobResourceId),
    ...never,
  })
  expect([passed.exitCode, passed.outputs.conclusion]).toEqual([0, 'failure'])
  simulator.fault({ kind: 'denied', path: warned.jobId })
  const refused = await follow(simulator, {
    'job-id': lines(failed.jobResourceId, warned.jobResourceId),
    ...never,
  })
  expect([refused.exitCode, refused.outputs.conclusion]).toEqual([1, 'error'])
})

tells('all that is left at the deadline has timed out', async () => {
  const done = start(simulator, 'vm-backup', { seconds: 0 })
  const running = start(simulator, 'vm-backup', { seconds: 36_000 })
  const given = lines(done.jobResourceId, running.jobResourceId)
  const run = await follow(simulator, { 'job-id': given, 'timeout-minutes': '0.5' })
  expect(run.exitCode).toBe(1)
  expect(jobsOf(run).map(({ jobId, conclusion, status }) => [jobId, conclusion, status])).toEqual([
    [running.jobId, 'timed-out', 'InProgress'],
    [done.jobId, 'success', 'Completed'],
  ])
})
