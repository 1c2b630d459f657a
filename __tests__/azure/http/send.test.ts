/** What becomes of an answer: tried again, followed, asked for in another way, or refused. Without sockets. */
import { describe, expect, it, vi } from 'vitest'
import { cloudOf } from '../../../src/azure/http/cloud.ts'
import { createResourceManager, type Request } from '../../../src/azure/http/resource-manager.ts'
import { ProxyError } from '../../../src/base/errors.ts'
import { fakeLog } from '../../support/fake-log.ts'
import { fakeTransport, type Given } from '../../support/fake-transport.ts'
import { fakePatience } from '../../support/patience.ts'

const origin = 'https://management.azure.com'
const path = '/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/1'
const job = { kind: 'job', name: '1' } as const
const url = new URL(`${path}?api-version=2025-02-01`, origin)

function client(respond: Parameters<typeof fakeTransport>[0], seconds = 3600) {
  const transport = fakeTransport(respond)
  const patience = fakePatience(seconds)
  patience.clock.limitsLeap = true
  const log = fakeLog()
  const resourceManager = createResourceManager({
    cloud: cloudOf('azurecloud'),
    transport,
    tokens: { get: () => Promise.resolve('token'), renew: () => {}, endsAt: () => undefined },
    patience,
    log,
    ownVersions: ['2025-02-01'],
  })
  const read = (request: Partial<Request> = {}) => resourceManager.read({ url, what: job, ...request })
  const asked = () => transport.requests.map((request) => request.origin + request.path)
  /** Pauses, without the limits of requests (30 s) and of tokens (to the deadline). */
  const pauses = () => patience.clock.sleeps.filter((pause) => pause !== 30 && pause < 1000)
  return { read, resourceManager, transport, patience, log, asked, pauses }
}

const error = (code: string, message = 'No.') => ({ error: { code, message } })

describe('an answer that never comes', () => {
  it('is a fault after thirty seconds', async () => {
    const { read, patience } = client((_request, count) => (count === 1 ? 'never' : {}))
    expect((await read()).status).toBe(200)
    expect(patience.clock.elapsed()).toBeGreaterThan(30)
    expect(patience.clock.elapsed()).toBeLessThan(35)
  })

  it('ends with the deadline, two seconds late at the most', async () => {
    const { read, patience } = client(() => 'never', 45)
    await expect(read()).rejects.toMatchObject({
      name: 'OutOfTimeError',
      message: 'no whole answer by the deadline',
    })
    expect(patience.clock.elapsed()).toBeGreaterThanOrEqual(45)
    expect(patience.clock.elapsed()).toBeLessThan(47)
  })

  it('ends with the deadline for those who wait in line behind it', async () => {
    const { read, patience } = client(() => 'never', 10)
    const reads = await Promise.allSettled(Array.from({ length: 40 }, () => read()))
    expect(new Set(reads.map(({ status }) => status))).toEqual(new Set(['rejected']))
    expect(patience.clock.elapsed()).toBeLessThan(12)
  })

  it('ends with the deadline where it is a token', async () => {
    const { patience } = client(() => ({}), 45)
    const resourceManager = createResourceManager({
      cloud: cloudOf('azurecloud'),
      transport: fakeTransport(() => ({})),
      tokens: { get: () => new Promise(() => {}), renew: () => {}, endsAt: () => undefined },
      patience,
      log: fakeLog(),
    })
    await expect(resourceManager.read({ url, what: job })).rejects.toMatchObject({ name: 'OutOfTimeError' })
    expect(patience.clock.elapsed()).toBe(46.2)
  })
})

describe('a read in line behind sixteen others', () => {
  it('ends with them where a person stops the step, and is never sent', async () => {
    const { read, transport, resourceManager, patience } = client(() => 'never')
    patience.clock.limitsLeap = false
    const reads = Array.from({ length: 20 }, () => read())
    const settled = Promise.allSettled(reads)
    await vi.waitFor(() => expect(transport.requests).toHaveLength(16))
    patience.stop(new Error('stopped by SIGINT'))
    const messages = (await settled).map((one) => one.status === 'rejected' && one.reason.message)
    expect(messages).toEqual(Array.from({ length: 20 }, () => 'stopped by SIGINT'))
    expect(transport.requests).toHaveLength(16)
    expect(resourceManager.statistics.requests).toBe(16)
  })
})

describe('a silence that is asked for', () => {
  it.each([
    ['Retry-After', { 'retry-after': '86400' }],
    ['a date', { date: 'Sun, 01 Mar 2026 08:00:00 GMT', 'retry-after': 'Mon, 02 Mar 2026 08:00:00 GMT' }],
    [
      'Resource Graph’s quota',
      { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '1.00:00:00' },
    ],
  ])('is ten minutes at the most: %s', async (_name, headers) => {
    expect((await client(() => ({ headers })).read()).retryAfter).toBe(600)
    const { read, pauses } = client((_request, count) => (count === 1 ? { status: 429, headers } : {}))
    await read()
    expect(pauses()).toEqual([615])
  })
})

