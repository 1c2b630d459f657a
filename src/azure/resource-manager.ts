/** The one HTTP client for Resource Manager: trust, token, limits, and trying again. */
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Dispatcher } from 'undici'
import { TrustError } from '../errors.ts'
import type { Log } from '../log.ts'
import { userAgent } from '../version.ts'
import { backOffSeconds, type Patience, pauseWithin } from '../wait/back-off.ts'
import { askedPause, describeAnswer, Fault, header, parseJson, wholeAnswers } from './attempt.ts'
import { type Cloud, distrust } from './cloud.ts'
import type { TokenSource } from './token.ts'
import { fields, text } from './values.ts'

/** An answer that says something of what was asked. */
export interface Answer {
  status: number
  /** Parsed JSON; undefined where there is none. */
  body: unknown
  /** Seconds until the service wants to be asked again; 0 if it does not say. */
  retryAfter: number
  /** Milliseconds since 1970 by the service's clock. */
  serviceTime: number
  /** The least that a remaining-requests header says; infinite where there is none. */
  remaining: number
  /** What the answer says of itself, with the request IDs that support asks for, in one line. */
  description: string
}

export interface Request {
  url: URL
  /** A GET, or a POST that only reads (cross-region jobs, Resource Graph) and is tried again like one. */
  method?: 'GET' | 'POST'
  body?: unknown
  /** What is being read, for the log. */
  what: string
  /** A Location URL's 200 may have no body. */
  mayBeEmpty?: boolean
  /** Seconds between two attempts at the least: for reads that spend the write quota. */
  leastPause?: number
}

/** The service refused: asking again changes nothing. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  readonly status: number
  readonly code: string
  readonly path: string
  readonly body: unknown

  constructor(status: number, description: string, path: string, body: unknown) {
    super(description)
    this.status = status
    this.code = text(fields(fields(body).error).code)
    this.path = path
    this.body = body
  }
}

/** The deadline came while reads failed. */
export class OutOfTimeError extends Error {
  override name = 'OutOfTimeError'
}

/** What a run asked of the service, for the summary. */
export interface Statistics {
  /** Every request that was sent, those that failed included. */
  requests: number
  /** Those that gave no answer to build on. */
  faults: number
  /** Of the faults, those by throttling (429). */
  throttled: number
}

export interface ResourceManagerOptions {
  cloud: Cloud
  tokens: TokenSource
  patience: Patience
  log: Log
  /** Milliseconds for one attempt. */
  attemptLimit?: number
}

/** A thing that was just announced may be missing for a while (azure-powershell#2252, azure-sdk-for-python#25549). */
const graceForMissing = 120_000

export interface ResourceManager {
  readonly statistics: Statistics
  readonly origin: string
  /**
   * Reads, trying again through faults until the deadline.
   *
   * @throws RefusedError, OutOfTimeError, CredentialError, TrustError, or the signal's reason
   */
  read(request: Request): Promise<Answer>
  /** Sends once, without trying again: for what must not be done twice. */
  send(request: Request, signal: AbortSignal): Promise<Answer>
  /** Keeps a silence that the service asked for, in seconds. */
  pause(seconds: number): Promise<void>
  close(): Promise<void>
}

