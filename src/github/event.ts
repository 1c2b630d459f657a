/** What the runner tells of the run that this step belongs to. */
import { readFileSync } from 'node:fs'
import { fields } from '../azure/values.ts'

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
export function readRunContext(env: Record<string, string | undefined>): RunContext {
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/')
  if (owner === '' || repo === '') throw new Error('the variable GITHUB_REPOSITORY names no repository')
  return {
    eventName: env.GITHUB_EVENT_NAME ?? '',
    payload: readPayload(env.GITHUB_EVENT_PATH),
    ref: env.GITHUB_REF ?? '',
    repo: { owner, repo },
  }
}

/** An event that cannot be read names no pull request. */
function readPayload(path: string | undefined): Record<string, unknown> {
  if (!path) return {}
  try {
    return fields(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return {}
  }
}
