import { describe, expect, it, onTestFinished } from 'vitest'
import { addComment, openPullRequest } from '../../simulator/github/world.ts'
import { attack, hostileOf } from '../report/hostile.ts'
import * as sample from '../report/samples.ts'
import { comment, useGitHub } from './commenting.ts'

const setting = useGitHub()
const bodies = () => setting.github.comments.map(({ body }) => body)
const sent = (method: string) => setting.simulator.requests.filter((request) => request.method === method)

describe('the comment', () => {
  it('is written once and updated in place, with what has changed', async () => {
    expect((await comment(setting, [sample.good])).infos).toEqual(['Commented in pull request 1.'])
    const longer = sample.outcomeOf({
      durationSeconds: 4580,
      size: { text: '19434 MB', bytes: 19434 * 2 ** 20 },
    })
    expect((await comment(setting, [longer])).infos).toEqual(['Updated the comment in pull request 1.'])
    expect(setting.github.comments).toHaveLength(1)
    expect(setting.github.comments[0]?.login).toBe('github-actions[bot]')
    expect(bodies()[0]).toContain('1h 16m 20s (5m 3s longer) | 19 GB (128 MB more)')
    expect(bodies()[0]).toContain(
      '[Workflow run](https://github.example.test/octo-org/octo-repo/actions/runs/42)',
    )
    expect(bodies()[0]).toContain('Back up / backup')
  })

  it('is found behind many others, and their pages are read one by one', async () => {
    for (let index = 0; index < 250; index += 1) addComment(setting.github, 1, 'octocat', `LGTM ${index}`)
    await comment(setting, [sample.failed])
    await comment(setting, [sample.good])
    expect(setting.github.comments).toHaveLength(251)
    expect(bodies().at(-1)).toContain('✅ Backup of vm-web-1 completed')
    const lists = sent('GET').map(({ query }) => new URLSearchParams(query).get('page'))
    expect(lists).toEqual([null, '2', '3', null, '2', '3'])
  })

  it("is never another user's, though it has the marker", async () => {
    await comment(setting, [sample.good])
    const [own] = setting.github.comments
    const forged = own?.body ?? ''
    setting.github.comments.length = 0
    addComment(setting.github, 1, 'mallory', forged)
    addComment(setting.github, 1, 'github-actions', forged)
    addComment(setting.github, 1, 'other-app[bot]', forged)
    // A workflow that repeats what somebody wrote.
    addComment(setting.github, 1, 'github-actions[bot]', `mallory said:\n\n${forged}`)
    await comment(setting, [sample.failed])
    expect(setting.github.comments).toHaveLength(5)
    expect(bodies().filter((body) => body.includes('❌'))).toEqual([bodies()[4]])
    await comment(setting, [sample.good])
    expect(setting.github.comments).toHaveLength(5)
  })

  it("is the token's own: of an app, or of a person", async () => {
    for (const login of ['backup-app[bot]', 'octocat']) {
      Object.assign(setting.github, { login, comments: [] })
      await comment(setting, [sample.good])
      await comment(setting, [sample.failed])
      expect(setting.github.comments.map((one) => one.login)).toEqual([login])
    }
  })

  it('is found where GraphQL refuses to tell who writes', async () => {
    setting.github.tellsLogin = false
    await comment(setting, [sample.good])
    onTestFinished(
      setting.simulator.override((request) =>
        request.path === '/api/graphql'
          ? { status: 200, body: { data: null, errors: [{ type: 'FORBIDDEN', message: 'no' }] } }
          : undefined,
      ),
    )
    await comment(setting, [sample.failed])
    expect(setting.github.comments).toHaveLength(1)
  })

  it('is not written where it is not known whose it would be', async () => {
    onTestFinished(setting.simulator.fault({ kind: 'status', server: 'oidc', status: 502, path: 'graphql' }))
    expect((await comment(setting, [sample.good])).warnings[0]).toContain('502')
    expect(setting.github.comments).toHaveLength(0)
  })

  it('is one for each leg of a matrix', async () => {
    await comment(setting, [sample.good], { key: '{"vm":"vm-1"}' })
    await comment(setting, [sample.good], { key: '{"vm":"vm-2"}' })
    await comment(setting, [sample.failed], { key: '{"vm":"vm-1"}' })
    expect(bodies().map((body) => /### (\S+)/.exec(body)?.[1])).toEqual(['❌', '✅'])
  })

  it('is written anew where it was deleted meanwhile', async () => {
    await comment(setting, [sample.good])
    onTestFinished(
      setting.simulator.override((request) => {
        if (request.method !== 'PATCH') return undefined
        setting.github.comments.length = 0
        return { status: 404, body: { message: 'Not Found' } }
      }),
    )
    expect((await comment(setting, [sample.failed])).warnings).toEqual([])
    expect(setting.github.comments).toHaveLength(1)
  })

  it('fits, whatever the service sends', async () => {
    const huge = attack.repeat(Math.ceil(100_000 / attack.length))
    const said = await comment(setting, [hostileOf(huge)])
    expect(said.warnings).toEqual([])
    // A second time: what it remembers is read back.
    expect((await comment(setting, [hostileOf(huge)])).infos).toEqual([
      'Updated the comment in pull request 1.',
    ])
  })
})

describe('on-failure', () => {
  it('begins with a failure, and tells of the recovery', async () => {
    const mode = 'on-failure'
    expect((await comment(setting, [sample.good], { mode })).infos).toEqual([])
    expect(setting.github.comments).toHaveLength(0)
    await comment(setting, [sample.failed], { mode })
    await comment(setting, [sample.good], { mode })
    expect(setting.github.comments).toHaveLength(1)
    expect(bodies()[0]).toContain('### ✅')
  })
})

describe('where the pull request is', () => {
  it('is found for a push to its branch, in the repository itself', async () => {
    openPullRequest(setting.github, { repository: 'octo-org/fork', branch: 'topic' })
    openPullRequest(setting.github, { branch: 'topic', state: 'closed' })
    await comment(setting, [sample.good], { event: 'push', payload: {} })
    expect(setting.github.comments.map(({ pullRequest }) => pullRequest)).toEqual([1])
  })

  it('is found for a workflow_run of a fork', async () => {
    openPullRequest(setting.github, { repository: 'mona/octo-repo', branch: 'main' })
    const payload = {
      repository: { id: 1 },
      workflow_run: {
        pull_requests: [],
        head_branch: 'main',
        head_repository: { full_name: 'mona/octo-repo', owner: { login: 'mona' } },
      },
    }
    await comment(setting, [sample.good], { event: 'workflow_run', payload })
    expect(setting.github.comments.map(({ pullRequest }) => pullRequest)).toEqual([2])
  })

  it('may be nowhere, which is no reason for a warning', async () => {
    const nowhere = { infos: ['No comment: this run belongs to no open pull request.'], warnings: [] }
    expect(await comment(setting, [sample.good], { event: 'schedule', payload: {} })).toEqual(nowhere)
    const env = { GITHUB_REF: 'refs/heads/other' }
    expect(await comment(setting, [sample.good], { event: 'push', payload: {}, env })).toEqual(nowhere)
  })
})

describe('what is sent', () => {
  it('goes to the API of GITHUB_API_URL alone, with the token and the name of this action', async () => {
    await comment(setting, [sample.good])
    const paths = setting.simulator.requests.map(({ method, path }) => `${method} ${path}`)
    expect(paths).toEqual([
      'POST /api/graphql',
      'GET /api/v3/repos/octo-org/octo-repo/issues/1/comments',
      'POST /api/v3/repos/octo-org/octo-repo/issues/1/comments',
    ])
    for (const { headers } of setting.simulator.requests) {
      expect(headers.authorization).toBe(`token ${setting.github.token}`)
      expect(headers['user-agent']).toContain('wait-for-azure-backup/')
    }
  })

  it('is nothing with never', async () => {
    await comment(setting, [sample.failed], { mode: 'never' })
    expect(setting.simulator.requests).toHaveLength(0)
  })
})
