import { clearTimeout, setTimeout } from 'node:timers'
import { setTimeout as delay } from 'node:timers/promises'

/** Time, as a parameter, so that tests of hours take no time. */
export interface Clock {
  /**
   * Milliseconds since some moment, always forwards: deadlines and pauses go by it. A wall clock may jump, when a
   * machine's time is set right.
   */
  now(): number
  /** Milliseconds since 1970, by the machine's wall clock. */
  date(): number
  /** Waits; throws the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
  /** Calls `late` after so many milliseconds, unless what is returned is called first: limits go by it. */
  after(milliseconds: number, late: () => void): () => void
}

/** Node's timers hold no more (2^31 - 1 ms); a longer sleep ends early, and whoever asked looks at the clock. */
const longestTimer = 2 ** 31 - 1

/** The machine's own. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    const own = signal && followSignal(signal)
    const options = own === undefined ? {} : { signal: own.signal }
    try {
      await delay(Math.min(Math.max(0, milliseconds), longestTimer), undefined, options)
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    } finally {
      own?.forget()
    }
  },
  after: (milliseconds, late) => {
    const timer = setTimeout(late, Math.min(Math.max(0, milliseconds), longestTimer))
    return () => clearTimeout(timer)
  },
}

/** How long work may take. */
export interface Limit {
  clock: Clock
  milliseconds: number
  /** What is thrown when they are over. */
  late: () => Error
  /** Aborted by a person, which ends the work as well. */
  signal?: AbortSignal | undefined
}

/** The work's value, or an error as soon as its time is over or the signal is aborted; it hears of both by its signal. */
export async function within<Value>(
  { clock, milliseconds, late, signal }: Limit,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  signal?.throwIfAborted()
  const ended = new AbortController()
  const { promise: over, reject } = Promise.withResolvers<never>()
  const end = (reason: unknown) => {
    reject(reason)
    ended.abort(reason)
  }
  const forget = signal && onAbort(signal, () => end(signal.reason))
  const cancel = clock.after(milliseconds, () => end(late()))
  try {
    return await Promise.race([work(ended.signal), over])
  } finally {
    cancel()
    forget?.()
  }
}

const waiting = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls back when the signal is aborted. However many wait for one signal, it has one listener: each more would first
 * be compared with all others, which took ten thousand jobs twenty seconds.
 *
 * @returns forgets the callback
 */
function onAbort(signal: AbortSignal, act: () => void): () => void {
  const known = waiting.get(signal)
  const acts = known ?? new Set()
  if (known === undefined) {
    waiting.set(signal, acts)
    const actAll = () => {
      for (const one of acts) one()
    }
    signal.addEventListener('abort', actAll, { once: true })
  }
  acts.add(act)
  return () => acts.delete(act)
}

/**
 * A signal that follows another one for a while, for what adds a listener of its own for each call (timers/promises).
 *
 * @returns the signal, and what ends that
 */
export function followSignal(signal: AbortSignal): { signal: AbortSignal; forget: () => void } {
  const controller = new AbortController()
  if (signal.aborted) controller.abort(signal.reason)
  return { signal: controller.signal, forget: onAbort(signal, () => controller.abort(signal.reason)) }
}

/** Waits for the promise to settle, for so many milliseconds at the most. Never throws. */
export async function waitUpTo(milliseconds: number, promise: Promise<unknown>, clock: Clock): Promise<void> {
  const settled = new AbortController()
  const pause = clock.sleep(milliseconds, settled.signal)
  await Promise.race([promise, pause]).catch(() => {})
  settled.abort()
  pause.catch(() => {})
}

/** The promise's value, or the signal's reason as soon as it is aborted: a process that is asked goes on alone. */
export async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  // Whatever becomes of it when nobody waits for it any more.
  promise.catch(() => {})
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const forget = onAbort(signal, () => reject(signal.reason))
  try {
    return await Promise.race([promise, aborted])
  } finally {
    forget()
  }
}
