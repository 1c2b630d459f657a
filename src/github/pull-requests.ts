/** The pull requests that a run is about: told by its event, or found by the branch. */
import { fields, list, number, text } from '../base/read.ts'
import type { Octokit } from './client.ts'
import type { RunContext } from './event.ts'

/** Where to look for open pull requests. */
export interface Head {
  owner: string
  /** `owner/name` in lower case: an owner may have several forks, with the same branch in each. */
  repository: string
  branch: string
}

/** A comment in more pull requests than this helps nobody. */
const most = 10

/** What the event says: the numbers, or the branch by which they are found. Pure. */
export function pullRequestsByEvent(run: RunContext): { numbers: number[] } | { head: Head } {
  const { eventName, payload, ref, repo } = run
  const own = number(fields(payload.pull_request).number)
  if (own !== undefined) return { numbers: [own] }
  if (eventName === 'workflow_run') return byWorkflowRun(payload)
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
  // A dispatched run is of a branch, as one that goes on with a backup is.
  if (!['push', 'workflow_dispatch'].includes(eventName) || branch === undefined || payload.deleted === true)
    return { numbers: [] }
  return { head: { owner: repo.owner, repository: `${repo.owner}/${repo.repo}`.toLowerCase(), branch } }
}

/** GitHub lists no pull requests of forks here; they are found by the branch in the fork. */
function byWorkflowRun(payload: Record<string, unknown>): { numbers: number[] } | { head: Head } {
  const run = fields(payload.workflow_run)
  const here = fields(payload.repository).id
  const numbers = list(run.pull_requests)
    .map(fields)
    // The run of a fork may list what goes from there to anywhere.
    .filter((pull) => here === undefined || fields(fields(pull.base).repo).id === here)
    .flatMap((pull) => number(pull.number) ?? [])
  if (numbers.length > 0) return { numbers: numbers.slice(0, most) }
  const repository = fields(run.head_repository)
  const owner = text(fields(repository.owner).login)
  const branch = text(run.head_branch)
  if (owner === '' || branch === '') return { numbers: [] }
  return { head: { owner, repository: text(repository.full_name).toLowerCase(), branch } }
}

/** The numbers of the open pull requests that the run is about. */
export async function findPullRequests(octokit: Octokit, run: RunContext): Promise<number[]> {
  const told = pullRequestsByEvent(run)
  if ('numbers' in told) return told.numbers
  const { owner, repository, branch } = told.head
  const { data } = await octokit.rest.pulls.list({
    ...run.repo,
    state: 'open',
    head: `${owner}:${branch}`,
    per_page: 100,
  })
  return data
    .filter(({ head }) => head.ref === branch && head.repo?.full_name.toLowerCase() === repository)
    .map((pull) => pull.number)
    .slice(0, most)
}
