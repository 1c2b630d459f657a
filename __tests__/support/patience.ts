import type { Patience } from '../../src/base/patience.ts'
import { FakeClock, start } from './fake-clock.ts'

/** Patience on a fake clock, its chance fixed in the middle unless told otherwise. */
export interface FakePatience extends Patience {
  clock: FakeClock
  /** Aborts the signal. */
  stop(reason?: Error): void
}

/** @param seconds until the deadline */
export function fakePatience(seconds = 3600, random = 0.5, clock = new FakeClock()): FakePatience {
  const controller = new AbortController()
  return {
    clock,
    random: () => random,
    deadline: start + seconds * 1000,
    signal: controller.signal,
    stop: (reason = new Error('stopped by SIGTERM')) => controller.abort(reason),
  }
}
