/** A day's wait of 4,000 reads: nothing piles up, and the process ends by itself. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { leaps } from './support/leaping-clock.ts'
import { faultsOf, follow, requestsTo } from './support/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'leaks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const day = 24 * 3600

interface Watched {
  /** Whether the process ended for want of anything to do. */
  drained: boolean
  pauses: number
  samples: { pauses: number; used: number; rss: number; listeners: number; resources: string[] }[]
  /** What was still open at its end. */
  resources: string[]
}

/** What a run needs to be watched, and what was seen when it is over. */
function watch(leaping: Record<string, string>, name: string) {
  const file = join(folder, name)
  const preload = join(import.meta.dirname, 'support', 'leak-watch.mjs')
  return {
    environment: { LEAK_WATCH_FILE: file, NODE_OPTIONS: `${leaping.NODE_OPTIONS} --import=${preload}` },
    seen: () => JSON.parse(readFileSync(file, 'utf8')) as Watched,
  }
}

const megabyte = 1024 ** 2

function expectFlat({ samples }: Watched): void {
  const [first, second] = [samples.find(({ pauses }) => pauses === 2000), samples.at(-1)]
  if (first === undefined || second === undefined) throw new Error('There are too few samples.')
  // Two thousand reads lie between them.
  expect(second.used - first.used).toBeLessThan(0.75 * megabyte)
  expect(second.rss).toBeLessThan(220 * megabyte)
  expect(second.listeners).toBeLessThan(50)
  expect(second.resources.length).toBeLessThan(12)
}

function expectDrained({ drained, resources }: Watched): void {
  expect(drained).toBe(true)
  expect(resources.filter((resource) => /TCP|TLS|Timeout|Process|FSReq/.test(resource))).toEqual([])
}

leaps('a day', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: day })
  // Now and then a fault, whose back-off and whose sockets have to go too.
  for (let index = 0; index < 40; index += 1) {
    const kind = (['reset', 'cut-off', 'empty', 'not-json'] as const)[index % 4] ?? 'reset'
    simulator.fault({ kind, path: jobId, skip: 95 * (index + 1), times: 1 })
  }
  const { environment, seen } = watch(simulator.leaping, 'day')
  const inputs = { 'job-id': jobResourceId, 'timeout-minutes': '2000', 'poll-interval-seconds': '22' }
  // Four thousand requests take as long as the machine has other things to do.
  const run = await follow(simulator, inputs, { environment, timeoutSeconds: 170 })
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'duration-seconds': String(day) })
  expect(run.stderr).toBe('')
  expect(faultsOf(run)).toHaveLength(40)
  expect(requestsTo(simulator, 'resource-manager', new RegExp(jobId)).length).toBeGreaterThan(4_000)
  expect(requestsTo(simulator, 'oidc').length).toBeGreaterThanOrEqual(26)
  const watched = seen()
  expect(watched.pauses).toBeGreaterThan(4_000)
  expectFlat(watched)
  expectDrained(watched)
})

leaps(
  'a run that fails, one that times out, and one whose inputs are wrong end by themselves too',
  async (simulator) => {
    const failed = simulator.backup({ seconds: 60, ends: 'Failed' })
    const running = simulator.backup({ seconds: day })
    for (const inputs of [
      { 'job-id': failed.jobResourceId },
      { 'job-id': running.jobResourceId, 'timeout-minutes': '2' },
      { 'job-id': 'nonsense' },
    ]) {
      const { environment, seen } = watch(simulator.leaping, inputs['job-id'].slice(-12))
      const run = await follow(simulator, inputs, { environment })
      expect(run.exitCode).toBe(1)
      expectDrained(seen())
    }
  },
)
