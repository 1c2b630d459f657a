/** A thousand jobs: how many requests a round of looks costs, how much memory it takes, and what is told. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Fleet, FleetOptions } from '../../../simulator/api.ts'
import { begin, expectWellFormed, jobsOf, levels, plainLog, type Run, type SeenRequest } from '../support.ts'
import { gaps, openWorld, readsOf, requestsTold, triedAgain, unique, type World } from './support.ts'

/** Of a thousand jobs that have been running for an hour, these end badly. */
const usual: FleetOptions = {
  jobs: 1_000,
  failed: 3,
  warnings: 2,
  startSeconds: -3_600,
  staggerSeconds: 0,
  seconds: [3_640, 3_720],
}
const megabyte = 1024

/** In MB: 137 measured, some more on a busy machine, and 168 or more without the flag of src/runner/engine.ts. */
const mostMemory = 160

/** Runs the step and samples the memory of its process, in MB. */
async function measured(world: World, inputs: Record<string, string>): Promise<{ run: Run; peak: number }> {
  const { simulator, environment } = world
  const action = begin(simulator, inputs, { environment })
  let peak = 0
  const sampler = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${action.process.pid}/status`, 'utf8')
      peak = Math.max(peak, Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / megabyte)
    } catch {
      // It has ended.
    }
  }, 20)
  try {
    const run = await action.done
    expectWellFormed(run, simulator, inputs)
    return { run, peak }
  } finally {
    clearInterval(sampler)
  }
}

/** What holds of a thousand jobs, wherever they are. */
function expectTold(run: Run, fleet: Fleet): void {
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: 'Failed', 'jobs-truncated': 'true' })
  const bad = fleet.jobs.filter(({ ends }) => ends !== 'Completed')
  expect(
    jobsOf(run)
      .slice(0, 6)
      .map(({ conclusion }) => conclusion),
  ).toEqual([...Array(3).fill('failure'), ...Array(2).fill('warning'), 'success'])
  expect(
    unique(
      jobsOf(run)
        .slice(0, 5)
        .map(({ jobId }) => String(jobId)),
    ),
  ).toEqual(unique(bad.map(({ id }) => id)))
  expect(Buffer.byteLength(run.outputs.jobs ?? '')).toBeLessThan(100_000)
  expect(Buffer.byteLength(run.summary)).toBeLessThan(1024 * 1024)
  expect(
    run.summary.startsWith('### ❌ Of 1,000 jobs, 3 failed, 2 completed with warnings, and 995 completed\n'),
  ).toBe(true)
  // What failed comes before what succeeded, which is folded.
  const folded = run.summary.indexOf('<summary>✅ 995 jobs succeeded</summary>')
  for (const { item, id } of bad) {
    expect(run.summary.indexOf(`| [${item}][vault-`)).toBeLessThan(folded)
    expect(run.summary.indexOf(id)).toBeLessThan(folded)
  }
  expect(levels(run)).toEqual(['error', 'warning'])
  expect(plainLog(run).length).toBeLessThan(150)
}

const isFirst = ({ query }: SeenRequest) => !/skiptoken/i.test(query)

/** Requests of a round of looks at all vaults: the pages of each vault's list, where that has the most. */
function roundOf(lists: SeenRequest[]): number {
  const vaults = [...Map.groupBy(lists, ({ path }) => path).values()]
  const pages = vaults.map((own) => {
    const firsts = own.flatMap((request, index) => (isFirst(request) ? [index] : []))
    return Math.max(...firsts.map((from, round) => (firsts[round + 1] ?? own.length) - from))
  })
  return pages.reduce((sum, count) => sum + count, 0)
}

async function play(
  given: FleetOptions,
  inputs: (fleet: Fleet) => Record<string, string>,
): Promise<{ run: Run; peak: number; most: number }> {
  const world = await openWorld()
  try {
    const fleet = world.simulator.fleet({ ...usual, ...given })
    const { run, peak } = await measured(world, inputs(fleet))
    expectTold(run, fleet)
    const { lists, read, all } = readsOf(world.simulator, fleet.jobs[0])
    expect(unique(read)).toEqual(unique(fleet.jobs.map(({ id }) => id)))
    expect(read).toHaveLength(1_000 + triedAgain(run))
    const looks = lists.filter(({ query }) => !/startTime/.test(query))
    for (const own of Map.groupBy(looks.filter(isFirst), ({ path }) => path).values())
      for (const gap of gaps(own)) expect(gap).toBeGreaterThan(25)
    const graph = world.simulator.requests.filter(({ path }) => path.includes('ResourceGraph')).length
    expect(requestsTold(run)).toBe(all.length + graph)
    const most = roundOf(looks)
    console.info(`${looks.length} lists, ${most} in a round; ${Math.round(peak)} MB`)
    return { run, peak, most }
  } finally {
    await world.simulator.close()
  }
}

test('1,000 jobs in 10 vaults, by protected-item: *', async () => {
  const { run, peak, most } = await play({ vaults: 10 }, ({ subscriptionIds }) => ({
    'protected-item': '*',
    'subscription-id': subscriptionIds[0] ?? '',
  }))
  expect(run.summary).toContain('| vault-10 |')
  // One for each vault; as many once, and one to Resource Graph, to find the newest jobs.
  expect(most).toBe(10)
  expect(peak).toBeLessThan(mostMemory)
})

test('1,000 jobs of one vault, by their GUIDs', async () => {
  const { peak, most } = await play({ vaults: 1 }, ({ subscriptionIds, vaults, jobs }) => ({
    'subscription-id': subscriptionIds[0] ?? '',
    'resource-group': 'rg-prod',
    'vault-name': vaults[0]?.name ?? '',
    'job-id': jobs.map(({ id }) => id).join('\n'),
  }))
  // Pages of a hundred.
  expect(most).toBe(10)
  expect(peak).toBeLessThan(mostMemory)
})
