/** What the simulated GitHub holds: one repository with its pull requests and their comments. */
import { randomBytes } from 'node:crypto'

/** A comment of a pull request. */
export interface PullRequestComment {
  id: number
  pullRequest: number
  /** Whose it is: `github-actions[bot]`, `mallory`. */
  login: string
  body: string
}

/** A pull request. */
export interface PullRequest {
  number: number
  state: 'open' | 'closed'
  /** Where it comes from: `octo-org/octo-repo`, or a fork. */
  repository: string
  branch: string
  sha: string
}

/** Everything. */
export interface GitHubWorld {
  /** `octo-org/octo-repo`. */
  repository: string
  /** The token that is known here, whose it is, and what it may do. */
  token: string
  login: string
  permission: 'write' | 'read' | 'none'
  /** Whether GraphQL tells the token who it is. */
  tellsLogin: boolean
  pullRequests: PullRequest[]
  /** In the order in which they were written. */
  comments: PullRequestComment[]
}

/** A repository with no pull request yet. */
export function createGitHubWorld(options: Partial<GitHubWorld> = {}): GitHubWorld {
  return {
    repository: 'octo-org/octo-repo',
    token: `ghs_${randomBytes(27).toString('base64url')}`,
    login: 'github-actions[bot]',
    permission: 'write',
    tellsLogin: true,
    pullRequests: [],
    comments: [],
    ...options,
  }
}

/** Opens a pull request. Default: from a branch `topic` of the repository itself. */
export function openPullRequest(world: GitHubWorld, given: Partial<PullRequest> = {}): PullRequest {
  const number = Math.max(0, ...world.pullRequests.map((pull) => pull.number)) + 1
  const pull: PullRequest = {
    number,
    state: 'open',
    repository: world.repository,
    branch: 'topic',
    sha: number.toString(16).padStart(40, '0'),
    ...given,
  }
  world.pullRequests.push(pull)
  return pull
}

/** Writes a comment, as whoever it is. */
export function addComment(
  world: GitHubWorld,
  pullRequest: number,
  login: string,
  body: string,
): PullRequestComment {
  const comment = { id: 1_000 + world.comments.length, pullRequest, login, body }
  world.comments.push(comment)
  return comment
}
