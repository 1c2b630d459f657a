/** What the service asks of its clients' pace: Retry-After is a floor, quotas slow it, and steps spread out. */
import { expect } from 'vitest'
import type { Simulator } from '../../../simulator/simulator.ts'
import { tells } from '../support.ts'
import { leaps, withLeapingSimulator } from './support/leaping-clock.ts'
import { faultsOf, follow, pausesOf, requestsTo } from './support/run.ts'

const running = {
  properties: { status: 'InProgress', operation: 'Backup', entityFriendlyName: 'web-01' },
}

/** What some reads of a running job come with, and the seconds that have to pass after each of them. */
interface Pace {
  headers: Record<string, string>
  least: number
  most: number
}

/** Follows a job through them, so many reads of each. */
async function followThrough(
  simulator: Simulator,
  paces: Pace[],
  times: number,
  inputs: Record<string, string> = {},
): Promise<void> {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 1 })
  for (const { headers } of paces)
    simulator.fault({ kind: 'status', status: 200, body: running, headers, path: jobId, times })
  const run = await follow(simulator, { 'job-id': jobResourceId, 'timeout-minutes': '300', ...inputs })
  expect(run.outputs.conclusion).toBe('success')
  expect(faultsOf(run)).toEqual([])
  const pauses = pausesOf(requestsTo(simulator, 'resource-manager', new RegExp(jobId)))
  expect(pauses).toHaveLength(paces.length * times)
  for (const [index, { least, most }] of paces.entries())
    expectWithin(pauses.slice(index * times, (index + 1) * times), least, most)
}

function expectWithin(pauses: number[], least: number, most: number): void {
  for (const pause of pauses) {
    expect(pause).toBeGreaterThanOrEqual(least)
    // A loaded machine is slower by what a request takes.
    expect(pause).toBeLessThan(most + 2)
  }
}

leaps('Retry-After, where there is one, is kept, ten minutes at the most', (simulator) =>
  followThrough(
    simulator,
    [
      { headers: {}, least: 1, most: 30 },
      { headers: { 'Retry-After': '100' }, least: 100, most: 105 },
      { headers: { 'Retry-After': '600' }, least: 600, most: 630 },
      // Of an hour, ten minutes count.
      { headers: { 'Retry-After': '3600' }, least: 600, most: 630 },
      // One that is none is no reason to wait, or to fail.
      { headers: { 'Retry-After': 'soon' }, least: 1, most: 30 },
    ],
    4,
  ),
)

leaps('few requests left: slower', (simulator) =>
  followThrough(
    simulator,
    [
      { headers: { 'x-ms-ratelimit-remaining-subscription-reads': '3' }, least: 120, most: 120 },
      { headers: { 'x-ms-ratelimit-remaining-subscription-resource-requests': '15' }, least: 60, most: 60 },
      { headers: { 'x-ms-ratelimit-remaining-tenant-reads': '11999' }, least: 1, most: 30 },
    ],
    4,
  ),
)

leaps('Retry-After of a 429, up to ten minutes', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 1 })
  simulator.fault({ kind: 'status', status: 429, retryAfterSeconds: 7200, path: jobId, times: 2 })
  const run = await follow(simulator, { 'job-id': jobResourceId })
  expect(run.outputs.conclusion).toBe('success')
  expectWithin(pausesOf(requestsTo(simulator, 'resource-manager', new RegExp(jobId))), 600, 630)
})

leaps('Retry-After of a 202, where only the Location URL knows the operation', async (simulator) => {
  const { locationUrl, operationId } = simulator.backup({
    operationSeconds: 400,
    seconds: 500,
    retryAfterSeconds: 90,
  })
  const path = `backupOperations/${operationId}`
  simulator.fault({ kind: 'status', status: 404, path, forSeconds: 400 })
  const run = await follow(simulator, { 'operation-url': locationUrl })
  expect(run.outputs.conclusion).toBe('success')
  const looks = requestsTo(simulator, 'resource-manager', new RegExp(`operationResults/${operationId}`))
  expect(looks.map(({ status }) => status).filter((status) => status === 202)).toHaveLength(5)
  expectWithin(pausesOf(looks.slice(0, 5)), 90, 95)
})

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
