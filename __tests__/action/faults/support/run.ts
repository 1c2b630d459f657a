/** Running the step, and what holds for every run in an adverse world. */
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import {
  type Run,
  type RunOptions,
  runAction,
  type StartedAction,
  startAction,
} from '../../../../simulator/runner/run-action.ts'
import type { SeenRequest, Simulator } from '../../../../simulator/simulator.ts'
import { compileCache, login, visible } from '../../support.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

/** The post step's entry, beside the main step's. */
export const postScript = join(
  process.env.ACTION_SCRIPT === undefined ? join(root, 'dist') : dirname(process.env.ACTION_SCRIPT),
  'post.js',
)

/** Inputs, and variables over the simulator's; one that is undefined is not there. */
export interface Given {
  environment?: Record<string, string | undefined>
  timeoutSeconds?: number
  state?: Record<string, string>
  script?: string
  onLine?: (line: string) => void
}

function optionsOf(simulator: Simulator, inputs: Record<string, string>, given: Given): RunOptions {
  const { environment, ...rest } = { timeoutSeconds: 50, ...given }
  const variables = Object.entries({ ...compileCache, ...simulator.environment(), ...environment })
  return {
    ...rest,
    inputs: { ...login(simulator), ...inputs },
    environment: Object.fromEntries(variables.filter((one): one is [string, string] => one[1] !== undefined)),
  }
}

/** Runs the step to its end, with the inputs over those of a login by GitHub OIDC. */
export async function follow(
  simulator: Simulator,
  inputs: Record<string, string>,
  given: Given = {},
): Promise<Run> {
  const run = await runAction(optionsOf(simulator, inputs, given))
  expectSound(run, simulator)
  return run
}

/** Starts the step; `expectSound` is the caller's to call. */
export function begin(
  simulator: Simulator,
  inputs: Record<string, string>,
  given: Given = {},
): StartedAction {
  return startAction(optionsOf(simulator, inputs, given))
}

/** Whatever happens: no crash, no warning of Node's, no secret, and an error where the step fails. */
export function expectSound(run: Run, simulator: Simulator): void {
  expect(run.stderr).toBe('')
  expect(run.exitCode).toBe(run.annotations.some(({ level }) => level === 'error') ? 1 : 0)
  const shown = [
    ...visible(run),
    run.summary,
    ...Object.values(run.outputs),
    ...Object.values(run.state),
  ].join('\n')
  expect(simulator.secrets.filter((secret) => shown.includes(secret))).toEqual([])
  expect(shown).not.toMatch(/^\s+at \S.*:\d+:\d+\)?$/m)
}

/** Waits for something to be so, half a minute of real time at the most. */
export async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 30_000; !holds(); await delay(5)) {
    if (performance.now() > end) throw new Error(`Not so within half a minute: ${holds}`)
  }
}

/** Its annotations of a level. */
export function messages(run: Run, level: 'error' | 'warning' | 'notice'): string[] {
  return run.annotations.filter((one) => one.level === level).map(({ message }) => message)
}

/** A line of the log that tells of something that failed and is tried again. */
export interface FaultLine {
  /** `Reading job …`, `Getting a token` */
  what: string
  said: string
}

/** What failed and was tried again, in order. */
export function faultsOf(run: Run): FaultLine[] {
  return run.log.flatMap((line) => {
    const [, what, said] =
      /^((?:Reading|Getting) .*?) failed(?:, (?:next try in \d+ s|with no time left for another try))?: (.*)$/.exec(
        line,
      ) ?? []
    return what === undefined || said === undefined ? [] : [{ what, said }]
  })
}

/** The requests to a server whose path matches, in order. */
export function requestsTo(simulator: Simulator, server: SeenRequest['server'], path = /^/): SeenRequest[] {
  return simulator.requests.filter((seen) => seen.server === server && path.test(seen.path))
}

/** Simulated seconds between one request and the next. */
export function pausesOf(requests: SeenRequest[]): number[] {
  return requests.slice(1).map(({ at }, index) => (at - (requests[index]?.at ?? 0)) / 1000)
}

/**
 * The requests to Resource Manager with a token that had ended, two seconds ago or more: its end is in whole seconds, and
 * the libraries count its life from when it came.
 */
export function staleRequests(simulator: Simulator): SeenRequest[] {
  return requestsTo(simulator, 'resource-manager').filter(({ headers, at }) => {
    const claims = Buffer.from(headers.authorization?.split('.')[1] ?? '', 'base64url').toString()
    return at >= (Number(JSON.parse(claims).exp) + 2) * 1000
  })
}
