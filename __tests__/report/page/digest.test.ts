/** What a comment remembers: the figures of its jobs, and which of them were handed on. */
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/domain/outcome.ts'
import {
  changesSince,
  type Figures,
  figuresOf,
  handedOnIn,
  hide,
  reveal,
  revealHandedOn,
} from '../../../src/report/page/digest.ts'
import { failed, good, handedOn, outcomeOf, warned } from '../samples.ts'

const opening = '<!-- wait-for-azure-backup digest '
const name = 'Backup/vm-web-1/kv-backup-weu'
const figures: Figures = { name, seconds: 4_277, bytes: 19_306 * 2 ** 20 }

describe('the figures', () => {
  it('are of what did its work, by operation, item and vault', () => {
    expect(figuresOf([good], [])).toEqual([figures])
    expect(figuresOf([warned], [])).toEqual([{ ...figures, bytes: 32 * 2 ** 30 }])
    expect(figuresOf([outcomeOf({ vault: undefined })], [])).toEqual([
      { ...figures, name: 'Backup/vm-web-1/', bytes: undefined },
    ])
    expect(figuresOf([outcomeOf({ item: '' })], [])).toEqual([])
  })

  it('of what did not are those of the same job before', () => {
    const others = [{ ...figures, name: 'Backup/vm-web-2/kv-backup-weu' }, figures]
    expect(figuresOf([failed], others)).toEqual([figures])
    expect(figuresOf([failed], [])).toEqual([])
  })

  it('are those of a hundred jobs', () => {
    const outcomes = Array.from({ length: 101 }, (_, index) => outcomeOf({ item: `vm-${index}` }))
    expect(figuresOf(outcomes, [])).toHaveLength(100)
  })
})

describe('what is hidden', () => {
  it('is JSON in an HTML comment, without what could end it or name anyone', () => {
    expect(hide([{ name: 'a-->@b', seconds: 1, bytes: undefined }])).toBe(
      `${opening}{"jobs":[{"name":"a\\u002d\\u002d\\u003e\\u0040b","seconds":1}]} -->`,
    )
    expect(hide([figures], ['a-1'])).toMatch(/,"handedOn":\["a\\u002d1"\]} -->$/)
  })

  it('is found again, wherever it stands', () => {
    const body = hide([figures], ['a-1', 'b-->2'])
    expect(body.indexOf('-->')).toBe(body.length - 3)
    for (const text of [body, `text\n\n${body}\n`, body.slice(0, -4), `${hide([])}\n${body}`])
      expect([reveal(text), revealHandedOn(text)]).toEqual([[figures], ['a-1', 'b-->2']])
    expect(revealHandedOn(hide([figures]))).toEqual([])
  })

  it('is nothing without its mark', () => {
    const unmarked = `${'x'.repeat(opening.length - 1)}{"jobs":[{"name":"a"}],"handedOn":["a"]} -->`
    for (const text of ['nothing', unmarked]) {
      expect(reveal(text)).toEqual([])
      expect(revealHandedOn(text)).toEqual([])
    }
  })

  it('has 10,000 characters at most, with the first half of the jobs rather than none', () => {
    const jsonOf = (length: number) =>
      hide([{ ...figures, name: 'a'.repeat(length) }]).slice(opening.length, -4)
    const room = 10_000 - jsonOf(0).length
    expect(jsonOf(room)).toHaveLength(10_000)
    expect(jsonOf(room + 1)).toBe('{"jobs":[]}')
    const long = (first: string) => ({ ...figures, name: `${first}${'a'.repeat(3_000)}` })
    expect(reveal(hide(['1', '2', '3', '4'].map(long))).map((one) => one.name[0])).toEqual(['1', '2'])
  })

  it('is read no further than it is written', () => {
    const jobs = Array.from({ length: 101 }, (_, index) => ({ name: `${index}` }))
    const ids = jobs.map((job) => job.name)
    const body = `${opening}${JSON.stringify({ jobs, handedOn: ids })} -->`
    expect(reveal(body)).toHaveLength(100)
    expect(revealHandedOn(body)).toEqual(ids.slice(0, 20))
  })
})

describe('the jobs that were handed on', () => {
  it('are remembered beside what did well', () => {
    const upper: Outcome = { ...handedOn, job: { ...handedOn.job, id: 'ABC' } }
    expect(handedOnIn([upper, good])).toEqual(['abc'])
    expect(handedOnIn([good])).toEqual([])
  })

  it('are not where another job is no success, which the next run knows nothing of', () => {
    expect(handedOnIn([failed, handedOn])).toEqual([])
    expect(handedOnIn([warned, handedOn])).toEqual([])
  })

  it('are twenty at most', () => {
    expect(handedOnIn(Array.from({ length: 50 }, () => handedOn))).toHaveLength(20)
  })
})

describe('the changes', () => {
  const changes = (before: Partial<Figures>, outcome = good) =>
    changesSince([{ ...figures, ...before }])(outcome)
  const none = { duration: '', size: '' }

  it('are told in words', () => {
    expect(changes({ seconds: 4_276, bytes: 19_307 * 2 ** 20 })).toEqual({
      duration: ' (1s longer)',
      size: ' (1 MB less)',
    })
    expect(changes({ seconds: 4_278, bytes: 19_305 * 2 ** 20 })).toEqual({
      duration: ' (1s shorter)',
      size: ' (1 MB more)',
    })
    expect(changes({})).toEqual({ duration: ' (as before)', size: ' (as before)' })
  })

  it('are none where one of the two is not known', () => {
    expect(changes({ seconds: undefined, bytes: undefined })).toEqual(none)
    const unmeasured = outcomeOf({ startTime: undefined, durationSeconds: undefined, size: undefined })
    expect(changes({}, unmeasured)).toEqual(none)
    expect(changes({ seconds: undefined, bytes: undefined }, unmeasured)).toEqual(none)
  })

  it('are none of another job, of one without a name, and of one that did not do its work', () => {
    expect(changes({ name: 'Backup/vm-web-2/kv-backup-weu' })).toEqual(none)
    expect(changes({ name: '' }, outcomeOf({ item: '' }))).toEqual(none)
    expect(changes({}, failed)).toEqual(none)
  })
})
