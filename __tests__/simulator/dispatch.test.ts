/** Dispatches of workflows at the simulated GitHub, as its documentation and people's reports have them. */
import { describe, expect, it } from 'vitest'
import { createGitHubApi } from '../../simulator/github/api.ts'
import { addWorkflow, createGitHubWorld, type GitHubWorld } from '../../simulator/github/world.ts'
import type { SeenRequest } from '../../simulator/http/exchange.ts'

const page = 'https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event'

function setUp(options: Partial<GitHubWorld> = {}) {
  const world = createGitHubWorld(options)
  addWorkflow(world, 'follow.yml', {
    inputs: { 'job-id': { required: true }, 'pull-request': { default: '' } },
  })
  addWorkflow(world, 'push.yml', { inputs: undefined })
  addWorkflow(world, 'old.yml', { state: 'disabled_manually' })
  const api = createGitHubApi(world)
  const dispatch = async (body: unknown, file = 'follow.yml') => {
    const path = `/repos/octo-org/octo-repo/actions/workflows/${file}/dispatches`
    const request: SeenRequest = {
      server: 'oidc',
      method: 'POST',
      url: `https://localhost${path}`,
      path,
      query: '',
      headers: { authorization: `Bearer ${world.token}` },
      body: JSON.stringify(body),
      at: 0,
      status: undefined,
    }
    return await api(request)
  }
  return { world, dispatch }
}

const inputs = { 'job-id': 'a job' }
const good = { ref: 'main', inputs }

describe('a dispatch', () => {
  it('is answered with 204 and recorded', async () => {
    const { world, dispatch } = setUp()
    expect(await dispatch(good)).toEqual({ status: 204 })
    expect(await dispatch({ ...good, ref: 'refs/heads/topic', return_run_details: false })).toEqual({
      status: 204,
    })
    expect(world.runs).toMatchObject([
      { workflow: 'follow.yml', ref: 'main', inputs: { 'job-id': 'a job', 'pull-request': '' } },
      { workflow: 'follow.yml', ref: 'refs/heads/topic' },
    ])
  })

  it('is answered with the run where that is asked for', async () => {
    const { world, dispatch } = setUp()
    const answer = await dispatch({ ...good, return_run_details: true })
    expect(answer).toEqual({
      status: 200,
      body: {
        workflow_run_id: 22_000_000_000,
        run_url: 'https://localhost/repos/octo-org/octo-repo/actions/runs/22000000000',
        html_url: 'https://github.com/octo-org/octo-repo/actions/runs/22000000000',
      },
    })
    expect(world.runs[0]?.htmlUrl).toBe('https://github.com/octo-org/octo-repo/actions/runs/22000000000')
  })

  it.each([400, 422] as const)(
    'is refused by Enterprise Server with %i, and taken without',
    async (status) => {
      const { world, dispatch } = setUp({ refusesRunDetails: status })
      const answer = await dispatch({ ...good, return_run_details: true })
      expect(answer?.status).toBe(status)
      expect(answer?.body).toMatchObject({
        message: 'Invalid request.\n\n"return_run_details" is not a permitted key.',
      })
      expect(world.runs).toEqual([])
      expect((await dispatch(good))?.status).toBe(204)
    },
  )

  it.each(['read', 'none'] as const)('needs actions: write, not %s', async (actions) => {
    const { world, dispatch } = setUp({ actions })
    const answer = await dispatch(good)
    const message = 'Resource not accessible by integration'
    expect(answer?.body).toEqual({ message, documentation_url: page, status: '403' })
    expect(answer?.headers).toEqual({ 'X-Accepted-GitHub-Permissions': 'actions=write' })
    expect(world.runs).toEqual([])
  })

  it('needs no permission but that', async () => {
    expect((await setUp({ permission: 'none' }).dispatch(good))?.status).toBe(204)
  })

  it.each([
    ['none.yml', good, 404, 'Not Found'],
    ['push.yml', good, 422, "Workflow does not have 'workflow_dispatch' trigger"],
    ['old.yml', { ref: 'main' }, 422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow"],
    ['follow.yml', { ...good, ref: 'gone' }, 422, 'No ref found for: gone'],
    ['follow.yml', { inputs }, 422, 'Invalid request.\n\n"ref" wasn\'t supplied.'],
    [
      'follow.yml',
      { version: '1', target: '2' },
      422,
      'Invalid request.\n\n"version", "target" are not permitted keys.\n"ref" wasn\'t supplied.',
    ],
    ['follow.yml', { ref: 'main' }, 422, "Required input 'job-id' not provided"],
    [
      'follow.yml',
      { ref: 'main', inputs: { ...inputs, a: '1', b: '2' } },
      422,
      'Unexpected inputs provided: ["a", "b"]',
    ],
    ['follow.yml', { ref: 'main', inputs: { 'job-id': 'x'.repeat(65_535) } }, 422, 'inputs are too large.'],
  ])('of %s with %j is refused', async (file, body, status, message) => {
    const { world, dispatch } = setUp()
    const answer = await dispatch(body, file)
    expect(answer?.status).toBe(status)
    expect(answer?.body).toEqual({ message, documentation_url: page, status: String(status) })
    expect(world.runs).toEqual([])
  })

  it('takes a workflow by its ID', async () => {
    const { world, dispatch } = setUp()
    expect((await dispatch(good, String(world.workflows[0]?.id)))?.status).toBe(204)
  })
})
