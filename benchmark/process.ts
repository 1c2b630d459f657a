/** Runs a script in a Node of its own and says what that took. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
/** What the runner runs. */
export const action = join(root, 'dist', 'index.js')
/** What a user would write instead. */
export const sdkScript = join(import.meta.dirname, 'sdk-script.mjs')

/** What a process took. */
export interface Taken {
  /** `performance.now()` of this process when it was started. */
  startedAt: number
  /** Milliseconds from start to end. */
  wall: number
  /** Milliseconds of CPU, without those of processes that it started. */
  cpu: number
  /** The most memory it had, in MB (resident). */
  memory: number
  exitCode: number | null
  stdout: string
  stderr: string
}

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
        const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(probe, 'utf8'))
        const cpu = (userCPUTime + systemCPUTime) / 1000
        resolve({ startedAt, wall, cpu, memory: maxRSS / 1000, exitCode, stdout, stderr })
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
