/** Jobs in the secondary region: another URL, another API version, read by POST. */
import { expect } from 'vitest'
import {
  asked,
  follow,
  propertiesOf,
  type Run,
  type SeenRequest,
  simulate,
  start,
  type Trigger,
  tells,
} from './support.ts'

const simulator = await simulate()
const quick = { seconds: 60, operationSeconds: 5 }

/** What was sent to read the job. */
function posts(trigger: Trigger): SeenRequest[] {
  return asked(simulator, trigger).filter(({ method }) => method === 'POST')
}

/** Simulated seconds between two of them. */
function pauses(requests: SeenRequest[]): number[] {
  return requests.slice(1).map(({ at }, index) => (at - (requests[index]?.at ?? 0)) / 1000)
}

const vaultOf = ({ subscriptionId, resourceGroup, vaultName }: Trigger) => ({
  'subscription-id': subscriptionId,
  'resource-group': resourceGroup,
  'vault-name': vaultName,
})

function expectRestored(run: Run, trigger: Trigger, operation: string): void {
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    status: 'Completed',
    'job-id': trigger.jobId,
    'vault-name': trigger.vaultName,
    'resource-group': trigger.resourceGroup,
    operation,
    item: trigger.kind.startsWith('sql') ? 'MSSQLSERVER/orders [sql-01]' : trigger.item,
    duration: 'PT1M',
  })
}

const recovery: [kind: string, operation: string][] = [
  ['vm-cross-region-restore', 'CrossRegionRestore'],
  // Its jobType is in no SDK (recorded).
  ['sql-cross-region-restore', 'Restore'],
]
for (const [kind, operation] of recovery) {
  tells(`${kind} is read by POST with the vault and the job`, async () => {
    const trigger = start(simulator, kind, quick)
    const run = await follow(simulator, { 'operation-url': trigger.operationUrl, ...vaultOf(trigger) })
    expectRestored(run, trigger, operation)
    for (const { path, query, body, headers } of posts(trigger)) {
      expect(path).toBe(
        `/subscriptions/${trigger.subscriptionId}/providers/Microsoft.RecoveryServices/locations/northeurope/backupCrrJob`,
      )
      expect(query).toBe('?api-version=2023-01-15')
      expect(JSON.parse(body)).toEqual({ resourceId: trigger.vaultId, jobName: trigger.jobId })
      expect(headers['content-type']).toMatch(/^application\/json/)
    }
    // A GET in the vault would give 404.
    expect(asked(simulator, trigger).filter(({ path }) => path.includes('/backupJobs/'))).toEqual([])
  })
}

tells('a job known by its name, with the region', async () => {
  const trigger = start(simulator, 'vm-cross-region-restore', quick)
  const inputs = { 'job-id': trigger.jobId, 'secondary-region': 'northeurope', ...vaultOf(trigger) }
  expectRestored(await follow(simulator, inputs), trigger, 'CrossRegionRestore')
  expect(posts(trigger).length).toBeGreaterThan(0)
})

tells('a job that is left is looked at again by the inputs that the summary gives', async () => {
  const trigger = start(simulator, 'vm-cross-region-restore', { ...quick, seconds: 3_600 })
  const inputs = { 'operation-url': trigger.operationUrl, ...vaultOf(trigger), 'wait-for': 'none' }
  // The operation comes to its end first.
  await simulator.clock.sleep(10_000)
  const first = await follow(simulator, inputs)
  expect(first.outputs).toMatchObject({ conclusion: 'pending', 'job-id': trigger.jobId })
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(first.summary) ?? []
  const given = Object.fromEntries(
    yaml
      .trim()
      .split('\n')
      .map((line) => line.split(': ')),
  )
  expect(given).toMatchObject({ 'secondary-region': 'northeurope' })
  const again = await follow(simulator, { ...given, 'wait-for': 'none' })
  expect(again.outputs).toMatchObject({ conclusion: 'pending', 'job-id': trigger.jobId })
})

