/** One attempt at an exchange: an undici interceptor that lets only whole answers through. */
import type { Dispatcher } from 'undici'
import { cutSignatures, durationSeconds, fields, retryAfterSeconds, text } from '../../base/read.ts'

type Handler = Dispatcher.DispatchHandler
type Controller = Dispatcher.DispatchController
type Headers = Parameters<NonNullable<Handler['onResponseStart']>>[2]

/** An attempt that gave no answer to build on; it says nothing about the job. Worth trying again. */
export class Fault extends Error {
  override name = 'Fault'
  readonly status: number | undefined
  /** Seconds that the service asks to wait; 0 if it does not. */
  readonly retryAfter: number

  constructor(message: string, status?: number, retryAfter = 0) {
    super(message)
    this.status = status
    this.retryAfter = retryAfter
  }
}

/** What makes an answer one to try again. */
export interface AttemptRules {
  /** Milliseconds for the whole attempt; a body that drips does not outlive it. */
  limit: number
  /** Milliseconds since 1970. */
  now: () => number
  /** Whether an answer of this status may come without a body though it says 200 (a Location URL's). */
  mayBeEmpty: boolean
  /** What is wrong with a good answer's body; undefined where nothing is. */
  whyNot?: ((body: unknown) => string | undefined) | undefined
  /** Statuses beyond those that are always worth another attempt. */
  isFault: (status: number) => boolean
}

/** Whether a status tells of the way to the service, or of its trouble, rather than of what was asked. */
function isFaultStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

/**
 * The interceptor. It holds an answer back until it is whole and is JSON where it has to be, and turns what is
 * not into a Fault, so that the retry interceptor around it starts afresh: left alone, that one would try to
 * resume a cut-off body with a Range request, which Resource Manager does not know.
 */
export function wholeAnswers(rules: AttemptRules): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) =>
    function dispatchWhole(options, handler) {
      return dispatch(options, new WholeAnswer(handler, rules))
    }
}

class WholeAnswer implements Handler {
  readonly #next: Handler
  readonly #rules: AttemptRules
  #timer: NodeJS.Timeout | undefined
  #timedOut = false
  #start: { status: number; headers: Headers; message: string | undefined } | undefined
  #chunks: Buffer[] = []

  constructor(next: Handler, rules: AttemptRules) {
    this.#next = next
    this.#rules = rules
  }

  onRequestStart(controller: Controller, context: unknown): void {
    const { limit } = this.#rules
    this.#timer = setTimeout(() => {
      this.#timedOut = true
      controller.abort(new Fault(`no whole answer within ${limit / 1000} s`))
    }, limit)
    this.#next.onRequestStart?.(controller, context)
  }

  onResponseStart(_controller: Controller, status: number, headers: Headers, message?: string): void {
    if (status >= 200) this.#start = { status, headers, message }
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(controller: Controller, trailers: Headers): void {
    clearTimeout(this.#timer)
    if (this.#start === undefined) {
      this.#fail(new Fault('an answer without a status'))
      return
    }
    const { status, headers, message } = this.#start
    const body = Buffer.concat(this.#chunks)
    const fault = this.#faultOf(status, headers, body)
    if (fault !== undefined) {
      this.#fail(fault)
      return
    }
    this.#next.onResponseStart?.(controller, status, headers, message)
    if (body.length > 0) this.#next.onResponseData?.(controller, body)
    this.#next.onResponseEnd?.(controller, trailers)
  }

  onResponseError(controller: Controller, error: Error): void {
    clearTimeout(this.#timer)
    if (!this.#timedOut && controller?.aborted) {
      this.#next.onResponseError?.(controller, error)
      return
    }
    const fault = error instanceof Fault ? error : connectionFault(error)
    // What broke off may have begun with the request IDs.
    const { status, headers } = this.#start ?? {}
    this.#fail(
      status === undefined || headers === undefined
        ? fault
        : new Fault(describeAnswer(status, headers, undefined, fault.message)),
    )
  }

  /** Without the controller, whose state would tell the retry interceptor that a person aborted. */
  #fail(fault: Fault): void {
    this.#next.onResponseError?.(undefined as unknown as Controller, fault)
  }

  #faultOf(status: number, headers: Headers, body: Buffer): Fault | undefined {
    const retryAfter = askedPause(headers, this.#rules.now())
    if (isFaultStatus(status) || this.#rules.isFault(status)) {
      return new Fault(describeAnswer(status, headers, parseJson(body)), status, retryAfter)
    }
    if (status !== 200) return undefined
    const empty = body.toString('utf8').trim() === ''
    if (empty && this.#rules.mayBeEmpty) return undefined
    const parsed = empty ? undefined : parseJson(body)
    const wrong =
      parsed === undefined
        ? empty
          ? 'an empty body'
          : 'a body that is not JSON'
        : this.#rules.whyNot?.(parsed)
    if (wrong === undefined) return undefined
    return new Fault(describeAnswer(status, headers, undefined, wrong), status, retryAfter)
  }
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
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name not resolved',
}

function connectionFault(error: Error): Fault {
  const inner = error instanceof AggregateError ? error.errors[0] : error
  const code = text(fields(inner).code) || text(fields(error).code)
  const plain = connectionFaults[code]
  const tls = /CERT|TLS|SSL|ALTNAME/.test(code)
    ? " (TLS; a proxy's own certificate belongs in NODE_EXTRA_CA_CERTS)"
    : ''
  return new Fault(
    `${plain ?? (error.message || 'connection failed')}${code === '' ? '' : ` [${code}]`}${tls}`,
  )
}

/** The body as JSON; undefined where it is none. */
export function parseJson(body: Buffer | string): unknown {
  try {
    return JSON.parse(body.toString().replace(/^\uFEFF/, ''))
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
  const [described = ''] = text(fields(body).error_description).split(/\r?\n/)
  const message = cutSignatures((text(error.message) || described).replace(/\s+/g, ' '))
  const redirect = status >= 300 && status < 400 ? 'a redirect, which is not followed' : undefined
  const said = instead ?? redirect ?? [code, message].filter((part) => part !== '').join(': ')
  const ids = [
    ['request ID', header(headers, 'x-ms-request-id')],
    ['correlation ID', header(headers, 'x-ms-correlation-request-id')],
  ].flatMap(([name, id]) => (id ? [`${name} ${id}`] : []))
  return [String(status), said, ids.length === 0 ? '' : `(${ids.join(', ')})`]
    .filter((part) => part !== '')
    .join(' ')
}

/**
 * Seconds until the service wants to be asked again, by Retry-After or, where Resource Graph's quota is used
 * up, by when that is filled again (Microsoft: Guidance for throttled requests in Azure Resource Graph).
 */
export function askedPause(headers: Headers, now: number): number {
  const asked = retryAfterSeconds(header(headers, 'retry-after'), header(headers, 'date'), now)
  if (header(headers, 'x-ms-user-quota-remaining')?.trim() !== '0') return asked
  return Math.max(asked, durationSeconds(header(headers, 'x-ms-user-quota-resets-after')) ?? 5)
}

/** One header's value, the first where there are several. */
export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}
