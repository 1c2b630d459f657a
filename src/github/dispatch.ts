/** Starts a run of another workflow of this repository, whichever GitHub it is at. */
import { fields, text } from '../base/read.ts'
import { cut } from '../base/text.ts'
import type { Octokit } from './client.ts'
import type { RunContext } from './event.ts'
import { type Refusal, refusalOf } from './refusal.ts'

/** A run to start. */
export interface Dispatch {
  /** The workflow's file name. */
  workflow: string
  /** `refs/heads/main`: a branch or a tag, for GitHub dispatches at nothing else. */
  ref: string
  /** ARM IDs, one a line. */
  jobIds: string
  /** Undefined where none is to be passed on. */
  pullRequest: number | undefined
}

/** GitHub takes no more for all inputs together (GitHub: Workflow syntax, on.workflow_dispatch.inputs). */
const mostCharacters = 65_535
/** For the names of the inputs, and their JSON. */
const spare = 200

/** Whether so many jobs fit into the inputs of a run, as JSON. */
export function fits(jobIds: string): boolean {
  return JSON.stringify(jobIds).length <= mostCharacters - spare
}

/**
 * Starts the run. What GitHub does not know is left out, and it is asked again: `return_run_details` at an Enterprise
 * Server up to 3.20 (400: cli/cli#12672; 422: benc-uk/workflow-dispatch#86), and `pull-request` where the workflow does
 * not declare it (422 `Unexpected inputs provided: ["pull-request"]`), which to know before would take another permission.
 *
 * @returns the run's page; undefined where GitHub does not tell it
 * @throws what Octokit throws; explainDispatch says what it means
 */
export async function startRun(
  octokit: Octokit,
  run: RunContext,
  wish: Dispatch,
): Promise<string | undefined> {
  const { workflow, ref, jobIds } = wish
  let details = true
  let pullRequest = wish.pullRequest
  for (;;) {
    try {
      const { data } = await octokit.request(
        'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
        {
          ...run.repo,
          workflow_id: workflow,
          ref,
          inputs: {
            'job-id': jobIds,
            ...(pullRequest === undefined ? {} : { 'pull-request': String(pullRequest) }),
          },
          ...(details ? { return_run_details: true } : {}),
        },
      )
      return pageOf(data)
    } catch (error) {
      const { status, said } = refusalOf(error)
      if (details && (status === 400 || (status === 422 && said.includes('return_run_details'))))
        details = false
      else if (pullRequest !== undefined && status === 422 && isUnexpected(said, 'pull-request'))
        pullRequest = undefined
      else throw error
    }
  }
}

/** The run's address, for people; nothing else is taken for a link. */
function pageOf(data: unknown): string | undefined {
  const url = cut(text(fields(data).html_url), 1_000)
  return /^https?:\/\/[^\s"'<>()[\]]+$/.test(url) ? url : undefined
}

/** GitHub tells which inputs a workflow does not declare in words alone. */
function isUnexpected(said: string, input: string): boolean {
  return said.includes('Unexpected inputs provided') && said.includes(`"${input}"`)
}

/**
 * The branch or tag that this run is of, as GitHub dispatches at it; undefined where the repository has none. A run for
 * a pull request is of a merge that is no branch, and stands for the branch that the request comes from; one of a fork
 * is no branch of this repository.
 */
export function refOf({ ref, payload, repo }: RunContext): string | undefined {
  if (/^refs\/(heads|tags)\/./.test(ref)) return ref
  const head = fields(fields(payload.pull_request).head)
  const from = text(fields(head.repo).full_name).toLowerCase()
  const branch = text(head.ref)
  return branch !== '' && from === `${repo.owner}/${repo.repo}`.toLowerCase()
    ? `refs/heads/${branch}`
    : undefined
}

/** What a refusal means, and what to do: without the full stop. */
export function explainDispatch(error: unknown, { workflow, ref }: Dispatch): string {
  const refusal = refusalOf(error)
  const cure = cureOf(refusal, workflow, ref.replace(/^refs\/(heads|tags)\//, ''))
  return cure === undefined ? refusal.answer : `${refusal.answer}; ${cure}`
}

function cureOf({ status, said, limited }: Refusal, workflow: string, ref: string): string | undefined {
  if (limited) return undefined
  if (status === undefined || status >= 500) return 'a run may have started all the same'
  if (status === 401) return 'the input github-token is not valid, or no longer'
  if (status === 403) {
    return (
      'the token needs the permission actions: write. A run for a pull request from a fork gets a token that may only ' +
      'read, whatever the workflow asks for'
    )
  }
  if (status === 404)
    return `the default branch needs the file .github/workflows/${workflow}, and the token access to this repository`
  if (status !== 422) return undefined
  if (said.includes('No ref found')) return `${ref}, the branch or tag of this run, is gone`
  if (said.includes('workflow_dispatch')) return dispatchCure(said, workflow, ref)
  if (isUnexpected(said, 'job-id'))
    return `declare the input job-id under on.workflow_dispatch.inputs of ${workflow}, at ${ref} too`
  if (said.includes('Required input'))
    return `${workflow} is given job-id and pull-request alone; let every other input have a default, or not be required`
  return undefined
}

function dispatchCure(said: string, workflow: string, ref: string): string {
  return said.includes('disabled')
    ? `enable the workflow ${workflow} on the Actions page of the repository`
    : `add the trigger workflow_dispatch to ${workflow}, at ${ref} too`
}
