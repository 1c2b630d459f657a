import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cloudOf } from '../../../src/azure/http/cloud.ts'
import { chooseCredential } from '../../../src/azure/identity/credential.ts'
import { httpsServer, json, type Respond, type TestServer } from '../../support/https-server.ts'
import { signInTo } from '../../support/sign-in.ts'

// The library itself, against an Entra on localhost.
const idToken = vi.hoisted(() => vi.fn<(audience: string) => Promise<string>>())
vi.mock('../../../src/azure/identity/id-token.ts', async (original) => ({
  ...(await original<object>()),
  idToken,
}))

const tenant = '11111111-2222-3333-4444-555555555555'
const oidc = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'y' }
let server: TestServer

beforeAll(async () => {
  server = await httpsServer()
  await import('@azure/identity')
})

afterAll(() => server.close())

const good: Respond = (_request, response, count) =>
  json(response, 200, { token_type: 'Bearer', expires_in: 3600, access_token: `access-${count}` })

const refused =
  (error_description: string, status = 400): Respond =>
  (_request, response) =>
    json(response, status, { error: 'invalid_client', error_description })

/** A credential whose Entra answers token requests so; its OpenID configuration is there unless told otherwise. */
function credential(token: Respond, secret = 'hush', configuration?: Respond) {
  server.respond((request, response, count) => {
    if (!request.url?.includes('/.well-known/')) return token(request, response, count)
    if (configuration !== undefined) return configuration(request, response, count)
    const base = `${server.origin}/${tenant}`
    json(response, 200, {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    })
  })
  const cloud = cloudOf('azurecloud', new URL('https://arm.local'), new URL(server.origin))
  const inputs = { clientId: 'client', tenantId: tenant, clientSecret: secret, audience: '' }
  return chooseCredential(inputs, oidc, signInTo(cloud))
}

const tokenRequests = () => server.seen.filter(({ url }) => url.includes('/oauth2/v2.0/token'))

describe('a token of Entra', () => {
  it('is asked for with the secret, for the scope of the cloud', async () => {
    const { token, expiresOnTimestamp } = await credential(good).ask()
    expect(token).toBe('access-2')
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now())
    const form = new URLSearchParams(tokenRequests()[0]?.body)
    expect(Object.fromEntries(form)).toMatchObject({
      client_id: 'client',
      client_secret: 'hush',
      grant_type: 'client_credentials',
      scope: 'https://arm.local/.default',
    })
  })

  it('is asked for at this Entra alone, without instance discovery', async () => {
    await credential(good).ask()
    expect(server.seen.map(({ url }) => url.split('?')[0])).toEqual([
      `/${tenant}/v2.0/.well-known/openid-configuration`,
      `/${tenant}/oauth2/v2.0/token`,
    ])
  })

  it('is a new one each time, past every cache', async () => {
    const one = credential(good)
    await one.ask()
    await one.ask()
    expect(tokenRequests()).toHaveLength(2)
  })

  it('is asked for with a new ID token of GitHub each time', async () => {
    let count = 0
    idToken.mockImplementation(async () => `id-${++count}`)
    const one = credential(good, '')
    await one.ask()
    await one.ask()
    const forms = tokenRequests().map(({ body }) => new URLSearchParams(body))
    expect(forms.map((form) => form.get('client_assertion'))).toEqual(['id-1', 'id-2'])
    expect(idToken).toHaveBeenLastCalledWith('api://AzureADTokenExchange', oidc, expect.anything())
  })
})

