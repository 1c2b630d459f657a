/** Annotations on the run: one for each outcome that needs one, as far as the runner shows them. */

import { counted, cut, grouped, plain } from '../../base/text.ts'
import { lastEnding, mainError, type Outcome, problemOf, unproved } from '../../domain/outcome.ts'
import { conclude, type FailOn, fails, worstFirst } from '../../domain/verdict.ts'
import type { Log } from '../../runner/log.ts'
import { nextStep } from './next-steps.ts'
import { headline, reason, verdictLine } from './verdict-line.ts'

/** The runner shows ten of a kind for a step (actions/runner, ExecutionContext.cs); the tenth tells of the rest. */
const most = 9
/** The runner cuts a message here (actions/runner, ExecutionContext.cs). */
const longest = 4_096
/** The jobs that one annotation tells of by name. */
const mostNames = 20
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
}

/** What passes and is still no plain success. */
function needsLook(outcome: Outcome): boolean {
  const conclusion = conclude(outcome)
  return conclusion === 'success'
    ? outcome.job.errors.length > 0
    : conclusion !== 'pending' || lastEnding(outcome) === 'stopped'
}

function annotateEach(outcomes: Outcome[], say: (message: string, title: string) => void): void {
  const groups = [...Map.groupBy(outcomes, causeOf).values()]
  for (const group of groups.slice(0, most)) say(textOf(group), titleOf(group))
  const left = groups.slice(most).flat()
  if (left.length > 0) {
    const more = left.length > mostNames ? ['…'] : []
    const text = [`And ${grouped(left.length)} more; the job summary lists them.`, ...linesOf(left), ...more]
    say(cut(text.join('\n'), longest), `${counted(left.length, 'more job')} like these`)
  }
}

/** What kept several jobs from being followed, in the same words, is one cause; all else is each job's own. */
function causeOf(outcome: Outcome): unknown {
  const problem = problemOf(outcome)
  const shared = lastEnding(outcome) === 'error' && problem !== undefined && outcome.job.errors.length === 0
  return shared ? JSON.stringify([problem, unproved(outcome) !== undefined]) : Symbol()
}

function textOf(group: Outcome[]): string {
  const [outcome] = group
  if (outcome === undefined) return ''
  if (group.length === 1) return annotationText(outcome)
  const more = group.length > mostNames ? ['…'] : []
  const next = unproved(outcome)
    ? 'The backups themselves did well; it is their recovery points that could not be looked at.'
    : 'What becomes of these jobs in Azure is not known; they may well go on.'
  return cut(
    [plain(cut(reason(outcome), longestReason)), ...linesOf(group), ...more, next].join('\n'),
    longest,
  )
}

function linesOf(outcomes: Outcome[]): string[] {
  return outcomes.slice(0, mostNames).map((outcome) => plain(cut(verdictLine(outcome), 150)))
}

function titleOf(group: Outcome[]): string {
  return plain(cut(headline(group), 200))
}

/** Code, message, recommendations and what to do next, cut to what the runner shows. */
export function annotationText(outcome: Outcome): string {
  const { errors } = outcome.job
  const recommendations = mainError(outcome)?.recommendations ?? []
  const lines = [
    ...(outcome.problem?.wrongInputs ?? [reason(outcome) || verdictLine(outcome)]).map((line) =>
      cut(line, longestReason),
    ),
    recommendations.length === 0 ? '' : cut(`Recommended: ${recommendations.join(' ')}`, 1_000),
    nextStep(outcome),
    errors.length > 1 ? `And ${counted(errors.length - 1, 'other error')}; see the job summary.` : '',
  ]
  return cut(
    lines
      .map(plain)
      .filter((line) => line !== '')
      .join('\n'),
    longest,
  )
}
