/** Plays one night: the whole run, from its inputs to its exit code, in a world that stands still while it thinks. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { HangError, NightClock, turn } from './clock.ts'
import { dice } from './dice.ts'
import { inputsOf } from './given.ts'
import { network } from './model/network.ts'
import { entra } from './model/tokens.ts'
import { newTrace, type Trace } from './model/trace.ts'
import { World } from './model/world.ts'
import { judge } from './oracle/judge.ts'
import type { Plan, Time } from './plan.ts'
import { recordingRunner, type Written } from './runner.ts'

type Surroundings = import('../src/surroundings.ts').Surroundings

/** A run, of src or of a copy of it. */
export type Run = (surroundings: Surroundings) => Promise<void>

/** What a night has come to. */
export interface Night {
  plan: Plan
  world: World
  trace: Trace
  written: Written
  /** When the run had ended. */
  endedAt: Time
  /** What was thrown, where the run did not end by itself. */
  crash: string | undefined
  /** Rejections that nobody handled. */
  unhandled: string[]
  /** Timers and requests that were left behind. */
  left: string[]
  /** What should not be, in sentences; none of a good night. */
  wrongs: string[]
}

const action = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8')) as {
  inputs: Record<string, { default?: string }>
  outputs: Record<string, unknown>
}
const defaults = Object.fromEntries(
  Object.entries(action.inputs).map(([name, { default: value }]) => [name, String(value ?? '')]),
)
export const outputNames = Object.keys(action.outputs)

/**
 * Stops the clock by which src takes turns in long computations (src/base/turns.ts): how long something truly takes must
 * not change a night. What is returned lets it go on.
 */
export function stopRealTime(): () => void {
  const { now } = performance
  performance.now = () => 0
  return () => {
    performance.now = now
  }
}

const unhandled: string[] = []

/** Notes what nobody handles, for as long as nights are played; what is returned stops it. */
export function watchRejections(): () => void {
  const note = (reason: unknown) => {
    unhandled.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason))
  }
  process.on('unhandledRejection', note)
  return () => {
    process.off('unhandledRejection', note)
  }
}

/** Plays and judges it. */
export async function play(plan: Plan, run: Run): Promise<Night> {
  const clock = new NightClock(Date.parse('2026-03-01T22:00:00Z') + (plan.seed % 300) * 86_400_000)
  const world = new World(plan, clock)
  const trace = newTrace()
  const tokens = entra(world, trace)
  const { runner, written } = recordingRunner(inputsOf(world), defaults, () => clock.time)
  const controller = new AbortController()
  for (const { at, by } of world.troubles('clock-jump')) clock.jumps.push({ at, by })
  for (const { at } of world.troubles('signal'))
    clock.at(at, () => {
      if (trace.signalledAt !== undefined) return
      trace.signalledAt = clock.time
      controller.abort(new Error('stopped by SIGINT'))
    })
  const ownTimers = () => world.troubles('signal').filter(({ at }) => at > clock.time).length
  unhandled.length = 0
  let crash: string | undefined
  const running = run({
    env: {},
    runner,
    clock,
    random: dice(plan.seed, 'run').next,
    stop: controller.signal,
    chooseCredential: () => ({ name: 'client secret', ask: tokens.ask }),
    openTransport: () => network(world, tokens, trace),
  })
  try {
    await clock.until(running)
    await running
  } catch (error) {
    crash = error instanceof HangError ? error.message : String((error as Error)?.stack ?? error)
  }
  await turn()
  await turn()
  const left = [
    // A credential that has not answered is left to the end of the process, which does not wait for it.
    ...(trace.askings.every(({ fault, endedAt }) => fault !== 'silence' && endedAt !== undefined) &&
    clock.waiting > ownTimers()
      ? [`${clock.waiting - ownTimers()} timers`]
      : []),
    ...(trace.open > 0 ? [`${trace.open} requests`] : []),
  ]
  const night: Night = {
    plan,
    world,
    trace,
    written,
    endedAt: clock.time,
    crash,
    unhandled: [...unhandled],
    left,
    wrongs: [],
  }
  night.wrongs = judge(night, outputNames)
  return night
}
