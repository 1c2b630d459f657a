/** What the runner tells of the run that this step belongs to. */
import { fields } from '../base/read.ts'
import { readEvent, type Variables } from '../runner/environment.ts'

/** The run, as far as it matters for a comment. */
export interface RunContext {
  eventName: string
  /** The event's payload. */
  payload: Record<string, unknown>
  /** `refs/heads/main`. */
  ref: string
  repo: { owner: string; repo: string }
}

/**
 * Reads it from the variables that the runner sets, and from the event's file. A run without a repository is none
 * that GitHub started.
 */
export function readRunContext(env: Variables): RunContext {
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/')
  if (owner === '' || repo === '') throw new Error('the variable GITHUB_REPOSITORY names no repository')
  return {
    eventName: env.GITHUB_EVENT_NAME ?? '',
    // An event that cannot be read names no pull request.
    payload: fields(readEvent(env)),
    ref: env.GITHUB_REF ?? '',
    repo: { owner, repo },
  }
}
