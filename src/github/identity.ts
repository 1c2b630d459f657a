/** Which workflow job a comment belongs to. Pure. */
import { createHash } from 'node:crypto'
import { fields } from '../base/read.ts'
import type { Variables } from '../runner/environment.ts'

/** Which workflow job a comment is of. */
export interface Identity {
  /** The comment's first line: hidden, and the same in every run of this step. */
  marker: string
  /** For people: `Back up / backup (vm-1)`. */
  origin: string
}

/**
 * Tells apart what may comment on one pull request: workflows (by file, for names may be alike), their jobs, the
 * steps of a job (an ID, or the action's name with a number), and the legs of a matrix. The runner tells an action
 * nothing of its leg, but it fills in `${{ toJSON(matrix) }}` as the default of an input (actions/runner,
 * action_yaml.json: input-default-context; github/codeql-action does the same), so that is what `key` usually is.
 * Two calls of one reusable workflow with a job outside any matrix are alike in all of it: there the user sets `key`.
 *
 * @param key the input `comment-key`
 * @param handedOn the names of the jobs that the run was started with: two chains of runs are alike in all the rest
 */
export function identityOf(env: Variables, key: string, handedOn: string[] = []): Identity {
  const { GITHUB_WORKFLOW = '', GITHUB_WORKFLOW_REF = '', GITHUB_JOB = '', GITHUB_ACTION = '' } = env
  const file = GITHUB_WORKFLOW_REF.replace(/@[^@]*$/, '')
  const leg = legOf(key)
  const parts = [
    file || GITHUB_WORKFLOW,
    GITHUB_JOB,
    GITHUB_ACTION,
    leg === '' ? '' : key.trim(),
    ...[...handedOn].sort(),
  ]
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20)
  const origin = [GITHUB_WORKFLOW, GITHUB_JOB].filter((part) => part !== '').join(' / ')
  return {
    marker: `<!-- wait-for-azure-backup ${hash} -->`,
    origin: leg === '' ? origin : `${origin} (${leg})`,
  }
}

/** The marker that a comment of this action begins with, whichever job's it is. */
export function markerOf(body: string): string | undefined {
  return /^<!-- wait-for-azure-backup [0-9a-f]{20} -->/.exec(body)?.[0]
}

/** A matrix as its values, `vm-1, westeurope`; anything else as it is. Outside a matrix it is `null`. */
function legOf(key: string): string {
  const given = key.trim()
  if (given === 'null' || given === '{}') return ''
  try {
    const values = Object.values(fields(JSON.parse(given)))
    if (values.length === 0) return given
    return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ')
  } catch {
    return given
  }
}
