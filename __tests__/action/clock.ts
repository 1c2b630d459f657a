/** Late clocks that are removed after the tests of a file. */
import { createLateClock, type LateClock } from '../../simulator/clock/late-clock.ts'

const all: LateClock[] = []

/** A clock that stands at `base` until it is started, then runs so many times as fast as the machine's. */
export function lateClock(base: number, speed: number): LateClock {
  const clock = createLateClock(base, speed)
  all.push(clock)
  return clock
}

/** Removes all that were made; at the end of a file, for the next one of a process shares this module. */
export function removeClocks(): void {
  for (const clock of all.splice(0)) clock.remove()
}

export type { LateClock }
