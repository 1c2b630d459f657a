/** What did not go well: for each cause what it is and what to do. Pure: Markdown as text. */

import { counted, visible } from '../../base/text.ts'
import type { JobError } from '../../domain/job.ts'
import { type Group, type Outcome, type Problem, problemOf } from '../../domain/outcome.ts'
import { conclude } from '../../domain/verdict.ts'
import { byCause, mayLookAgain } from '../words/causes.ts'
import { inputsToLookAgain, nextStep } from '../words/next-steps.ts'
import { causeName, causeText, commandsOf } from '../words/reason.ts'
import { countedEnd, hasWrongInput, icons, subject, verdictLine } from '../words/verdict-line.ts'
import { asCode, asText, asTextUpTo, asTextWithLinks, codeBlock, details } from './markdown.ts'

/** More than this are folded: a page of open parts is no overview. */
const mostOpen = 10
/** An error's own lists, and the items that share one. */
const mostErrors = 5
const mostRecommendations = 10
const mostItems = 50
/** Characters of the cause that leads the page. */
const longestLead = 300

/** How much of what went wrong is to be shown. */
export interface TroubleExtent {
  troubles: number
  message: number
}

/**
 * The first cause in a line, for the top of the page; of wrong inputs all there is to say. Empty where the heading says
 * it.
 *
 * @param sorted worst first
 */
export function leadLine(sorted: Outcome[]): string {
  const [group, ...others] = byCause(sorted.filter(hasTrouble))
  if (group === undefined) return ''
  const [outcome] = group
  const wrongInputs = problemOf(outcome)?.wrongInputs
  if (wrongInputs !== undefined) return wrongInputs.map((input) => `- ${asTextUpTo(input, 2_000)}`).join('\n')
  const cause = asTextUpTo(causeText(outcome), longestLead)
  if (cause === '') return ''
  const more = others.length === 0 ? '' : ` And ${counted(others.length, 'other cause')}, below.`
  const whom = sorted.length === 1 ? '' : `**${counted(group.length, 'job')}:** `
  return `${whom}${cause}${more}`
}

/**
 * A part for each cause, open from the start, the worst first.
 *
 * @param sorted worst first
 */
export function troubleParts(sorted: Outcome[], extent: TroubleExtent): string[] {
  const groups = byCause(sorted.filter((outcome) => hasTrouble(outcome) && !hasWrongInput(outcome)))
  const shown = groups.slice(0, extent.troubles)
  const single = sorted.length === 1
  const parts = shown.map((group, index) => {
    const body = troubleBody(group, single, extent.message)
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

/** A list, and what is to be pasted. */
function troubleBody(group: Group, isAlone: boolean, message: number): string {
  const [outcome] = group
  const { job } = outcome
  const problem = problemOf(outcome)
  const again = mayLookAgain(outcome) ? inputsToLookAgain(group) : []
  const differ = new Set(group.map((one) => causeText(one))).size > 1
  const lines = [
    ...(group.length > 1 ? [`- **Jobs**: ${namesOf(group)}`] : []),
    ...job.errors.slice(0, mostErrors).flatMap((error) => errorLines(error, message)),
    ...(job.errors.length > mostErrors
      ? [`- And ${counted(job.errors.length - mostErrors, 'other error')}`]
      : []),
    ...(problem === undefined ? [] : problemLines(problem, isAlone, message)),
    ...(differ ? [`- The text is that of the first; the output \`jobs\` has each`] : []),
    ...entry('What to do next', asText(`${problem?.cure ?? ''} ${nextStep(group, again.length > 0)}`)),
    ...(group.length > 1 ? [] : entry("Activity ID, for Microsoft's support", asCode(job.activityId, 300))),
  ]
  const { facts = [], said = '' } = problem ?? {}
  const commands = commandsOf(group, mostItems)
  const body = [
    lines.join('\n'),
    // Each alone, to be copied as it is: in text, invisible characters part what would be a mention or an emoji.
    ...facts.map(([name, value]) => `${asTextUpTo(name, 100)}:\n\n${codeBlock('text', [visible(value)])}`),
    commands.length === 0 ? '' : codeBlock('sh', commands),
    again.length === 0 ? '' : codeBlock('yaml', again),
    said === '' ? '' : `The answer: ${asTextWithLinks(said, message)}`,
  ]
  return body.filter((part) => part !== '').join('\n\n')
}

/** What several came to, with the cause by a name. */
function titleOf(group: Group): string {
  const [outcome] = group
  const icon = icons[conclude(outcome)]
  if (group.length === 1) return `${icon} ${asTextUpTo(verdictLine(outcome), 300)}`
  const name = causeName(outcome)
  return `${icon} ${asTextUpTo(`${countedEnd(group)}${name === '' ? '' : `: ${name}`}`, 300)}`
}

function namesOf(group: Group): string {
  const names = group.slice(0, mostItems).map((outcome) => asTextUpTo(subject(outcome), 100))
  const left = group.length - names.length
  return names.join(', ') + (left > 0 ? ` and ${counted(left, 'more', 'more')}` : '')
}

/** @param isAlone whether the cause leads the page already */
function problemLines({ code, cause }: Problem, isAlone: boolean, most: number): string[] {
  return [
    ...entry('Error code', asCode(code, 200)),
    ...entry('Cause', isAlone && cause.length <= longestLead ? '' : asTextUpTo(cause, most)),
  ]
}

function errorLines(error: JobError, most: number): string[] {
  const { code, message, recommendations, cause } = error
  return [
    ...entry('Error code', asCode(code, 200)),
    ...entry('Message', asTextWithLinks(message, most)),
    ...(cause === undefined ? [] : entry('Root cause', rootCause(cause, most))),
    ...recommendations
      .slice(0, mostRecommendations)
      .flatMap((recommendation) => entry('Recommended', asTextWithLinks(recommendation, most))),
  ]
}

function rootCause({ code, message }: { code: string; message: string }, most: number): string {
  return [asCode(code, 200), asTextWithLinks(message, most)].filter((part) => part !== '').join(': ')
}

function entry(name: string, value: string): string[] {
  return value === '' ? [] : [`- **${name}**: ${value}`]
}
