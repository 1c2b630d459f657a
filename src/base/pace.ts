/** When to read next. Pure. */
import { floorSeconds } from './patience.ts'

/** Seconds between two reads by POST: each spends one of the writes that the whole subscription shares (recorded). */
export const postPause = 30

/** What the next pause depends on. */
export interface Pace {
  /** Seconds that the job has been running. */
  age: number
  /** Seconds: the input `poll-interval-seconds`. */
  longest: number
  /** Seconds that the service asks to wait; 0 if it does not. */
  retryAfter: number
  /** Requests left, as the service says; infinite where it does not. */
  remaining: number
  /** Whether reads spend the write quota (cross-region jobs are read by POST). */
  byPost: boolean
}

/**
 * Seconds until the next read: short for a young job, up to the longest for an old one. What the service asks
 * for, and what its quota allows, comes first.
 *
 * @param random 0 to 1: spreads several steps that wait at once
 */
export function pauseSeconds(pace: Pace, random: number): number {
  // On the recorded jobs: 57 % of the requests that their clients made, and an end is seen 4 s after it, 10 s where
  // the job takes over five minutes (benchmark/).
  const wanted = Math.min(pace.longest, 5 + Math.max(0, pace.age) / 25)
  const spread = wanted * (0.85 + 0.15 * random)
  return Math.max(spread, quotaFloor(pace), floorSeconds(pace.retryAfter, random))
}

/** Recovery Services allows about 150 reads a window (recorded), which steps of a matrix share. */
function quotaFloor({ remaining, byPost }: Pace): number {
  const slow = remaining < 5 ? 120 : remaining < 20 ? 60 : 0
  return Math.max(slow, byPost ? postPause : 0)
}
