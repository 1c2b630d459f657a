import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { openTransport } from '../../../src/azure/http/transport.ts'
import { claimsOf, idToken, mayHaveIdToken, whyNoIdToken } from '../../../src/azure/identity/id-token.ts'
import { systemClock } from '../../../src/base/clock.ts'

const audience = 'api://AzureADTokenExchange'
const transport = openTransport()
let server: Server | undefined

afterAll(() => transport.close())

afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  server?.closeAllConnections()
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)))
  server = undefined
})

/** GitHub's issuer, answering everything alike; gives what it was asked. */
async function issuer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<string[]> {
  const asked: string[] = []
  server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server?.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', `http://127.0.0.1:${port}/token?api-version=2.0`)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'request-token')
  return asked
}

describe('mayHaveIdToken', () => {
  it.each([
    [{}, false],
    [{ ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' }, false],
    [{ ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' }, false],
    [{ ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }, false],
    [{ ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' }, true],
  ])('of %j is %s', (env, expected) => {
    expect(mayHaveIdToken(env)).toBe(expected)
  })
})

describe('why there is no ID token', () => {
  const event = (fullName: string) => ({ pull_request: { head: { repo: { full_name: fullName } } } })

  it.each([
    ['a missing permission', {}, undefined, 'the permission is missing. Add "permissions: id-token: write"'],
    ['a pull request of the same repository', {}, event('o/r'), 'the permission is missing.'],
    ['a push', {}, { head_commit: {} }, 'the permission is missing.'],
    [
      'a fork',
      {},
      event('someone/r'),
      'the run is of a pull request from the fork someone/r, and those never get one.',
    ],
    ['Dependabot', { GITHUB_ACTOR: 'dependabot[bot]' }, event('o/r'), 'the run was started by Dependabot'],
  ])('is said of %s', (_name, env, given, expected) => {
    const reason = whyNoIdToken({ GITHUB_REPOSITORY: 'o/r', ...env }, given)
    expect(reason).toContain(`GitHub gives this job no ID token: ${expected}`)
  })
})

describe('idToken', () => {
  it('asks GitHub for the audience, and masks the token', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const asked = await issuer(200, { value: 'id.token.x' })
    expect(await idToken(audience, process.env, { transport, clock: systemClock })).toBe('id.token.x')
    expect(asked).toEqual([
      `/token?api-version=2.0&audience=${encodeURIComponent(audience)} Bearer request-token`,
    ])
    expect(written.mock.calls.map(([line]) => line).join('')).toContain('::add-mask::id.token.x')
  })

  it.each([400, 401, 403, 404])('takes status %d for a refusal, in one line', async (status) => {
    await issuer(status, { message: 'no\n' })
    await expect(idToken(audience, process.env, { transport, clock: systemClock })).rejects.toMatchObject({
      name: 'CredentialError',
      message: `GitHub issued no ID token for audience ${audience}: ${status} no`,
    })
  })

  it('follows no redirect, to which the request token would go along', async () => {
    const asked = await issuer(302, {}, { location: '/elsewhere' })
    await expect(idToken(audience, process.env, { transport, clock: systemClock })).rejects.toMatchObject({
      name: 'CredentialError',
      message: `GitHub issued no ID token for audience ${audience}: 302 a redirect, which is not followed`,
    })
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['a fault', 503, { message: 'busy' }, '503 busy', 7],
    ['throttling', 429, {}, '429', 7],
    ['an answer without a token', 200, { value: '' }, '200 an answer without a token', 0],
    ['an answer of another form', 200, ['x'], '200 an answer without a token', 0],
  ])('takes %s for trouble that may pass', async (_name, status, body, said, retryAfter) => {
    await issuer(status, body, { 'retry-after': '7' })
    await expect(idToken(audience, process.env, { transport, clock: systemClock })).rejects.toMatchObject({
      name: 'Fault',
      message: `GitHub issued no ID token for audience ${audience}: ${said}`,
      retryAfter,
    })
  })
})

describe('claimsOf', () => {
  const token = (claims: unknown) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`

  it('gives what Entra compares', () => {
    expect(claimsOf(token({ iss: 'i', sub: 'repo:o/r:ref:refs/heads/ü', aud: 'a', secret: 'x' }))).toEqual({
      issuer: 'i',
      subject: 'repo:o/r:ref:refs/heads/ü',
      audience: 'a',
    })
  })

  it.each(['', 'x', 'a.b.c', token(null), token(['x']), token({ iss: {}, sub: null })])(
    'gives nothing for %s',
    (given) => {
      expect(claimsOf(given)).toEqual({ issuer: '', subject: '', audience: '' })
    },
  )
})
