/** What a chain of looks costs that holds no runner between them, beside a runner that is held: no network, no waiting. */
import { follow, randomOf, scheduled, timelines } from './cadence.ts'
import { type Row, short } from './table.ts'
import type { Timeline } from './timelines.ts'

/** US dollars for a minute, begun ones counted whole (GitHub: Actions runner pricing, of 2026). */
const price = { slim: 0.002, linux: 0.006 }
/** Minutes: the default of `timeout-minutes`, under the six hours of a hosted job. */
const longestJob = 350
/** Seconds that docs/follow.yml rests before each look but the first. */
const rest = 30
const seeds = 200

/** What following a backup came to, on an average: minutes billed, US dollars, and seconds from its end to its sight. */
export interface Cost {
  minutes: number
  dollars: number
  delay: number
}

/**
 * A first look when the backup was asked for, then one each time that the timer is over, until the end is seen. A look
 * takes some seconds, and a minute is billed for it. GitHub's own time to queue a job and to start a runner, which nobody
 * has measured here, comes on top of each pause.
 *
 * @param timer minutes
 */
export function chain({ asked, ended }: Timeline, timer: number): Cost {
  let now = asked
  let looks = 1
  while (now < ended) {
    now += timer * 60 + rest
    looks += 1
  }
  return { minutes: looks, dollars: looks * price.slim, delay: now - ended }
}

/** A runner with two cores that is held, and where it has to be, handed on to the next. */
export function held(timeline: Timeline, random: () => number): Cost {
  const { seen } = follow(timeline, scheduled(random), timeline.ended)
  const minutes = Math.ceil(seen / 60)
  // Full jobs are whole minutes already.
  return { minutes, dollars: minutes * price.linux, delay: seen - timeline.ended }
}

/** The same backup, its end drawn evenly from one timer's length about its own: nobody chooses when it ends. */
function around(
  timeline: Timeline,
  timer: number,
  cost: (timeline: Timeline, random: () => number) => Cost,
): Cost {
  const sum: Cost = { minutes: 0, dollars: 0, delay: 0 }
  for (let seed = 1; seed <= seeds; seed += 1) {
    const shift = (seed / seeds - 0.5) * timer * 60
    const one = cost({ ...timeline, ended: timeline.ended + shift }, randomOf(seed))
    sum.minutes += one.minutes / seeds
    sum.dollars += one.dollars / seeds
    sum.delay += one.delay / seeds
  }
  return sum
}

/** What a chain comes to for a backup of this length, and a runner that is held. */
export interface Comparison {
  length: string
  /** Minutes. */
  timer: number
  chained: Cost
  holding: Cost
}

/** A recorded backup of a VM, and one of the same kind that takes 20 hours. */
export function compareCosts(): Comparison[] {
  const recorded = timelines.find(({ name }) => name.startsWith('azureiaasvm-backup'))
  if (recorded === undefined) throw new Error('timelines.json has no backup of a VM.')
  const backups: [string, Timeline][] = [
    [`${Math.round((recorded.ended - recorded.started) / 60)} min`, recorded],
    ['20 h', { ...recorded, ended: recorded.started + 20 * 3600 }],
  ]
  return backups.flatMap(([length, timeline]) =>
    [10, 30].map((timer) => ({
      length,
      timer,
      chained: around(timeline, timer, (one) => chain(one, timer)),
      holding: around(timeline, timer, held),
    })),
  )
}

/** The rows of the benchmark. */
export function followRows(): Row[] {
  return compareCosts().map(({ length, timer, chained, holding }) => ({
    what: `A backup of ${length}, looked at every ${timer} min: minutes billed, cost, delay`,
    beside: holding.minutes > longestJob ? 'runners held by turns' : 'a runner held',
    ratio: short(chained.dollars / holding.dollars),
    aim: '',
    met: undefined,
    action: cells(chained).join(', '),
    other: cells(holding).join(', '),
  }))
}

/** Minutes billed, cost and delay, for a table. */
export function cells({ minutes, dollars, delay }: Cost): string[] {
  const late = delay < 60 ? `${Math.round(delay)} s` : `${Math.round(delay / 60)} min`
  return [`${Math.round(minutes)} min`, `USD ${dollars.toFixed(2)}`, late]
}
