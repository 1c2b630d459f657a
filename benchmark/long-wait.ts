/** A wait of six hours, on a fast clock: memory, and CPU. */
import { startSimulator } from '../simulator/simulator.ts'
import { action, fastClock, run, stepEnvironment } from './process.ts'
import { absolute, type Row } from './table.ts'

const hours = 6
/** How much faster than real time: 72 s in all, and a limit of 30 s is still 100 ms. */
const speed = 300

export async function longWaitRows(): Promise<Row[]> {
  const simulator = await startSimulator({ speed })
  try {
    const job = simulator.backup({ seconds: hours * 3600 })
    const inputs = {
      'resource-manager-url': simulator.resourceManagerUrl,
      'job-id': job.jobResourceId,
      'timeout-minutes': String((hours + 1) * 60),
    }
    const taken = await run([...fastClock, action], {
      ...simulator.environment(),
      ...stepEnvironment(simulator, inputs, true),
    })
    if (taken.exitCode !== 0) throw new Error(`It failed:\n${taken.stdout}\n${taken.stderr}`)
    const { memories } = taken
    const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length
    const anHour = Math.floor(memories.length / hours)
    const growth = mean(memories.slice(-anHour)) - mean(memories.slice(anHour, 2 * anHour))
    const megabytes = (value: number) => `${value.toFixed(0)} MB`
    const requests = simulator.requests.filter(({ server }) => server === 'resource-manager').length
    const what = `A wait of ${hours} h (${requests} requests): `
    return [
      absolute(`${what}the most memory`, taken.memory, 120, megabytes),
      absolute(`${what}memory in the last hour above that in the second`, growth, 10, megabytes),
      absolute(`${what}CPU`, taken.cpu / 1000, 5, (value) => `${value.toFixed(1)} s`),
    ]
  } finally {
    await simulator.close()
  }
}
