/** The property bags of jobs, folded. Pure: Markdown as text. */
import type { Outcome } from '../../domain/outcome.ts'
import { subject } from '../words/verdict-line.ts'
import { asTextUpTo, details, table } from './markdown.ts'

/** Bags of more jobs than these are for programs: the output `jobs` has them. */
const mostBags = 10
const mostEntries = 100

/** A folded part for each bag that holds something. */
export function bagParts(sorted: Outcome[]): string[] {
  const filled = sorted.filter(({ job }) => Object.keys(job.properties).length > 0)
  return filled.slice(0, mostBags).map((outcome) => {
    const title = sorted.length === 1 ? 'the job' : asTextUpTo(subject(outcome), 200)
    return details(`Properties of ${title}`, bagTable(outcome.job.properties))
  })
}

function bagTable(properties: Record<string, unknown>): string {
  const entries = Object.entries(properties).slice(0, mostEntries)
  return table(
    ['Property', 'Value'],
    entries.map(([key, value]) => [asTextUpTo(key, 200) || '–', asTextUpTo(textOf(value), 1_000) || '–']),
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