export function createResourceManager(options: ResourceManagerOptions): ResourceManager {
  const { cloud, tokens, patience, log, attemptLimit = 30_000 } = options
  const { clock, signal: stopped } = patience
  const statistics: Statistics = { requests: 0, faults: 0, throttled: 0 }
  /** Paths that gave a good answer once: from then on, 404 means gone. */
  const seen = new Set<string>()
  let connecting: ReturnType<typeof connect> | undefined

  async function connect() {
    // A CLI that is asked for a token has been started by then; it runs while this is loaded (30 ms).
    await setImmediate()
    const { createDispatcher, retryInterceptor } = await import('./dispatcher.ts')
    return { dispatcher: createDispatcher(attemptLimit), retryInterceptor }
  }

  async function exchange(request: Request, signal: AbortSignal, retry: boolean): Promise<Answer> {
    const { url, method = 'GET', body, mayBeEmpty = false } = request
    let missingSince: number | undefined
    let faults = 0
    const isFault = (status: number) => {
      if (status !== 404 || seen.has(url.pathname) || !retry) return false
      missingSince ??= clock.now()
      return clock.now() - missingSince < graceForMissing
    }
    const first = tokens.get()
    connecting ??= connect()
    const [token, { dispatcher, retryInterceptor }] = await Promise.all([first, connecting])
    const headers = headersOf(token, body !== undefined)
    /** Waits, and takes the token that is good by then: an outage may outlive the one before. */
    async function tryAgain({ message, retryAfter }: Fault): Promise<boolean> {
      const pause = Math.max(backOffSeconds(faults, retryAfter, patience.random()), request.leastPause ?? 0)
      log.fault(`Reading ${request.what} failed, next try in ${Math.ceil(pause)} s: ${message}`)
      const goOn = await pauseWithin(patience, pause, retryAfter)
      if (goOn) headers.authorization = bearer(await tokens.get())
      return goOn
    }
    const count: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (opts, handler) => {
      statistics.requests += 1
      return dispatch(opts, handler)
    }
    const again = retryInterceptor({
      throwOnError: false,
      maxRetries: Number.POSITIVE_INFINITY,
      retry: (error, _context, done) => {
        if (!(error instanceof Fault)) return done(error)
        faults += 1
        statistics.faults += 1
        if (error.status === 429) statistics.throttled += 1
        tryAgain(error).then(
          (goOn) => done(goOn ? null : error),
          (reason: Error) => done(reason),
        )
      },
    })
    const whole = wholeAnswers({ limit: attemptLimit, now: clock.now, mayBeEmpty, isFault })
    const composed = dispatcher.compose(...(retry ? [count, whole, again] : [count, whole]))
    const response = await composed.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal,
    })
    return toAnswer(response.statusCode, response.headers, await response.body.text())
  }

  function toAnswer(status: number, headers: Dispatcher.ResponseData['headers'], body: string): Answer {
    const parsed = parseJson(body)
    const description = describeAnswer(status, headers, status < 300 ? undefined : parsed, redirect(status))
    log.debug(description)
    const date = Date.parse(header(headers, 'date') ?? '')
    return {
      status,
      body: parsed,
      retryAfter: askedPause(headers, clock.now()),
      serviceTime: Number.isNaN(date) ? clock.now() : date,
      remaining: leastRemaining(headers),
      description,
    }
  }

  async function authorised(request: Request, signal: AbortSignal, retry: boolean): Promise<Answer> {
    const reason = distrust(request.url, cloud)
    if (reason !== undefined)
      throw new TrustError(`No token is sent to ${request.url.host} for ${request.what}: ${reason}.`)
    let answer = await exchange(request, signal, retry)
    if (answer.status === 401) {
      log.debug(`The token was refused while reading ${request.what}; a new one is asked for once.`)
      tokens.renew()
      answer = await exchange(request, signal, retry)
    }
    if (answer.status < 200 || answer.status > 299) {
      throw new RefusedError(answer.status, answer.description, request.url.pathname, answer.body)
    }
    seen.add(request.url.pathname)
    return answer
  }

  return {
    statistics,
    origin: cloud.resourceManager,
    read: async (request) => {
      try {
        return await authorised(request, stopped, true)
      } catch (error) {
        if (stopped.aborted) throw stopped.reason
        throw error instanceof Fault ? new OutOfTimeError(error.message) : error
      }
    },
    send: (request, signal) => authorised(request, signal, false),
    pause: async (seconds) => {
      await pauseWithin(patience, seconds, seconds)
    },
    close: async () => (await connecting)?.dispatcher.destroy(),
  }
}

function headersOf(token: string, hasBody: boolean): Record<string, string> {
  return {
    authorization: bearer(token),
    accept: 'application/json',
    // Error texts are localised otherwise (Resource Manager RPC; AzureIaaSVMErrorInfo in the spec).
    'accept-language': 'en-US',
    'x-ms-client-request-id': randomUUID(),
    'x-ms-return-client-request-id': 'true',
    'user-agent': userAgent,
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
  }
}

function bearer(token: string): string {
  return `Bearer ${token}`
}

/** A redirect is never followed: the token would go where the answer points to. */
function redirect(status: number): string | undefined {
  return status >= 300 && status < 400 ? 'a redirect, which is not followed' : undefined
}

/** The least of `x-ms-ratelimit-remaining-…` (Microsoft: How Azure Resource Manager throttles requests). */
function leastRemaining(headers: Dispatcher.ResponseData['headers']): number {
  const counts = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-ratelimit-remaining-'))
    .map((name) => Number.parseInt(header(headers, name) ?? '', 10))
    .filter((count) => Number.isSafeInteger(count))
  return Math.min(Number.POSITIVE_INFINITY, ...counts)
}