describe('a refusal by Entra', () => {
  it('is one line, and tried once', async () => {
    const said = 'AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1\r\nTimestamp: 2'
    await expect(credential(refused(said, 401)).ask()).rejects.toMatchObject({
      name: 'CredentialError',
      message: 'Entra refused the client secret credential: AADSTS7000215: Invalid client secret provided.',
    })
    expect(tokenRequests()).toHaveLength(1)
  })

  it('of an ID token says what was sent, but not the token', async () => {
    const claims = {
      iss: 'https://token.actions.githubusercontent.com',
      sub: "repo:o/r:ref:refs/heads/it's",
      aud: 'a',
    }
    idToken.mockResolvedValue(`h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.SIGNATURE`)
    const asked = credential(refused('AADSTS700213: No matching federated identity record found.'), '').ask()
    await expect(asked).rejects.toMatchObject({
      name: 'CredentialError',
      message: expect.stringMatching(
        /^No federated credential of the application fits this job's ID token\. .*Entra refused the GitHub OIDC credential: AADSTS700213: No matching federated identity record found\.$/,
      ),
      explanation: {
        facts: [
          ['Issuer', 'https://token.actions.githubusercontent.com'],
          ['Subject', "repo:o/r:ref:refs/heads/it's"],
          ['Audience', 'a'],
        ],
        commands: [
          'az ad app federated-credential create --id client --parameters \'{"name":"github-actions",' +
            '"issuer":"https://token.actions.githubusercontent.com","subject":"repo:o/r:ref:refs/heads/it\'\\\'\'s","audiences":["a"]}\'',
        ],
      },
    })
    await expect(asked).rejects.not.toThrow('SIGNATURE')
  })

  it('of the tenant, which the library does not pass on, is heard', async () => {
    const unknown = refused('AADSTS90002: Tenant not found. Check that you have the correct tenant ID.')
    await expect(credential(good, 'hush', unknown).ask()).rejects.toMatchObject({
      name: 'CredentialError',
      message: expect.stringContaining('AADSTS90002: Tenant not found.'),
    })
  })

  it.each([301, 302, 303, 307, 308])(
    'is final for a redirect (%d) to another host, which gets no secret',
    async (status) => {
      const redirect: Respond = (_request, response) =>
        response
          .writeHead(status, { location: `${server.origin.replace('localhost', '127.0.0.1')}/elsewhere` })
          .end()
      await expect(credential(redirect).ask()).rejects.toThrow()
      expect(server.seen.filter(({ url }) => url === '/elsewhere')).toEqual([])
    },
  )
})

describe('the place where Entra says that tokens are issued', () => {
  const elsewhere =
    (token_endpoint: string): Respond =>
    (_request, response) => {
      const base = `${server.origin}/${tenant}`
      json(response, 200, {
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint,
        jwks_uri: `${base}/discovery/v2.0/keys`,
      })
    }

  it.each([
    ['another host', 'https://127.0.0.1:9/oauth2/v2.0/token'],
    ['another port', 'https://localhost:9/oauth2/v2.0/token'],
    ['Microsoft’s, of which this authority is none', 'https://login.microsoftonline.com/t/oauth2/v2.0/token'],
  ])('gets no secret where it is %s', async (_name, endpoint) => {
    await expect(credential(good, 'hush', elsewhere(endpoint)).ask()).rejects.toMatchObject({
      name: 'TrustError',
      message: `Entra at ${server.origin} names https://${new URL(endpoint).host} to ask for tokens, which is no host of the same cloud; no credential is sent there.`,
    })
    expect(tokenRequests()).toEqual([])
  })

  it('gets no secret where it is http', async () => {
    const endpoint = server.origin.replace('https:', 'http:')
    await expect(
      credential(good, 'hush', elsewhere(`${endpoint}/oauth2/v2.0/token`)).ask(),
    ).rejects.toMatchObject({ name: 'TrustError' })
    expect(tokenRequests()).toEqual([])
  })
})

describe('trouble on the way to Entra', () => {
  it.each([429, 500, 503])('of status %d may pass, and says when to come back', async (status) => {
    const busy: Respond = (_request, response) =>
      json(
        response,
        status,
        { error_description: 'AADSTS90033: A transient error.' },
        { 'retry-after': '12' },
      )
    await expect(credential(busy).ask()).rejects.toMatchObject({
      name: 'Fault',
      message: `Entra: ${status} AADSTS90033: A transient error.`,
      status,
      retryAfter: 12,
    })
    expect(tokenRequests()).toHaveLength(1)
  })

  it.each<[string, Respond]>([
    ['a connection that is reset', (_request, response) => void response.destroy()],
    ['an answer that is no JSON', (_request, response) => void response.end('<html>')],
  ])('may pass: %s', async (_name, respond) => {
    await expect(credential(respond).ask()).rejects.toMatchObject({
      name: 'Fault',
      message: expect.stringMatching(/^Entra: /),
    })
  })
})

describe('a managed identity', () => {
  it('gives a new token each time, past the cache of its library', async () => {
    server.respond((_request, response, count) =>
      json(response, 200, {
        access_token: `identity-${count}`,
        expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
        resource: 'https://arm.local',
        token_type: 'Bearer',
      }),
    )
    vi.stubEnv('IDENTITY_ENDPOINT', `${server.origin}/msi/token`)
    vi.stubEnv('IDENTITY_HEADER', 'header')
    const cloud = cloudOf('azurecloud', new URL('https://arm.local'))
    const inputs = { clientId: 'identity', tenantId: '', clientSecret: '', audience: '' }
    const one = chooseCredential(inputs, {}, signInTo(cloud))
    const first = await one.ask()
    const second = await one.ask()
    vi.unstubAllEnvs()
    expect([first.token, second.token]).toEqual(['identity-1', 'identity-2'])
  })
})
