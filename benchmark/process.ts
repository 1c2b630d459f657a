/** Runs a script in a Node of its own and says what that took. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readInputs } from '../simulator/runner/action-file.ts'
import type { Simulator } from '../simulator/simulator.ts'

const root = join(import.meta.dirname, '..')
/** What the runner runs: the `dist` that is there, or another build of it. */
export const action = join(process.env.BENCHMARK_DIST ?? join(root, 'dist'), 'index.js')
/** Preload that gives a process the simulator's time. */
export const fastClock = ['--import', join(root, 'simulator', 'clock', 'fast-clock.mjs')]

/** What a process took. */
export interface Taken {
  /** `performance.now()` of this process when it was started. */
  startedAt: number
  /** Milliseconds from start to end. */
  wall: number
  /** Milliseconds of CPU, without those of processes that it started. */
  cpu: number
  /** The most resident memory it had, in MB, and that of every second of its life. */
  memory: number
  memories: number[]
  /** Milliseconds of the longest pause of its event loop, where BENCHMARK_PAUSES is set; 0 where not. */
  pause: number
  exitCode: number | null
  stdout: string
  stderr: string
}

/** What the probe writes: milliseconds and bytes. */
interface Usage {
  cpu: number
  most: number
  memory: number[]
  pause: number
}

const megabytes = (bytes: number) => bytes / 1_000_000

/** Runs `node` with these arguments and nothing of this process's environment. */
export function run(args: string[], environment: Record<string, string>): Promise<Taken> {
  const folder = mkdtempSync(join(tmpdir(), 'benchmark-'))
  const probe = join(folder, 'usage.json')
  const preload = ['--require', join(import.meta.dirname, 'probe.cjs')]
  const files = commandFiles(folder)
  const env = { PATH: '/usr/bin:/bin', HOME: folder, BENCHMARK_PROBE: probe, ...files, ...environment }
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const child = spawn(process.execPath, [...preload, ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.once('error', reject)
    child.once('close', (exitCode) => {
      const wall = performance.now() - startedAt
      try {
        const { cpu, most, memory, pause } = JSON.parse(readFileSync(probe, 'utf8')) as Usage
        const memories = memory.map(megabytes)
        resolve({ startedAt, wall, cpu, memory: megabytes(most), memories, pause, exitCode, stdout, stderr })
      } catch (error) {
        reject(new Error(`${args.join(' ')} left nothing: ${stdout}\n${stderr}`, { cause: error }))
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })
  })
}

/** The files by which a step speaks to the runner. */
function commandFiles(folder: string): Record<string, string> {
  const names = { GITHUB_OUTPUT: 'output', GITHUB_STATE: 'state', GITHUB_STEP_SUMMARY: 'summary' }
  const files = Object.entries(names).map(([variable, name]) => {
    const file = join(folder, name)
    writeFileSync(file, '')
    return [variable, file]
  })
  return Object.fromEntries(files)
}

const defaults = readInputs(join(root, 'action.yml'), '')

/** A step's inputs as the runner hands them over. */
export function stepEnvironment(
  { identity }: Simulator,
  inputs: Record<string, string>,
  oidc: boolean,
): Record<string, string> {
  const ids = oidc ? { 'client-id': identity.clientId, 'tenant-id': identity.tenantId } : {}
  const given = Object.entries({ ...defaults, ...ids, ...inputs })
  return Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}

/** A job, for the script on the SDK. */
export interface ScriptJob {
  resourceGroup: string
  vaultName: string
  jobId: string
}

/** What a user would write instead, and the jobs that it waits for. */
export function scriptArguments(jobs: ScriptJob[]): string[] {
  const names = jobs.map(({ resourceGroup, vaultName, jobId }) => `${resourceGroup}/${vaultName}/${jobId}`)
  return [join(import.meta.dirname, 'sdk-script.mjs'), ...names]
}

export function scriptEnvironment(
  { resourceManagerUrl, identity }: Simulator,
  { subscriptionId }: { subscriptionId: string },
  oidc: boolean,
): Record<string, string> {
  return {
    SCRIPT_ENDPOINT: resourceManagerUrl,
    SCRIPT_SUBSCRIPTION_ID: subscriptionId,
    ...(oidc ? { SCRIPT_CLIENT_ID: identity.clientId, SCRIPT_TENANT_ID: identity.tenantId } : {}),
  }
}
