import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { cloudOf } from '../../../src/azure/http/cloud.ts'
import { createResourceManager } from '../../../src/azure/http/resource-manager.ts'
import { openTransport, type Transport } from '../../../src/azure/http/transport.ts'
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

afterEach(async () => {
  vi.unstubAllEnvs()
  await transport.close()
})

afterAll(() => server.close())

let token = 'token'
const tokens = {
  get: () => Promise.resolve(token),
  renew: () => {},
  endsAt: () => undefined,
}

function client(respond: Respond, seconds = 3600) {
  server.respond(respond)
  const patience = fakePatience(seconds)
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
  const url = new URL(`${server.origin}${path}`)
  const read = (method: 'GET' | 'POST' = 'GET') => resourceManager.read({ url, what: job, method })
  return { read, resourceManager, patience, log, url }
}

function statuses(...codes: number[]): Respond {
  return (_request, response, count) => {
    const status = codes[Math.min(count, codes.length) - 1] ?? 500
    json(response, status, status === 200 ? { ok: true } : { error: { code: `E${status}`, message: 'No.' } })
  }
}

describe('a fault', () => {
  it.each([408, 429, 500, 502, 503, 504])('of status %d is tried again', async (status) => {
    const { read, log } = client(statuses(status, status, 200))
    expect((await read()).body).toEqual({ ok: true })
    expect(server.seen).toHaveLength(3)
    expect(log.of('fault')).toEqual([
      `Reading job 1 failed, next try in 2 s: ${status} E${status}: No.`,
      `Reading job 1 failed, next try in 4 s: ${status} E${status}: No.`,
    ])
    expect(log.of('warning')).toEqual([])
  })

  it('is tried again where the read is a POST', async () => {
    const { read } = client(statuses(503, 200))
    expect((await read('POST')).body).toEqual({ ok: true })
    expect(server.seen.map(({ method }) => method)).toEqual(['POST', 'POST'])
  })

  it('of a cut-off body starts afresh, without asking for a range', async () => {
    const { read } = client((_request, response, count) => {
      if (count > 1) return json(response, 200, { ok: true })
      response.writeHead(200, { 'content-length': '100', etag: '"1"' })
      response.write('{"properties":')
      setImmediate(() => response.destroy())
    })
    expect((await read()).body).toEqual({ ok: true })
    expect(server.seen).toHaveLength(2)
    expect(server.seen[1]?.headers.range).toBeUndefined()
  })

  it.each([
    ['is empty', ''],
    ['is no JSON', '<html>'],
  ])('of a 200 that %s is tried again', async (_name, body) => {
    const { read } = client((_request, response, count) =>
      count === 1 ? void response.end(body) : json(response, 200, { ok: true }),
    )
    expect((await read()).body).toEqual({ ok: true })
  })

  it('backs off, doubling from two seconds', async () => {
    const { read, patience } = client(statuses(500, 500, 500, 500, 200))
    await read()
    expect(patience.clock.sleeps).toEqual([1.75, 3.5, 7, 14])
  })

  it('waits as long as Retry-After says, in seconds or as a date', async () => {
    const { read, patience } = client((_request, response, count) => {
      if (count === 1) return json(response, 429, {}, { 'retry-after': '100' })
      const date = { date: 'Sun, 01 Mar 2026 08:00:00 GMT', 'retry-after': 'Sun, 01 Mar 2026 08:00:40 GMT' }
      if (count === 2) return json(response, 503, {}, date)
      json(response, 200, { ok: true })
    })
    await read()
    expect(patience.clock.sleeps).toEqual([102.5, 41])
  })

  it('is counted, throttling apart', async () => {
    const { read, resourceManager } = client(statuses(429, 500, 200))
    await read()
    expect(resourceManager.statistics).toEqual({ requests: 3, faults: 2, throttled: 1 })
  })

  it('goes on to the deadline, with a last try at it', async () => {
    const { read, patience } = client(statuses(503), 20)
    await expect(read()).rejects.toMatchObject({ name: 'OutOfTimeError', message: '503 E503: No.' })
    expect(patience.clock.sleeps).toEqual([1.75, 3.5, 7, 7.75])
    expect(patience.clock.elapsed()).toBe(20)
    expect(server.seen).toHaveLength(5)
  })

  it('is given up where Retry-After reaches beyond the deadline', async () => {
    const { read } = client((_request, response) => json(response, 429, {}, { 'retry-after': '300' }), 60)
    await expect(read()).rejects.toMatchObject({ name: 'OutOfTimeError', message: '429' })
    expect(server.seen).toHaveLength(1)
  })

  it('is tried again with the token that is good by then', async () => {
    const { read, patience } = client(statuses(503, 503, 200))
    patience.clock.at(3, () => {
      token = 'next-token'
    })
    await read()
    token = 'token'
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token',
      'Bearer token',
      'Bearer next-token',
    ])
  })

  it('of a read that spends the write quota is tried again no sooner than that allows', async () => {
    const { resourceManager, patience, url } = client(statuses(503, 200))
    await resourceManager.read({ url, what: job, method: 'POST', leastPause: 30 })
    expect(patience.clock.sleeps).toEqual([30])
  })

  it('is given up at once by a person', async () => {
    const { read, patience } = client(statuses(503))
    patience.clock.at(1, () => patience.stop(new Error('stopped by SIGINT')))
    await expect(read()).rejects.toThrow('stopped by SIGINT')
    expect(server.seen).toHaveLength(1)
  })
})

