/** A process's time that begins to run fast with its first request, however long it takes to start. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'clocks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let count = 0

/** A clock that stands until it is started. */
export interface LateClock {
  /** What `simulator/fast-clock.mjs` reads. */
  environment: Record<string, string>
  /** Starts it; does nothing when it runs. */
  start(): void
  /** Simulated milliseconds since 1970. */
  now(): number
}

/** Makes one that will begin at `base`, so many times as fast as the machine's. */
export function lateClock(base: number, speed: number): LateClock {
  count += 1
  const file = join(folder, String(count))
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
  }
}
