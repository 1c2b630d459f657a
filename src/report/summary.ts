/** The job summary. Pure: Markdown as text. */

import type { Statistics } from '../azure/resource-manager.ts'
import { elapsedSeconds } from '../job.ts'
import type { Outcome } from '../outcome.ts'
import { portalUrl } from '../outputs.ts'
import { conclude, worstFirst } from '../verdict.ts'
import { forPeople, utcTime } from './format.ts'
import { asText, asTextUpTo, details, table } from './markdown.ts'
import { icons, lookAgain, reason, verdictLine } from './verdict-line.ts'

export interface SummaryContext {
  /** The portal's origin. */
  portal: string
  statistics: Statistics | undefined
}

/** The summary of a run. */
export function summaryOf(outcomes: Outcome[], context: SummaryContext): string {
  const sorted = worstFirst(outcomes)
  const [worst] = sorted
  if (worst === undefined) return ''
  const parts = [
    `### ${icons[conclude(worst)]} ${asText(verdictLine(worst))}`,
    table(
      ['Item', 'Operation', 'Status', 'Duration', 'Size', 'Started (UTC)', 'Ended (UTC)', 'Job'],
      sorted.map(row),
    ),
    ...sorted.map((outcome) => trouble(outcome)).filter((part) => part !== ''),
    ...bag(worst),
    ...statistics(context),
    ...link(worst, context),
  ]
  return `${parts.join('\n\n')}\n`
}

function row(outcome: Outcome): string[] {
  const { job, seenAt } = outcome
  const seconds = elapsedSeconds(job, seenAt)
  const cells = [
    job.item,
    job.operation,
    job.status || conclude(outcome),
    seconds === undefined ? '' : forPeople(seconds),
    job.size?.text ?? '',
    utcTime(job.startTime),
    utcTime(job.endTime),
    job.id,
  ]
  return cells.map((cell) => asTextUpTo(cell, 200) || '–')
}

/** What did not succeed, open by default. */
function trouble(outcome: Outcome): string {
  const conclusion = conclude(outcome)
  const { job, ending } = outcome
  if (conclusion === 'success' && job.errors.length === 0) return ''
  const again =
    conclusion === 'timed-out' || ending === 'stopped' || ending === 'looked' ? lookAgain(outcome) : ''
  const lines = [
    reason(outcome),
    ...(job.errors[0]?.recommendations ?? []).map((one) => `Recommended: ${one}`),
    again,
  ]
  const body = lines
    .filter((line) => line !== '')
    .map((line) => asTextUpTo(line, 4_000))
    .join('\n\n')
  return body === '' ? '' : details(asTextUpTo(verdictLine(outcome), 300), body, true)
}

function bag({ job }: Outcome): string[] {
  const entries = Object.entries(job.properties)
  if (entries.length === 0) return []
  const rows = entries.map(([key, value]) => [
    asTextUpTo(key, 200),
    asTextUpTo(typeof value === 'string' ? value : JSON.stringify(value), 1_000),
  ])
  return [details('Properties of the job', table(['Property', 'Value'], rows))]
}

function statistics({ statistics }: SummaryContext): string[] {
  if (statistics === undefined) return []
  const { requests, faults, throttled } = statistics
  return [
    details(
      'Requests to Azure',
      table(['Requests', 'Failed and tried again', 'Throttled'], [[requests, faults, throttled].map(String)]),
    ),
  ]
}

function link(worst: Outcome, { portal }: SummaryContext): string[] {
  const url = portalUrl(worst, portal)
  return url === '' ? [] : [`[Open the vault in the Azure portal](${encodeURI(url)})`]
}
