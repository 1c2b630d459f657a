/** One request and its whole answer over real connections; answer-faults.test.ts and answer-words.test.ts have the rest. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, Fault, faultOf, parseJson } from '../../../src/azure/http/answer.ts'
import { openTransport } from '../../../src/azure/http/transport.ts'
import { systemClock } from '../../../src/base/clock.ts'
import { httpsServer, json, type TestServer } from '../../support/https-server.ts'

const now = Date.parse('2026-03-01T10:00:00Z')
let server: TestServer
const transport = openTransport()

beforeAll(async () => {
  server = await httpsServer()
})

afterAll(async () => {
  await transport.close()
  await server.close()
})

async function attempt(
  respond: (response: ServerResponse, request: IncomingMessage) => void,
  { limit = 10_000, mayBeEmpty = false } = {},
  signal?: AbortSignal,
) {
  server.respond((request, response) => respond(response, request))
  const request = { origin: server.origin, path: '/x', method: 'GET', headers: {} }
  const answer = await ask(transport, request, { clock: systemClock, limit, signal })
  const fault = faultOf(answer, now, mayBeEmpty)
  if (fault !== undefined) throw fault
  return answer
}

/** The fault that an attempt came to. */
async function faultFrom(...given: Parameters<typeof attempt>): Promise<Fault> {
  const error = await attempt(...given).then(
    ({ status }) => new Error(`It was let through as ${status}.`),
    (reason: unknown) => reason,
  )
  if (error instanceof Fault) return error
  throw error
}

describe('a whole answer', () => {
  it('is let through with its headers', async () => {
    const answer = await attempt((response) => json(response, 200, { a: 'ü' }, { 'x-ms-request-id': 'r1' }))
    expect(answer).toMatchObject({ status: 200, body: '{"a":"ü"}' })
    expect(answer.headers['x-ms-request-id']).toBe('r1')
  })

  it('may come in pieces', async () => {
    const answer = await attempt((response) => {
      const whole = Buffer.from('{"a":"ü"}')
      response.write(whole.subarray(0, 7))
      setImmediate(() => response.end(whole.subarray(7)))
    })
    expect(answer.body).toBe('{"a":"ü"}')
  })

  it('may have others before it that are none', async () => {
    const answer = await attempt((response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' })
      response.writeProcessing()
      json(response, 200, { a: 1 })
    })
    expect(answer).toMatchObject({ status: 200, json: { a: 1 } })
  })

  it('may have 16 MiB, one after another', async () => {
    for (let count = 0; count < 2; count += 1) {
      const { body } = await attempt((response) => response.end(`"${'x'.repeat(16 * 1024 ** 2 - 2)}"`))
      expect(body).toHaveLength(16 * 1024 ** 2)
    }
  })

  it('may begin with a byte order mark', async () => {
    const answer = await attempt((response) => response.end('\uFEFF{"a":1}'))
    expect(parseJson(answer.body)).toEqual({ a: 1 })
  })

  it.each([201, 202, 204, 301, 400, 401, 403, 404, 409, 410])(
    'of status %d may be without a body, and says something',
    async (status) => {
      const answer = await attempt((response) => response.writeHead(status).end())
      expect(answer).toMatchObject({ status, body: '' })
    },
  )

  it('of status 400 need not be JSON', async () => {
    const answer = await attempt((response) => response.writeHead(400).end('<html>'))
    expect(answer).toMatchObject({ status: 400, body: '<html>' })
  })

  it('of status 200 may be empty where a Location URL was asked', async () => {
    const answer = await attempt((response) => response.end(' \r\n'), { mayBeEmpty: true })
    expect(answer.status).toBe(200)
  })
})

describe('a fault', () => {
  it.each([408, 429, 500, 501, 502, 503, 504, 505, 507, 520, 599])('is status %d', async (status) => {
    const fault = await faultFrom((response) =>
      json(response, status, { error: { code: 'Busy', message: 'Come\nback.' } }, { 'retry-after': '17' }),
    )
    expect(fault).toMatchObject({ status, retryAfter: 17, message: `${status} Busy: Come back.` })
  })

  it.each([
    ['an empty 200', '', '200 an empty body'],
    ['a 200 of blanks', ' \r\n ', '200 an empty body'],
    ['a page of a gateway', '<html>Bad Gateway</html>', '200 a body that is not JSON'],
    ['JSON that is cut off', '{"properties":{"status":"Compl', '200 a body that is not JSON'],
  ])('is %s', async (_name, body, message) => {
    expect(await faultFrom((response) => response.end(body))).toMatchObject({ status: 200, message })
  })

  it('is a body that is not JSON even where it may be empty', async () => {
    const fault = await faultFrom((response) => response.end('<html>'), { mayBeEmpty: true })
    expect(fault.message).toBe('200 a body that is not JSON')
  })

  it('is a body that is cut off', async () => {
    const fault = await faultFrom((response) => {
      response.writeHead(200, { 'content-length': '100', 'x-ms-request-id': 'r1' })
      response.write('{"properties":')
      setImmediate(() => response.destroy())
    })
    expect(fault.status).toBeUndefined()
    expect(fault.message).toMatch(
      /^200 connection (closed before the answer was whole|reset) \[[A-Z_]+\] \(request ID r1\)$/,
    )
  })

  it('is a chunked body without its end', async () => {
    const fault = await faultFrom((response) => {
      response.writeHead(200)
      response.write('{"properties":{}}')
      setImmediate(() => response.destroy())
    })
    expect(fault.status).toBeUndefined()
  })

  it('is a connection that is reset before any answer', async () => {
    const fault = await faultFrom((response) => response.destroy())
    expect(fault.message).toMatch(/^connection (closed before the answer was whole|reset) \[[A-Z_]+\]$/)
  })

  it('is a connection that is refused', async () => {
    const request = { origin: 'https://127.0.0.1:1', path: '/', method: 'GET', headers: {} }
    await expect(ask(transport, request, { clock: systemClock, limit: 10_000 })).rejects.toMatchObject({
      name: 'Fault',
      message: 'connection refused [ECONNREFUSED]',
    })
  })

  it('is a body that drips beyond the limit', async () => {
    let drip: NodeJS.Timeout | undefined
    const fault = await faultFrom(
      (response) => {
        response.writeHead(200)
        drip = setInterval(() => response.write(' '), 5)
      },
      { limit: 150 },
    )
    clearInterval(drip)
    expect(fault).toMatchObject({
      message: '200 no whole answer within 0.15 s',
      status: undefined,
      retryAfter: 0,
    })
  })

  it('is an answer that never begins', async () => {
    const fault = await faultFrom(() => {}, { limit: 150 })
    expect(fault.message).toBe('no whole answer within 0.15 s')
  })
})

describe('a person’s abort', () => {
  it('is no fault', async () => {
    const controller = new AbortController()
    const reason = new Error('stopped by SIGINT')
    const given = attempt(() => controller.abort(reason), {}, controller.signal)
    await expect(given).rejects.toBe(reason)
  })
})
