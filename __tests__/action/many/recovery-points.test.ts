/** `verify-recovery-point`: a good backup has to have made one. */
import { expect } from 'vitest'
import { asked, follow, jobsOf, levels, type Run, simulate, start, type Trigger, tells } from '../support.ts'
import { gaps, ids, protect, runningJobs, tellsIn, vaultOf } from './support.ts'

const simulator = await simulate()
const verify = { 'verify-recovery-point': 'true' }

function pointReads(of: { subscriptionId: string }, where = simulator) {
  return asked(where, of).filter(({ path }) => path.endsWith('/recoveryPoints'))
}

function expectPoint(run: Run, id: RegExp, type: string): void {
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    'recovery-point-id': expect.stringMatching(id),
    'recovery-point-type': type,
  })
  const time = Date.parse(run.outputs['recovery-point-time'] ?? '')
  const slack = 1_000
  expect(time).toBeGreaterThanOrEqual(Date.parse(run.outputs['start-time'] ?? '') - slack)
  expect(time).toBeLessThanOrEqual(Date.parse(run.outputs['end-time'] ?? '') + slack)
  expect(jobsOf(run)[0]).toMatchObject({
    recoveryPointId: run.outputs['recovery-point-id'],
    recoveryPointTime: run.outputs['recovery-point-time'],
    recoveryPointType: type,
  })
  expect(run.summary).toContain('| Recovery point (UTC) |')
  expect(run.summary).toContain(type)
}

// By the operation's URL, the item found by the job's name or instance; never one of the older points.
const kinds: [kind: string, id: RegExp, type: string][] = [
  ['vm-backup', /^\d{14,15}$/, 'AppConsistent (InstantRP, HardenedRP)'],
  ['sql-backup', /^\d{14,15}$/, 'Full (HardenedRP)'],
  ['hana-backup', /^\d{14,15}$/, 'Full (HardenedRP)'],
  ['file-share-backup', /^\d{18}$/, 'FileSystemConsistent'],
  ['disk-backup', /^[0-9a-f]{32}$/, 'Incremental (OperationalStore)'],
  ['postgres-backup', /^[0-9a-f]{32}$/, 'Full (VaultStore)'],
]
for (const [kind, id, type] of kinds) {
  tells(`the point of a ${kind} is an output, by its operation’s URL`, async () => {
    const trigger = start(simulator, kind, { seconds: 20 })
    const run = await follow(simulator, { 'operation-url': trigger.operationUrl, ...verify })
    expectPoint(run, id, type)
    expect(pointReads(trigger)).toHaveLength(1)
  })
}

tells('the item is found by its name where a job is given alone', async () => {
  const one = start(simulator, 'sql-backup', { seconds: 0, item: 'orders', container: 'sql-a' })
  const { subscriptionId } = one
  start(simulator, 'sql-backup', { subscriptionId, seconds: 0, item: 'orders', container: 'sql-b' })
  start(simulator, 'sql-backup', { subscriptionId, seconds: 0, item: 'orders-2', container: 'sql-a' })
  const run = await follow(simulator, { 'job-id': one.jobResourceId, ...verify })
  expectPoint(run, /^\d+$/, 'Full (HardenedRP)')
  const [read] = pointReads(one)
  expect(decodeURIComponent(read?.path ?? '').toLowerCase()).toContain(
    ';sql-a/protecteditems/sqldatabase;mssqlserver;orders/',
  )
  expect(new URLSearchParams(read?.query).get('$filter')).toMatch(
    /^startDate eq '\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [AP]M' and endDate eq '.*[AP]M'$/,
  )
})

tells('a gate on last night has the point of that job, not a later one', async () => {
  const item = protect(simulator, { item: 'web-01' }, [
    { hoursAgo: 3, operation: 'Restore' },
    { hoursAgo: 9, options: { recoveryPointType: 'CrashConsistent' } },
    { hoursAgo: 33 },
  ])
  const run = await follow(simulator, { ...vaultOf(item), 'protected-item': 'web-01', ...verify })
  expectPoint(run, /^\d+$/, 'CrashConsistent (InstantRP, HardenedRP)')
  expect(run.outputs['job-id']).toBe(item.jobs[1]?.id)
})

