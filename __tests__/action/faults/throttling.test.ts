/** What the service asks of its clients' pace: Retry-After is a floor, quotas slow it, and steps spread out. */
import { expect } from 'vitest'
import type { Simulator } from '../../../simulator/simulator.ts'
import { tells } from '../support.ts'
import { leaps, withLeapingSimulator } from './support/leaping-clock.ts'
import { faultsOf, follow, pausesOf, requestsTo } from './support/run.ts'

const running = {
  properties: { status: 'InProgress', operation: 'Backup', entityFriendlyName: 'web-01' },
}

/** Four reads that tell of a running job with these headers, and the pauses after them. */
async function pausesAfter(
  simulator: Simulator,
  headers: Record<string, string>,
  inputs: Record<string, string> = {},
): Promise<number[]> {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 1 })
  simulator.fault({ kind: 'status', status: 200, body: running, headers, path: jobId, times: 4 })
  const run = await follow(simulator, { 'job-id': jobResourceId, 'timeout-minutes': '100', ...inputs })
  expect(run.outputs.conclusion).toBe('success')
  expect(faultsOf(run)).toEqual([])
  const pauses = pausesOf(requestsTo(simulator, 'resource-manager', new RegExp(jobId)))
  expect(pauses).toHaveLength(4)
  return pauses
}

function expectWithin(pauses: number[], least: number, most: number): void {
  for (const pause of pauses) {
    expect(pause).toBeGreaterThanOrEqual(least)
    // A loaded machine is slower by what a request takes.
    expect(pause).toBeLessThan(most + 2)
  }
}

leaps('no Retry-After: as the action likes', async (simulator) => {
  const pauses = await pausesAfter(simulator, {})
  expectWithin(pauses, 1, 30)
})

leaps('Retry-After of a 200, in seconds', async (simulator) => {
  expectWithin(await pausesAfter(simulator, { 'Retry-After': '100' }), 100, 105)
})

leaps('Retry-After of a 200, as a date', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 1 })
  const fault = { kind: 'status', status: 200, body: running, path: jobId, times: 4 } as const
  simulator.fault({ ...fault, retryAfterSeconds: 100, retryAfterAsDate: true })
  const run = await follow(simulator, { 'job-id': jobResourceId })
  expect(run.outputs.conclusion).toBe('success')
  expectWithin(pausesOf(requestsTo(simulator, 'resource-manager', new RegExp(jobId))), 99, 105)
})

leaps('Retry-After is kept up to ten minutes, and no longer', async (simulator) => {
  expectWithin(await pausesAfter(simulator, { 'Retry-After': '600' }), 600, 630)
})

leaps('a Retry-After of an hour counts as ten minutes', async (simulator) => {
  expectWithin(await pausesAfter(simulator, { 'Retry-After': '3600' }), 600, 630)
})

leaps('Retry-After of a 200 is kept whatever poll-interval-seconds says', async (simulator) => {
  expectWithin(
    await pausesAfter(simulator, { 'Retry-After': '45' }, { 'poll-interval-seconds': '1' }),
    45,
    48,
  )
})

leaps('a Retry-After that is none is no reason to wait, or to fail', async (simulator) => {
  expectWithin(await pausesAfter(simulator, { 'Retry-After': 'soon' }), 1, 30)
})

leaps('Retry-After of a 429, up to ten minutes', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 1 })
  simulator.fault({ kind: 'status', status: 429, retryAfterSeconds: 7200, path: jobId, times: 2 })
  const run = await follow(simulator, { 'job-id': jobResourceId })
  expect(run.outputs.conclusion).toBe('success')
  expectWithin(pausesOf(requestsTo(simulator, 'resource-manager', new RegExp(jobId))), 600, 630)
})

