/** The output `jobs` of many jobs, and lists that are as long as an input can be. */
import { expect } from 'vitest'
import { follow, jobsOf, levels, plainLog, simulate, start, tells } from '../support.ts'
import { tellsIn } from './support.ts'

const simulator = await simulate()
/** What Linux gives one variable: name, `=`, value and the end in 128 KiB. */
const room = 131_072 - 'INPUT_JOB-ID='.length - 1
const ids = (count: number) => Array.from({ length: count }, () => crypto.randomUUID()).join('\n')

tellsIn('jobs of 400 is JSON under 100 kB, the worst first, and says that it is cut', {}, async (world) => {
  const fleet = world.simulator.fleet({
    vaults: 4,
    jobs: 400,
    ended: 400,
    failed: 30,
    warnings: 20,
    cancelled: 10,
    seconds: [60, 300],
  })
  const given = fleet.jobs.map(({ resourceId }) => resourceId).join('\n')
  const run = await world.run({ 'job-id': given })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: 'Failed', 'jobs-truncated': 'true' })
  expect(Buffer.byteLength(run.outputs.jobs ?? '')).toBeLessThanOrEqual(100_000)
  const jobs = jobsOf(run)
  expect(jobs.length).toBeGreaterThan(150)
  expect(jobs.slice(0, 61).map(({ conclusion }) => conclusion)).toEqual([
    ...Array(30).fill('failure'),
    ...Array(10).fill('cancelled'),
    ...Array(20).fill('warning'),
    'success',
  ])
  // The first of them is what the single outputs speak of; bags and recommendations went first.
  expect(jobs[0]).toMatchObject({
    jobId: run.outputs['job-id'],
    errorCode: '400095',
    properties: {},
    recommendedAction: '',
  })
  expect(run.outputs['recommended-action']).toContain('VM agent')
  expect(JSON.parse(run.outputs.properties ?? '')).not.toEqual({})
  expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(jobs.length)
  // One for each cause, by a name.
  expect(levels(run)).toEqual(['error', 'error', 'warning'])
  expect(run.annotations[0]?.title).toMatch(
    /^30 jobs failed: UserErrorGuestAgentStatusUnavailable \(400095\)$/,
  )
  expect(run.annotations[1]?.title).toBe('10 jobs were cancelled')
  expect(run.annotations[2]?.title).toMatch(/^20 jobs completed with warnings/)
  expect(run.summary).toContain(
    '### ❌ Of 400 jobs, 30 failed, 10 were cancelled, 20 completed with warnings, and 340 completed',
  )
  expect(plainLog(run).length).toBeLessThan(60)
})

tells('each output of one job fits into a variable, however much Azure recommends', async () => {
  const one = start(simulator, 'vm-backup', { seconds: 0, ends: 'Failed' })
  const recommendations = Array.from({ length: 100 }, (_, n) => `${n} ${'do this '.repeat(300)}`)
  const errorDetails = [{ errorCode: 1, errorTitle: 'Title', errorString: 'Text', recommendations }]
  const propertyBag = Object.fromEntries(recommendations.map((text, n) => [`p${n}`, text]))
  simulator.override(({ path }) =>
    path.endsWith(`/backupJobs/${one.jobId}`)
      ? {
          status: 200,
          body: {
            id: one.jobResourceId,
            name: one.jobId,
            properties: { status: 'Failed', errorDetails, extendedInfo: { propertyBag } },
          },
        }
      : undefined,
  )
  const run = await follow(simulator, { 'job-id': one.jobResourceId })
  expect(run.outputs).toMatchObject({ conclusion: 'failure', 'jobs-truncated': 'true' })
  for (const [name, value] of Object.entries(run.outputs))
    expect(Buffer.byteLength(value), name).toBeLessThanOrEqual(100_000)
  expect(run.outputs['recommended-action']).toMatch(/^0 do this .*…$/)
})

tells('jobs of a few is whole', async () => {
  const one = start(simulator, 'vm-backup', { seconds: 0, ends: 'Failed' })
  const two = start(simulator, 'vm-restore', { seconds: 0 })
  const run = await follow(simulator, { 'job-id': `${two.jobResourceId}\n${one.jobResourceId}` })
  expect(run.outputs['jobs-truncated']).toBe('false')
  const [failed, good] = jobsOf(run)
  expect(failed).toMatchObject({ jobId: one.jobId, conclusion: 'failure', vaultName: one.vaultName })
  expect(failed?.recommendedAction).toContain('VM agent')
  expect(good).toMatchObject({ jobId: two.jobId, conclusion: 'success', operation: 'Restore', errorCode: '' })
  expect(good?.properties).toHaveProperty('Config Blob Name')
  // A matrix is made of it: nothing in it is masked, so that the runner does not drop it.
  expect(run.masks.filter((mask) => run.outputs.jobs?.includes(mask))).toEqual([])
  expect(run.outputs.jobs).not.toContain(one.subscriptionId)
})

const vault = {
  'subscription-id': '0b1f6471-1bf0-4dda-aec3-cb9272f09590',
  'resource-group': 'rg-prod',
  'vault-name': 'vault-prod',
}
const cut: [name: string, value: string, says: RegExp][] = [
  [
    'as long as a variable can be',
    ids(3_600).slice(0, room),
    /is as long as an environment variable can be \(128 KiB\), so its end may be cut off; split it over several steps/,
  ],
  [
    'as long as a variable can be, cut off between two lines',
    `${'x'.repeat(room % 37)}${ids(3_600)}`.slice(0, room - 1).concat('\n'),
    /is as long as an environment variable can be \(128 KiB\)/,
  ],
  [
    'that ends in half a GUID',
    `${ids(20)}\n8eece52b-e77d`,
    /ends in "8eece52b-e77d", while every other of its 21 values/,
  ],
]
for (const [name, value, says] of cut) {
  tells(`a list ${name} is an error before any request`, async () => {
    const run = await follow(simulator, { ...vault, 'job-id': value })
    expect(run.exitCode).toBe(1)
    expect(run.annotations).toHaveLength(1)
    expect(run.annotations[0]?.message).toMatch(says)
    expect(run.annotations[0]?.message.startsWith('Input job-id ')).toBe(true)
    expect(simulator.requests.filter(({ path }) => path.includes(vault['subscription-id']))).toEqual([])
  })
}
