/** What a step takes with thousands of items or jobs, all of which have ended, in real time; and how long it is deaf. */
import { type Simulator, startSimulator } from '../simulator/simulator.ts'
import { action, run, stepEnvironment, type Taken } from './process.ts'
import { absolute, median, type Row } from './table.ts'

const items = 1_000
const nights = 14
const named = 10_000
const verified = 60
/** Few: each takes many seconds, and what is missed is missed by far. */
const runs = 3

const seconds = (value: number) => `${value.toFixed(1)} s`
const milliseconds = (value: number) => `${value.toFixed(0)} ms`
const questions = (value: number) => `${value} question${value === 1 ? '' : 's'}`

async function step(simulator: Simulator, inputs: Record<string, string>): Promise<Taken> {
  const taken = await run([action], {
    ...simulator.environment(),
    ...stepEnvironment(simulator, { 'resource-manager-url': simulator.resourceManagerUrl, ...inputs }, true),
    BENCHMARK_PAUSES: 'true',
  })
  if (taken.exitCode !== 0) throw new Error(`It failed:\n${taken.stdout.slice(-2000)}\n${taken.stderr}`)
  return taken
}

/** The same several times, each in a simulator of its own. */
async function often<T>(play: (simulator: Simulator) => Promise<T>): Promise<T[]> {
  const all: T[] = []
  for (let count = 0; count < runs; count += 1) {
    const simulator = await startSimulator()
    try {
      all.push(await play(simulator))
    } finally {
      await simulator.close()
    }
  }
  return all
}

/**
 * Every item by `*`, with a fortnight of nights in the vault's list. One item had its last backup three nights ago, so
 * all of that list is asked for.
 */
async function everyItem(simulator: Simulator, many: number): Promise<Taken> {
  const made = Array.from({ length: many }, (_, index) => {
    const fresh = index > 0 || many === 1
    const entries = Array.from({ length: nights }, (_, night) => ({
      hoursAgo: 2 + 24 * (fresh ? night : night + 3) + (index % 60) / 60,
    }))
    return simulator.history({ item: `vm-${String(index + 1).padStart(4, '0')}` }, entries)
  })
  const { subscriptionId = '', resourceGroup = '', vaultName = '' } = made[0] ?? {}
  return step(simulator, {
    'protected-item': '*',
    'subscription-id': subscriptionId,
    'resource-group': resourceGroup,
    'vault-name': vaultName,
  })
}

/** An operation that names so many jobs. */
async function manyNamed(simulator: Simulator): Promise<Taken> {
  const { operationUrl } = simulator.start('policy-change', { jobs: named, seconds: 1, operationSeconds: 1 })
  await simulator.clock.sleep(1500)
  return step(simulator, { 'operation-url': operationUrl })
}

/** Questions to Resource Graph about the recovery points of jobs of one vault. */
async function recoveryPoints(simulator: Simulator): Promise<number> {
  const { jobs, vaults, subscriptionIds } = simulator.fleet({
    vaults: 1,
    jobs: verified,
    kinds: ['vm-backup'],
    seconds: 60,
    startSeconds: -900,
  })
  await step(simulator, {
    'job-id': jobs.map(({ id }) => id).join('\n'),
    'subscription-id': subscriptionIds[0] ?? '',
    'resource-group': 'rg-prod',
    'vault-name': vaults[0]?.name ?? '',
    'verify-recovery-point': 'true',
  })
  return simulator.requests.filter(({ path }) => path.includes('ResourceGraph')).length
}

export async function thousandsRows(): Promise<Row[]> {
  const of = (all: Taken[], key: 'cpu' | 'wall' | 'pause') => median(all.map((one) => one[key]))
  const one = await often((simulator) => everyItem(simulator, 1))
  const every = await often((simulator) => everyItem(simulator, items))
  const jobs = await often(manyNamed)
  const graph = await often(recoveryPoints)
  const count = (value: number) => value.toLocaleString('en')
  const whatItems = `${count(items)} items by \`*\`, ${count(items * nights)} jobs in the list: `
  const whatJobs = `An operation that names ${count(named)} jobs: `
  return [
    absolute(`${whatItems}CPU above that for 1 item`, (of(every, 'cpu') - of(one, 'cpu')) / 1000, 1, seconds),
    absolute(`${whatItems}longest pause of the event loop`, of(every, 'pause'), 200, milliseconds),
    absolute(`${whatJobs}until all are read`, of(jobs, 'wall') / 1000, 8, seconds),
    absolute(`${whatJobs}longest pause of the event loop`, of(jobs, 'pause'), 200, milliseconds),
    absolute(
      `Recovery points of ${verified} jobs of 1 vault: questions to Resource Graph`,
      median(graph),
      1,
      questions,
    ),
  ]
}
