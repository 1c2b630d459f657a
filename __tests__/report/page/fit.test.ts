import { describe, expect, it } from 'vitest'
import { type Extent, remembered, shortenToFit, whole } from '../../../src/report/page/fit.ts'

/** The extents that a page is tried with until it fits, each with whether it says that it was shortened. */
function tried(start: Extent, fits: (extent: Extent) => boolean): [Extent, boolean][] {
  const all: [Extent, boolean][] = []
  const render = (extent: Extent, shortened: boolean) => {
    all.push([extent, shortened])
    return fits(extent) ? 'fits' : 'is too long'
  }
  shortenToFit(start, render, (page) => page.length, 4)
  return all
}

describe('a page that has to fit', () => {
  it('is whole where it fits to the last character', () => {
    expect(tried(whole, () => true)).toEqual([[whole, false]])
  })

  it('loses one thing after the other, and says so', () => {
    expect(tried(whole, ({ phases }) => !phases)).toEqual([
      [whole, false],
      [{ ...whole, statistics: false }, true],
      [{ ...whole, statistics: false, chart: false }, true],
      [{ ...whole, statistics: false, chart: false, phases: false }, true],
    ])
  })

  it('gets nothing back that it did without from the start', () => {
    const start = { ...whole, statistics: false, chart: false, phases: false, bags: false, successes: 100 }
    expect(tried(start, ({ message }) => message < whole.message)).toEqual([
      [start, false],
      [{ ...start, successes: 0, links: false }, true],
      [{ ...start, successes: 0, links: false, message: 1_000 }, true],
    ])
  })

  it('is in the end what does not fit, with nothing but the verdict', () => {
    expect(tried(whole, () => false).at(-1)).toEqual([
      {
        statistics: false,
        chart: false,
        phases: false,
        bags: false,
        links: false,
        successes: 0,
        rows: 0,
        cell: 20,
        message: 200,
        troubles: 0,
        threats: 0,
      },
      true,
    ])
    expect(
      shortenToFit(
        whole,
        () => 'is too long',
        (page) => page.length,
        4,
      ),
    ).toBe('is too long')
  })
})

describe('a part that is remembered', () => {
  it('is made once for each extent that it depends on', () => {
    const made: [number, number][] = []
    const part = remembered(
      ({ rows, cell }) => {
        made.push([rows, cell])
        return `${rows} rows of ${cell}`
      },
      ['rows', 'cell'],
    )
    const of = (rows: number, cell: number, more: Partial<Extent> = {}) =>
      part({ ...whole, rows, cell, ...more })
    expect([of(1, 23), of(12, 3), of(1, 23), of(1, 23, { message: 5 })]).toEqual([
      '1 rows of 23',
      '12 rows of 3',
      '1 rows of 23',
      '1 rows of 23',
    ])
    expect(made).toEqual([
      [1, 23],
      [12, 3],
    ])
  })
})