tells('a point that was never made last night fails at once: its ten minutes are long over', async () => {
  const item = protect(simulator, { item: 'web-01' }, [
    { hoursAgo: 9, options: { recoveryPointSeconds: null } },
    { hoursAgo: 33 },
  ])
  const run = await follow(simulator, { ...vaultOf(item), 'protected-item': 'web-01', ...verify })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: 'Completed', 'recovery-point-id': '' })
  expect(pointReads(item)).toHaveLength(1)
})

tellsIn('a point that appears late is waited for', {}, async (world) => {
  const trigger = start(world.simulator, 'vm-backup', { seconds: 20, recoveryPointSeconds: 60 })
  const run = await world.run({ 'job-id': trigger.jobResourceId, ...verify })
  expectPoint(run, /^\d+$/, 'AppConsistent (InstantRP, HardenedRP)')
  const reads = pointReads(trigger, world.simulator)
  expect(reads.length).toBeGreaterThan(2)
  for (const gap of gaps(reads)) expect(gap).toBeGreaterThanOrEqual(15)
})

tellsIn(
  'a point that never appears is a failure, ten minutes after the end',
  { speed: 150 },
  async (world) => {
    const trigger = start(world.simulator, 'disk-backup', { seconds: 30, recoveryPointSeconds: null })
    const run = await world.run({ 'operation-url': trigger.operationUrl, ...verify })
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({
      conclusion: 'failure',
      status: 'Completed',
      'job-id': trigger.jobId,
      'recovery-point-id': '',
      'recovery-point-time': '',
    })
    expect(run.outputs['error-message']).toMatch(
      new RegExp(`^Job ${trigger.jobId} made no recovery point that the vault shows: `),
    )
    expect(levels(run)).toEqual(['error'])
    expect(run.annotations[0]?.title).toMatch(
      /^Backup of data-disk-01 ended after 30s, but its recovery point is not there/,
    )
    const end = Date.parse(run.outputs['end-time'] ?? '')
    const last = ((pointReads(trigger, world.simulator).at(-1)?.at ?? 0) - end) / 1000
    expect(last).toBeGreaterThan(560)
    expect(last).toBeLessThan(700)
  },
)

tellsIn('the deadline may come before', {}, async (world) => {
  const trigger = start(world.simulator, 'vm-backup', { seconds: 0, recoveryPointSeconds: null })
  const run = await world.run({ 'job-id': trigger.jobResourceId, ...verify, 'timeout-minutes': '1' })
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: 'Completed' })
  const reads = pointReads(trigger, world.simulator)
  expect(reads.length).toBeGreaterThan(2)
  expect((reads.at(-1)?.at ?? 0) - (reads[0]?.at ?? 0)).toBeLessThan(75_000)
})

tellsIn('wait-for: snapshot is content with a point in the snapshot tier', {}, async (world) => {
  const trigger = start(world.simulator, 'vm-backup', { seconds: 36_000, snapshotSeconds: 20 })
  const inputs = { 'operation-url': trigger.operationUrl, 'wait-for': 'snapshot', ...verify }
  const run = await world.run(inputs)
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    status: 'InProgress',
    'snapshot-completed': 'true',
    'recovery-point-id': expect.stringMatching(/^\d+$/),
    'recovery-point-type': 'AppConsistent (InstantRP)',
  })
})

const unverified: [
  name: string,
  kind: string,
  options: object,
  expected: object,
  exitCode: number,
  said: string[],
][] = [
  [
    'a restore makes none, and is said to',
    'vm-restore',
    {},
    { conclusion: 'success', operation: 'Restore' },
    0,
    ['notice'],
  ],
  [
    'an operation that started no job has none, and is said to',
    'vm-backup',
    { noJob: true },
    { conclusion: 'success', status: 'Succeeded' },
    0,
    ['notice'],
  ],
  [
    'a failed backup is looked at no further',
    'vm-backup',
    { ends: 'Failed' },
    { conclusion: 'failure', status: 'Failed' },
    1,
    ['error'],
  ],
]
for (const [name, kind, options, expected, exitCode, said] of unverified) {
  tells(name, async () => {
    const trigger: Trigger = start(simulator, kind, { seconds: 0, ...options })
    const run = await follow(simulator, { 'operation-url': trigger.operationUrl, ...verify })
    expect(run.exitCode).toBe(exitCode)
    expect(run.outputs).toMatchObject({ ...expected, 'recovery-point-id': '' })
    expect(levels(run)).toEqual(said)
    expect(pointReads(trigger)).toEqual([])
  })
}

