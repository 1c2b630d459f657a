/** The line that says which run goes on with the jobs. Pure: Markdown as text. */
import type { Outcome } from '../../domain/outcome.ts'
import { asCode, link } from './markdown.ts'

/** One line; empty where nothing was handed on. */
export function handedOnLine(outcomes: Outcome[]): string {
  const handedOn = outcomes.find(({ ending }) => ending === 'handed-on')?.handedOn
  if (handedOn === undefined) return ''
  const { workflow, runUrl } = handedOn
  const run = runUrl === undefined ? 'A run' : link('A run', runUrl)
  return `${run} of ${asCode(workflow, 200)} goes on with what still runs, and has the verdict.`
}
