/** How much a page holds, so that it fits where it goes: the least important goes first. Pure. */
import type { PhasesExtent } from './phases.ts'

/** How much of a page is to be shown. */
export interface Extent extends PhasesExtent {
  statistics: boolean
  /** Property bags. */
  bags: boolean
  /** Links of the items to their vaults. */
  links: boolean
  /** Rows of jobs that succeeded, and of those that did not. */
  successes: number
  rows: number
  /** Characters of a cell of the table, and of an error's message. */
  cell: number
  message: number
  /** How many troubles are told of in full. */
  troubles: number
  /** Rows of threats. */
  threats: number
}

/** Everything. */
export const whole: Extent = {
  statistics: true,
  chart: true,
  phases: true,
  bags: true,
  links: true,
  // They are folded; nobody reads on, and each thousand takes some 20 ms, in which no signal is answered.
  successes: 2_000,
  // No more of them fit into the 1 MiB of a summary.
  rows: 6_000,
  cell: 200,
  message: 4_000,
  troubles: 50,
  threats: 500,
}

/**
 * In the order in which things go. What failed keeps its row to the last, and only numbers beyond what a page can
 * hold end that too; the verdict stays in any case.
 */
const losses: Partial<Extent>[] = [
  { statistics: false },
  { chart: false },
  { phases: false },
  { bags: false },
  { successes: 1_000 },
  { successes: 100 },
  { successes: 0, links: false },
  { message: 1_000 },
  { message: 300, troubles: 30, threats: 50 },
  { cell: 60, troubles: 10 },
  { cell: 20, message: 200 },
  { troubles: 3, threats: 10 },
  { rows: 2_000 },
  { rows: 500 },
  { rows: 100 },
  { rows: 20, troubles: 1 },
  { rows: 0, troubles: 0, threats: 0 },
]

/**
 * The largest page that fits.
 *
 * @param measure the page's size, in the unit of the limit
 */
export function shortenToFit(
  start: Extent,
  render: (extent: Extent, shortened: boolean) => string,
  measure: (page: string) => number,
  limit: number,
): string {
  let extent = start
  let page = render(extent, false)
  for (const loss of losses) {
    if (measure(page) <= limit) return page
    const less = { ...extent, ...smaller(extent, loss) }
    if (isSame(extent, less)) continue
    extent = less
    page = render(extent, true)
  }
  return page
}

/** A page that did without a part from the start loses nothing by it. */
function isSame(one: Extent, other: Extent): boolean {
  return Object.entries(one).every(([key, value]) => other[key as keyof Extent] === value)
}

/** A loss never gives back what a page did without from the start. */
function smaller(extent: Extent, loss: Partial<Extent>): Partial<Extent> {
  return Object.fromEntries(
    Object.entries(loss).map(([key, value]) => {
      return [key, typeof value === 'number' ? Math.min(value, Number(extent[key as keyof Extent])) : value]
    }),
  )
}

/**
 * A part of a page, made once for each extent that it depends on: a page is tried for its size many times.
 *
 * @param depends what of the extent it depends on
 */
export function remembered<Part>(
  make: (extent: Extent) => Part,
  depends: (keyof Extent)[],
): (extent: Extent) => Part {
  const made = new Map<string, Part>()
  return (extent) => {
    const key = depends.map((name) => String(extent[name])).join(' ')
    const known = made.get(key)
    if (known !== undefined) return known
    const part = make(extent)
    made.set(key, part)
    return part
  }
}
