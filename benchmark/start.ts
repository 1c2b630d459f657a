/** Start-up and the whole step, for a job that has ended: this action, bare Node, and a script on the SDK. */
import { join } from 'node:path'
import { type Simulator, startSimulator } from '../simulator/simulator.ts'
import { action, run, scriptArguments, scriptEnvironment, stepEnvironment, type Taken } from './process.ts'
import { compared, median, type Row } from './table.ts'

/** A run, and when its first request to Resource Manager came, in milliseconds from its start. */
interface Start extends Taken {
  firstRequest: number
}

type Measure = () => Promise<Start>

/** How all of them sign in: by the stand-in for Azure CLI, or by GitHub's ID token. */
type Login = 'cli' | 'oidc'

const names = ['bare Node', 'this action', 'SDK script'] as const
type Name = (typeof names)[number]

function contestants(simulator: Simulator, login: Login): Record<Name, Measure> {
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
  const oidc = login === 'oidc'
  const inputs = { 'resource-manager-url': simulator.resourceManagerUrl, 'job-id': job.jobResourceId }
  return {
    'bare Node': () => timed(['-e', '0'], {}),
    'this action': () => timed([action], { ...sign, ...stepEnvironment(simulator, inputs, oidc) }),
    'SDK script': () =>
      timed(scriptArguments([job]), { ...sign, ...scriptEnvironment(simulator, job, oidc) }),
  }
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
  const simulator = await startSimulator()
  const all = contestants(simulator, login)
  const starts: Record<Name, Start[]> = { 'bare Node': [], 'this action': [], 'SDK script': [] }
  try {
    // The job has ended by then; and the first round, which warms the disk's cache, does not count.
    await simulator.clock.sleep(1500)
    for (const name of names) await all[name]()
    for (let round = 0; round < runs; round += 1) {
      for (const name of names) starts[name].push(await all[name]())
    }
  } finally {
    await simulator.close()
  }
  return starts
}

/** From start to the first request, signed in by the CLI. */
export async function firstRequest(runs: number): Promise<Row[]> {
  const starts = await measure('cli', runs)
  const what = 'From start to the first request, by Azure CLI'
  const of = (name: Name, key: 'firstRequest' | 'wall') => median(starts[name].map((start) => start[key]))
  const own = of('this action', 'firstRequest')
  return [
    compared(what, '`node -e 0`', [own, of('bare Node', 'wall')], 4, milliseconds),
    compared(what, 'script on the SDK', [own, of('SDK script', 'firstRequest')], 0.5, milliseconds),
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
    compared(what, 'script on the SDK', [own, of('SDK script')], 0.5, milliseconds),
    cpuRow('CPU of that step', starts),
  ]
}

function cpuRow(what: string, starts: Record<Name, Start[]>): Row {
  const of = (name: Name) => median(starts[name].map(({ cpu }) => cpu))
  return compared(what, 'script on the SDK', [of('this action'), of('SDK script')], undefined, milliseconds)
}

export function milliseconds(value: number): string {
  return `${Math.round(value)} ms`
}
