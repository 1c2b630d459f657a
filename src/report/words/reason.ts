/** Why an outcome is what it is, in words. Pure; foreign text, not escaped. */
import type { Explanation } from '../../base/errors.ts'
import { counted, cut } from '../../base/text.ts'
import type { JobError } from '../../domain/job.ts'
import { mainError, mainProblem, type Outcome, problemOf } from '../../domain/outcome.ts'

/** What went wrong, in one text: what this action found, or the job's own first error. Empty where nothing did. */
export function reason(outcome: Outcome): string {
  const problem = mainProblem(outcome)
  if (problem !== undefined) return problemText(problem)
  const error = mainError(outcome)
  return error === undefined ? '' : errorText(error)
}

/** Cause and cure first, then what has to be compared, and at last the words of the service. */
export function problemText({ cause, cure = '', facts = [], said = '' }: Explanation): string {
  const values = facts.map(([name, value]) => `${name}: ${value}`).join(', ')
  const parts = [cause, cure, values === '' ? '' : `${values}.`, said === '' ? '' : `The answer: ${said}`]
  return parts.filter((part) => part !== '').join(' ')
}

/** The cause of what happened in a sentence or two, for where the rest stands elsewhere. */
export function causeText(outcome: Outcome): string {
  const problem = mainProblem(outcome)
  return problem === undefined ? reason(outcome) : problem.cause
}

/** The error's code and message, and the innermost error. */
export function errorText({ code, message, cause }: JobError): string {
  const root = cause === undefined ? '' : ` Root cause: ${codeAndMessage(cause)}`
  return codeAndMessage({ code, message }) + root
}

/** A number says nothing to a person (`400160`), so the message stands before it. */
function codeAndMessage({ code, message }: { code: string; message: string }): string {
  if (/^\d+$/.test(code) && message !== '') return `${message.replace(/\.$/, '')} (code ${code}).`
  return [code, message].filter((part) => part !== '').join(': ')
}

/** A name before its message, where the code is a number (`UserErrorGuestAgentStatusUnavailable: VM agent …`). */
const nameBefore = /^([A-Z][A-Za-z]{7,}): /

/** A cause by a name that a title has room for: the code, or the message where that is a number or missing. */
export function causeName(outcome: Outcome): string {
  const problem = mainProblem(outcome)
  const error = mainError(outcome)
  const { code, text } = problem
    ? { code: problem.code, text: problem.cause }
    : { code: error?.code ?? '', text: error?.message ?? '' }
  if (code !== '' && !/^\d+$/.test(code)) return code
  const sentence = nameBefore.exec(text)?.[1] ?? cut(text.split(/[.!?](?:\s|$)/, 1)[0] ?? '', 100)
  return [sentence, code === '' ? '' : `(${code})`].filter((part) => part !== '').join(' ')
}

/** The commands that mend a cause, each once: some name the item, so each of a group has its own. */
export function commandsOf(group: Outcome[], most: number): string[] {
  const all = [...new Set(group.flatMap((outcome) => problemOf(outcome)?.commands ?? []))]
  const left = all.length - most
  return [...all.slice(0, most), ...(left > 0 ? [`# and ${counted(left, 'more', 'more')}`] : [])]
}
