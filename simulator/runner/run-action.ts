/** Runs the built action in a process of its own, as GitHub's runner does. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { readInputs } from './action-file.ts'
import { type CommandFiles, createCommandFiles, readCommandFiles } from './command-files.ts'
import { type Annotation, commandsOf } from './commands.ts'
import { readOutput } from './output.ts'

const ROOT = join(import.meta.dirname, '..', '..')

// Windows has no signals: kill() ends a process at once, and CTRL_C, which Node hands on as SIGINT, goes to all
// processes of a console. There the step is sent the signal's name, and raises it itself.
const byMessage = process.platform === 'win32'
const raiseSignals =
  "data:text/javascript,process.on('message',(name)=>process.emit(name,name));process.channel?.unref()"

/** How a step is to be run. */
export interface RunOptions {
  /** `with:`; what is missing has its default from the action file. */
  inputs?: Record<string, string>
  /** Variables of the job, over those that the runner sets. */
  environment?: Record<string, string>
  /** The script, and the action file. Default: this repository's; ACTION_SCRIPT is for measuring its coverage. */
  script?: string
  actionFile?: string
  /** State that a main step left, for its post step. */
  state?: Record<string, string>
  /** What `${{ github.token }}` gives. */
  githubToken?: string
  /** Called with every line of the log. */
  onLine?: (line: string) => void
  /** Real seconds until a process that hangs is killed (30). */
  timeoutSeconds?: number
}

/** What became of a step. */
export interface Run {
  exitCode: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
  /** Lines of stdout, workflow commands among them. */
  log: string[]
  outputs: Record<string, string>
  /** The job summary, Markdown. */
  summary: string
  state: Record<string, string>
  annotations: Annotation[]
  /** Values that the runner was told to mask. */
  masks: string[]
  /** Real milliseconds from start to end. */
  milliseconds: number
}

/** A step that is running. */
export interface StartedAction {
  process: ChildProcess
  /** Resolves with what became of it; rejects, with the log, where it had to be killed for hanging. */
  done: Promise<Run>
  /** Sends a signal (SIGINT, as the runner does first). */
  kill(signal?: NodeJS.Signals): void
  /** Resolves with the first line, past or to come, that matches; rejects where the process ends without. */
  waitForLine(pattern: RegExp): Promise<string>
}

/** Runs a step to its end. */
export function runAction(options: RunOptions = {}): Promise<Run> {
  return startAction(options).done
}

/** Starts a step. */
export function startAction(options: RunOptions = {}): StartedAction {
  const folder = mkdtempSync(join(tmpdir(), 'run-action-'))
  mkdirSync(join(folder, 'home'))
  const files = createCommandFiles(folder)
  const environment = environmentOf(options, folder, files)
  const began = performance.now()
  const child = spawnStep(options.script, folder, environment)
  const output = readOutput(child, options.onLine)
  const done = endOf(child, options.timeoutSeconds ?? 30).then(({ exitCode, signal, hanging }) => {
    const milliseconds = performance.now() - began
    const { stdout, stderr, log } = output
    const results = { ...commandsOf(log), ...readCommandFiles(files) }
    rmSync(folder, { recursive: true, force: true })
    if (hanging) throw new Error(`The action did not end and was killed.\n${stdout}\n${stderr}`)
    return { exitCode, signal, stdout, stderr, log, milliseconds, ...results }
  })
  // Whoever waits for a line only must not be told twice of a hanging process.
  done.catch(() => {})
  return {
    process: child,
    done,
    kill: (signal = 'SIGINT') => sendSignal(child, signal),
    waitForLine: output.waitForLine,
  }
}

function spawnStep(script: string | undefined, folder: string, environment: Record<string, string>) {
  const preload = [
    ...(environment.FAST_CLOCK_SPEED === undefined
      ? []
      : [join(ROOT, 'simulator', 'clock', 'fast-clock.mjs')]),
    ...(byMessage ? [raiseSignals] : []),
  ].flatMap((module) => ['--import', module])
  const path = script ?? process.env.ACTION_SCRIPT ?? join(ROOT, 'dist', 'index.js')
  return spawn(process.execPath, [...preload, path], {
    cwd: folder,
    env: environment,
    stdio: byMessage ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  }) as ChildProcessByStdio<null, Readable, Readable>
}

interface End {
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** Whether it had to be killed. */
  hanging: boolean
}

function endOf(child: ChildProcess, timeoutSeconds: number): Promise<End> {
  let hanging = false
  const limit = setTimeout(() => {
    hanging = true
    child.kill('SIGKILL')
  }, timeoutSeconds * 1000)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    // `close` comes when the streams have ended too; the reader has then had every line.
    child.once('close', (exitCode, signal) => {
      clearTimeout(limit)
      resolve({ exitCode, signal, hanging })
    })
  })
}

function sendSignal(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!byMessage || signal === 'SIGKILL') child.kill(signal)
  else if (child.connected) child.send(signal)
}

// Only what the runner sets; nothing of this process's own environment, so that a developer's login, proxy or
// NODE_OPTIONS changes no result.
function environmentOf(options: RunOptions, folder: string, files: CommandFiles): Record<string, string> {
  const inputs = readInputs(options.actionFile ?? join(ROOT, 'action.yml'), options.githubToken ?? '')
  const values = { ...inputs, ...options.inputs }
  const environment: Record<string, string> = {
    // Windows finds nothing without these two.
    ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
    ...(process.env.PATHEXT ? { PATHEXT: process.env.PATHEXT } : {}),
    ...(process.env.ACTION_COVERAGE ? { NODE_V8_COVERAGE: process.env.ACTION_COVERAGE } : {}),
    PATH: dirname(process.execPath),
    HOME: join(folder, 'home'),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'wait',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_ENV: files.env,
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_EVENT_PATH: files.event,
    GITHUB_JOB: 'backup',
    GITHUB_OUTPUT: files.output,
    GITHUB_PATH: files.path,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1234567890',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
    GITHUB_STATE: files.state,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_WORKFLOW: 'Back up',
    GITHUB_WORKSPACE: folder,
    RUNNER_OS: process.platform === 'win32' ? 'Windows' : process.platform === 'darwin' ? 'macOS' : 'Linux',
    RUNNER_TEMP: folder,
    RUNNER_TOOL_CACHE: folder,
  }
  for (const [name, value] of Object.entries(values)) {
    environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value
  }
  for (const [name, value] of Object.entries(options.state ?? {})) environment[`STATE_${name}`] = value
  return { ...environment, ...options.environment }
}

export type { Annotation } from './commands.ts'
