import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { jobsTable, type LabelOf, type Notes } from '../../../src/report/page/jobs-table.ts'
import {
  cancelled,
  failed,
  good,
  looked,
  outcomeOf,
  refused,
  stopped,
  timedOut,
  unhealthy,
  unverified,
  vault,
  verified,
} from '../samples.ts'

const everything = { rows: 100, successes: 100, cell: 200 }
const unlabelled: LabelOf = () => undefined
const tableOf = (outcomes: Outcome[], extent: Partial<typeof everything> = {}, notes?: Notes) =>
  jobsTable(outcomes, { ...everything, ...extent }, unlabelled, notes)
const given = (outcome: Outcome, job: Partial<Outcome['job']>): Outcome => ({
  ...outcome,
  job: { ...outcome.job, ...job },
})
const numbered = (count: number, outcome: Outcome) =>
  Array.from({ length: count }, (_, index) => given(outcome, { item: `${outcome.job.status}-${index}` }))
/** The names of the items in the order of their rows, and what stands between tables. */
const outline = (page: string) =>
  page
    .split('\n')
    .filter((line) => line !== '' && !/^\| (Item|---) /.test(line))
    .map((line) => /^\| (\S+) /.exec(line)?.[1] ?? line)
/** What the first row has in this column. */
function cellOf(name: string, outcome: Outcome, extent: Partial<typeof everything> = {}): string | undefined {
  const [head = [], , row = []] = tableOf([outcome], extent)
    .split('\n')
    .map((line) => line.slice(2, -2).split(' | '))
  return row[head.indexOf(name)]
}

describe('the rows', () => {
  it('are in one table up to twenty jobs', () => {
    const outcomes = [...numbered(10, failed), ...numbered(10, good)]
    expect(outline(tableOf(outcomes))).toEqual(outcomes.map(({ job }) => job.item))
  })

  it('that succeeded are folded where there are more', () => {
    expect(outline(tableOf([...numbered(2, failed), ...numbered(19, good)]))).toEqual([
      'Failed-0',
      'Failed-1',
      '<details>',
      '<summary>✅ 19 jobs succeeded</summary>',
      ...numbered(19, good).map(({ job }) => job.item),
      '</details>',
    ])
    expect(outline(tableOf([...numbered(20, failed), good])).slice(20)).toEqual([
      '<details>',
      '<summary>✅ 1 job succeeded</summary>',
      'vm-web-1',
      '</details>',
    ])
  })

  it('that succeeded are open where nothing did not', () => {
    expect(tableOf(numbered(21, good))).toMatch(/^<details open>\n<summary>✅ 21 jobs succeeded<\/summary>\n/)
  })

  it('of failures alone have no fold', () => {
    expect(tableOf(numbered(21, failed))).not.toContain('<details')
  })

  it('are as many as there is room for, and the numbers of the rest', () => {
    const outcomes = [...numbered(3, failed), ...numbered(4, good)]
    expect(outline(tableOf(outcomes, { rows: 2, successes: 3 }))).toEqual([
      'Failed-0',
      'Failed-1',
      'Completed-0',
      'Completed-1',
      'Completed-2',
      'Not listed: 1 job that did not succeed and 1 job that succeeded.',
    ])
    expect(outline(tableOf(outcomes, { rows: 1, successes: 1 })).at(-1)).toBe(
      'Not listed: 2 jobs that did not succeed and 3 jobs that succeeded.',
    )
    expect(outline(tableOf(outcomes, { successes: 0 })).at(-1)).toBe('Not listed: 4 jobs that succeeded.')
  })

  it('may be none', () => {
    const all = [...numbered(11, failed), ...numbered(11, good)]
    expect(tableOf(all, { rows: 0, successes: 0 })).toBe(
      'Not listed: 11 jobs that did not succeed and 11 jobs that succeeded.',
    )
    expect(tableOf(numbered(21, failed), { rows: 0 })).toBe('Not listed: 21 jobs that did not succeed.')
  })

  it('stand apart from what follows', () => {
    expect(tableOf([failed, good], { successes: 0 })).toMatch(/ \|\n\nNot listed: 1 job that succeeded\.$/)
  })
})

