/** The costs in the recipe are those that the benchmark works out. */
import { describe, expect, it } from 'vitest'
import { cells, chain, compareCosts, followRows, held } from '../../benchmark/follow.ts'
import { read } from './support/files.ts'
import { tableAfter } from './support/markdown.ts'

const timeline = (ended: number) => ({
  name: 'a',
  asked: 0,
  operation: 0,
  started: 0,
  ended,
  reads: 0,
  seen: 0,
})

describe('a chain of looks', () => {
  it('looks when asked, and each time that the timer is over, until the end is seen', () => {
    const cycle = 10 * 60 + 30
    expect(chain(timeline(0), 10)).toMatchObject({ minutes: 1, delay: 0 })
    expect(chain(timeline(1), 10)).toMatchObject({ minutes: 2, delay: cycle - 1 })
    expect(chain(timeline(cycle), 10)).toMatchObject({ minutes: 2, delay: 0 })
    expect(chain(timeline(cycle + 1), 10)).toMatchObject({ minutes: 3, dollars: 0.006 })
  })

  it('costs the minutes of its looks, and a runner that is held those of the backup', () => {
    expect(held(timeline(3_600), () => 0.5)).toMatchObject({ minutes: 61, dollars: 61 * 0.006 })
    for (const { chained, holding } of compareCosts())
      expect(chained.dollars).toBeLessThan(holding.dollars / 20)
    expect(followRows()).toHaveLength(4)
  })

  it('costs in the recipe what it costs here', () => {
    const rows = compareCosts().map(({ length, timer, chained, holding }) => [
      length,
      `${timer} min`,
      ...cells(chained),
      ...cells(holding),
    ])
    expect(tableAfter('## Wait without a runner', read('docs/recipes.md'))).toEqual(rows)
  })
})
