/** The status of a job's phase, in a word. Pure. */
import { cut } from '../../base/text.ts'

const words = new Map([
  ['Completed', 'done'],
  ['CompletedWithWarnings', 'done with warnings'],
  ['InProgress', 'running'],
  ['NotStarted', 'not started'],
  ['Failed', 'failed'],
  ['Skipped', 'skipped'],
])

/** The status of a phase, for people: `done`, `running`; one never seen before as it is. */
export function phaseWord(status: string): string {
  return words.get(status) ?? cut(status, 40)
}
