/** One request and its whole answer, or the fault that came instead; and what an answer says of itself. */
import { type Clock, within } from '../../base/clock.ts'
import { ProxyError } from '../../base/errors.ts'
import { longestRetryAfter } from '../../base/patience.ts'
import { durationSeconds, fields, retryAfterSeconds, text } from '../../base/read.ts'
import { failedProxy, proxyVariable } from './proxy.ts'
import type { Headers, OutgoingRequest, Transport } from './transport.ts'

/** A request that got no answer to build on; it says nothing about the job. Worth trying again. */
export class Fault extends Error {
  override name = 'Fault'
  readonly status: number | undefined
  /** Seconds that the service asks to wait; 0 if it does not. */
  readonly retryAfter: number
  /** The variable that is to be set right, where the way to the service is closed rather than disturbed. */
  readonly variable: string | undefined

  constructor(message: string, status?: number, retryAfter = 0, variable?: string) {
    super(message)
    this.status = status
    this.retryAfter = retryAfter
    this.variable = variable
  }

  /** The same fault, said of a service. */
  of(service: string): Fault {
    return new Fault(`${service}: ${this.message}`, this.status, this.retryAfter, this.variable)
  }

  /** The end of a sentence about it: what to do, where that is known. */
  get advice(): string {
    return this.variable === undefined ? '' : `. Set the variable ${this.variable} right for this step.`
  }
}

/** An answer to its last byte, whatever its status. */
export interface WholeAnswer {
  status: number
  headers: Headers
  /** As it came. */
  body: string
  /** Parsed JSON; undefined where it is none. */
  json: unknown
}

/** What one request may take. */
export interface RequestLimits {
  clock: Clock
  /** Milliseconds for all of it; a body that drips does not outlive them. */
  limit: number
  /** Whether the limit is what is left until the deadline, for the fault's words. */
  byDeadline?: boolean
  signal?: AbortSignal | undefined
}

/**
 * Sends one request and reads its whole answer.
 *
 * @throws Fault where there is none, or the signal's reason
 */
export async function ask(
  transport: Transport,
  request: OutgoingRequest,
  { clock, limit, byDeadline = false, signal }: RequestLimits,
): Promise<WholeAnswer> {
  let begun: { status: number; headers: Headers } | undefined
  const when = byDeadline ? 'by the deadline' : `within ${limit / 1000} s`
  const late = () => new Fault(`no whole answer ${when}`)
  try {
    return await within({ clock, milliseconds: limit, late, signal }, async (ended) => {
      const { status, headers, text } = await transport.request(request, ended)
      begun = { status, headers }
      const body = await text()
      return { status, headers, body, json: parseJson(body) }
    })
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    const fault = error instanceof Fault ? error : connectionFault(error)
    // What broke off may have begun with the request IDs.
    throw begun === undefined
      ? fault
      : new Fault(describeAnswer(begun.status, begun.headers, undefined, fault.message))
  }
}

/**
 * The fault that an answer is: its status tells of the way to the service, or of the service's trouble, rather than
 * of what was asked for, or it is a 200 without JSON.
 *
 * @param now milliseconds since 1970
 * @param mayBeEmpty whether a 200 may come without a body (a Location URL's)
 * @param whyNot what is wrong with a good answer's body; undefined where nothing is
 */
export function faultOf(
  answer: WholeAnswer,
  now: number,
  mayBeEmpty = false,
  whyNot?: (body: unknown) => string | undefined,
): Fault | undefined {
  const { status, headers, body, json } = answer
  const fault = (instead?: string) =>
    new Fault(describeAnswer(status, headers, json, instead), status, askedPause(headers, now))
  if (status === 408 || status === 429 || status >= 500) return fault()
  if (status !== 200) return undefined
  if (json !== undefined) {
    const wrong = whyNot?.(json)
    return wrong === undefined ? undefined : fault(wrong)
  }
  if (body.trim() === '') return mayBeEmpty ? undefined : fault('an empty body')
  return fault('a body that is not JSON')
}

/** Codes of Node and undici, for people. */
const connectionFaults: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  UND_ERR_SOCKET: 'connection closed before the answer was whole',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the limit',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within the limit',
  UND_ERR_BODY_TIMEOUT: 'no whole answer within the limit',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'a body of more than 16 MiB',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name not resolved',
}

/** Codes of OpenSSL for a certificate that nobody known has signed. */
const unknownCa = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

function connectionFault(error: unknown): Fault {
  const inner = error instanceof AggregateError ? error.errors[0] : error
  const code = text(fields(inner).code) || text(fields(error).code)
  if (inner instanceof ProxyError) {
    const refuses = inner.status === 403 || inner.status === 407
    return new Fault(inner.message, undefined, 0, refuses ? proxyVariable(process.env) : undefined)
  }
  const plain = connectionFaults[code]
  const isUnknownCa = unknownCa.has(code)
  const tls =
    isUnknownCa || /CERT|TLS|SSL|ALTNAME/.test(code)
      ? " (TLS; a proxy's own certificate belongs in NODE_EXTRA_CA_CERTS)"
      : ''
  const said = plain ?? (error instanceof Error && error.message !== '' ? error.message : 'connection failed')
  const proxy = failedProxy(fields(inner), process.env)
  const where = proxy === undefined ? '' : ` at the proxy that ${proxy} names`
  const variable = isUnknownCa ? 'NODE_EXTRA_CA_CERTS' : undefined
  return new Fault(`${said}${code === '' ? '' : ` [${code}]`}${where}${tls}`, undefined, 0, variable)
}

/** The body as JSON; undefined where it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/**
 * `503 ServerBusy: text (request ID …, correlation ID …)`: what an answer says of itself, in one line. A redirect is
 * never followed: the token would go where the answer points to.
 */
export function describeAnswer(status: number, headers: Headers, body: unknown, instead?: string): string {
  const error = fields(fields(body).error ?? body)
  const code = text(error.code)
  // Entra has a description, whose later lines are IDs of its own.
  const described = text(fields(body).error_description).replace(/\r?\n.*/s, '')
  const message = (text(error.message) || described).replace(/\s+/g, ' ')
  const redirect = status >= 300 && status < 400 ? 'a redirect, which is not followed' : undefined
  const said = instead ?? redirect ?? [code, message].filter((part) => part !== '').join(': ')
  const ids = [
    ['request ID', header(headers, 'x-ms-request-id')],
    ['correlation ID', header(headers, 'x-ms-correlation-request-id')],
  ].flatMap(([name, id]) => (id ? [`${name} ${text(id)}`] : []))
  return [String(status), said, ids.length === 0 ? '' : `(${ids.join(', ')})`]
    .filter((part) => part !== '')
    .join(' ')
}

/**
 * Seconds until the service wants to be asked again, by Retry-After or, where Resource Graph's quota is used
 * up, by when that is filled again (Microsoft: Guidance for throttled requests in Azure Resource Graph). At the most
 * what a Retry-After can ask for.
 */
export function askedPause(headers: Headers, now: number): number {
  const asked = retryAfterSeconds(header(headers, 'retry-after'), header(headers, 'date'), now)
  const quotaUsedUp = header(headers, 'x-ms-user-quota-remaining')?.trim() === '0'
  const refilled = quotaUsedUp ? (durationSeconds(header(headers, 'x-ms-user-quota-resets-after')) ?? 5) : 0
  return Math.min(Math.max(asked, refilled), longestRetryAfter)
}

/** One header's value, the first where there are several. */
export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}
