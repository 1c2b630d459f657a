/** What did not go well: for each cause what it is and what to do. Pure: Markdown as text. */

import { counted } from '../../base/text.ts'
import type { JobError } from '../../domain/job.ts'
import { lastEnding, type Outcome, problemOf, unproved } from '../../domain/outcome.ts'
import { conclude } from '../../domain/verdict.ts'
import { inputsToLookAgain, nextStep } from '../words/next-steps.ts'
import { icons, subject, verdictLine } from '../words/verdict-line.ts'
import { asCode, asText, asTextUpTo, codeBlock, details } from './markdown.ts'

/** More than this are folded: a page of open parts is no overview. */
const mostOpen = 10
/** An error's own lists, and the items that share one. */
const mostErrors = 5
const mostRecommendations = 10
const mostItems = 50

/** How much of what went wrong is to be shown. */
export interface TroubleExtent {
  troubles: number
  message: number
}

/**
 * A part for each cause, open from the start, the worst first. Jobs with the very same error share one.
 *
 * @param sorted worst first
 */
export function troubleParts(sorted: Outcome[], extent: TroubleExtent): string[] {
  const groups = [...Map.groupBy(sorted.filter(hasTrouble), causeOf).values()]
  const shown = groups.slice(0, extent.troubles)
  const single = sorted.length === 1
  const parts = shown.map((group, index) => {
    const body = troubleBody(group, extent.message)
    // The heading of the page says already of a single job what became of it.
    return details(single ? 'What happened, and what to do' : titleOf(group), body, index < mostOpen)
  })
  const left = groups.length - shown.length
  return left > 0 && shown.length > 0
    ? [...parts, `And ${counted(left, 'other cause')}; the output \`jobs\` tells of more.`]
    : parts
}

/** Whether there is more to say than that all went well. */
function hasTrouble(outcome: Outcome): boolean {
  return conclude(outcome) !== 'success' || outcome.job.errors.length > 0
}

/** What still runs, or is not verified, is looked at again one by one. */
function causeOf(outcome: Outcome): string {
  const { job } = outcome
  const ending = lastEnding(outcome)
  const problem = problemOf(outcome)
  const own = unproved(outcome) === undefined && (ending === 'ended' || ending === 'error') ? '' : job.id
  return JSON.stringify([conclude(outcome), ending, job.errors, problem, own])
}

/** A list, and the inputs that look again. */
function troubleBody(group: Outcome[], message: number): string {
  const [outcome] = group
  if (outcome === undefined) return ''
  const { job } = outcome
  const problem = problemOf(outcome)
  const again = mayGoOn(outcome) && group.length === 1 ? inputsToLookAgain(outcome) : []
  const lines = [
    ...(group.length > 1 ? [`- **Jobs**: ${namesOf(group)}`] : []),
    ...job.errors.slice(0, mostErrors).flatMap((error) => errorLines(error, message)),
    ...(job.errors.length > mostErrors
      ? [`- And ${counted(job.errors.length - mostErrors, 'other error')}`]
      : []),
    ...(problem === undefined ? [] : errorLines({ ...problem, recommendations: [] }, message)),
    ...entry('What to do next', asText(nextStep(outcome, again.length > 0))),
    ...(group.length > 1 ? [] : entry("Activity ID, for Microsoft's support", asCode(job.activityId, 300))),
  ]
  const body = [lines.join('\n'), again.length === 0 ? '' : codeBlock('yaml', again)]
  return body.filter((part) => part !== '').join('\n\n')
}

function titleOf(group: Outcome[]): string {
  const [outcome] = group
  if (outcome === undefined) return ''
  const icon = icons[conclude(outcome)]
  if (group.length === 1) return `${icon} ${asTextUpTo(verdictLine(outcome), 300)}`
  const code = outcome.job.errors[0]?.code || problemOf(outcome)?.code || conclude(outcome)
  return `${icon} ${counted(group.length, 'job')}: ${asTextUpTo(code, 200)}`
}

function namesOf(group: Outcome[]): string {
  const names = group.slice(0, mostItems).map((outcome) => asTextUpTo(subject(outcome), 100))
  const left = group.length - names.length
  return names.join(', ') + (left > 0 ? ` and ${counted(left, 'more', 'more')}` : '')
}

function errorLines(error: JobError, most: number): string[] {
  const { code, message, recommendations, cause } = error
  return [
    ...entry('Error code', asCode(code, 200)),
    ...entry('Message', asTextUpTo(message, most)),
    ...(cause === undefined ? [] : entry('Root cause', causeText(cause, most))),
    ...recommendations
      .slice(0, mostRecommendations)
      .flatMap((recommendation) => entry('Recommended', asTextUpTo(recommendation, most))),
  ]
}

function causeText({ code, message }: { code: string; message: string }, most: number): string {
  return [asCode(code, 200), asTextUpTo(message, most)].filter((part) => part !== '').join(': ')
}

function entry(name: string, value: string): string[] {
  return value === '' ? [] : [`- **${name}**: ${value}`]
}

function mayGoOn(outcome: Outcome): boolean {
  return ['timed-out', 'stopped', 'looked', 'error'].includes(lastEnding(outcome))
}
