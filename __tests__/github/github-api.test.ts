/** The simulated GitHub: what it answers is what the comment relies on. */
import { describe, expect, it } from 'vitest'
import { createGitHubApi } from '../../simulator/github/api.ts'
import { addComment, createGitHubWorld, openPullRequest } from '../../simulator/github/world.ts'
import type { SeenRequest } from '../../simulator/http/exchange.ts'

const comments = '/repos/octo-org/octo-repo/issues/1/comments'

function setUp() {
  const world = createGitHubWorld()
  openPullRequest(world)
  const api = createGitHubApi(world)
  const ask = async (method: string, target: string, body?: unknown, token = world.token) => {
    const [path = '', query] = target.split('?')
    const request: SeenRequest = {
      server: 'oidc',
      method,
      url: `https://localhost${target}`,
      path,
      query: query === undefined ? '' : `?${query}`,
      headers: { authorization: `token ${token}` },
      body: JSON.stringify(body ?? {}),
      at: 0,
      status: undefined,
    }
    return await api(request)
  }
  return { world, ask }
}

describe('the simulated GitHub', () => {
  it('gives comments in pages, with links to the next and the last', async () => {
    const { world, ask } = setUp()
    for (let index = 0; index < 250; index += 1) addComment(world, 1, 'octocat', `${index}`)
    const first = await ask('GET', `${comments}?per_page=100`)
    expect(first?.body).toHaveLength(100)
    expect(first?.headers?.Link).toBe(
      `<https://localhost${comments}?per_page=100&page=2>; rel="next", <https://localhost${comments}?per_page=100&page=3>; rel="last"`,
    )
    const last = await ask('GET', `/api/v3${comments}?per_page=100&page=3`)
    expect(last?.body).toHaveLength(50)
    expect(last?.headers).toEqual({})
    expect((await ask('GET', comments))?.body).toHaveLength(30)
  })

  it('refuses what is too long, unknown or not allowed', async () => {
    const { world, ask } = setUp()
    expect((await ask('POST', comments, { body: 'x'.repeat(65_537) }))?.status).toBe(422)
    expect((await ask('POST', comments, { body: 'x'.repeat(65_536) }))?.status).toBe(201)
    expect((await ask('POST', comments, {}))?.status).toBe(422)
    expect((await ask('GET', comments.replace('1', '2')))?.status).toBe(404)
    expect((await ask('PATCH', '/repos/octo-org/octo-repo/issues/comments/1', { body: 'x' }))?.status).toBe(
      404,
    )
    expect((await ask('GET', comments, undefined, 'other'))?.status).toBe(401)
    world.permission = 'read'
    expect((await ask('GET', comments))?.status).toBe(200)
    expect((await ask('POST', comments, { body: 'x' }))?.status).toBe(403)
  })

  it('finds open pull requests by head', async () => {
    const { world, ask } = setUp()
    openPullRequest(world, { state: 'closed' })
    openPullRequest(world, { repository: 'mona/octo-repo' })
    const numbers = async (query: string) => {
      const answer = await ask('GET', `/repos/octo-org/octo-repo/pulls?${query}`)
      return (answer?.body as { number: number }[] | undefined)?.map(({ number }) => number)
    }
    expect(await numbers('state=open&head=octo-org:topic')).toEqual([1])
    expect(await numbers('state=all&head=octo-org:topic')).toEqual([1, 2])
    expect(await numbers('state=open&head=mona:topic')).toEqual([3])
    expect(await numbers('head=topic')).toEqual([1, 3])
  })

  it('leaves what it does not know to the next', async () => {
    const { ask } = setUp()
    expect(await ask('GET', '/idtoken')).toBeUndefined()
    expect(await ask('GET', '/repos/octo-org/other/pulls')).toBeUndefined()
  })
})
