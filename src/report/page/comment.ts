/** The comment in a pull request. Pure: Markdown as text. */
import type { Outcome } from '../../domain/outcome.ts'
import { conclude, type FailOn, fails, worstFirst } from '../../domain/verdict.ts'
import { bounded } from './bounded.ts'
import { changesSince, type Figures, figuresOf, handedOnIn, hide } from './digest.ts'
import { type Extent, remembered, shortenToFit, whole } from './fit.ts'
import { type LinksContext, linksLine } from './links.ts'
import { asTextUpTo } from './markdown.ts'
import { troubleParts } from './problems.ts'
import { jobsPart, page, topOf } from './summary.ts'
import { threatsPart } from './threats.ts'

/** The input `comment-in-pr`. */
export const commentModes = ['never', 'on-failure', 'always'] as const
export type CommentMode = (typeof commentModes)[number]

/** What a comment says beyond the outcomes. */
export interface CommentContext extends LinksContext {
  failOn: FailOn
  /** Its first line, by which it is found again. */
  marker: string
  /** The workflow, its job and the leg of a matrix, for people. */
  origin: string
  /** What the comment before remembers. */
  before: Figures[]
}

/** GitHub refuses a comment of more than 65,536 characters. */
export const mostCharacters = 65_000

/** What a comment leaves to the summary. */
const short: Extent = {
  ...whole,
  statistics: false,
  chart: false,
  phases: false,
  bags: false,
  successes: 100,
  message: 2_000,
  troubles: 20,
  threats: 20,
}

/** The whole body: marker first, memory last. */
export function commentOf(outcomes: Outcome[], context: CommentContext, limit = mostCharacters): string {
  const sorted = worstFirst(outcomes).map(bounded)
  const notes = changesSince(context.before)
  const changed = sorted.some((outcome) => notes(outcome).duration !== '' || notes(outcome).size !== '')
  const memory = hide(figuresOf(sorted, context.before), handedOnIn(sorted))
  const top = page([context.marker, topOf(sorted, context.failOn)])
  const jobs = jobsPart(sorted, context.portal, notes)
  const troubles = remembered((extent: Extent) => page(troubleParts(sorted, extent)), ['troubles', 'message'])
  const origin = asTextUpTo(context.origin, 200)
  const links = [origin, linksLine(sorted, context)].filter((part) => part !== '').join(' · ')
  const render = (extent: Extent, shortened: boolean) =>
    page([
      top,
      jobs.table(extent),
      changed ? 'Compared with the last time that it completed.' : '',
      troubles(extent),
      threatsPart(sorted, extent),
      shortened ? 'Not all of it fits into a comment; the summary of the workflow run has more.' : '',
      extent.links ? jobs.targets : '',
      links,
      memory,
    ])
  return shortenToFit(short, render, (text) => text.length, limit)
}

/** What becomes of the comment: `update` leaves it at the one that is there, so that no old failure stays. */
export function commentWish(
  mode: CommentMode,
  outcomes: Outcome[],
  failOn: FailOn,
): 'none' | 'update' | 'write' {
  if (mode === 'never' || outcomes.length === 0) return 'none'
  if (mode === 'always') return 'write'
  const bad = outcomes.some(
    (outcome) => fails(outcome, failOn) || ['failure', 'cancelled', 'timed-out'].includes(conclude(outcome)),
  )
  return bad ? 'write' : 'update'
}
