import { describe, expect, it } from 'vitest'
import { identityOf } from '../../src/github/identity.ts'
import { pullRequestsByEvent } from '../../src/github/pull-requests.ts'

const repo = { owner: 'octo-org', repo: 'octo-repo' }
const run = (eventName: string, payload: Record<string, unknown>, ref = 'refs/heads/topic') => ({
  eventName,
  payload,
  ref,
  repo,
})

describe('pull requests by event', () => {
  it.each(['pull_request', 'pull_request_target'])('%s names its own', (event) => {
    expect(pullRequestsByEvent(run(event, { pull_request: { number: 7 } }, 'refs/pull/7/merge'))).toEqual({
      numbers: [7],
    })
  })

  it('a push or a dispatch is looked up by its branch; a tag, a deletion and any other event are not', () => {
    for (const event of ['push', 'workflow_dispatch'])
      expect(pullRequestsByEvent(run(event, {}, 'refs/heads/feature/a'))).toEqual({
        head: { owner: 'octo-org', repository: 'octo-org/octo-repo', branch: 'feature/a' },
      })
    const none = { numbers: [] }
    expect(pullRequestsByEvent(run('push', {}, 'refs/tags/v1'))).toEqual(none)
    expect(pullRequestsByEvent(run('push', { deleted: true }))).toEqual(none)
    expect(pullRequestsByEvent(run('schedule', {}))).toEqual(none)
  })

  it('workflow_run lists those of this repository', () => {
    const pulls = [
      { number: 3, base: { repo: { id: 1 } } },
      { number: 4, base: { repo: { id: 2 } } },
    ]
    const payload = { repository: { id: 1 }, workflow_run: { pull_requests: pulls } }
    expect(pullRequestsByEvent(run('workflow_run', payload))).toEqual({ numbers: [3] })
  })

  it('workflow_run of a fork lists none, and is looked up by the branch in the fork', () => {
    const workflow_run = {
      pull_requests: [],
      head_branch: 'patch-1',
      head_repository: { full_name: 'Mona/Octo-Repo', owner: { login: 'Mona' } },
    }
    expect(pullRequestsByEvent(run('workflow_run', { repository: { id: 1 }, workflow_run }))).toEqual({
      head: { owner: 'Mona', repository: 'mona/octo-repo', branch: 'patch-1' },
    })
    // The fork is gone.
    const gone = { ...workflow_run, head_repository: null }
    expect(pullRequestsByEvent(run('workflow_run', { workflow_run: gone }))).toEqual({ numbers: [] })
  })

  it('takes nothing for granted', () => {
    for (const payload of [
      {},
      { pull_request: null },
      { pull_request: { number: 'x' } },
      { workflow_run: [] },
    ])
      expect(pullRequestsByEvent(run('workflow_run', payload))).toEqual({ numbers: [] })
  })
})

describe('the identity of a comment', () => {
  const env = {
    GITHUB_WORKFLOW: 'Back up',
    GITHUB_WORKFLOW_REF: 'octo-org/octo-repo/.github/workflows/back-up.yml@refs/heads/main',
    GITHUB_JOB: 'backup',
    GITHUB_ACTION: 'wait',
  }
  const markerOf = (changes: Record<string, string>, key = 'null') =>
    identityOf({ ...env, ...changes }, key).marker

  it('is the same in every run of a step, whatever the branch', () => {
    const other = { GITHUB_WORKFLOW_REF: env.GITHUB_WORKFLOW_REF.replace('main', 'a@b'), GITHUB_RUN_ID: '2' }
    expect(markerOf({ ...other, GITHUB_WORKFLOW: 'renamed' })).toMatch(
      /^<!-- wait-for-azure-backup [0-9a-f]{20} -->$/,
    )
    expect(markerOf({ GITHUB_WORKFLOW_REF: env.GITHUB_WORKFLOW_REF.replace('main', 'topic') })).toBe(
      markerOf({}),
    )
  })

  it('differs between workflows, jobs, steps and legs of a matrix', () => {
    const file = env.GITHUB_WORKFLOW_REF.replace('back-up', 'other')
    const markers = [
      markerOf({}),
      markerOf({ GITHUB_WORKFLOW_REF: file }),
      markerOf({ GITHUB_JOB: 'other' }),
      markerOf({ GITHUB_ACTION: '__octo-org_wait_2' }),
      markerOf({}, '{"vm":"vm-1"}'),
      markerOf({}, '{"vm":"vm-2"}'),
      markerOf({}, 'set by the user'),
    ]
    expect(new Set(markers).size).toBe(markers.length)
    expect(markerOf({}, '')).toBe(markerOf({}))
  })

  it('names the leg for people', () => {
    expect(identityOf(env, 'null').origin).toBe('Back up / backup')
    expect(identityOf(env, '{\n  "vm": "vm-1",\n  "disk": {"lun": 0}\n}').origin).toBe(
      'Back up / backup (vm-1, {"lun":0})',
    )
    expect(identityOf(env, 'nightly').origin).toBe('Back up / backup (nightly)')
    expect(identityOf({}, '').origin).toBe('')
  })
})