describe('a redirect', () => {
  const region = 'https://westeurope.management.azure.com'
  const to = (status: number, location: string) => (_request: unknown, count: number) =>
    count === 1 ? { status, headers: { location }, body: '' } : { body: { ok: true } }

  it.each([301, 302, 307, 308])('(%d) to a region’s host of the same cloud is followed', async (status) => {
    const { read, asked } = client(to(status, region + path))
    expect((await read()).body).toEqual({ ok: true })
    expect(asked()).toEqual([url.href, `${region}${path}?api-version=2025-02-01`])
  })

  it('is followed once', async () => {
    const { read, asked } = client((_request, count) => ({
      status: 307,
      headers: { location: `https://region${count}.management.azure.com${path}` },
      body: '',
    }))
    await expect(read()).rejects.toMatchObject({ status: 307 })
    expect(asked()).toHaveLength(2)
  })

  it.each([
    ['another host', `https://evil.test${path}`],
    ['a host that looks alike', `https://xmanagement.azure.com${path}`],
    ['http', `http://westeurope.management.azure.com${path}`],
    ['another path', `${region}${path}2`],
    ['the same URL', url.href],
    ['nowhere', ''],
    ['a relative path', path],
  ])('to %s is refused', async (_name, location) => {
    const { read, asked } = client(to(307, location))
    await expect(read()).rejects.toMatchObject({ name: 'RefusedError', status: 307 })
    expect(asked()).toHaveLength(1)
  })

  it.each<[number, Partial<Request>]>([
    [303, {}],
    [302, { method: 'POST' }],
  ])('of status %d is refused for %j', async (status, request) => {
    const { read, asked } = client(to(status, region + path))
    await expect(read(request)).rejects.toMatchObject({ status })
    expect(asked()).toHaveLength(1)
  })

  it('of what is no read is refused', async () => {
    const { resourceManager, asked } = client(to(307, region + path))
    const sent = resourceManager.send({ url, what: job, method: 'POST' }, new AbortController().signal)
    await expect(sent).rejects.toMatchObject({ status: 307 })
    expect(asked()).toHaveLength(1)
  })
})

describe('a cloud that lacks our api-version', () => {
  const lacks =
    (code: string, message: string, status = 400) =>
    (request: { path: string }) =>
      request.path.includes('api-version=2025-02-01') ? { status, body: error(code, message) } : {}
  const cases: [string, string][] = [
    [
      'NoRegisteredProviderFound',
      "No registered resource provider found for location 'chinaeast2' and API version '2025-02-01' for type 'vaults'. The supported api-versions are '2016-06-01, 2024-04-01, 2023-01-01, 2026-01-01-preview'. The supported locations are 'chinaeast2'.",
    ],
    [
      'InvalidResourceType',
      "The resource type could not be found in the namespace 'Microsoft.RecoveryServices' for api version '2025-02-01'. The supported api-versions are '2024-04-01,2016-06-01'.",
    ],
    [
      'InvalidApiVersionParameter',
      "The api-version '2025-02-01' is invalid. The supported versions are '2024-04-01,2016-06-01'.",
    ],
  ]

  it.each(cases)('is asked again in its newest stable one: %s', async (code, message) => {
    const { read, asked, resourceManager } = client(lacks(code, message))
    expect((await read()).status).toBe(200)
    expect(asked()[1]).toBe(`${origin}${path}?api-version=2024-04-01`)
    // It is remembered for the type, the rest of the query to the letter.
    const other = new URL(`${url.href.replace('/1?', '/2?')}&$filter=a%20b;c`)
    await resourceManager.read({ url: other, what: job })
    expect(asked()[2]).toBe(`${origin}${path.replace(/1$/, '2')}?api-version=2024-04-01&$filter=a%20b;c`)
  })

  it.each(cases)('is so where that is a 404, and nothing is waited for: %s', async (code, message) => {
    const { read, asked, pauses } = client(lacks(code, message, 404))
    expect((await read()).status).toBe(200)
    expect(asked().map((one) => one.split('=').at(-1))).toEqual(['2025-02-01', '2024-04-01'])
    expect(pauses()).toEqual([])
  })

  it('is refused at once where a 404 names no other', async () => {
    const { read, asked, pauses } = client(() => ({ status: 404, body: error('InvalidResourceType') }))
    await expect(read()).rejects.toMatchObject({ status: 404, code: 'InvalidResourceType' })
    expect([asked().length, pauses()]).toEqual([1, []])
  })

  it('is refused at once where its other version lacks the type too', async () => {
    const { read, asked, pauses } = client(({ path: given }) => ({
      status: 404,
      body: error(
        'InvalidResourceType',
        `No. The supported api-versions are '${given.includes('2025-02-01') ? '2024-04-01' : '2023-01-01'}'.`,
      ),
    }))
    await expect(read()).rejects.toMatchObject({ status: 404 })
    await expect(read()).rejects.toMatchObject({ status: 404 })
    expect(asked().length).toBeLessThanOrEqual(4)
    expect(pauses()).toEqual([])
  })

  it('is asked twice again where Resource Manager names a version that the provider lacks', async () => {
    const { read, asked } = client(({ path: given }) => {
      if (given.includes('2025-02-01'))
        return {
          status: 400,
          body: error('InvalidApiVersionParameter', "The supported versions are '2024-12-01'."),
        }
      if (!given.includes('2024-12-01')) return {}
      const message = "No. The supported api-versions are '2024-04-01'."
      return { status: 400, body: error('NoRegisteredProviderFound', message) }
    })
    expect((await read()).status).toBe(200)
    expect((await read()).status).toBe(200)
    expect(asked().map((one) => one.split('=').at(-1))).toEqual([
      '2025-02-01',
      '2024-12-01',
      '2024-04-01',
      '2024-04-01',
    ])
  })

  it('is asked again by all who had asked at once', async () => {
    const { resourceManager, asked } = client(lacks(...(cases[0] ?? ['', ''])))
    const other = new URL(url.href.replace('/1?', '/2?'))
    const both = [url, other].map((one) => resourceManager.read({ url: one, what: job }))
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200])
    expect(asked()).toHaveLength(4)
  })

  it('keeps the version of a URL that was given', async () => {
    const given = new URL(`${path}?api-version=2016-12-01`, origin)
    const { read, asked } = client(() => ({ status: 400, body: error(...(cases[0] ?? ['', ''])) }))
    await expect(read({ url: given })).rejects.toMatchObject({ status: 400 })
    expect(asked()).toEqual([given.href])
  })

  it.each([
    ['no list', 400, error('InvalidApiVersionParameter', 'No.')],
    ['another code', 400, error('BadRequest', cases[2]?.[1])],
    ['another status', 403, error('InvalidApiVersionParameter', cases[2]?.[1])],
  ])('is not seen in an answer of %s', async (_name, status, body) => {
    const { read, asked } = client(() => ({ status, body }))
    await expect(read()).rejects.toMatchObject({ status })
    expect(asked()).toHaveLength(1)
  })

  it('is asked twice at the most', async () => {
    const { read, asked } = client(() => ({ status: 400, body: error(...(cases[2] ?? ['', ''])) }))
    await expect(read()).rejects.toMatchObject({ status: 400 })
    expect(asked()).toHaveLength(2)
  })
})

