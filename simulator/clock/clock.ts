/**
 * The simulated clock. Every instant in the simulator is in milliseconds since the epoch on this clock; a
 * child process that loads `fast-clock.mjs` with the same three numbers reads the same time.
 */
import { setTimeout as realDelay } from 'node:timers/promises'

/** A clock that starts at `base` and runs `speed` times as fast as the machine's. */
export interface Clock {
  /** Simulated milliseconds since the epoch. */
  now(): number
  /** Simulated seconds in a real one. */
  speed: number
  /** `Date.now()` of the machine when the simulated clock showed `base`. */
  realOrigin: number
  /** Simulated milliseconds since the epoch at `realOrigin`, as if it had always run so. */
  readonly base: number
  /** Lets so many simulated milliseconds go by at once; what runs in a child process does not notice. */
  leap(simulatedMs: number): void
  /** Waits for so many simulated milliseconds; rejects with the signal's reason when that is aborted. */
  sleep(simulatedMs: number, signal?: AbortSignal): Promise<void>
}

/** Makes a clock: `now = base + (Date.now() - realOrigin) * speed`. By default it is the machine's own. */
export function createClock(options: { speed?: number; base?: number } = {}): Clock {
  const speed = options.speed ?? 1
  if (!(speed > 0 && Number.isFinite(speed))) throw new RangeError(`speed must be more than 0, not ${speed}`)
  const realOrigin = Date.now()
  let base = options.base ?? realOrigin
  return {
    speed,
    realOrigin,
    get base() {
      return base
    },
    now: () => base + (Date.now() - realOrigin) * speed,
    leap: (simulatedMs) => {
      base += simulatedMs
    },
    sleep: async (simulatedMs, signal) => {
      await realDelay(Math.max(0, Math.ceil(simulatedMs / speed)), undefined, signal ? { signal } : {})
    },
  }
}

/** Whether the clock shows the machine's own time, so that a child needs no preload. */
export function isRealClock(clock: Clock): boolean {
  return clock.speed === 1 && clock.base === clock.realOrigin
}

/** The variables that `fast-clock.mjs` reads; none for a clock that shows the machine's own time. */
export function clockEnvironment(clock: Clock): Record<string, string> {
  if (isRealClock(clock)) return {}
  return {
    FAST_CLOCK_SPEED: String(clock.speed),
    FAST_CLOCK_REAL_ORIGIN: String(clock.realOrigin),
    FAST_CLOCK_BASE: String(clock.base),
  }
}
