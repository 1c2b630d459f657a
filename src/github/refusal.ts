/** What GitHub says when it refuses, as text. Pure. */
import { errorMessage } from '../base/errors.ts'
import { cut, plain } from '../base/text.ts'
import { statusOf } from './client.ts'

/** A refusal, or what kept a request from an answer. */
export interface Refusal {
  /** Undefined where no answer came. */
  status: number | undefined
  /** GitHub's own words: foreign text, on one line. */
  said: string
  /** `GitHub answered 403 (Resource not accessible by integration)`. */
  answer: string
  /** Whether the token itself may do it, and only asked too often. */
  limited: boolean
}

/** Reads what Octokit has thrown. */
export function refusalOf(error: unknown): Refusal {
  const said = plain(cut(errorMessage(error), 500)).replace(/[.\s]+$/, '')
  const status = statusOf(error)
  const limited = status === 429 || (status === 403 && /rate limit/i.test(said))
  return {
    status,
    said,
    limited,
    answer: status === undefined ? said : `GitHub answered ${status} (${said})`,
  }
}
