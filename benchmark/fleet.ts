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

const vaults = 10
/** Seconds, simulated, that every job has been running, and runs on. */
const age = 3600
const left = 300

interface Waited extends Taken {
  /** Requests of a round, in which everything that runs is looked at. */
  round: number
}

/** Waits for so many jobs, by this action or by the script with a client for each. */
async function wait(jobs: number, by: 'action' | 'script'): Promise<Waited> {
  // Slow enough for a client that asks about each of a thousand.
  const simulator = await startSimulator({ speed: jobs > 100 ? 5 : 15, idTokenSeconds: 3600 })
  try {
    const fleet = simulator.fleet({
      vaults,
      jobs,
      seconds: age + left,
      staggerSeconds: 0,
      startSeconds: -age,
    })
    const [subscriptionId = ''] = fleet.subscriptionIds
    const end = simulator.clock.now() + left * 1000
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
    // Not those by which the jobs are found first, nor those that tell how they ended.
    const looks = simulator.requests.filter(
      ({ path, query, at }) => /\/backupJobs(\/|$)/.test(path) && !/startTime/.test(query) && at < end,
    )
    const first = looks.filter(({ query }) => !/skipToken/i.test(query))
    const rounds = Math.max(
      ...[...Map.groupBy(first, ({ path }) => path).values()].map(({ length }) => length),
    )
    return { ...taken, round: looks.length / rounds }
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
      `${round.toFixed(0)} request${round === 1 ? '' : 's'}, ${(cpu / 1000).toFixed(1)} s CPU, ${memory.toFixed(0)} MB`
    rows.push({
      what: `${jobs} job${jobs === 1 ? '' : 's'} in ${vaults} vaults: requests a round, and what the wait took`,
      beside: 'a client of the SDK for each',
      ratio: (own.round / other.round).toFixed(2),
      aim: `≤ ${vaults} requests`,
      met: own.round <= vaults,
      action: show(own),
      other: show(other),
    })
  }
  return rows
}
