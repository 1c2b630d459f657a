/** Pages that have to lose something to fit: what they must, in its order, and no more. */
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { commentOf } from '../../../src/report/page/comment.ts'
import { summaryOf } from '../../../src/report/page/summary.ts'
import { marker } from '../pages.ts'
import { outcomeOf } from '../samples.ts'

/** Failures, each of its own cause, with long names, and so many successes. */
function mixed(successes: number): Outcome[] {
  const failures = Array.from({ length: 25 }, (_, index) =>
    outcomeOf({
      item: `bad-${index}-${'v'.repeat(80)}`,
      status: 'Failed',
      errors: [{ code: `E${index}`, message: 'm'.repeat(3_000), recommendations: [] }],
    }),
  )
  return [
    ...failures,
    ...Array.from({ length: successes }, (_, index) => outcomeOf({ item: `good-${index}` })),
  ]
}

/** What is left in a page: rows, the length of the longest name in them, how many messages, and how long each is. */
type Shape = [failures: number, successes: number, name: number, messages: number, length: number]

function shapeOf(page: string): Shape {
  const items = [...page.matchAll(/^\| \[?((?:bad|good)-\d+[-v]*)/gm)].map(([, item = '']) => item)
  const messages = [...page.matchAll(/\*\*Message\*\*: (m+)/g)].map(([, text = '']) => text.length)
  return [
    items.filter((item) => item.startsWith('bad')).length,
    items.filter((item) => item.startsWith('good')).length,
    Math.max(0, ...items.map((item) => item.length)),
    messages.length,
    Math.max(0, ...messages),
  ]
}

const context = {
  portal: 'https://portal.azure.com',
  runUrl: 'https://github.com/r',
  failOn: 'failure' as const,
}

describe('a summary that is too long', () => {
  const outcomes = mixed(120)
  const summary = (limit?: number) => summaryOf(outcomes, { ...context, statistics: undefined }, limit)
  // What stands behind it comes next: the links of the items as long as they are there, then those of the page.
  const note =
    /\n\nNot all of it fits into a job summary; the output `jobs` and the log have more\.\n\n\[vault/i

  it.each<[number, ...Shape]>([
    [107_000, 25, 100, 87, 25, 3_000],
    [100_000, 25, 0, 87, 25, 3_000],
    [80_000, 25, 0, 87, 25, 1_000],
    [30_000, 25, 0, 87, 25, 300],
    [15_000, 25, 0, 60, 10, 300],
    [11_000, 25, 0, 20, 10, 200],
    [8_000, 25, 0, 20, 3, 200],
    [5_000, 20, 0, 20, 1, 200],
    [2_000, 0, 0, 0, 0, 0],
  ])('fits into %d bytes and says so', (limit, ...shape) => {
    const page = summary(limit)
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(limit)
    expect(shapeOf(page)).toEqual(shape)
    expect(page).toMatch(note)
  })

  it('is whole where it fits', () => {
    expect(shapeOf(summary())).toEqual([25, 120, 87, 25, 3_000])
    expect(summary()).not.toMatch(/Not all of it/)
  })
})

describe('a comment that is too long', () => {
  const outcomes = mixed(0)
  const comment = (limit?: number) =>
    commentOf(outcomes, { ...context, marker, origin: 'CI', before: [] }, limit)
  const note =
    /\n\nNot all of it fits into a comment; the summary of the workflow run has more\.\n\nCI · \[Vault/

  it.each<[number, ...Shape]>([
    [40_000, 25, 0, 87, 20, 1_000],
    [30_000, 25, 0, 87, 20, 300],
    [15_000, 25, 0, 60, 10, 300],
    [11_000, 25, 0, 20, 10, 200],
    [8_000, 25, 0, 20, 3, 200],
    [5_000, 20, 0, 20, 1, 200],
    [2_000, 0, 0, 0, 0, 0],
  ])('fits into %d characters and says so', (limit, ...shape) => {
    const body = comment(limit)
    expect(body.length).toBeLessThanOrEqual(limit)
    expect(shapeOf(body)).toEqual(shape)
    expect(body).toMatch(note)
  })

  it('is whole where it fits, with fewer troubles and shorter messages than the summary', () => {
    expect(shapeOf(comment())).toEqual([25, 0, 87, 20, 2_000])
    expect(comment()).not.toMatch(/Not all of it/)
  })
})
