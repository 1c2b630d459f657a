/** The time of a process that begins to run fast only with its first request, however long it takes to start. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A clock that stands until it is started. */
export interface LateClock {
  /** What `fast-clock.mjs` reads. */
  environment: Record<string, string>
  /** Starts it; does nothing when it runs. */
  start(): void
  /** Simulated milliseconds since the epoch. */
  now(): number
  /** Removes its file. */
  remove(): void
}

/**
 * Makes one that will begin at `base`, so many times as fast as the machine's. A busy machine may take a second to
 * start a process, which is minutes of simulated time, and more than a step waits for a token.
 */
export function createLateClock(base: number, speed: number): LateClock {
  const folder = mkdtempSync(join(tmpdir(), 'clock-'))
  const file = join(folder, 'origin')
  let origin: number | undefined
  return {
    environment: {
      FAST_CLOCK_SPEED: String(speed),
      FAST_CLOCK_BASE: String(base),
      FAST_CLOCK_REAL_ORIGIN_FILE: file,
    },
    start: () => {
      if (origin !== undefined) return
      origin = Date.now()
      // In one go, so that no half of it is read.
      writeFileSync(`${file}.new`, String(origin))
      renameSync(`${file}.new`, file)
    },
    now: () => (origin === undefined ? base : base + (Date.now() - origin) * speed),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
