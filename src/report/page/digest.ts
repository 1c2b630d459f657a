/** What a comment remembers of its jobs, hidden in it, to tell the next time what has changed. Pure. */

import { amount, forPeople } from '../../base/format.ts'
import { type Fields, fields, list, number, text } from '../../base/read.ts'
import { cut } from '../../base/text.ts'
import { elapsedSeconds } from '../../domain/job.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { conclude } from '../../domain/verdict.ts'
import type { Notes } from './jobs-table.ts'

/** The figures of a job, when it last did its work. */
export interface Figures {
  /** Operation, item and vault: what is the same job the next time. */
  name: string
  seconds: number | undefined
  bytes: number | undefined
}

const mostJobs = 100
/** One of them is enough to find the comment by; more are for a run that goes on with some. */
const mostHandedOn = 20
/** Characters, of the 65,536 that a comment has. */
const longest = 10_000
const opening = '<!-- wait-for-azure-backup digest '

/** The figures of these outcomes; of a job that did not do its work, those that were known before. */
export function figuresOf(outcomes: Outcome[], before: Figures[]): Figures[] {
  return outcomes.slice(0, mostJobs).flatMap((outcome) => {
    const name = nameOf(outcome)
    if (name === '') return []
    if (!didItsWork(outcome)) return before.filter((figures) => figures.name === name)
    const seconds = elapsedSeconds(outcome.job, outcome.seenAt)
    return [{ name, seconds, bytes: outcome.job.size?.bytes }]
  })
}

/** A job that failed half-way, or still runs, has no figures to compare. */
function didItsWork(outcome: Outcome): boolean {
  return outcome.ending === 'ended' && ['success', 'warning'].includes(conclude(outcome))
}

function nameOf({ job }: Outcome): string {
  return job.item === ''
    ? ''
    : [job.operation, job.item, job.vault?.name ?? ''].map((part) => cut(part, 80)).join('/')
}

/**
 * The jobs that a run goes on with, by their names in lower case. None where the comment tells of anything but them and
 * what did well: the run, which knows of nothing else, would replace it with its own good news.
 */
export function handedOnIn(outcomes: Outcome[]): string[] {
  const jobs = outcomes.filter(({ ending }) => ending === 'handed-on')
  const rest = outcomes.filter((outcome) => conclude(outcome) !== 'success')
  if (rest.length > jobs.length) return []
  return jobs.slice(0, mostHandedOn).map(({ job }) => job.id.toLowerCase())
}

/** An HTML comment with the figures and the jobs handed on as JSON. Foreign text in it can neither end it nor name anyone. */
export function hide(figures: Figures[], handedOn: string[] = []): string {
  for (let count = figures.length; ; count = Math.floor(count / 2)) {
    const json = JSON.stringify({
      jobs: figures.slice(0, count),
      ...(handedOn.length === 0 ? {} : { handedOn }),
    })
    const safe = json.replace(
      /[^\w .,:{}"[\]\\/]/g,
      (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    if (safe.length <= longest) return `${opening}${safe} -->`
  }
}

/** The figures that a comment hides; none where there is nothing that can be read. */
export function reveal(body: string): Figures[] {
  return list(hidden(body).jobs)
    .slice(0, mostJobs)
    .map(fields)
    .map((job) => ({ name: text(job.name), seconds: number(job.seconds), bytes: number(job.bytes) }))
}

/** The jobs that a run goes on with, as a comment hides them; none where there is nothing that can be read. */
export function revealHandedOn(body: string): string[] {
  return list(hidden(body).handedOn).slice(0, mostHandedOn).map(text)
}

function hidden(body: string): Fields {
  const start = body.lastIndexOf(opening)
  if (start < 0) return {}
  const end = body.indexOf(' -->', start)
  try {
    return fields(JSON.parse(body.slice(start + opening.length, end < 0 ? undefined : end)))
  } catch {
    return {}
  }
}

/** Notes on what has changed against the figures before. */
export function changesSince(before: Figures[]): Notes {
  return (outcome) => {
    const name = nameOf(outcome)
    const old = name === '' ? undefined : before.find((figures) => figures.name === name)
    if (old === undefined || !didItsWork(outcome)) return { duration: '', size: '' }
    const seconds = elapsedSeconds(outcome.job, outcome.seenAt)
    return {
      duration: change(old.seconds, seconds, forPeople, ['longer', 'shorter']),
      size: change(old.bytes, outcome.job.size?.bytes, amount, ['more', 'less']),
    }
  }
}

/** ` (5m 3s longer)`: with words, for a sign alone is easily overlooked. */
function change(
  before: number | undefined,
  now: number | undefined,
  show: (value: number) => string,
  [up, down]: [string, string],
): string {
  if (before === undefined || now === undefined) return ''
  const difference = Math.round(now - before)
  if (difference === 0) return ' (as before)'
  return ` (${show(Math.abs(difference))} ${difference > 0 ? up : down})`
}