describe('a fault of configuration', () => {
  const unknownCa = Object.assign(new Error('self-signed certificate'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' })

  it.each<[string, Error, string]>([
    ['a proxy that wants a password', new ProxyError(407), 'HTTPS_PROXY'],
    ['a proxy that forbids the host', new ProxyError(403), 'HTTPS_PROXY'],
    ['an unknown CA', unknownCa, 'NODE_EXTRA_CA_CERTS'],
  ])('is an error after two minutes: %s', async (_name, fault, variable) => {
    const { read, patience } = client(() => fault)
    await expect(read()).rejects.toMatchObject({
      name: 'SettingError',
      variable,
      message: expect.stringContaining(fault.message),
    })
    expect(patience.clock.elapsed()).toBeGreaterThanOrEqual(120)
    expect(patience.clock.elapsed()).toBeLessThan(190)
  })

  it('is a fault as others after an answer', async () => {
    const { read, patience } = client((_request, count) => (count === 1 ? {} : unknownCa))
    await read()
    await expect(read()).rejects.toMatchObject({ name: 'OutOfTimeError' })
    expect(patience.clock.elapsed()).toBe(3600)
  })

  it('is no other trouble of a proxy', async () => {
    const { read } = client(() => new ProxyError(502))
    await expect(read()).rejects.toMatchObject({
      name: 'OutOfTimeError',
      message: 'the proxy answered 502 to CONNECT',
    })
  })

  it('names the variable that was set', async () => {
    vi.stubEnv('https_proxy', 'http://proxy.test:3128')
    await expect(client(() => new ProxyError(407)).read()).rejects.toMatchObject({ variable: 'https_proxy' })
    vi.unstubAllEnvs()
  })
})

describe('a 404 of what is above the thing', () => {
  const named = (name: string) =>
    error('ResourceNotFound', `The Resource '${name}' under resource group 'g' was not found.`)

  it.each<[string, unknown]>([
    ['subscription', error('SubscriptionNotFound')],
    ['resource-group', error('ResourceGroupNotFound')],
    ['vault', named('Microsoft.RecoveryServices/vaults/V')],
  ])('is final at once: %s', async (missing, body) => {
    const { read, asked } = client((): Given => ({ status: 404, body }))
    await expect(read()).rejects.toMatchObject({ status: 404, missing })
    expect(asked()).toHaveLength(1)
  })

  it.each([
    ['the job', named('Microsoft.RecoveryServices/vaults/v/backupJobs/1')],
    ['another vault', named('Microsoft.RecoveryServices/vaults/w')],
    ['nothing', error('ResourceNotFound')],
  ])('is not one that names %s', async (_name, body) => {
    const { read, asked } = client((): Given => ({ status: 404, body }))
    await expect(read()).rejects.toMatchObject({ status: 404, missing: undefined })
    expect(asked().length).toBeGreaterThan(3)
  })
})
