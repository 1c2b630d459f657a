/** Annotations on the run: one for each outcome that needs one, as far as the runner shows them. */
import type { Log } from '../log.ts'
import { oneLine } from '../log.ts'
import type { Outcome } from '../outcome.ts'
import { conclude, type FailOn, fails, worstFirst } from '../verdict.ts'
import { lookAgain, reason, verdictLine } from './verdict-line.ts'

/** The runner shows ten of a kind for a step (actions/runner, ExecutionContext.cs); the tenth tells of the rest. */
const most = 9
/** The runner cuts a message here (actions/runner, ExecutionContext.cs). */
const longest = 4_096

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
    : conclusion !== 'pending' || outcome.ending === 'stopped'
}

function annotateEach(outcomes: Outcome[], say: (message: string, title: string) => void): void {
  const shown = outcomes.length > most + 1 ? outcomes.slice(0, most) : outcomes
  for (const outcome of shown) say(annotationText(outcome), titleOf(outcome))
  if (shown.length < outcomes.length) {
    say(`And ${outcomes.length - shown.length} more; the job summary lists all of them.`, 'Azure Backup')
  }
}

function titleOf(outcome: Outcome): string {
  return cut(oneLine(verdictLine(outcome)), 200)
}

/** Code, message and recommendations, cut to what the runner shows. */
export function annotationText(outcome: Outcome): string {
  const conclusion = conclude(outcome)
  const recommendations = outcome.job.errors[0]?.recommendations ?? []
  const text = [
    reason(outcome) || verdictLine(outcome),
    recommendations.length === 0 ? '' : `Recommended: ${recommendations.join(' ')}`,
    conclusion === 'timed-out' || outcome.ending === 'stopped' ? lookAgain(outcome) : '',
  ]
  return cut(
    text
      .filter((part) => part !== '')
      .map(oneLine)
      .join('\n'),
    longest,
  )
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