tells('a backup with warnings has a point all the same, and stays a warning', async () => {
  const trigger = start(simulator, 'vm-backup', { seconds: 10, ends: 'CompletedWithWarnings' })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl, ...verify })
  expect(run.outputs).toMatchObject({
    conclusion: 'warning',
    'recovery-point-type': 'FileSystemConsistent (InstantRP, HardenedRP)',
  })
})

tells('an identity that may not read points is an error, and says what is missing', async () => {
  const trigger = start(simulator, 'vm-backup', { seconds: 0 })
  simulator.fault({ kind: 'denied', path: `${trigger.subscriptionId}.*recoveryPoints` })
  const run = await follow(simulator, { 'job-id': trigger.jobResourceId, ...verify })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'error', status: 'Completed', 'job-id': trigger.jobId })
  expect(run.outputs['error-message']).toContain('The identity lacks the role Backup Reader')
  expect(run.annotations[0]?.title).toMatch(
    /^Backup of web-01 completed.*, but its recovery point could not be verified$/,
  )
  expect(run.annotations[0]?.message).toContain('The backup itself is complete. Fix what the message says; ')
  expect(run.summary).toContain('Completed, not verified |')
  expect(run.summary).not.toMatch(/not followed|not known|may well go on/)
})

tells('a point of another job within the time of one that names its own is no proof', async () => {
  const extendedInfo = { targetRecoverPoint: { recoveryPointID: 'f'.repeat(32) } }
  const item = protect(simulator, { source: 'disk', item: 'disk-1' }, [
    { hoursAgo: 9, seconds: 7_200, options: { extendedInfo, recoveryPointSeconds: null } },
    { hoursAgo: 8.5 },
  ])
  const run = await follow(simulator, { 'job-id': item.jobs[0]?.resourceId ?? '', ...verify })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: 'Completed', 'recovery-point-id': '' })
  expect(run.outputs['error-message']).toContain(`${'f'.repeat(32)}, which the job names, was not there`)
})

tells('wait-for: none looks once, and passes on while the point may yet come', async () => {
  const trigger = start(simulator, 'vm-backup', { seconds: 0, recoveryPointSeconds: null })
  const run = await follow(simulator, { 'job-id': trigger.jobResourceId, 'wait-for': 'none', ...verify })
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ conclusion: 'pending', status: 'Completed', 'recovery-point-id': '' })
  expect(pointReads(trigger)).toHaveLength(1)
  expect(run.log.join('\n')).toContain('; its recovery point is not there yet')
})

tells('many jobs have their points each', async () => {
  const vm = start(simulator, 'vm-backup', { seconds: 5 })
  const disk = start(simulator, 'disk-backup', { seconds: 5, recoveryPointSeconds: 30 })
  const run = await follow(simulator, { 'job-id': `${vm.jobResourceId}\n${disk.jobResourceId}`, ...verify })
  expect(jobsOf(run).map(({ jobId, recoveryPointType }) => [jobId, recoveryPointType])).toEqual([
    [vm.jobId, 'AppConsistent (InstantRP, HardenedRP)'],
    [disk.jobId, 'Incremental (OperationalStore)'],
  ])
})

tellsIn('thirty jobs of one vault take one question to Resource Graph', {}, async ({ simulator, run }) => {
  const jobs = runningJobs(simulator, 30, { endsIn: (index) => -60 - index })
  const done = await run({ ...ids(jobs), ...verify })
  expect(done.outputs.conclusion).toBe('success')
  expect(jobsOf(done).filter(({ recoveryPointId }) => recoveryPointId === '')).toEqual([])
  const questions = simulator.requests.filter(({ path }) => path.includes('Microsoft.ResourceGraph'))
  expect(questions).toHaveLength(1)
})