describe('the columns', () => {
  const head = (...outcomes: Outcome[]) => tableOf(outcomes).split('\n')[0]

  it('are those in which a job has something', () => {
    expect(head(verified)).toBe(
      '| Item | Operation | Status | Duration | Size | Started (UTC) | Ended (UTC) | Recovery point (UTC) | Job |',
    )
    expect(head(refused)).toBe('| Status | Job |')
  })

  it('have the vault where there are several', () => {
    const elsewhere = given(good, { vault: { ...vault, name: 'other' } })
    expect(head(good, elsewhere)).toContain('| Operation | Vault | Status |')
    expect(head(good, good)).not.toContain('Vault')
    const rows = tableOf([given(good, { vault: undefined }), good]).split('\n')
    expect(rows[2]).toContain('| Backup | – | ✅')
    expect(rows[3]).toContain('| Backup | kv-backup-weu | ✅')
  })

  it('have notes behind duration and size', () => {
    const notes: Notes = () => ({ duration: ' (longer)', size: ' (more)' })
    expect(tableOf([good], {}, notes)).toContain('| 1h 11m 17s (longer) | 18.9 GB (more) |')
  })

  it('link items to their vaults', () => {
    const linked = (outcome: Outcome) => jobsTable([outcome], everything, () => 'vault-1').split('\n')[2]
    expect(linked(good)).toMatch(/^\| \[vm-web-1\]\[vault-1\] \| Backup \|/)
    expect(linked(given(good, { item: '' }))).toMatch(/^\| Backup \|/)
  })

  it('are cut, but for the status and the ID of the job', () => {
    const id = 'j'.repeat(64)
    const row = tableOf([given(unhealthy, { item: 'v'.repeat(30), id })], { cell: 20 })
    expect(row).toContain(`| ${'v'.repeat(20)}… |`)
    expect(row).toContain('| ❌&nbsp;Completed, no healthy recovery point |')
    expect(row).toContain(`| ${id} |`)
  })
})

describe('the recovery point', () => {
  const point = (type: string, status?: string): Outcome => ({
    ...good,
    recoveryPoint: {
      id: '1',
      time: Date.UTC(2026, 1, 11),
      type,
      ...(status !== undefined && { health: { status, threats: [] } }),
    },
  })

  it.each([
    [point('AppConsistent'), '2026-02-11 00:00:00 AppConsistent'],
    [point('AppConsistent', 'Healthy'), '2026-02-11 00:00:00 AppConsistent, Healthy'],
    [point('AppConsistent', ''), '2026-02-11 00:00:00 AppConsistent'],
    [point('', 'Healthy'), '2026-02-11 00:00:00, Healthy'],
    [point(''), '2026-02-11 00:00:00'],
  ])('has its time, its type and its threat status (%#)', (outcome, text) => {
    expect(cellOf('Recovery point (UTC)', outcome)).toBe(text)
  })
})

describe('the status', () => {
  const unread = (outcome: Outcome) => given(outcome, { status: '' })

  it.each<[Outcome, string]>([
    [good, '✅&nbsp;Completed'],
    [cancelled, '🚫&nbsp;Cancelled'],
    [unread(looked), '⏳&nbsp;Unknown'],
    [timedOut, '⏱️&nbsp;InProgress, not ended in time'],
    [unread(timedOut), '⏱️&nbsp;Not read in time'],
    [{ ...timedOut, cancellation: 'asked' }, '⏱️&nbsp;InProgress, not ended in time, cancellation asked for'],
    [{ ...timedOut, cancellation: 'refused' }, '⏱️&nbsp;InProgress, not ended in time'],
    [stopped, '⏳&nbsp;InProgress, wait stopped'],
    [unread(stopped), '⏳&nbsp;Wait stopped'],
    [{ ...stopped, cancellation: 'unanswered' }, '⏳&nbsp;InProgress, wait stopped, cancellation asked for'],
    [{ ...stopped, cancellation: 'impossible' }, '⏳&nbsp;InProgress, wait stopped'],
    [refused, '🛑&nbsp;Not followed'],
    [given(refused, { status: 'InProgress' }), '🛑&nbsp;InProgress at last, not followed'],
    [unverified, '🛑&nbsp;Completed, not verified'],
  ])('says what the wait came to (%#)', (outcome, text) => {
    expect(cellOf('Status', outcome)).toBe(text)
  })

  it('is not asked of an outcome without one', () => {
    expect(cellOf('Status', outcomeOf({ status: '' }))).toBe('❌&nbsp;Unknown')
  })
})
