/** Start-up and the whole step, for a job that has ended: this action, bare Node, and a script on the SDK. */
import { join } from 'node:path'
import { type Simulator, startSimulator, type Trigger } from '../simulator/simulator.ts'
import { action, run, scriptArguments, scriptEnvironment, stepEnvironment, type Taken } from './process.ts'
import { compared, median, type Row } from './table.ts'

/** A run, and when its first request to Resource Manager came, in milliseconds from its start. */
interface Start extends Taken {
  firstRequest: number
}

type Measure = () => Promise<Start>

/** How all of them sign in: by the stand-in for Azure CLI, or by GitHub's ID token. */
export type Login = 'cli' | 'oidc'

type Name = 'bare Node' | 'this action' | 'SDK script'

function contestants(simulator: Simulator, login: Login): Record<Name, Measure> {
  const { job, timed, sign } = setting(simulator, login)
  return {
    'bare Node': () => timed(['-e', '0'], {}),
    'this action': () => timed([action], { ...sign, ...inputsFor(simulator, job, login) }),
    'SDK script': () =>
      timed(scriptArguments([job]), { ...sign, ...scriptEnvironment(simulator, job, login === 'oidc') }),
  }
}

/** A job that ends at once, a run that is timed, and what signs in. */
function setting(simulator: Simulator, login: Login) {
  const job = simulator.backup({ seconds: 1, operationSeconds: 1 })
  const timed = async (args: string[], environment: Record<string, string>): Promise<Start> => {
    let at: number | undefined
    const forget = simulator.override(({ server }) => {
      if (server === 'resource-manager') at ??= performance.now()
      return undefined
    })
    const taken = await run(args, environment)
    forget()
    if (taken.exitCode !== 0) throw new Error(`${args.join(' ')} failed:\n${taken.stdout}\n${taken.stderr}`)
    return { ...taken, firstRequest: (at ?? Number.NaN) - taken.startedAt }
  }
  const sign = login === 'cli' ? cliEnvironment(simulator) : simulator.environment()
  return { job, timed, sign }
}

function inputsFor(simulator: Simulator, job: Trigger, login: Login): Record<string, string> {
  const inputs = { 'resource-manager-url': simulator.resourceManagerUrl, 'job-id': job.jobResourceId }
  return stepEnvironment(simulator, inputs, login === 'oidc')
}

/** A PATH with a CLI that answers at once, and the token that it answers. */
function cliEnvironment(simulator: Simulator): Record<string, string> {
  const expires = Math.floor(simulator.clock.now() / 1000) + 3600
  return {
    NODE_EXTRA_CA_CERTS: simulator.certificateFile,
    PATH: `${join(import.meta.dirname, 'az')}:/usr/bin:/bin`,
    BENCHMARK_TOKEN: JSON.stringify({ accessToken: simulator.accessToken(), expires_on: expires }),
  }
}

/** All of them by turns, so that what else the machine does meets all alike. */
async function measure(login: Login, runs: number): Promise<Record<Name, Start[]>> {
  return byTurns(runs, (simulator) => contestants(simulator, login))
}

/** Milliseconds of CPU of a step, for each of these builds of dist. */
export async function cpuOfBuilds(
  login: Login,
  folders: string[],
  runs: number,
): Promise<Record<string, number[]>> {
  const starts = await byTurns(runs, (simulator) => {
    const { job, timed, sign } = setting(simulator, login)
    const environment = { ...sign, ...inputsFor(simulator, job, login) }
    return Object.fromEntries(
      folders.map((folder) => [folder, () => timed([join(folder, 'index.js')], environment)]),
    )
  })
  return Object.fromEntries(Object.entries(starts).map(([name, all]) => [name, all.map(({ cpu }) => cpu)]))
}

async function byTurns<Name extends string>(
  runs: number,
  make: (simulator: Simulator) => Record<Name, Measure>,
): Promise<Record<Name, Start[]>> {
  const simulator = await startSimulator()
  try {
    const all = Object.entries<Measure>(make(simulator))
    // The job has ended by then; and the first round, which warms the disk's cache, does not count.
    await simulator.clock.sleep(1500)
    for (const [, start] of all) await start()
    const starts = new Map<string, Start[]>(all.map(([name]) => [name, []]))
    for (let round = 0; round < runs; round += 1) {
      for (const [name, start] of all) starts.get(name)?.push(await start())
    }
    return Object.fromEntries(starts) as Record<Name, Start[]>
  } finally {
    await simulator.close()
  }
}

/** From start to the first request, signed in by the CLI. */
export async function firstRequest(runs: number): Promise<Row[]> {
  const starts = await measure('cli', runs)
  const what = 'From start to the first request, by Azure CLI'
  const of = (name: Name, key: 'firstRequest' | 'wall') => median(starts[name].map((start) => start[key]))
  const own = of('this action', 'firstRequest')
  return [
    compared(what, '`node -e 0`', [own, of('bare Node', 'wall')], undefined, milliseconds),
    compared(what, 'script on the SDK', [own, of('SDK script', 'firstRequest')], undefined, milliseconds),
    cpuRow('CPU of that step', starts),
  ]
}

/** The whole step, signed in by OpenID Connect. */
export async function wholeStep(runs: number): Promise<Row[]> {
  const starts = await measure('oidc', runs)
  const what = 'The whole step, by OpenID Connect'
  const of = (name: Name) => median(starts[name].map(({ wall }) => wall))
  const own = of('this action')
  return [
    compared(what, '`node -e 0`', [own, of('bare Node')], undefined, milliseconds),
    compared(what, 'script on the SDK', [own, of('SDK script')], undefined, milliseconds),
    cpuRow('CPU of that step', starts),
  ]
}

function cpuRow(what: string, starts: Record<Name, Start[]>): Row {
  const of = (name: Name) => median(starts[name].map(({ cpu }) => cpu))
  return compared(what, 'script on the SDK', [of('this action'), of('SDK script')], 0.5, milliseconds)
}

export function milliseconds(value: number): string {
  return `${Math.round(value)} ms`
}
