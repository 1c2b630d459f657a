/** What tests of many jobs share: jobs and items of a subscription of their own, and the requests about them. */
import { randomUUID } from 'node:crypto'
import { test } from 'vitest'
import type { HistoryEntry, ItemOptions, MadeItem, MadeJob } from '../../../simulator/api.ts'
import { createLateClock } from '../../../simulator/clock/late-clock.ts'
import { type SimulatorOptions, startSimulator } from '../../../simulator/simulator.ts'
import { asked, follow, inTurn, type Run, type SeenRequest, type Simulator } from '../support.ts'

export type { HistoryEntry, MadeItem, MadeJob }

/** A simulator of a test's own. */
export interface World {
  simulator: Simulator
  /** Variables that give a step the simulator's time. */
  environment: Record<string, string>
  /** Runs the step to its end. */
  run(inputs: Record<string, string>): Promise<Run>
}

/**
 * A simulator whose time, like the step's, stands still until the step first asks Resource Manager: then what
 * happens when is the same on a machine of any speed. Half a minute in a second, for thirty seconds are the limit
 * of a request.
 */
export async function openWorld(options: SimulatorOptions = {}): Promise<World> {
  const started = await startSimulator({ speed: 30, ...options })
  const clock = createLateClock(started.clock.now(), started.clock.speed)
  const close = async () => {
    await started.close()
    clock.remove()
  }
  const simulator = { ...started, close }
  simulator.clock.now = clock.now
  simulator.override(({ server }) => {
    if (server === 'resource-manager') clock.start()
    return undefined
  })
  const { environment } = clock
  return { simulator, environment, run: (inputs) => follow(simulator, inputs, { environment }) }
}

/** A test that runs beside others of its file, in a world of its own. */
export function tellsIn(
  name: string,
  options: SimulatorOptions,
  body: (world: World) => Promise<void>,
): void {
  test.concurrent(name, () =>
    inTurn(async () => {
      const world = await openWorld(options)
      await body(world).finally(() => world.simulator.close())
    }),
  )
}

/** How the jobs of a vault go. */
export interface JobsGiven {
  /** `vm`, `sql`, `disk` and the like. */
  source?: string
  /** Seconds until the job of that index ends; it started an hour ago, so that it is looked at every half minute. */
  endsIn: (index: number) => number
  end?: (index: number) => string
  subscriptionId?: string
  vaultName?: string
  options?: HistoryEntry['options']
}

/** Jobs of one vault that have been running for an hour. */
export function runningJobs(simulator: Simulator, count: number, given: JobsGiven): MadeJob[] {
  const { source = 'vm', subscriptionId = randomUUID(), endsIn, end, vaultName, options = {} } = given
  return Array.from({ length: count }, (_, index) => {
    const names = { source, subscriptionId, item: `${source}-${index + 1}` }
    const entry = { hoursAgo: 1, seconds: 3_600 + endsIn(index), end: end?.(index) ?? 'Completed', options }
    const { jobs } = simulator.history({ ...names, ...(vaultName ? { vaultName } : {}) }, [entry])
    return jobs[0] as MadeJob
  })
}

/** An item in a subscription of its own, or in a given one, and the jobs that it has had. */
export function protect(simulator: Simulator, item: ItemOptions, entries: HistoryEntry[]): MadeItem {
  return simulator.history({ subscriptionId: randomUUID(), ...item }, entries)
}

/** The inputs that name the vault of an item or of a job. */
export function vaultOf({
  vaultId,
  vaultName,
  subscriptionId,
  resourceGroup,
}: Pick<MadeItem, 'vaultId' | 'vaultName' | 'subscriptionId' | 'resourceGroup'>): Record<string, string> {
  return {
    'subscription-id': subscriptionId,
    'resource-group': resourceGroup,
    'vault-name': vaultName,
    'vault-type': vaultId.includes('DataProtection') ? 'backup' : 'recovery-services',
  }
}

/** The input `job-id` for all of them. */
export function ids(jobs: MadeJob[]): Record<string, string> {
  return { 'job-id': jobs.map(({ resourceId }) => resourceId).join('\n') }
}

/** The subscription in an ARM ID. */
export function subscriptionOf(id: string): string {
  return id.split('/')[2] ?? ''
}

/** What was asked about the subscription of a job: its vault's lists, and reads of single jobs. */
export function readsOf(simulator: Simulator, job: MadeJob | undefined) {
  const all = asked(simulator, { subscriptionId: subscriptionOf(job?.vaultId ?? '') })
  const lists = all.filter(({ path }) => path.endsWith('/backupJobs'))
  const singles = all.filter(({ path }) => /\/backupJobs\/[^/]+$/.test(path))
  return { all, lists, singles, read: singles.map(({ path }) => path.split('/').at(-1) ?? '') }
}

/** Each value once, in order. */
export function unique(values: string[]): string[] {
  return [...new Set(values)].sort()
}

/** Simulated seconds between one request and the next. */
export function gaps(requests: SeenRequest[]): number[] {
  return requests.slice(1).map(({ at }, index) => (at - (requests[index]?.at ?? 0)) / 1000)
}

/** Attempts at single jobs that a busy machine made too slow, and that were made again. */
export function triedAgain(run: Run): number {
  return run.log.filter((line) => /^Reading job \S+ failed, next try/.test(line)).length
}

/** The number of requests that the summary tells of. */
export function requestsTold(run: Run): number {
  return Number(/Requests to Azure[\s\S]*?\n\| (\d+) \|/.exec(run.summary)?.[1])
}
