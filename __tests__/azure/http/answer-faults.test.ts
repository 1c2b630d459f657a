/** What becomes of a request that gets no answer to build on, without sockets: answer.test.ts has those. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ask, Fault, faultOf, type RequestLimits, type WholeAnswer } from '../../../src/azure/http/answer.ts'
import { proxyVariables } from '../../../src/azure/http/proxy.ts'
import type { Transport } from '../../../src/azure/http/transport.ts'
import { ProxyError } from '../../../src/base/errors.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { fakeTransport } from '../../support/fake-transport.ts'

const request = { origin: 'https://management.azure.com', path: '/x', method: 'GET', headers: {} }

function asked(transport: Transport, given: Partial<RequestLimits> = {}): Promise<WholeAnswer> {
  const clock = new FakeClock()
  clock.limitsLeap = true
  return ask(transport, request, { clock, limit: 30_000, ...given })
}

async function faultFrom(...given: Parameters<typeof asked>): Promise<Fault> {
  const error = await asked(...given).catch((reason: unknown) => reason)
  if (error instanceof Fault) return error
  throw new Error('It was no fault.', { cause: error })
}

/** The fault that a connection's error becomes. */
const faultBy = (error: unknown) =>
  faultFrom({ request: () => Promise.reject(error), close: () => Promise.resolve() })

const coded = (code: string, message = '', more: object = {}) =>
  Object.assign(new Error(message), { code, ...more })

