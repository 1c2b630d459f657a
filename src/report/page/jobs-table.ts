/** The table of jobs. Pure: Markdown as text. */

import { amount, forPeople, utcTime } from '../../base/format.ts'
import { counted } from '../../base/text.ts'
import { elapsedSeconds } from '../../domain/job.ts'
import { type Outcome, unproved, type Verification } from '../../domain/outcome.ts'
import { conclude } from '../../domain/verdict.ts'
import { icons, lastKnown } from '../words/verdict-line.ts'
import { asTextUpTo, details, linkTo, table } from './markdown.ts'

/** With more jobs than this, those that succeeded are folded, so that the page leads with what did not. */
const unfolded = 20

/** How much of the table is to be shown. */
export interface TableExtent {
  rows: number
  successes: number
  cell: number
}

/** What stands behind a job's duration and size: how it differs from the last time. Markdown already. */
export type Notes = (outcome: Outcome) => { duration: string; size: string }

const none: Notes = () => ({ duration: '', size: '' })

/** The label of the link to an outcome's vault; undefined where the page has none. */
export type LabelOf = (outcome: Outcome) => string | undefined

/**
 * One table, or two where there are many jobs: what did not succeed, and folded what did.
 *
 * @param sorted worst first
 */
export function jobsTable(
  sorted: Outcome[],
  extent: TableExtent,
  labelOf: LabelOf,
  notes: Notes = none,
): string {
  const good = sorted.filter((outcome) => conclude(outcome) === 'success')
  const bad = sorted.filter((outcome) => conclude(outcome) !== 'success')
  const badRows = bad.slice(0, extent.rows)
  const goodRows = good.slice(0, extent.successes)
  const columns = columnsOf(sorted, extent.cell, labelOf, notes)
  const render = (outcomes: Outcome[]) =>
    outcomes.length === 0
      ? ''
      : table(
          columns.map(({ name }) => name),
          outcomes.map((outcome) => columns.map(({ cell }) => cell(outcome))),
        )
  const left = [
    bad.length > badRows.length ? `${counted(bad.length - badRows.length, 'job')} that did not succeed` : '',
    good.length > goodRows.length ? `${counted(good.length - goodRows.length, 'job')} that succeeded` : '',
  ].filter((part) => part !== '')
  const parts =
    sorted.length <= unfolded
      ? [render([...badRows, ...goodRows])]
      : [render(badRows), folded(render(goodRows), goodRows.length, bad.length === 0)]
  return [...parts, left.length === 0 ? '' : `Not listed: ${left.join(' and ')}.`]
    .filter((part) => part !== '')
    .join('\n\n')
}

function folded(rows: string, count: number, open: boolean): string {
  return rows === '' ? '' : details(`${icons.success} ${counted(count, 'job')} succeeded`, rows, open)
}

interface Column {
  name: string
  /** Markdown already. */
  cell: (outcome: Outcome) => string
}

/** The vault where there are several; nothing that none of them has. */
function columnsOf(outcomes: Outcome[], most: number, labelOf: LabelOf, notes: Notes): Column[] {
  const text = (name: string, value: (outcome: Outcome) => string): Column => ({
    name,
    cell: (outcome) => asTextUpTo(value(outcome), most) || '–',
  })
  const severalVaults = new Set(outcomes.map(({ job }) => job.vault?.name)).size > 1
  const duration = text('Duration', elapsedText)
  const size = text('Size', ({ job }) => (job.size === undefined ? '' : amount(job.size.bytes)))
  const item = text('Item', ({ job }) => job.item)
  const linked = (outcome: Outcome) => {
    const label = labelOf(outcome)
    return label === undefined || outcome.job.item === ''
      ? item.cell(outcome)
      : linkTo(item.cell(outcome), label)
  }
  const columns: Column[] = [
    { ...item, cell: linked },
    text('Operation', ({ job }) => job.operation),
    ...(severalVaults ? [text('Vault', ({ job }) => job.vault?.name ?? '')] : []),
    {
      name: 'Status',
      // One word, as it were: the icon is to stand before it.
      cell: (outcome) => `${icons[conclude(outcome)]}&nbsp;${asTextUpTo(statusText(outcome), most + 40)}`,
    },
    { ...duration, cell: (outcome) => duration.cell(outcome) + notes(outcome).duration },
    { ...size, cell: (outcome) => size.cell(outcome) + notes(outcome).size },
    text('Started (UTC)', ({ job }) => utcTime(job.startTime)),
    text('Ended (UTC)', ({ job }) => utcTime(job.endTime)),
    text('Recovery point (UTC)', pointText),
    // Whoever looks again needs the whole of it.
    { name: 'Job', cell: ({ job }: Outcome) => asTextUpTo(job.id, 64) || '–' },
  ]
  return columns.filter(({ cell }) => outcomes.some((outcome) => cell(outcome) !== '–'))
}

function elapsedText({ job, seenAt }: Outcome): string {
  const seconds = elapsedSeconds(job, seenAt)
  return seconds === undefined ? '' : forPeople(seconds)
}

function pointText({ recoveryPoint }: Outcome): string {
  if (recoveryPoint === undefined) return ''
  const { time, type, health } = recoveryPoint
  return [`${utcTime(time)} ${type}`.trim(), health?.status ?? ''].filter((part) => part !== '').join(', ')
}

function withCancellation({ cancellation }: Outcome, status: string): string {
  return cancellation === 'asked' || cancellation === 'unanswered'
    ? `${status}, cancellation asked for`
    : status
}

function lacks({ state }: Verification): string {
  if (state === 'missing') return 'no recovery point'
  return state === 'unhealthy' ? 'no healthy recovery point' : 'not verified'
}

/** The job's own status, with what the wait came to where that is another thing. */
function statusText(outcome: Outcome): string {
  const { job } = outcome
  const missing = unproved(outcome)
  if (missing !== undefined) return `${job.status}, ${lacks(missing)}`
  switch (outcome.ending) {
    case 'snapshot':
      return `${job.status}, snapshot taken`
    case 'timed-out':
      if (outcome.noJobYet) return 'Not started in time'
      return withCancellation(
        outcome,
        job.status === '' ? 'Not read in time' : `${lastKnown(outcome)}, not ended in time`,
      )
    case 'handed-on':
      return `${job.status}, handed on`
    case 'stopped':
      return withCancellation(
        outcome,
        job.status === '' ? 'Wait stopped' : `${lastKnown(outcome)}, wait stopped`,
      )
    case 'not-fresh':
      return job.status === '' ? 'No job' : `${job.status}, too old`
    case 'error':
      return job.status === '' ? 'Not followed' : `${job.status} at last, not followed`
    default:
      return job.status || 'Unknown'
  }
}
