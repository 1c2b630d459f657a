/** `POST …/actions/workflows/{file}/dispatches`: the run that it starts, or why it starts none. */
import { type Answer, jsonBody, type SeenRequest } from '../http/exchange.ts'
import { refusal } from './answers.ts'
import type { DispatchedRun, GitHubWorld, WorkflowInput } from './world.ts'

const PAGE = '/actions/workflows#create-a-workflow-dispatch-event'
const KEYS = ['ref', 'inputs', 'return_run_details']
// Of all inputs together (GitHub: Events that trigger workflows).
const MOST_CHARACTERS = 65_535

/**
 * Starts a run of a workflow, by its file name or ID: 204, or 200 with the run where `return_run_details` asks for
 * it (GitHub: changelog of 19 February 2026). Messages: as people report them (erlang/otp#8807, benc-uk/workflow-dispatch
 * #46, #80 and #86, convictional/trigger-workflow-and-wait#25); that of a size is made up after the one of
 * `repository_dispatch` (mvasigh/dispatch-action#23), those of a required input and a disabled workflow are not recorded.
 */
export function dispatch(world: GitHubWorld, request: SeenRequest, name: string): Answer {
  const refuse = (status: number, message: string) => refusal(status, message, PAGE)
  if (world.actions !== 'write') {
    const answer = refuse(403, 'Resource not accessible by integration')
    return { ...answer, headers: { 'X-Accepted-GitHub-Permissions': 'actions=write' } }
  }
  const workflow = world.workflows.find(
    ({ file, id }) => file === decodeURIComponent(name) || String(id) === name,
  )
  if (workflow === undefined) return refuse(404, 'Not Found')
  const body = jsonBody(request)
  const { ref, inputs = {}, return_run_details: detailed } = body
  const unknown = Object.keys(body).filter((key) => !KEYS.includes(key))
  if (detailed !== undefined && world.refusesRunDetails !== undefined) {
    return refuse(world.refusesRunDetails, 'Invalid request.\n\n"return_run_details" is not a permitted key.')
  }
  const wrong = [
    ...(unknown.length === 0 ? [] : [notPermitted(unknown)]),
    ...(typeof ref === 'string' ? [] : ['"ref" wasn\'t supplied.']),
  ]
  if (wrong.length > 0) return refuse(422, `Invalid request.\n\n${wrong.join('\n')}`)
  const given = Object.fromEntries(
    Object.entries(inputs as object).map(([key, value]) => [key, String(value)]),
  )
  const declared = workflow.inputs
  if (!world.refs.includes(String(ref).replace(/^refs\/(heads|tags)\//, ''))) {
    return refuse(422, `No ref found for: ${ref}`)
  }
  if (declared === undefined) return refuse(422, "Workflow does not have 'workflow_dispatch' trigger")
  if (workflow.state !== 'active') {
    return refuse(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow")
  }
  const why = inputsRefused(declared, given)
  if (why !== undefined) return refuse(422, why)
  const run = addRun(world, request, workflow.file, String(ref), { ...defaultsOf(declared), ...given })
  if (detailed !== true) return { status: 204 }
  return { status: 200, body: { workflow_run_id: run.id, run_url: run.url, html_url: run.htmlUrl } }
}

function notPermitted(keys: string[]): string {
  const names = keys.map((key) => `"${key}"`).join(', ')
  return keys.length === 1 ? `${names} is not a permitted key.` : `${names} are not permitted keys.`
}

function inputsRefused(
  declared: Record<string, WorkflowInput>,
  given: Record<string, string>,
): string | undefined {
  const unexpected = Object.keys(given).filter((key) => declared[key] === undefined)
  if (unexpected.length > 0) {
    return `Unexpected inputs provided: [${unexpected.map((key) => JSON.stringify(key)).join(', ')}]`
  }
  const missing = Object.entries(declared).find(
    ([key, input]) => input.required && input.default === undefined && given[key] === undefined,
  )
  if (missing !== undefined) return `Required input '${missing[0]}' not provided`
  return JSON.stringify(given).length > MOST_CHARACTERS ? 'inputs are too large.' : undefined
}

function defaultsOf(declared: Record<string, WorkflowInput>): Record<string, string> {
  return Object.fromEntries(Object.entries(declared).map(([key, input]) => [key, input.default ?? '']))
}

function addRun(
  world: GitHubWorld,
  request: SeenRequest,
  workflow: string,
  ref: string,
  inputs: Record<string, string>,
): DispatchedRun {
  const id = 22_000_000_000 + world.runs.length
  const api = request.url.replace(/\/actions\/workflows\/.*$/, '')
  const run = {
    id,
    workflow,
    ref,
    inputs,
    url: `${api}/actions/runs/${id}`,
    htmlUrl: `https://github.com/${world.repository}/actions/runs/${id}`,
  }
  world.runs.push(run)
  return run
}
