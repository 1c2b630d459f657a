/** Annotations on the run: one for each cause, as far as the runner shows them. */

import { counted, cut, grouped, plain } from '../../base/text.ts'
import {
  type Group,
  groupBy,
  lastEnding,
  mainError,
  mainProblem,
  type Outcome,
} from '../../domain/outcome.ts'
import { conclude, type FailOn, fails, worstFirst } from '../../domain/verdict.ts'
import type { Log } from '../../runner/log.ts'
import { byCause } from './causes.ts'
import { nextStep } from './next-steps.ts'
import { causeName, commandsOf, errorText } from './reason.ts'
import { countedEnd, lastKnown, subject, threatStatus, verdictLine } from './verdict-line.ts'

/** The runner shows ten of a kind for a step (actions/runner, ExecutionContext.cs); the tenth tells of the rest. */
const most = 9
/** The runner cuts a message here (actions/runner, ExecutionContext.cs). */
const longest = 4_096
/** The jobs that one annotation tells of by name. */
const mostNames = 20
/** Commands in one annotation; the summary has them all. */
const mostCommands = 3
/** What an error says takes no more of it, so that what to do about it stands there too. */
const longestReason = 2_500

/** Annotates what failed or needs a look. */
export function annotate(outcomes: Outcome[], failOn: FailOn, log: Log): void {
  const errors: Outcome[] = []
  const warnings: Outcome[] = []
  for (const outcome of worstFirst(outcomes)) {
    if (fails(outcome, failOn)) errors.push(outcome)
    else if (needsLook(outcome)) warnings.push(outcome)
  }
  annotateEach(errors, (message, title) => log.error(message, title))
  annotateEach(warnings, (message, title) => log.warning(message, title))
  warnOfHealth(outcomes, log)
}

/** A recovery point that was not asked to be healthy, and is not known to be, leaves the verdict as it is. */
function warnOfHealth(outcomes: Outcome[], log: Log): void {
  const doubtful = outcomes.filter(
    ({ verification }) => verification?.state === 'verified' && verification.problem !== undefined,
  )
  for (const group of groupBy(doubtful, threatStatus).slice(0, most)) {
    const [outcome] = group
    const status = threatStatus(outcome)
    const { cause = '', cure = '', commands = [] } = outcome.verification?.problem ?? {}
    const title =
      group.length === 1
        ? `The recovery point of ${outcome.job.item || 'a job'} has ${status}`
        : `${counted(group.length, 'recovery point')} have ${status}`
    const lines = [`${cause} ${cure}`, ...commands, group.length > 1 ? `Jobs: ${namesOf(group)}` : '']
    log.warning(textOf(lines), plain(cut(title, 200)))
  }
}

/** What passes and is still no plain success. */
function needsLook(outcome: Outcome): boolean {
  const conclusion = conclude(outcome)
  return conclusion === 'success'
    ? outcome.job.errors.length > 0
    : conclusion !== 'pending' || lastEnding(outcome) === 'stopped'
}

function annotateEach(outcomes: Outcome[], say: (message: string, title: string) => void): void {
  const groups = byCause(outcomes)
  for (const group of groups.slice(0, most)) say(annotationText(group), titleOf(group))
  const left = groups.slice(most).flat()
  if (left.length === 0) return
  const more = left.length > mostNames ? ['…'] : []
  const lines = left.slice(0, mostNames).map((outcome) => plain(cut(verdictLine(outcome), 150)))
  const text = [`And ${grouped(left.length)} more; the job summary lists them.`, ...lines, ...more]
  say(cut(text.join('\n'), longest), `${counted(left.length, 'more job')} like these`)
}

/** The verdict line of one job; of several what they came to, and the cause by its name. */
function titleOf(group: Group): string {
  const [outcome] = group
  if (group.length === 1) return plain(cut(verdictLine(outcome), 200))
  const name = causeName(outcome)
  return plain(cut(`${countedEnd(group)}${name === '' ? '' : `: ${name}`}`, 200))
}

/** The cause, what to do, and whom it befell; cut to what the runner shows. */
export function annotationText(group: Group): string {
  const [outcome] = group
  const { errors } = outcome.job
  const recommendations = mainError(outcome)?.recommendations ?? []
  const lines = [
    ...causeLines(outcome, commandsOf(group, mostCommands)).map((line) => cut(line, longestReason)),
    recommendations.length === 0 ? '' : cut(`Recommended: ${recommendations.join(' ')}`, 1_000),
    group.length > 1 ? `Jobs: ${namesOf(group)}` : '',
    nextStep(group),
    errors.length > 1 ? `And ${counted(errors.length - 1, 'other error')}; see the job summary.` : '',
  ]
  return textOf(lines)
}

/** Lines that hold something, cut to what the runner shows. */
function textOf(lines: string[]): string {
  const filled = lines.map(plain).filter((line) => line !== '')
  return cut(filled.join('\n'), longest)
}

/** What went wrong, a line for each thing that is compared or pasted; the verdict where nothing else says it. */
function causeLines(outcome: Outcome, commands: string[]): string[] {
  const problem = mainProblem(outcome)
  const error = mainError(outcome)
  if (problem !== undefined) {
    const { cause, cure = '', wrongInputs = [], facts = [], said = '' } = problem
    return [
      ...(wrongInputs.length > 0 ? wrongInputs : [`${cause} ${cure}`]),
      ...facts.map(([name, value]) => `${name}: ${value}`),
      ...commands,
      said === '' ? '' : `The answer: ${said}`,
    ]
  }
  if (error !== undefined) return [errorText(error)]
  return nextStep([outcome]) === '' || isToldByTitle(outcome) ? [] : [verdictLine(outcome)]
}

/** Whose title says all that is known; the message goes on from there. */
function isToldByTitle(outcome: Outcome): boolean {
  return lastKnown(outcome) !== '' && ['cancelled', 'timed-out', 'pending'].includes(conclude(outcome))
}

function namesOf(group: Outcome[]): string {
  const names = group.slice(0, mostNames).map((outcome) => cut(subject(outcome), 100))
  const left = group.length - names.length
  return names.join(', ') + (left > 0 ? ` and ${grouped(left)} more` : '')
}
