/** What lists show, which may be late. */
import { viewOf } from './timeline.ts'
import type { Job, World } from './world.ts'

/** The world as lists show this job: just before its end, where they are late. */
export function asListed(world: World, job: Job, now: number): World {
  const lag = (world.quirks.listEndLagSeconds ?? 0) * 1000
  if (lag === 0) return world
  const view = viewOf(job, now)
  return view.ended && now < view.at.ms + lag ? worldAt(world, view.at.ms - 1) : world
}

/** The world at another time. */
export function worldAt(world: World, ms: number): World {
  return { ...world, clock: { ...world.clock, now: () => ms } }
}
