/** Late clocks that are removed after the tests of a file. */
import { afterAll } from 'vitest'
import { createLateClock, type LateClock } from '../../simulator/late-clock.ts'

const all: LateClock[] = []
afterAll(() => {
  for (const clock of all) clock.remove()
})

/** A clock that stands at `base` until it is started, then runs so many times as fast as the machine's. */
export function lateClock(base: number, speed: number): LateClock {
  const clock = createLateClock(base, speed)
  all.push(clock)
  return clock
}

export type { LateClock }
