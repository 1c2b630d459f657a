/** Restores from another tenant's vault (preview): all of it is below the vault's mapping, and nowhere else. */
import { expect } from 'vitest'
import { addWorkflow } from '../../simulator/github/world.ts'
import {
  asked,
  askedFor,
  begin,
  expectWellFormed,
  follow,
  jobsOf,
  levels,
  type Run,
  simulate,
  start,
  type Trigger,
  tells,
  visible,
} from './support.ts'

const simulator = await simulate()
const quick = { seconds: 60, operationSeconds: 5 }
const kind = 'vm-cross-tenant-restore'
const preview = '?api-version=2026-03-31-preview'

function expectRestored(run: Run, { jobId, vaultName, item }: Trigger): void {
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    status: 'Completed',
    'job-id': jobId,
    'vault-name': vaultName,
    operation: 'Restore',
    item,
    duration: 'PT1M',
  })
}

/** Nothing of the vault itself is asked for: no operation, no job, no list. */
function expectBelow(trigger: Trigger, mapping = 'mapping-01'): void {
  const below = `${trigger.vaultId}/backupCrossTenantVaultMappings/${mapping}/`
  const paths = asked(simulator, trigger).map(({ path }) => path)
  expect(paths.length).toBeGreaterThan(0)
  expect(paths.filter((path) => !path.toLowerCase().startsWith(below.toLowerCase()))).toEqual([])
}

for (const [name, url] of [
  ['Azure-AsyncOperation', (trigger: Trigger) => trigger.operationUrl],
  ['Location', (trigger: Trigger) => trigger.locationUrl],
  ['operation’s ARM ID', (trigger: Trigger) => new URL(trigger.operationUrl).pathname],
] as const) {
  tells(`by its ${name}`, async () => {
    const trigger = start(simulator, kind, { ...quick, mapping: 'From-Contoso' })
    const run = await follow(simulator, { 'operation-url': url(trigger) })
    expectRestored(run, trigger)
    expectBelow(trigger, 'From-Contoso')
    expect(askedFor(simulator, trigger)).toContain(
      `GET ${trigger.vaultId}/backupCrossTenantVaultMappings/From-Contoso/backupJobs/${trigger.jobId}${preview}`,
    )
  })
}

for (const [name, id] of [
  ['as it is', (trigger: Trigger) => trigger.jobResourceId],
  ['with the host', (trigger: Trigger) => simulator.resourceManagerUrl + trigger.jobResourceId],
  [
    'in odd case',
    ({ jobResourceId }: Trigger) => jobResourceId.replace('CrossTenantVault', 'crosstenantvault'),
  ],
] as const) {
  tells(`by its job’s ARM ID, ${name}`, async () => {
    const trigger = start(simulator, kind, quick)
    expectRestored(await follow(simulator, { 'job-id': id(trigger) }), trigger)
    expectBelow(trigger)
  })
}

tells('a URL that was given keeps its own api-version, and the job is read in ours', async () => {
  const trigger = start(simulator, kind, quick)
  const url = trigger.operationUrl.replace('2026-03-31', '2026-08-31')
  expectRestored(await follow(simulator, { 'operation-url': url }), trigger)
  const versions = asked(simulator, trigger).map(({ path, query }) => [path.includes('/backupJobs/'), query])
  expect(new Set(versions.map(String))).toEqual(
    new Set([`false,?api-version=2026-08-31-preview`, `true,${preview}`]),
  )
})

tells('one that fails fails the step', async () => {
  const trigger = start(simulator, kind, { ...quick, ends: 'Failed' })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: 'Failed', 'job-id': trigger.jobId })
  expect(run.outputs['error-message']).not.toBe('')
  expectBelow(trigger)
})

tells('a validation starts no job; what it finds fails the step', async () => {
  const good = start(simulator, 'cross-tenant-validate', quick)
  for (const url of [good.operationUrl, good.locationUrl]) {
    const run = await follow(simulator, { 'operation-url': url })
    expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Succeeded', 'job-id': '' })
  }
  expectBelow(good)
  const bad = start(simulator, 'cross-tenant-validate', {
    ...quick,
    validationResults: [{ code: 'UserErrorQuota', message: 'The quota is used up.', recommendations: [] }],
  })
  const run = await follow(simulator, { 'operation-url': bad.operationUrl })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', 'job-id': '', 'error-code': 'UserErrorQuota' })
})

