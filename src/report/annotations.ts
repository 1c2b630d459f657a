/** Annotations on the run: one for each outcome that needs one, as far as the runner shows them. */
import type { Log } from '../log.ts'
import type { Outcome } from '../outcome.ts'
import { conclude, type FailOn, fails, worstFirst } from '../verdict.ts'
import { nextStep } from './next-steps.ts'
import { counted, cut, grouped, plain } from './text.ts'
import { reason, verdictLine } from './verdict-line.ts'

/** The runner shows ten of a kind for a step (actions/runner, ExecutionContext.cs); the tenth tells of the rest. */
const most = 9
/** The runner cuts a message here (actions/runner, ExecutionContext.cs). */
const longest = 4_096
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
    : conclusion !== 'pending' || outcome.ending === 'stopped'
}

function annotateEach(outcomes: Outcome[], say: (message: string, title: string) => void): void {
  for (const outcome of outcomes.slice(0, most)) say(annotationText(outcome), titleOf(outcome))
  const left = outcomes.slice(most)
  if (left.length > 0) {
    const names = left.slice(0, 20).map((outcome) => plain(cut(verdictLine(outcome), 150)))
    const more = left.length > names.length ? ['…'] : []
    const text = [`And ${grouped(left.length)} more; the job summary lists them.`, ...names, ...more]
    say(cut(text.join('\n'), longest), `${counted(left.length, 'more job')} like these`)
  }
}

function titleOf(outcome: Outcome): string {
  return plain(cut(verdictLine(outcome), 200))
}

/** Code, message, recommendations and what to do next, cut to what the runner shows. */
export function annotationText(outcome: Outcome): string {
  const { errors } = outcome.job
  const recommendations = errors[0]?.recommendations ?? []
  const lines = [
    cut(reason(outcome) || verdictLine(outcome), longestReason),
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
