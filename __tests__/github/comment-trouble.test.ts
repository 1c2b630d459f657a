import { describe, expect, it, onTestFinished } from 'vitest'
import * as sample from '../report/samples.ts'
import { comment, useGitHub } from './commenting.ts'

const setting = useGitHub()

describe('what goes wrong is a warning', () => {
  it.each(['read', 'none'] as const)(
    '403 of a token that may %s names permission and forks',
    async (permission) => {
      setting.github.permission = permission
      const { warnings } = await comment(setting, [sample.failed])
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(/403 \(Resource not accessible by integration/)
      expect(warnings[0]).toContain('pull-requests: write')
      expect(warnings[0]).toContain('fork')
    },
  )

  it('401 names the token', async () => {
    const { warnings } = await comment(setting, [sample.failed], { token: 'ghs_wrong' })
    expect(warnings[0]).toMatch(/github-token is not valid, or no longer\. GitHub answered 401 /)
  })

  it('an empty token is told before any request', async () => {
    expect((await comment(setting, [sample.failed], { token: '' })).warnings[0]).toContain(
      'github-token is empty',
    )
    expect(setting.simulator.requests).toHaveLength(0)
  })

  it('a next page at another host is not asked for, which the token would go to', async () => {
    const { simulator } = setting
    const elsewhere = simulator.oidcUrl.replace('localhost', '127.0.0.1')
    const headers = { Link: `<${elsewhere}/steal>; rel="next"` }
    onTestFinished(
      simulator.fault({ kind: 'status', server: 'oidc', status: 200, headers, body: [], path: 'comments' }),
    )
    const { warnings } = await comment(setting, [sample.failed])
    expect(warnings[0]).toContain('GitHub named a next page at another host, which gets no token')
    expect(simulator.requests.filter(({ path }) => path === '/steal')).toEqual([])
  })

  it.each([301, 302, 307, 308])('a redirect (%d) gets neither token nor comment', async (status) => {
    const { simulator } = setting
    const location = `${simulator.oidcUrl}/steal`
    onTestFinished(
      simulator.fault({
        kind: 'redirect',
        server: 'oidc',
        status,
        location,
        path: 'comments',
        method: 'POST',
      }),
    )
    const { warnings } = await comment(setting, [sample.failed])
    expect(warnings[0]).toContain(`GitHub answered ${status} (a redirect, which is not followed)`)
    expect(simulator.requests.filter(({ path }) => path === '/steal')).toEqual([])
  })

  it.each([{}, { data: null }, { data: { viewer: null } }, []])(
    'GraphQL that answers %j is told so',
    async (body) => {
      onTestFinished(
        setting.simulator.fault({ kind: 'status', server: 'oidc', status: 200, body, path: 'graphql' }),
      )
      const { warnings } = await comment(setting, [sample.failed])
      expect(warnings[0]).toContain('GitHub answered without data who the token belongs to')
    },
  )

  it('a rate limit is told as one', async () => {
    const body = { message: 'API rate limit exceeded for installation.' }
    onTestFinished(
      setting.simulator.fault({ kind: 'status', server: 'oidc', status: 403, body, path: 'comments' }),
    )
    const { warnings } = await comment(setting, [sample.failed])
    expect(warnings[0]).toContain('rate limit exceeded')
    expect(warnings[0]).not.toContain('pull-requests: write')
  })

  it('a failure that passes is tried again, but nothing is written twice', async () => {
    onTestFinished(
      setting.simulator.fault({
        kind: 'status',
        server: 'oidc',
        status: 502,
        path: 'comments',
        method: 'GET',
        times: 2,
      }),
    )
    expect((await comment(setting, [sample.good])).warnings).toEqual([])
    expect(setting.github.comments).toHaveLength(1)

    onTestFinished(setting.simulator.fault({ kind: 'reset', server: 'oidc', method: 'PATCH', times: 1 }))
    expect((await comment(setting, [sample.failed])).warnings).toEqual([])

    setting.github.comments.length = 0
    onTestFinished(
      setting.simulator.fault({
        kind: 'status',
        server: 'oidc',
        status: 502,
        path: 'issues',
        method: 'POST',
        times: 1,
      }),
    )
    expect((await comment(setting, [sample.good])).warnings[0]).toContain('502')
    expect(setting.github.comments).toHaveLength(0)
  })

  it('what lasts is given up', async () => {
    onTestFinished(setting.simulator.fault({ kind: 'status', server: 'oidc', status: 500, path: 'comments' }))
    expect((await comment(setting, [sample.good])).warnings[0]).toContain('500')
  })

  it('GitHub that does not answer is not waited for', async () => {
    onTestFinished(setting.simulator.fault({ kind: 'silent', server: 'oidc' }))
    const { warnings } = await comment(setting, [sample.good], { limit: 300 })
    expect(warnings).toEqual([
      'The comment in the pull request could not be written: GitHub took longer than 0.3 s.',
    ])
  })

  it('a foreign message is one line', async () => {
    const body = { message: 'no\n::error::owned ##[set-output name=status]x' }
    onTestFinished(
      setting.simulator.fault({ kind: 'status', server: 'oidc', status: 422, body, path: 'comments' }),
    )
    const { warnings } = await comment(setting, [sample.good])
    expect(warnings[0]).not.toMatch(/\n|##\[/)
  })
})