tells('verify-recovery-point: a notice that a restore makes none', async () => {
  const trigger = start(simulator, kind, quick)
  const run = await follow(simulator, {
    'operation-url': trigger.operationUrl,
    'verify-recovery-point': 'true',
  })
  expectRestored(run, trigger)
  expect(levels(run)).toEqual(['notice'])
  expect(run.annotations[0]?.message).toContain('is no backup (its operation is "Restore")')
})

tells('two mappings and the vault: each job is read where it is, many too', async () => {
  const subscriptionId = crypto.randomUUID()
  const some = (mapping: string) =>
    ['vm-1', 'vm-2', 'vm-3'].map((item) =>
      start(simulator, kind, { ...quick, subscriptionId, mapping, item }),
    )
  const restores = [...some('a'), ...some('b')]
  const backups = Array.from({ length: 7 }, (_, index) =>
    start(simulator, 'vm-backup', { ...quick, subscriptionId, item: `vm-${index}` }),
  )
  const all = [...restores, ...backups]
  const run = await follow(simulator, { 'job-id': all.map(({ jobResourceId }) => jobResourceId).join('\n') })
  expect(run.outputs.conclusion).toBe('success')
  expect(
    jobsOf(run)
      .map(({ jobId }) => jobId)
      .sort(),
  ).toEqual(all.map(({ jobId }) => jobId).sort())
  const paths = asked(simulator, { subscriptionId }).map(({ path }) => path)
  for (const { jobResourceId } of restores) expect(paths).toContain(jobResourceId)
  // The backups still share the vault's list.
  expect(paths.some((path) => path.endsWith('/vaults/vault-prod/backupJobs'))).toBe(true)
  expect(paths.filter((path) => /Mappings\/[^/]+\/backupJobs\/?$/.test(path))).toEqual([])
})

tells(
  'cancel-job: nothing is asked of Azure, and what stands there looks again at that very job',
  async () => {
    const trigger = start(simulator, kind, { ...quick, seconds: 36_000 })
    const inputs = { 'operation-url': trigger.operationUrl, 'cancel-job': 'on-cancel' }
    const step = begin(simulator, inputs)
    await step.waitForLine(/InProgress/)
    step.kill()
    const run = await step.done
    expectWellFormed(run, simulator, inputs)
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ conclusion: 'pending', 'job-id': trigger.jobId })
    const said = run.annotations.map(({ message }) => message).join('\n')
    expect(said).toContain(`Job ${trigger.jobId} goes on: Azure offers no way to cancel cross-tenant jobs.`)
    expect(said).toContain('It was not cancelled: Azure offers no way to cancel a job of this kind.')
    expect(asked(simulator, trigger).filter(({ method }) => method !== 'GET')).toEqual([])
    const [, id = ''] = /^job-id: "?([^"\n]+)/m.exec(run.summary) ?? []
    expect(id).toBe(trigger.jobResourceId)
    const again = await follow(simulator, { 'job-id': id, 'wait-for': 'none' })
    expect(again.outputs).toMatchObject({
      conclusion: 'pending',
      status: 'InProgress',
      'job-id': trigger.jobId,
    })
  },
)

tells('continue-with hands on the full ARM ID, with which the next run finds the job', async () => {
  const { github } = simulator
  addWorkflow(github, 'follow.yml', { inputs: { 'job-id': { required: true }, 'pull-request': {} } })
  const trigger = start(simulator, kind, { ...quick, seconds: 36_000 })
  const look = { 'wait-for': 'none', 'continue-with': 'follow.yml', 'github-token': github.token }
  const run = await follow(simulator, { ...look, 'job-id': trigger.jobResourceId })
  expect(run.exitCode).toBe(0)
  const handed = github.runs.at(-1)?.inputs['job-id'] ?? ''
  expect(handed).toBe(trigger.jobResourceId)
  const next = await follow(simulator, { 'job-id': handed, 'wait-for': 'none' })
  expect(next.outputs).toMatchObject({ conclusion: 'pending', 'job-id': trigger.jobId })
})

tells('one that is not there is an error, once it may no longer appear', async () => {
  const trigger = start(simulator, kind, quick)
  const elsewhere = trigger.jobResourceId.replace('mapping-01', 'mapping-02')
  const run = await follow(simulator, { 'job-id': elsewhere })
  expect(run.outputs).toMatchObject({ conclusion: 'error', 'error-code': 'ResourceNotFound' })
  expect(visible(run).join('\n')).toContain('There is no such job (any more)')
  expectBelow(trigger, 'mapping-02')
})
