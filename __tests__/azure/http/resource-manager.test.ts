import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cloudOf } from '../../../src/azure/http/cloud.ts'
import { createResourceManager, type RefusedError } from '../../../src/azure/http/resource-manager.ts'
import type { TokenSource } from '../../../src/azure/http/send.ts'
import { openTransport, type Transport } from '../../../src/azure/http/transport.ts'
import { version } from '../../../src/base/version.ts'
import { fakeLog } from '../../support/fake-log.ts'
import { httpsServer, json, type Respond, type TestServer } from '../../support/https-server.ts'
import { fakePatience } from '../../support/patience.ts'

const job = { kind: 'job', name: '1' } as const
const path = '/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/1'
let server: TestServer
let transport: Transport

beforeAll(async () => {
  server = await httpsServer()
})

beforeEach(() => {
  transport = openTransport()
})

afterEach(() => transport.close())

afterAll(() => server.close())

/** Tokens numbered from 1; a new number after each renewal. */
function fakeTokens(): TokenSource & { renewals: number } {
  const source = {
    renewals: 0,
    get: () => Promise.resolve(`token-${source.renewals + 1}`),
    renew: () => {
      source.renewals += 1
    },
    endsAt: () => undefined,
  }
  return source
}

function client(respond: Respond, seconds = 3600) {
  server.respond(respond)
  const patience = fakePatience(seconds)
  const tokens = fakeTokens()
  const log = fakeLog()
  const cloud = cloudOf('azurecloud', new URL(server.origin))
  const resourceManager = createResourceManager({
    cloud,
    transport,
    tokens,
    patience,
    log,
    attemptLimit: 5_000,
  })
  const read = (
    request: { method?: 'GET' | 'POST'; body?: unknown; mayBeEmpty?: boolean; path?: string } = {},
  ) =>
    resourceManager.read({
      url: new URL(`${server.origin}${request.path ?? path}?api-version=2025-02-01`),
      what: job,
      ...(request.method === undefined ? {} : { method: request.method }),
      ...(request.body === undefined ? {} : { body: request.body }),
      mayBeEmpty: request.mayBeEmpty ?? false,
    })
  return { read, resourceManager, patience, tokens, log }
}

/** Answers by status, the last one again and again; 200 has a body. */
function statuses(...codes: number[]): Respond {
  return (_request, response, count) => {
    const status = codes[Math.min(count, codes.length) - 1] ?? 500
    json(response, status, status === 200 ? { ok: true } : { error: { code: `E${status}`, message: 'No.' } })
  }
}

