/** The comment in the pull request, from the outcomes to GitHub. What goes wrong here is a warning, never more. */
import { type Clock, systemClock } from '../base/clock.ts'
import { fields, text } from '../base/read.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { FailOn } from '../domain/verdict.ts'
import { type CommentMode, commentOf, commentWish } from '../report/page/comment.ts'
import { reveal } from '../report/page/digest.ts'
import { runUrlOf } from '../report/page/links.ts'
import type { Variables } from '../runner/environment.ts'
import type { Log } from '../runner/log.ts'
import { createClient, type Octokit } from './client.ts'
import { type RunContext, readRunContext } from './event.ts'
import { identityOf } from './identity.ts'
import { findPullRequests } from './pull-requests.ts'
import { refusalOf } from './refusal.ts'
import { findComment, loginOf, writeComment } from './sticky-comment.ts'

/** What the inputs and the run say of the comment. */
export interface CommentOptions {
  /** The input `comment-in-pr`. */
  mode: CommentMode
  /** The input `github-token`. */
  token: string
  /** The input `comment-key`: what tells this comment from those of other legs of a matrix. */
  key: string
  /** The input `pull-request`; undefined where the run tells which. */
  pullRequest?: number | undefined
  failOn: FailOn
  /** The portal's origin. */
  portal: string
  env: Variables
  log: Log
  clock?: Clock
  /** Milliseconds for all of it: 30 seconds, and far less when a signal ends the step. */
  limit?: number
}

const usualLimit = 30_000

/** Writes or updates the comment, where one is wanted and there is a pull request. Never throws. */
export async function commentInPullRequest(outcomes: Outcome[], options: CommentOptions): Promise<void> {
  const { mode, token, failOn, env, log, clock = systemClock, limit = usualLimit } = options
  const wish = commentWish(mode, outcomes, failOn)
  if (wish === 'none') return
  if (token === '') {
    warn(log, 'the input github-token is empty')
    return
  }
  const signal = AbortSignal.timeout(limit)
  try {
    const octokit = await createClient({ token, apiUrl: env.GITHUB_API_URL, signal, clock, log })
    await comment(octokit, readRunContext(env), outcomes, wish === 'update', options)
  } catch (error) {
    warn(log, signal.aborted ? `GitHub took longer than ${limit / 1000} s` : meaningOf(error))
  }
}

async function comment(
  octokit: Octokit,
  run: RunContext,
  outcomes: Outcome[],
  updateOnly: boolean,
  { key, pullRequest, failOn, portal, env, log }: CommentOptions,
): Promise<void> {
  const numbers = pullRequest === undefined ? await findPullRequests(octokit, run) : [pullRequest]
  if (numbers.length === 0) {
    log.info('No comment: this run belongs to no open pull request.')
    return
  }
  // Only a dispatched run goes on with what another one has handed on, and with nothing else where it was given it.
  const jobIds = run.eventName === 'workflow_dispatch' ? outcomes.map(({ job }) => job.id.toLowerCase()) : []
  const wasGiven = text(fields(run.payload.inputs)['job-id']) !== ''
  const { marker: own, origin } = identityOf(env, key, wasGiven ? jobIds : [])
  const login = await loginOf(octokit)
  for (const number of numbers) {
    const known = await findComment(octokit, run.repo, number, { marker: own, jobIds }, login)
    if (known === undefined && updateOnly) continue
    // A comment that is taken over stays the one of its first run, which finds it again by its marker.
    const marker = known?.marker ?? own
    const before = known === undefined ? [] : reveal(known.body)
    const body = commentOf(outcomes, { portal, failOn, marker, origin, before, runUrl: runUrlOf(env) })
    await writeComment(octokit, run.repo, number, known, body)
    log.info(`${known === undefined ? 'Commented' : 'Updated the comment'} in pull request ${number}.`)
  }
}

function warn(log: Log, why: string): void {
  log.warning(`The comment in the pull request could not be written: ${why}.`, 'No pull request comment')
}

/** What a refusal means, and then GitHub's own words, which are foreign text. */
function meaningOf(error: unknown): string {
  const { status, answer, limited } = refusalOf(error)
  if (status === 401) return `the input github-token is not valid, or no longer. ${answer}`
  if (limited) return answer
  if (status === 403 || status === 404) {
    return (
      'the token needs the permission pull-requests: write. A run for a pull request from a fork gets a token that may ' +
      `only read, whatever the workflow asks for: there, comment from a workflow on workflow_run. ${answer}`
    )
  }
  return answer
}
