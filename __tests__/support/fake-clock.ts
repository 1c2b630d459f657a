import { type Clock, systemClock } from '../../src/base/clock.ts'

/** A point in time that tests start at. */
export const start = Date.parse('2026-03-01T10:00:00Z')

interface Sleeper {
  due: number
  wake: () => void
}

/**
 * A clock that jumps: when nothing else is left to do in the event loop's turn, it stands at the time that the
 * next sleeper is due. Hours of several waits at once pass in milliseconds, in the right order.
 */
export class FakeClock implements Clock {
  /** How long each sleep was asked to be, in seconds to the millisecond. */
  readonly sleeps: number[] = []
  #now: number
  #sleepers: Sleeper[] = []
  #asleep = 0
  #scheduled = false

  constructor(now = start) {
    this.#now = now
  }

  /** May be called apart from its clock. */
  now = (): number => this.#now

  /** The wall clock, which jumps by what is added to it here. */
  date = (): number => this.#now + this.wallAhead

  wallAhead = 0

  /** Seconds since the start. */
  elapsed(): number {
    return (this.#now - start) / 1000
  }

  /** Moves the time by hand, in seconds. */
  advance(seconds: number): void {
    this.#now += seconds * 1000
  }

  /** Does something when sleepers let the time pass by, in seconds since the start. */
  at(seconds: number, wake: () => void): void {
    this.#sleepers.push({ due: start + seconds * 1000, wake })
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(Math.round(milliseconds) / 1000)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    if (signal?.aborted) {
      reject(signal.reason)
      return promise
    }
    this.#asleep += 1
    const sleeper: Sleeper = {
      due: this.#now + Math.max(0, milliseconds),
      wake: () => {
        this.#asleep -= 1
        resolve()
      },
    }
    signal?.addEventListener(
      'abort',
      () => {
        if (!this.#sleepers.includes(sleeper)) return
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        this.#asleep -= 1
        reject(signal.reason)
      },
      { once: true },
    )
    this.#sleepers.push(sleeper)
    this.#schedule()
    return promise
  }

  /** Whether limits pass with the time here; or else they are real, as sockets are. */
  limitsLeap = false

  after = (milliseconds: number, late: () => void): (() => void) => {
    if (!this.limitsLeap) return systemClock.after(milliseconds, late)
    const cancelled = new AbortController()
    this.sleep(milliseconds, cancelled.signal).then(late, () => {})
    return () => cancelled.abort()
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      const [next] = this.#sleepers.sort((one, other) => one.due - other.due)
      if (next === undefined || this.#asleep === 0) return
      this.#sleepers.shift()
      this.#now = Math.max(this.#now, next.due)
      next.wake()
      if (this.#asleep > 0) this.#schedule()
    })
  }
}
