/** The job summary. Pure: Markdown as text. */
import type { Statistics } from '../../azure/http/resource-manager.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { conclude, type FailOn, fails, worstFirst } from '../../domain/verdict.ts'
import { hasWrongInput, headline, icons } from '../words/verdict-line.ts'
import { bounded } from './bounded.ts'
import { type Extent, remembered, shortenToFit, whole } from './fit.ts'
import { handedOnLine } from './handed-on.ts'
import { jobsTable, type Notes } from './jobs-table.ts'
import { type LinksContext, labelTargets, linksLine, portalUrl, vaultLabels } from './links.ts'
import { asTextUpTo, details, table } from './markdown.ts'
import { phasesPart } from './phases.ts'
import { leadLine, troubleParts } from './problems.ts'
import { bagParts } from './properties.ts'
import { threatsPart } from './threats.ts'

/** What a summary says beyond the outcomes. */
export interface SummaryContext extends LinksContext {
  /** Decides what it says of the step. */
  failOn: FailOn
  statistics: Statistics | undefined
}

/**
 * The runner takes 1 MiB for a step and shows nothing at all of a larger summary (actions/runner,
 * FileCommandManager.cs). It masks secrets line by line on the way, which may lengthen it a little.
 */
export const mostBytes = 1024 * 1024 - 8 * 1024

/** The summary of a run. */
export function summaryOf(outcomes: Outcome[], context: SummaryContext, limit = mostBytes): string {
  const sorted = worstFirst(outcomes).map(bounded)
  if (sorted.length === 0) return ''
  const top = topOf(sorted, context.failOn)
  const jobs = jobsPart(sorted, context.portal)
  const troubles = remembered((extent: Extent) => page(troubleParts(sorted, extent)), ['troubles', 'message'])
  const links = linksLine(sorted, context)
  const render = (extent: Extent, shortened: boolean) =>
    page([
      top,
      jobs.table(extent),
      troubles(extent),
      threatsPart(sorted, extent),
      shortened ? 'Not all of it fits into a job summary; the output `jobs` and the log have more.' : '',
      phasesPart(sorted, extent),
      ...(extent.bags ? bagParts(sorted) : []),
      extent.statistics ? statisticsPart(context.statistics) : '',
      extent.links ? jobs.targets : '',
      links,
    ])
  return shortenToFit(whole, render, (text) => Buffer.byteLength(text), limit)
}

/** What a person reads first: the verdict, the cause, and what both mean for the step. */
export function topOf(sorted: Outcome[], failOn: FailOn): string {
  return page([headingOf(sorted), leadLine(sorted), stepLine(sorted, failOn), handedOnLine(sorted)])
}

/** The table, and the addresses that its items link to; none of wrong inputs, for nothing is known of any job. */
export function jobsPart(sorted: Outcome[], portal: string, notes?: Notes) {
  const labels = vaultLabels(sorted, portal)
  const labelOf = (outcome: Outcome) => labels.get(portalUrl(outcome, portal))
  const table = remembered(
    (extent: Extent) =>
      sorted.every(hasWrongInput)
        ? ''
        : jobsTable(sorted, extent, extent.links ? labelOf : () => undefined, notes),
    ['rows', 'successes', 'cell', 'links'],
  )
  return { table, targets: labelTargets(labels) }
}

/** The verdict, with an icon that is not the only sign of it. */
function headingOf(sorted: Outcome[]): string {
  const [worst] = sorted
  const icon = worst === undefined ? '' : `${icons[conclude(worst)]} `
  return `### ${icon}${asTextUpTo(headline(sorted), 400)}`
}

/** What the verdict means for the step, where the two are not the same. */
function stepLine(sorted: Outcome[], failOn: FailOn): string {
  const failed = sorted.some((outcome) => fails(outcome, failOn))
  const conclusions = new Set(sorted.map(conclude))
  const bad = ['failure', 'cancelled', 'timed-out'].some((word) => conclusions.has(word as never))
  if (!failed && bad) return `The step passes all the same: \`fail-on\` is \`${failOn}\`.`
  if (failed && failOn === 'warning' && !bad && conclusions.has('warning') && !conclusions.has('error'))
    return 'The step fails for it: `fail-on` is `warning`.'
  return ''
}

function statisticsPart(statistics: Statistics | undefined): string {
  if (statistics === undefined) return ''
  const { requests, faults, throttled } = statistics
  return details(
    'Requests to Azure',
    table(
      ['Requests', 'Failed and tried again', 'Of these, throttled'],
      [[requests, faults, throttled].map(String)],
    ),
  )
}

/** Parts that hold something, one after the other. */
export function page(parts: string[]): string {
  const filled = parts.map((part) => part.trimEnd()).filter((part) => part !== '')
  return filled.length === 0 ? '' : `${filled.join('\n\n')}\n`
}