tells('a job known by its ARM ID, which has the region and no vault', async () => {
  const trigger = start(simulator, 'vm-cross-region-restore', quick)
  const id = `/subscriptions/${trigger.subscriptionId}/providers/Microsoft.RecoveryServices/locations/northeurope/backupJobs/${trigger.jobId}`
  expectRestored(
    await follow(simulator, { 'job-id': id, ...vaultOf(trigger) }),
    trigger,
    'CrossRegionRestore',
  )
})

tells('a restore from a Backup vault is fetched with the job, the vault and its region', async () => {
  const trigger = start(simulator, 'disk-cross-region-restore', quick)
  const inputs = { 'operation-url': trigger.operationUrl, ...vaultOf(trigger), 'vault-type': 'backup' }
  expectRestored(await follow(simulator, inputs), trigger, 'Restore')
  expect(posts(trigger).length).toBeGreaterThan(0)
  for (const { path, query, body } of posts(trigger)) {
    expect(path).toBe(
      `/subscriptions/${trigger.subscriptionId}/resourceGroups/rg-prod/providers/Microsoft.DataProtection/locations/northeurope/fetchCrossRegionRestoreJob`,
    )
    expect(query).toBe('?api-version=2025-07-01')
    expect(JSON.parse(body)).toEqual({
      jobId: trigger.jobId,
      sourceBackupVaultId: trigger.vaultId,
      sourceRegion: 'westeurope',
    })
  }
  // The vault is asked for its region once.
  expect(asked(simulator, trigger).filter(({ path }) => path === trigger.vaultId)).toHaveLength(1)
})

tells('a restore from a Backup vault, known by its name', async () => {
  const trigger = start(simulator, 'disk-cross-region-restore', quick)
  const inputs = {
    'job-id': trigger.jobId,
    'secondary-region': 'northeurope',
    'vault-type': 'backup',
    ...vaultOf(trigger),
  }
  expectRestored(await follow(simulator, inputs), trigger, 'Restore')
})

for (const kind of ['vm-cross-region-restore', 'disk-cross-region-restore']) {
  tells(`reads of ${kind}, which spend the write quota, are thirty seconds apart`, async () => {
    const trigger = start(simulator, kind, { ...quick, seconds: 36_000 })
    await follow(simulator, {
      'operation-url': trigger.operationUrl,
      'poll-interval-seconds': '1',
      'timeout-minutes': '2.9',
      'vault-type': kind.startsWith('disk') ? 'backup' : 'recovery-services',
      ...vaultOf(trigger),
    })
    const seconds = pauses(posts(trigger))
    expect(seconds.length).toBeGreaterThan(1)
    // What is seen is when they arrive, to within some milliseconds of ours.
    expect(Math.min(...seconds.slice(0, -1))).toBeGreaterThan(25)
  })
}

tells('a read that fails is tried again as the read that it is, no faster', async () => {
  const trigger = start(simulator, 'vm-cross-region-restore', quick)
  simulator.fault({ kind: 'status', status: 503, method: 'POST', path: trigger.subscriptionId, times: 2 })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl, ...vaultOf(trigger) })
  expect(run.outputs.conclusion).toBe('success')
  expect(posts(trigger).filter(({ status }) => status === 503)).toHaveLength(2)
  expect(Math.min(...pauses(posts(trigger)))).toBeGreaterThan(25)
})

tells('what a restore made is there for the next step', async () => {
  const trigger = start(simulator, 'vm-cross-region-restore', quick)
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl, ...vaultOf(trigger) })
  expect(propertiesOf(run)).toMatchObject({
    'Target Storage Account Name': 'contosorestore',
    'Recovery point time': expect.stringMatching(/ (AM|PM)$/),
    'Template Blob Uri': expect.stringMatching(
      /^https:\/\/contosorestore\.blob\.core\.windows\.net\/.*\.json$/,
    ),
  })
})

tells('a job that may not be read names the action that is missing', async () => {
  const trigger = start(simulator, 'vm-cross-region-restore', quick)
  simulator.fault({ kind: 'denied', method: 'POST', path: trigger.subscriptionId })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl, ...vaultOf(trigger) })
  expect(run.outputs).toMatchObject({ conclusion: 'error', 'error-code': 'AuthorizationFailed' })
  expect(run.outputs['error-message']).toContain('Microsoft.RecoveryServices/locations/backupCrrJob/action')
})
