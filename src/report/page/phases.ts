/** The phases of jobs as the reads saw them: a chart, and the same in a table. Pure: Markdown as text. */

import { forPeople, utcTime } from '../../base/format.ts'
import { cut, visible } from '../../base/text.ts'
import type { ObservedPhase, Outcome } from '../../domain/outcome.ts'
import { phaseWord } from '../words/phase-word.ts'
import { asTextUpTo, codeBlock, details, table } from './markdown.ts'

/** What is drawn and listed at most; more jobs or phases than this are nothing to look at. */
const mostJobs = 20
const mostPhases = 30
/** Mermaid draws no text longer than this (maxTextSize). */
const longestChart = 50_000
const longestLabel = 60
const longestSection = 24

/** What of the phases is to be shown. */
export interface PhasesExtent {
  chart: boolean
  phases: boolean
}

/** A folded part with the chart and the table; empty where no phase was seen. */
export function phasesPart(outcomes: Outcome[], extent: PhasesExtent): string {
  const all = outcomes.filter(({ observed }) => observed.some(hasTime))
  const shown = all.slice(0, mostJobs)
  if (shown.length === 0 || !extent.phases) return ''
  const chart = extent.chart ? gantt(shown) : ''
  const parts = [
    'When the reads saw them begin and end, to within the pause between two reads.',
    chart.length > longestChart ? '' : chart,
    phasesTable(shown),
    all.length > shown.length ? `The first ${shown.length} of ${all.length} jobs.` : '',
  ]
  return details('Phases as observed (UTC)', parts.filter((part) => part !== '').join('\n\n'))
}

/** Whether a read saw it begin or end. */
function hasTime({ startedAt, endedAt }: ObservedPhase): boolean {
  return startedAt !== undefined || endedAt !== undefined
}

/**
 * A mermaid chart. Times are written as UTC and read as local time, so that the axis shows UTC to whoever looks;
 * with epoch times it would be drawn in the time zone of the viewer (tried with mermaid 11.17.2).
 */
export function gantt(outcomes: Outcome[]): string {
  const ends = outcomes.flatMap((outcome) => outcome.observed.map((phase) => endOf(phase, outcome)))
  const starts = outcomes.flatMap(({ observed }) => observed.map(({ startedAt }) => startedAt))
  const [from, to] = [known(starts).reduce(least, Infinity), known(ends).reduce(most, -Infinity)]
  if (from === Infinity) return ''
  let count = 0
  const lines = outcomes.flatMap((outcome) => {
    const tasks = outcome.observed.slice(0, mostPhases).flatMap((phase) => {
      if (phase.startedAt === undefined) return []
      count += 1
      return `    ${task(phase, phase.startedAt, endOf(phase, outcome), `t${count}`)}`
    })
    // The name of a section covers the bars when it is long; a single job needs none.
    const name = outcomes.length === 1 ? [] : [`    section ${label(cut(nameOf(outcome), longestSection))}`]
    return tasks.length === 0 ? [] : [...name, ...tasks]
  })
  const axis = to - from >= 86_400_000 ? '%m-%d %H:%M' : to - from >= 300_000 ? '%H:%M' : '%H:%M:%S'
  return codeBlock('mermaid', [
    `%%{init: ${JSON.stringify(settings(count, outcomes.length))}}%%`,
    'gantt',
    '    dateFormat YYYY-MM-DD HH:mm:ss',
    `    axisFormat ${axis}`,
    ...lines,
  ])
}

/**
 * What leaves labels readable on light and dark pages alike: no bands behind them, and of the lines of the grid, which
 * have the colour of the text, only the ends below the tasks. A task takes 24 pixels, the space above them 50 (mermaid's
 * defaults). Room for the names of several jobs.
 */
function settings(tasks: number, jobs: number) {
  const bands = ['sectionBkgColor', 'sectionBkgColor2', 'altSectionBkgColor']
  return {
    themeVariables: Object.fromEntries(bands.map((name) => [name, 'transparent'])),
    gantt: { gridLineStartPadding: 24 * tasks + 45, ...(jobs === 1 ? {} : { leftPadding: 160 }) },
  }
}

const tags = new Map([
  ['Completed', 'done, '],
  ['InProgress', 'active, '],
  ['Failed', 'crit, '],
  ['CompletedWithWarnings', 'crit, done, '],
])

function task(phase: ObservedPhase, start: number, end: number, id: string): string {
  const tag = tags.get(phase.status) ?? ''
  const name = taskLabel(
    `${cut(phase.name, longestLabel)} ${phaseWord(phase.status)} ${forPeople((end - start) / 1000)}`,
  )
  return `${name} :${tag}${id}, ${utcTime(start)}, ${utcTime(end)}`
}

/** At least a second after the beginning: a phase may have begun and ended between two reads. */
function endOf(phase: ObservedPhase, { seenAt }: Outcome): number {
  return Math.max(phase.endedAt ?? seenAt, (phase.startedAt ?? 0) + 1_000)
}

/** Words that begin a line of another meaning (mermaid, gantt.jison), and what is no letter: a date, say. */
const keyword =
  /^(?!\p{L})|^(title|section|excludes|includes|click|gantt|date|axis|tick|today|top|week|inclusive|acc|display)/iu

/** A task that would be taken for a keyword or a date has a word before it (tried with 11.17.2). */
function taskLabel(text: string): string {
  const plain = label(text)
  return keyword.test(plain) ? `Phase ${plain}` : plain
}

/** Letters, digits and a few marks that mean nothing to mermaid: a colon ends a label, `%%{` begins a directive. */
function label(text: string): string {
  const plain = visible(text)
    .replace(/[^\p{L}\p{M}\p{N} ._()/+-]/gu, ' ')
    .replace(/ +/g, ' ')
  return cut(plain.trim(), longestLabel + 30)
}

function phasesTable(outcomes: Outcome[]): string {
  const rows = outcomes.flatMap((outcome) =>
    outcome.observed.slice(0, mostPhases).map((phase) => [nameOf(outcome), ...row(phase, outcome)]),
  )
  const header = ['Item', 'Phase', 'Status', 'Seen from (UTC)', 'Until (UTC)', 'Duration', 'Details']
  // A single job needs no name, and most phases have no details.
  const first = outcomes.length === 1 ? 1 : 0
  const end = rows.every((row) => row.at(-1) === '') ? -1 : undefined
  const columns = (cells: string[]) => cells.slice(first, end)
  return table(
    columns(header),
    rows.map((row) => columns(row).map(cell)),
  )
}

function row({ name, status, startedAt, endedAt }: ObservedPhase, { job }: Outcome): string[] {
  const seconds =
    startedAt === undefined || endedAt === undefined ? undefined : Math.max(0, endedAt - startedAt) / 1000
  return [
    name,
    phaseWord(status),
    utcTime(startedAt),
    utcTime(endedAt),
    seconds === undefined ? '' : forPeople(seconds),
    job.phases.find((phase) => phase.name === name)?.details ?? '',
  ]
}

function nameOf({ job }: Outcome): string {
  return job.item || job.id
}

function cell(text: string): string {
  return asTextUpTo(text, 100) || '–'
}

const least = (one: number, other: number) => Math.min(one, other)
const most = (one: number, other: number) => Math.max(one, other)

function known(times: (number | undefined)[]): number[] {
  return times.filter((time) => time !== undefined)
}
