/** Many jobs at once, in ten vaults: what a round of looks costs, and memory and CPU of the whole wait. */
import { startSimulator } from '../simulator/simulator.ts'
import {
  action,
  fastClock,
  run,
  scriptArguments,
  scriptEnvironment,
  stepEnvironment,
  type Taken,
} from './process.ts'
import type { Row } from './table.ts'

/** Seconds that every job runs, simulated. */
const seconds = 300

interface Waited extends Taken {
  /** Requests from a minute after the start to the end of the jobs, a round of looks: 30 s. */
  round: number
}

/** Waits for so many jobs, by this action or by the script with a client for each. */
async function wait(jobs: number, by: 'action' | 'script'): Promise<Waited> {
  // Slow enough for a client that asks about each of a thousand.
  const simulator = await startSimulator({ speed: jobs > 100 ? 5 : 15, idTokenSeconds: 3600 })
  try {
    const fleet = simulator.fleet({ vaults: 10, jobs, seconds, staggerSeconds: 0, startSeconds: 0 })
    const [subscriptionId = ''] = fleet.subscriptionIds
    const begun = simulator.clock.now()
    const environment = simulator.environment()
    const taken =
      by === 'action'
        ? await run([...fastClock, action], {
            ...environment,
            ...stepEnvironment(
              simulator,
              {
                'resource-manager-url': simulator.resourceManagerUrl,
                'protected-item': '*',
                'subscription-id': subscriptionId,
              },
              true,
            ),
          })
        : await run(
            [
              ...fastClock,
              ...scriptArguments(
                fleet.jobs.map(({ id, vaultId, vaultName }) => ({
                  resourceGroup: vaultId.split('/')[4] ?? '',
                  vaultName,
                  jobId: id,
                })),
              ),
            ],
            { ...environment, ...scriptEnvironment(simulator, { subscriptionId }, true) },
          )
    if (taken.exitCode !== 0) throw new Error(`The ${by} failed:\n${taken.stdout}\n${taken.stderr}`)
    const [from, until] = [begun + 60_000, begun + seconds * 1000]
    const looks = simulator.requests.filter(
      ({ server, at }) => server === 'resource-manager' && at >= from && at < until,
    )
    return { ...taken, round: (looks.length * 30_000) / (until - from) }
  } finally {
    await simulator.close()
  }
}

export async function fleetRows(): Promise<Row[]> {
  const rows: Row[] = []
  for (const jobs of [1, 10, 100, 1000]) {
    const own = await wait(jobs, 'action')
    const other = await wait(jobs, 'script')
    const show = ({ round, cpu, memory }: Waited) =>
      `${round.toFixed(0)} requests, ${(cpu / 1000).toFixed(1)} s CPU, ${memory.toFixed(0)} MB`
    rows.push({
      what: `${jobs} job${jobs === 1 ? '' : 's'} in 10 vaults: requests in 30 s, and what the wait took`,
      beside: 'a client of the SDK for each',
      ratio: (own.round / other.round).toFixed(2),
      aim: '',
      met: undefined,
      action: show(own),
      other: show(other),
    })
  }
  return rows
}
