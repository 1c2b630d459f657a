/** When this action would look at the recorded jobs, by its own schedule: no network, no waiting. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pauseSeconds } from '../src/base/pace.ts'
import { absolute, compared, type Row, short } from './table.ts'
import type { Timeline } from './timelines.ts'

/** The recorded jobs. */
export const timelines = JSON.parse(
  readFileSync(join(import.meta.dirname, 'timelines.json'), 'utf8'),
) as Timeline[]

/** Seconds until the next look, at something of this age; reads by POST spend a scarcer quota. */
export type Pause = (age: number, byPost: boolean) => number

/** What following a job took: requests, and when its end (or its snapshot) was seen. */
export interface Followed {
  reads: number
  seen: number
}

/** The pauses of `src/base/pace.ts`, as the service answered the recorded clients: without Retry-After. */
export function scheduled(random: () => number, longest = 30): Pause {
  const pace = { longest, retryAfter: 0, remaining: Number.POSITIVE_INFINITY }
  return (age, byPost) => pauseSeconds({ ...pace, age, byPost }, random())
}

/** Follows the operation until it has ended, then its job until `until`, as `src/wait` does. */
export function follow(timeline: Timeline, pause: Pause, until: number): Followed {
  let now = timeline.asked
  let reads = 1
  while (now < timeline.operation) {
    now += pause(now - timeline.asked, false)
    reads += 1
  }
  reads += 1
  while (now < until) {
    now += pause(now - timeline.started, timeline.name.startsWith('crr-'))
    reads += 1
  }
  return { reads, seen: now }
}

/** The same for every timeline, with many seeds; the sum of the reads and the mean seconds from end to sight. */
export function followMany(
  some: Timeline[],
  pauses: (random: () => number) => Pause,
  seeds = 200,
): { reads: number; delay: number } {
  let reads = 0
  let delay = 0
  for (let seed = 1; seed <= seeds; seed += 1) {
    const pause = pauses(randomOf(seed))
    for (const timeline of some) {
      const followed = follow(timeline, pause, timeline.ended)
      reads += followed.reads
      delay += followed.seen - timeline.ended
    }
  }
  return { reads: reads / seeds, delay: delay / seeds / some.length }
}

/** Chance that is the same in every run (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const fiveMinutes = 300
const long = timelines.filter(({ started, ended }) => ended - started > fiveMinutes)
const young = timelines.filter(({ started, ended }) => ended - started <= fiveMinutes)

/** Requests, and how long after its end a job is seen, beside the recorded clients and a poll every 30 s. */
export function requestRows(): Row[] {
  const own = (some: Timeline[]) => followMany(some, scheduled)
  const fixed = (some: Timeline[]) => followMany(some, () => () => 30)
  const recorded = (some: Timeline[]) => ({
    reads: some.reduce((sum, { reads }) => sum + reads, 0),
    delay: some.reduce((sum, { seen, ended }) => sum + Math.max(0, seen - ended), 0) / some.length,
  })
  const requests = `Requests for the ${timelines.length} recorded jobs`
  const delays = (what: string, some: Timeline[], most: number): Row[] => {
    const seconds = (value: number) => `${short(value)} s`
    const { delay } = own(some)
    return [
      absolute(what, delay, most, seconds),
      compared(what, 'recorded clients', [delay, recorded(some).delay], undefined, seconds),
      compared(what, 'a poll every 30 s', [delay, fixed(some).delay], undefined, seconds),
    ]
  }
  const count = (value: number) => String(Math.round(value))
  const { reads } = own(timelines)
  return [
    compared(requests, 'recorded clients', [reads, recorded(timelines).reads], 0.6, count),
    compared(requests, 'a poll every 30 s', [reads, fixed(timelines).reads], undefined, count),
    ...delays('From the end of a job over five minutes to its sight', long, 15),
    ...delays('From the end of a shorter job to its sight', young, 4),
  ]
}

/** Minutes from the request for a VM's backup until what waits for it may go on. */
export function snapshotRows(): Row[] {
  const backups = timelines.filter(({ name, snapshot }) => name.startsWith('azureiaasvm-backup') && snapshot)
  const until = (end: (timeline: Timeline) => number) => {
    const ends = backups.map((timeline) => {
      const seeds = Array.from({ length: 200 }, (_, seed) =>
        follow(timeline, scheduled(randomOf(seed)), end(timeline)),
      )
      return seeds.reduce((sum, { seen }) => sum + seen, 0) / seeds.length / 60
    })
    return ends.reduce((sum, minutes) => sum + minutes, 0) / ends.length
  }
  const snapshot = until((timeline) => timeline.snapshot?.[1] ?? timeline.ended)
  const completion = until(({ ended }) => ended)
  const minutes = (value: number) => `${short(value)} min`
  return [
    compared(
      `Until a deployment may go on, ${backups.length} VM backups, \`wait-for: snapshot\``,
      '`completion`',
      [snapshot, completion],
      0.25,
      minutes,
    ),
  ]
}
