/** What black-box tests share: a simulator, a step run as the runner does it, and what holds for every run. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  type Annotation,
  type Run,
  type RunOptions,
  runAction,
  type StartedAction,
  startAction,
} from '../../simulator/runner/run-action.ts'
import {
  type SeenRequest,
  type Simulator,
  type SimulatorOptions,
  type StartOptions,
  startSimulator,
  type Trigger,
} from '../../simulator/simulator.ts'
import { type LateClock, lateClock, removeClocks } from './clock.ts'

export type { Annotation, Run, SeenRequest, Simulator, StartedAction, StartOptions, Trigger }

/** Processes at a time in one test file: more would starve the limits that a fast clock shrinks. */
const most = 2
const waiting: (() => void)[] = []
let running = 0

/** Runs the body when fewer than two others run. What starts a job belongs in it, for its time goes by. */
export async function inTurn<Value>(body: () => Promise<Value>): Promise<Value> {
  if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await body()
  } finally {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}

/** A test that runs beside others of its file. */
export function tells(name: string, body: () => Promise<void>): void {
  test.concurrent(name, { timeout: 180_000 }, () => inTurn(body))
}

/** A simulator for a test file, a minute of its time a second of ours. */
export async function simulate(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ speed: 60, ...options })
  afterAll(async () => {
    await simulator.close()
    clocks.clear()
    removeClocks()
  })
  // Before any other override, so that none of them keeps a clock from starting.
  simulator.override(({ server, path }) => {
    const [, subscription = ''] = /\/subscriptions\/+(?:subscriptions\/)?([^/]+)/i.exec(path) ?? []
    if (server === 'resource-manager') clocks.get(subscription.toLowerCase())?.start()
    return undefined
  })
  return simulator
}

/** The clocks of steps that have yet to ask about their subscription. */
const clocks = new Map<string, LateClock>()

/** Starts an operation in a subscription of its own, by which a test knows its requests. */
export function start(simulator: Simulator, kind: string, options: StartOptions = {}): Trigger {
  return simulator.start(kind, { subscriptionId: randomUUID(), ...options })
}

/** Inputs that reach the simulator. */
export function login(simulator: Simulator): Record<string, string> {
  return {
    'client-id': simulator.identity.clientId,
    'tenant-id': simulator.identity.tenantId,
    'resource-manager-url': simulator.resourceManagerUrl,
  }
}

/** What a run may differ in. */
export interface Given {
  /** Over the simulator's; a variable that is undefined is not there. */
  environment?: Record<string, string | undefined>
}

/** Node's own cache of compiled code: a tenth of the time of some hundred processes. */
export const compileCache = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compiled'),
}

function optionsFor(simulator: Simulator, inputs: Record<string, string>, given: Given): RunOptions {
  const timed = given.environment?.FAST_CLOCK_SPEED !== undefined
  const time = timed ? {} : timeOf(simulator, inputs)
  const environment = Object.fromEntries(
    Object.entries({ ...compileCache, ...simulator.environment(), ...time, ...given.environment }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
  return { inputs: { ...login(simulator), ...inputs }, environment }
}

/**
 * The simulator's time, but standing still until the step first asks about its subscription: on a busy machine a
 * process may take a second to start, which is a minute of that time.
 */
function timeOf(simulator: Simulator, inputs: Record<string, string>): Record<string, string> {
  const named = /\/subscriptions\/+(?:subscriptions\/)?([^/]+)\//i.exec(Object.values(inputs).join('\n'))?.[1]
  const subscription = inputs['subscription-id'] ?? named
  if (subscription === undefined) return {}
  const clock = lateClock(simulator.clock.now(), simulator.clock.speed)
  clocks.set(subscription.toLowerCase(), clock)
  return clock.environment
}

/** Runs the step to its end, with the inputs over those of a login, and checks what always holds. */
export async function follow(
  simulator: Simulator,
  inputs: Record<string, string>,
  given: Given = {},
): Promise<Run> {
  const run = await runAction(optionsFor(simulator, inputs, given))
  expectWellFormed(run, simulator, inputs)
  return run
}

/** Starts the step; `expectWellFormed` is the caller's to call. */
export function begin(
  simulator: Simulator,
  inputs: Record<string, string>,
  given: Given = {},
): StartedAction {
  return startAction(optionsFor(simulator, inputs, given))
}

/** The names of all outputs, as action.yml declares them. */
export const outputNames: string[] = declared('outputs')

function declared(section: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'action.yml'), 'utf8')
  const [, body = ''] = new RegExp(`^${section}:\\n((?:(?: .*)?\\n)*)`, 'm').exec(text) ?? []
  return [...body.matchAll(/^ {2}([\w-]+):/gm)].map((match) => match[1] ?? '')
}

const conclusions = ['success', 'warning', 'failure', 'cancelled', 'timed-out', 'pending', 'error']

/** What holds for every run, whatever became of it. */
export function expectWellFormed(run: Run, simulator: Simulator, inputs: Record<string, string> = {}): void {
  expect(run.stderr).toBe('')
  expect(Object.keys(run.outputs).sort()).toEqual([...outputNames].sort())
  expect(conclusions).toContain(run.outputs.conclusion)
  expect(Array.isArray(JSON.parse(run.outputs.jobs ?? ''))).toBe(true)
  expect(JSON.parse(run.outputs.properties ?? '')).toBeTypeOf('object')
  expect(run.summary === '').toBe(inputs.summary === 'false')
  expect(run.exitCode).toBe(levels(run).includes('error') ? 1 : 0)
  const shown = [...visible(run), run.summary, ...Object.values(run.outputs)].join('\n')
  expect(simulator.secrets.filter((secret) => shown.includes(secret))).toEqual([])
  expect(shown).not.toMatch(/^\s+at \S.*:\d+:\d+\)?$/m)
}

/** The log as the runner keeps it: without the lines that tell it what to mask. */
export function visible(run: Run): string[] {
  return run.log.filter((line) => !line.startsWith('::add-mask::'))
}

/** The lines that a person sees with debugging off. */
export function plainLog(run: Run): string[] {
  return run.log.filter((line) => !line.startsWith('::'))
}

/** The levels of its annotations, in order. */
export function levels(run: Run): Annotation['level'][] {
  return run.annotations.map(({ level }) => level)
}

/** All jobs that a run tells of. */
export function jobsOf(run: Run): Record<string, unknown>[] {
  return JSON.parse(run.outputs.jobs ?? '') as Record<string, unknown>[]
}

/** The property bag that a run gives. */
export function propertiesOf(run: Run): Record<string, unknown> {
  return JSON.parse(run.outputs.properties ?? '') as Record<string, unknown>
}

/** Requests to Resource Manager about a subscription, in order. */
export function asked(simulator: Simulator, { subscriptionId }: { subscriptionId: string }): SeenRequest[] {
  return simulator.requests.filter(
    ({ server, path }) => server === 'resource-manager' && path.includes(subscriptionId),
  )
}

/** Those that read the job of this ID in its vault. */
export function jobReads(simulator: Simulator, trigger: Trigger): SeenRequest[] {
  return asked(simulator, trigger).filter(({ path }) => path.endsWith(`/backupJobs/${trigger.jobId}`))
}

/** What was asked for about a subscription: `GET /path?query`, each once, in order. */
export function askedFor(simulator: Simulator, trigger: Trigger): string[] {
  const all = asked(simulator, trigger).map(({ method, path, query }) => `${method} ${path}${query}`)
  return [...new Set(all)]
}