describe('a request', () => {
  it('says who asks, in English, with the token', async () => {
    const { read } = client(statuses(200))
    await read()
    const [seen] = server.seen
    expect(seen).toMatchObject({ method: 'GET', url: `${path}?api-version=2025-02-01`, body: '' })
    expect(seen?.headers).toMatchObject({
      authorization: 'Bearer token-1',
      accept: 'application/json',
      'accept-language': 'en-US',
      'user-agent': `wait-for-azure-backup/${version}`,
      'x-ms-return-client-request-id': 'true',
      'x-ms-client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(seen?.headers['content-type']).toBeUndefined()
  })

  it('has an ID of its own', async () => {
    const { read } = client(statuses(200))
    await read()
    await read()
    const ids = server.seen.map(({ headers }) => headers['x-ms-client-request-id'])
    expect(new Set(ids).size).toBe(2)
  })

  it('carries a body as JSON where it reads by POST', async () => {
    const { read } = client(statuses(200))
    await read({ method: 'POST', body: { resourceId: '/v', jobName: '1' } })
    const [seen] = server.seen
    expect(seen).toMatchObject({ method: 'POST', body: '{"resourceId":"/v","jobName":"1"}' })
    expect(seen?.headers['content-type']).toBe('application/json')
  })

  it('keeps a signed query of 3,000 characters and raw semicolons to the letter', async () => {
    const { resourceManager } = client(statuses(200))
    const given = `${path};a;b?fabricName=Azure?api-version=2016-12-01&c=${'M'.repeat(3000)}==`
    await resourceManager.read({ url: new URL(`${server.origin}${given}`), what: job })
    expect(server.seen[0]?.url).toBe(given)
  })
})

describe('an answer', () => {
  it('has the body, the service’s time, and what it asks for', async () => {
    const headers = {
      date: 'Sun, 01 Mar 2026 12:34:56 GMT',
      'retry-after': '60',
      'x-ms-ratelimit-remaining-subscription-reads': '11999',
      'x-ms-ratelimit-remaining-subscription-resource-requests': '7',
      'x-ms-ratelimit-remaining-odd': 'many',
    }
    const { read } = client((_request, response) => json(response, 202, { a: 1 }, headers))
    expect(await read()).toEqual({
      status: 202,
      body: { a: 1 },
      retryAfter: 60,
      serviceTime: Date.parse('2026-03-01T12:34:56Z'),
      remaining: 7,
      apiVersion: '2025-02-01',
    })
  })

  it('without a Date has the time of the action’s clock, and no limit where it tells none', async () => {
    const { read, patience } = client((_request, response) => {
      response.sendDate = false
      json(response, 200, {})
    })
    expect(await read()).toMatchObject({
      serviceTime: patience.clock.now(),
      retryAfter: 0,
      remaining: Number.POSITIVE_INFINITY,
    })
  })

  it('may have no body where that was allowed', async () => {
    const { read } = client((_request, response) => response.writeHead(204).end())
    expect(await read({ mayBeEmpty: true })).toMatchObject({ status: 204, body: undefined })
  })
})

describe('trust', () => {
  it.each([
    ['another host', `https://evil.test${path}`],
    ['another port', `https://localhost:1${path}`],
    ['the public cloud', `https://management.azure.com${path}`],
    ['http', `http://localhost${path}`],
  ])('sends no token to %s, and asks for none', async (_name, url) => {
    const { resourceManager, tokens } = client(statuses(200))
    tokens.get = () => Promise.reject(new Error('A token was asked for.'))
    const read = resourceManager.read({ url: new URL(url), what: job })
    await expect(read).rejects.toMatchObject({
      name: 'TrustError',
      message: expect.stringMatching(/^No token is sent to \S+ for job 1: /),
    })
    expect(server.seen).toEqual([])
  })

  it('sends none by `send` either', async () => {
    const { resourceManager } = client(statuses(200))
    const url = new URL(`https://evil.test${path}`)
    await expect(
      resourceManager.send({ url, what: job, method: 'POST' }, new AbortController().signal),
    ).rejects.toMatchObject({ name: 'TrustError' })
  })

  it('sends none to another provider', async () => {
    const { read } = client(statuses(200))
    await expect(read({ path: '/subscriptions/s/providers/Microsoft.KeyVault/vaults/v' })).rejects.toThrow(
      'its provider is Microsoft.KeyVault',
    )
    expect(server.seen).toEqual([])
  })

  it.each([301, 302, 303, 307, 308])(
    'follows no redirect (%d), not even to the same host',
    async (status) => {
      const { read } = client((_request, response) =>
        response.writeHead(status, { location: `${server.origin}${path}/2` }).end(),
      )
      await expect(read()).rejects.toMatchObject({
        name: 'RefusedError',
        status,
        message: `${status} a redirect, which is not followed`,
      })
      expect(server.seen).toHaveLength(1)
    },
  )
})

describe('a refused token', () => {
  it('is replaced once', async () => {
    const { read, tokens } = client(statuses(401, 200))
    expect((await read()).body).toEqual({ ok: true })
    expect(tokens.renewals).toBe(1)
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ])
  })

  it('is an error the second time', async () => {
    const { read, tokens } = client(statuses(401))
    await expect(read()).rejects.toMatchObject({ status: 401, code: 'E401' } satisfies Partial<RefusedError>)
    expect(tokens.renewals).toBe(1)
    expect(server.seen).toHaveLength(2)
  })
})