leaps('Retry-After of a 202', async (simulator) => {
  const { locationUrl, operationId } = simulator.backup({
    operationSeconds: 400,
    seconds: 500,
    retryAfterSeconds: 90,
  })
  const run = await follow(simulator, { 'operation-url': locationUrl })
  expect(run.outputs.conclusion).toBe('success')
  const looks = requestsTo(simulator, 'resource-manager', new RegExp(`operationResults/${operationId}`))
  expect(looks.slice(0, -1).map(({ status }) => status)).toEqual([202, 202, 202, 202, 202])
  expectWithin(pausesOf(looks), 90, 95)
})

leaps('Retry-After beyond the deadline: no read against it', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 3600 })
  simulator.fault({
    kind: 'status',
    status: 200,
    body: running,
    headers: { 'Retry-After': '300' },
    path: jobId,
  })
  const run = await follow(simulator, { 'job-id': jobResourceId, 'timeout-minutes': '12' })
  expect(run.outputs.conclusion).toBe('timed-out')
  const reads = requestsTo(simulator, 'resource-manager', new RegExp(jobId))
  expect(reads).toHaveLength(3)
  expectWithin(pausesOf(reads), 300, 315)
})

for (const [name, left, least, most] of [
  ['subscription-reads', '3', 120, 120],
  ['subscription-resource-requests', '15', 60, 60],
  ['tenant-reads', '11999', 1, 30],
] as const) {
  leaps(`${left} requests left (${name}): ${least} to ${most} seconds`, async (simulator) => {
    expectWithin(await pausesAfter(simulator, { [`x-ms-ratelimit-remaining-${name}`]: left }), least, most)
  })
}

leaps(
  'a quota of 40 reads in five minutes is never used up',
  async (simulator) => {
    const { jobResourceId, jobId } = simulator.backup({ seconds: 3600 })
    const run = await follow(simulator, { 'job-id': jobResourceId, 'poll-interval-seconds': '1' })
    expect(run.outputs.conclusion).toBe('success')
    const reads = requestsTo(simulator, 'resource-manager', new RegExp(jobId))
    expect(reads.filter(({ status }) => status === 429)).toEqual([])
    expect(reads.length).toBeGreaterThan(100)
  },
  { readsPerWindow: 40 },
)

leaps('reads by POST, which spend the quota of writes, are slow from the start', async (simulator) => {
  const { operationUrl, jobId, resourceGroup, vaultName } = simulator.start('vm-cross-region-restore', {
    seconds: 200,
  })
  const inputs = { 'operation-url': operationUrl, 'resource-group': resourceGroup, 'vault-name': vaultName }
  const run = await follow(simulator, inputs)
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': jobId })
  const reads = requestsTo(simulator, 'resource-manager', /backupCrrJob$/)
  expect(reads.length).toBeGreaterThan(4)
  expectWithin(pausesOf(reads), 30, 40)
})

tells('several steps at once spread out', async () => {
  const elapsed = await Promise.all(
    [1, 2, 3].map(() =>
      withLeapingSimulator({}, async (simulator) => {
        const { jobResourceId, jobId } = simulator.backup({ seconds: 5400 })
        const fault = { kind: 'status', status: 429, retryAfterSeconds: 60 } as const
        simulator.fault({ ...fault, path: jobId, skip: 100, times: 8 })
        await follow(simulator, { 'job-id': jobResourceId })
        const reads = requestsTo(simulator, 'resource-manager', new RegExp(jobId))
        const usual = pausesOf(reads.slice(80, 100))
        const asked = pausesOf(reads.slice(100, 109))
        expectWithin(usual, 30 * 0.85, 30)
        expectWithin(asked, 60, 63)
        expect(Math.max(...usual) - Math.min(...usual)).toBeGreaterThan(1)
        expect(Math.max(...asked) - Math.min(...asked)).toBeGreaterThan(0.5)
        return ((reads[100]?.at ?? 0) - (reads[0]?.at ?? 0)) / 1000
      }),
    ),
  )
  expect(Math.max(...elapsed) - Math.min(...elapsed)).toBeGreaterThan(0.5)
})