beforeEach(() => {
  for (const name of proxyVariables) vi.stubEnv(name, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

describe('a whole answer', () => {
  it('has its status, its headers and its body, as it came and as JSON', async () => {
    const body = '{"name":"größe"}'
    const headers = { 'x-ms-request-id': 'r1' }
    expect(await asked(fakeTransport(() => ({ status: 404, headers, body })))).toEqual({
      status: 404,
      headers,
      body: '{"name":"größe"}',
      json: { name: 'größe' },
    })
  })
})

describe('a request that gets no whole answer', () => {
  it.each([
    ['within its limit', {}, 'no whole answer within 30 s'],
    ['by the deadline', { byDeadline: true }, 'no whole answer by the deadline'],
  ])('%s says so', async (_name, limits, message) => {
    const silent = fakeTransport(() => 'never')
    expect(await faultFrom(silent, limits)).toMatchObject({ message, retryAfter: 0 })
  })

  it('says what there was of it, with the request IDs', async () => {
    const headers = { 'x-ms-request-id': 'r1', 'retry-after': '17' }
    const fault = await faultFrom(fakeTransport(() => ({ status: 503, headers, body: coded('ECONNRESET') })))
    expect(fault).toMatchObject({
      name: 'Fault',
      message: '503 connection reset [ECONNRESET] (request ID r1)',
      status: undefined,
      retryAfter: 0,
      variable: undefined,
    })
  })

  it('is no fault where a person stopped it', async () => {
    const reason = new Error('stopped by SIGINT')
    const controller = new AbortController()
    const transport = fakeTransport(() => {
      controller.abort(reason)
      return coded('ECONNRESET')
    })
    await expect(asked(transport, { signal: controller.signal })).rejects.toBe(reason)
  })
})

describe('a connection that fails', () => {
  const tls = " (TLS; a proxy's own certificate belongs in NODE_EXTRA_CA_CERTS)"

  it.each([
    ['by a code', coded('ECONNREFUSED', 'connect ECONNREFUSED ::1:443'), 'connection refused [ECONNREFUSED]'],
    [
      'by its first address',
      new AggregateError([coded('ENOTFOUND'), coded('EPIPE')]),
      'host name not found [ENOTFOUND]',
    ],
    [
      'by all addresses',
      Object.assign(new AggregateError([new Error('')], 'All failed.'), { code: 'EAI_AGAIN' }),
      'host name not resolved [EAI_AGAIN]',
    ],
    ['by a code that is not known', coded('EHOSTDOWN', 'host is down'), 'host is down [EHOSTDOWN]'],
    ['without a code', new Error('other side closed'), 'other side closed'],
    ['without a word', new Error(''), 'connection failed'],
    ['by what is no error', { message: 'not a word of ours' }, 'connection failed'],
    ['by nothing', undefined, 'connection failed'],
    [
      'by a certificate that ended',
      coded('CERT_HAS_EXPIRED', 'certificate has expired'),
      `certificate has expired [CERT_HAS_EXPIRED]${tls}`,
    ],
    [
      'by a certificate of another host',
      coded('ERR_TLS_CERT_ALTNAME_INVALID', 'wrong host'),
      `wrong host [ERR_TLS_CERT_ALTNAME_INVALID]${tls}`,
    ],
    [
      'by its version of TLS',
      coded('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version'),
      `wrong version [ERR_SSL_WRONG_VERSION_NUMBER]${tls}`,
    ],
  ])('%s is told in words, and no variable would mend it', async (_name, error, message) => {
    expect(await faultBy(error)).toMatchObject({
      message,
      status: undefined,
      retryAfter: 0,
      variable: undefined,
    })
  })

  it.each(['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
    'for nobody known signed the certificate (%s) names the variable for that',
    async (code) => {
      const fault = await faultBy(coded(code, 'who is that'))
      expect(fault.message).toBe(`who is that [${code}]${tls}`)
      expect(fault.variable).toBe('NODE_EXTRA_CA_CERTS')
      expect(fault.advice).toBe('. Set the variable NODE_EXTRA_CA_CERTS right for this step.')
    },
  )

  it.each([
    [403, 'https_proxy'],
    [407, 'https_proxy'],
    [404, undefined],
    [502, undefined],
  ])('at a proxy that answers %d is mended by the variable %s', async (status, variable) => {
    vi.stubEnv('https_proxy', 'http://proxy.test:3128')
    expect(await faultBy(new ProxyError(status))).toMatchObject({
      message: `the proxy answered ${status} to CONNECT`,
      variable,
    })
  })

  it('says so where it is the proxy’s', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.test:3128')
    const to = (hostname: string) => faultBy(coded('ENOTFOUND', '', { hostname }))
    expect((await to('proxy.test')).message).toBe(
      'host name not found [ENOTFOUND] at the proxy that HTTPS_PROXY names',
    )
    expect((await to('management.azure.com')).message).toBe('host name not found [ENOTFOUND]')
  })
})

describe('a fault', () => {
  it('may be said of a service, and stays the same', () => {
    const fault = new Fault('503', 503, 17, 'HTTPS_PROXY').of('Microsoft Entra')
    expect(fault).toMatchObject({
      message: 'Microsoft Entra: 503',
      status: 503,
      retryAfter: 17,
      variable: 'HTTPS_PROXY',
    })
  })

  it('has no advice where no variable would mend it', () => {
    expect(new Fault('503', 503)).toMatchObject({ advice: '', retryAfter: 0 })
  })
})

describe('an answer', () => {
  const answer = (status: number, body = '', json?: unknown): WholeAnswer => ({
    status,
    headers: { 'retry-after': '17' },
    body,
    json,
  })
  const found = (...given: Parameters<typeof faultOf>) => faultOf(...given)?.message

  it.each([408, 429, 500, 501, 503, 599])('of status %d is a fault', (status) => {
    const error = { error: { code: 'Busy', message: 'Come\nback.' } }
    expect(faultOf(answer(status, '{}', error), 0)).toMatchObject({
      message: `${status} Busy: Come back.`,
      status,
      retryAfter: 17,
    })
  })

  it.each([201, 202, 204, 307, 400, 401, 403, 404, 407, 409, 428, 430, 499])(
    'of status %d says something, whatever its body',
    (status) => {
      expect(found(answer(status), 0)).toBeUndefined()
      expect(found(answer(status, '<html>'), 0, false, () => 'never asked')).toBeUndefined()
    },
  )

  it.each([
    ['', false, '200 an empty body'],
    [' \r\n', false, '200 an empty body'],
    ['', true, undefined],
    [' \r\n', true, undefined],
    ['<html>', false, '200 a body that is not JSON'],
    ['<html>', true, '200 a body that is not JSON'],
  ])('of status 200 and %j (empty is good: %s): %s', (body, mayBeEmpty, expected) => {
    expect(found(answer(200, body), 0, mayBeEmpty)).toBe(expected)
  })

  it('of status 200 must not be empty unless that is said', () => {
    expect(found(answer(200), 0)).toBe('200 an empty body')
  })

  it('of status 200 is one where something is wrong with its body, and may be asked again in its time', () => {
    const good = answer(200, '{"id":1}', { id: 1 })
    const whyNot = (body: unknown) => `it is ${JSON.stringify(body)}`
    expect(faultOf(good, 0, false, whyNot)).toMatchObject({
      message: '200 it is {"id":1}',
      status: 200,
      retryAfter: 17,
    })
    expect(faultOf(good, 0, false, () => undefined)).toBeUndefined()
    expect(faultOf(good, 0)).toBeUndefined()
  })
})