describe('a request under way', () => {
  it('ends with the signal', async () => {
    const { read, patience } = client(() => patience.stop(new Error('stopped by SIGTERM')))
    await expect(read()).rejects.toThrow('stopped by SIGTERM')
  })
})

describe('a connection that is not made', () => {
  it('for want of a proxy that answers is a fault within the limit of an attempt', async () => {
    const mute = createServer().listen(0, 'localhost')
    await once(mute, 'listening')
    vi.stubEnv('HTTPS_PROXY', `http://localhost:${(mute.address() as AddressInfo).port}`)
    const cloud = cloudOf('azurecloud', new URL(server.origin))
    const given = { cloud, transport, tokens, patience: fakePatience(), log: fakeLog(), attemptLimit: 100 }
    const resourceManager = createResourceManager(given)
    const request = { url: new URL(path, server.origin), what: job }
    const send = resourceManager.send(request, AbortSignal.timeout(10_000))
    await expect(send).rejects.toThrow('no whole answer within 0.1 s')
    vi.unstubAllEnvs()
    mute.close()
  })

  it('is given up at once by a person, and as soon as what is sent once has no time left', async () => {
    // It takes connections and says nothing, not even hello.
    const mute = createServer().listen(0, 'localhost')
    await once(mute, 'listening')
    const origin = new URL(`https://localhost:${(mute.address() as AddressInfo).port}`)
    const patience = fakePatience()
    const cloud = cloudOf('azurecloud', origin)
    const given = { cloud, transport, tokens, patience, log: fakeLog(), attemptLimit: 5_000 }
    const resourceManager = createResourceManager(given)
    const request = { url: new URL(path, origin), what: job }
    const before = performance.now()
    const send = resourceManager.send({ ...request, method: 'POST' }, AbortSignal.timeout(100))
    await expect(send).rejects.toMatchObject({ name: 'TimeoutError' })
    setTimeout(() => patience.stop(new Error('stopped by SIGINT')), 100)
    await expect(resourceManager.read(request)).rejects.toThrow('stopped by SIGINT')
    expect(performance.now() - before).toBeLessThan(2_000)
    mute.close()
  })
})

describe('a thing that is missing', () => {
  it('is asked for again for two minutes from the first answer', async () => {
    const { read, patience } = client(statuses(404))
    await expect(read()).rejects.toMatchObject({ name: 'RefusedError', status: 404, code: 'E404' })
    expect(patience.clock.elapsed()).toBeGreaterThanOrEqual(120)
    expect(patience.clock.elapsed()).toBeLessThan(120 + 60)
  })

  it('may come yet', async () => {
    const { read, log } = client(statuses(404, 404, 404, 200))
    expect((await read()).body).toEqual({ ok: true })
    expect(log.of('fault')).toHaveLength(3)
  })

  it('may come yet after another that the same path told of: cross-region jobs differ in the body', async () => {
    const { resourceManager, log, url } = client((request, response, count) => {
      const missing = request.method === 'POST' && count === 2
      json(response, missing ? 404 : 200, { ok: true })
    })
    const read = (jobName: string) =>
      resourceManager.read({ url, what: { kind: 'job', name: jobName }, method: 'POST', body: { jobName } })
    await read('1')
    expect((await read('2')).status).toBe(200)
    expect(log.of('fault')).toHaveLength(1)
  })

  it('is gone at once after it was read once', async () => {
    const { read } = client(statuses(200, 404))
    await read()
    await expect(read()).rejects.toMatchObject({ status: 404 })
    expect(server.seen).toHaveLength(2)
  })
})

describe('a refusal', () => {
  it.each([400, 403, 405, 409, 410])('of status %d is final', async (status) => {
    const { read, patience } = client(statuses(status))
    await expect(read()).rejects.toMatchObject({
      name: 'RefusedError',
      status,
      code: `E${status}`,
      message: `${status} E${status}: No.`,
      path,
    })
    expect(server.seen).toHaveLength(1)
    expect(patience.clock.sleeps).toEqual([])
  })
})

describe('what is sent once', () => {
  it('is never sent twice', async () => {
    const { resourceManager, url } = client(statuses(503))
    const send = resourceManager.send({ url, what: job, method: 'POST' }, new AbortController().signal)
    await expect(send).rejects.toMatchObject({ name: 'Fault', status: 503 })
    expect(server.seen).toHaveLength(1)
  })

  it('gives no grace to what is missing', async () => {
    const { resourceManager, url } = client(statuses(404))
    const send = resourceManager.send({ url, what: job, method: 'POST' }, new AbortController().signal)
    await expect(send).rejects.toMatchObject({ name: 'RefusedError', status: 404 })
  })

  it('goes out though the wait was stopped', async () => {
    const { resourceManager, url, patience } = client(statuses(202))
    patience.stop()
    const answer = await resourceManager.send(
      { url, what: job, method: 'POST' },
      new AbortController().signal,
    )
    expect(answer.status).toBe(202)
  })
})
