/** Start-up: from the start of a process to its first request at Resource Manager's door, and to its end. */
import { join } from 'node:path'
import { readInputs } from '../simulator/runner/action-file.ts'
import { type Simulator, startSimulator, type Trigger } from '../simulator/simulator.ts'
import { action, run, sdkScript, type Taken } from './process.ts'

/** A run, and when its first request came, in milliseconds from its start. */
export interface Start extends Taken {
  firstRequest: number
}

/** One who is measured. */
export interface Contestant {
  name: string
  measure: () => Promise<Start>
}

/** Sign-in, for both. */
type Login = 'cli' | 'oidc'

const defaults = readInputs(join(import.meta.dirname, '..', 'action.yml'), '')

/** A step's environment. */
export function stepEnvironment(inputs: Record<string, string>): Record<string, string> {
  const given = Object.entries({ ...defaults, ...inputs })
  return Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}

/** Bare Node, the action, and the script on the SDK, each for a job that has ended. */
export async function contestants(simulator: Simulator, login: Login): Promise<Contestant[]> {
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
    return { ...taken, firstRequest: (at ?? performance.now()) - taken.startedAt }
  }
  const { NODE_EXTRA_CA_CERTS, ...oidc } = simulator.environment()
  const ca = { NODE_EXTRA_CA_CERTS: NODE_EXTRA_CA_CERTS ?? '' }
  const token = {
    accessToken: simulator.accessToken(),
    expires_on: Math.floor(simulator.clock.now() / 1000) + 3600,
  }
  const cli = {
    ...ca,
    PATH: `${join(import.meta.dirname, 'az')}:/usr/bin:/bin`,
    BENCHMARK_TOKEN: JSON.stringify(token),
  }
  const sign = login === 'cli' ? cli : { ...ca, ...oidc }
  const { clientId, tenantId } = simulator.identity
  const ids = login === 'cli' ? {} : { 'client-id': clientId, 'tenant-id': tenantId }
  const scriptIds = login === 'cli' ? {} : { SCRIPT_CLIENT_ID: clientId, SCRIPT_TENANT_ID: tenantId }
  return [
    { name: 'bare Node', measure: () => timed(['-e', '0'], {}) },
    {
      name: 'this action',
      measure: () => timed([action], { ...sign, ...stepEnvironment({ ...urls(simulator, job), ...ids }) }),
    },
    {
      name: 'SDK script',
      measure: () => timed([sdkScript], { ...sign, ...scriptEnvironment(simulator, [job]), ...scriptIds }),
    },
  ]
}

function urls(simulator: Simulator, job: Trigger): Record<string, string> {
  return { 'resource-manager-url': simulator.resourceManagerUrl, 'job-id': job.jobResourceId }
}

/** What the script on the SDK is told. */
export function scriptEnvironment(
  simulator: Simulator,
  jobs: { resourceGroup: string; vaultName: string; jobId: string; subscriptionId: string }[],
): Record<string, string> {
  return {
    SCRIPT_ENDPOINT: simulator.resourceManagerUrl,
    SCRIPT_SUBSCRIPTION_ID: jobs[0]?.subscriptionId ?? '',
    SCRIPT_JOBS: jobs.map((job) => `${job.resourceGroup} ${job.vaultName} ${job.jobId}`).join('\n'),
  }
}

if (import.meta.main) {
  const simulator = await startSimulator()
  for (const login of ['cli', 'oidc'] as const) {
    const all = await contestants(simulator, login)
    const results = new Map<string, Start[]>(all.map(({ name }) => [name, []]))
    await new Promise((resolve) => setTimeout(resolve, 2000))
    for (let round = 0; round < Number(process.argv[2] ?? 3); round += 1) {
      for (const { name, measure } of all) results.get(name)?.push(await measure())
    }
    for (const [name, starts] of results) {
      const line = (['firstRequest', 'wall', 'cpu', 'memory'] as const).map((key) => {
        const values = starts.map((one) => one[key]).sort((a, b) => a - b)
        return `${key} min ${values[0]?.toFixed(1)} med ${values[values.length >> 1]?.toFixed(1)}`
      })
      console.log(login.padEnd(6), name.padEnd(14), line.join('  '))
    }
  }
  await simulator.close()
}
