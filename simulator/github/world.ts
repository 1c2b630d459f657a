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

/** An input that a workflow declares under `workflow_dispatch`. */
export interface WorkflowInput {
  required?: boolean
  default?: string
}

/** A workflow of the repository. */
export interface Workflow {
  id: number
  /** `follow.yml`. */
  file: string
  state: 'active' | 'disabled_manually'
  /** What `workflow_dispatch` declares; undefined for a workflow without that trigger. */
  inputs: Record<string, WorkflowInput> | undefined
}

/** A run that a dispatch has started. */
export interface DispatchedRun {
  id: number
  /** File name of its workflow. */
  workflow: string
  /** As it was given: `main` or `refs/heads/main`. */
  ref: string
  /** As given, with the defaults of the others: what `${{ inputs.… }}` are. */
  inputs: Record<string, string>
  url: string
  htmlUrl: string
}

/** Everything. */
export interface GitHubWorld {
  /** `octo-org/octo-repo`. */
  repository: string
  /** The token that is known here, whose it is, and what it may do. */
  token: string
  login: string
  permission: 'write' | 'read' | 'none'
  /** What it may do with `actions`. */
  actions: 'write' | 'read' | 'none'
  /** Whether GraphQL tells the token who it is. */
  tellsLogin: boolean
  pullRequests: PullRequest[]
  /** In the order in which they were written. */
  comments: PullRequestComment[]
  /** Branches and tags, by their short names. */
  refs: string[]
  workflows: Workflow[]
  /** In the order in which they were dispatched. */
  runs: DispatchedRun[]
  /**
   * The status with which `return_run_details` is refused, as Enterprise Server does that does not know it; undefined
   * where it is known.
   */
  refusesRunDetails: 400 | 422 | undefined
}

/** A repository with no pull request yet. */
export function createGitHubWorld(options: Partial<GitHubWorld> = {}): GitHubWorld {
  return {
    repository: 'octo-org/octo-repo',
    token: `ghs_${randomBytes(27).toString('base64url')}`,
    login: 'github-actions[bot]',
    permission: 'write',
    actions: 'write',
    tellsLogin: true,
    pullRequests: [],
    comments: [],
    refs: ['main', 'topic'],
    workflows: [],
    runs: [],
    refusesRunDetails: undefined,
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

/** Adds a workflow. Default: an active one with `workflow_dispatch` and no inputs. */
export function addWorkflow(world: GitHubWorld, file: string, given: Partial<Workflow> = {}): Workflow {
  const workflow: Workflow = {
    id: 161_335 + world.workflows.length,
    file,
    state: 'active',
    inputs: {},
    ...given,
  }
  world.workflows.push(workflow)
  return workflow
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
