/** One exchange with Resource Manager: its limits, and trying again through faults. */
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Dispatcher } from 'undici'
import { type Clock, followSignal, unlessAborted } from '../../base/clock.ts'
import { backOffSeconds, longestRetryAfter, type Patience, pauseWithin } from '../../base/patience.ts'
import { createSlots } from '../../base/slots.ts'
import { userAgent } from '../../base/version.ts'
import type { Log } from '../../runner/log.ts'
import { askedPause, describeAnswer, Fault, header, parseJson, wholeAnswers } from './attempt.ts'

/** The token that requests are sent with. */
export interface TokenSource {
  /** A token that is good for some minutes yet. */
  get(): Promise<string>
  /** This token was refused: the next `get` gives another. */
  renew(refused: string): void
  /** When the present token ends, by the clock's `now`; undefined before the first. */
  endsAt(): number | undefined
}

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

/** What is asked of Resource Manager. */
export interface Request {
  url: URL
  /** A GET, or a POST that only reads (cross-region jobs, Resource Graph) and is tried again like one. */
  method?: 'GET' | 'POST'
  body?: unknown
  /** What is being read, for the log. */
  what: string
  /** A Location URL's 200 may have no body. */
  mayBeEmpty?: boolean
  /** What is wrong with a good answer's body, which makes it a fault: it is another's. Undefined where nothing is. */
  whyNot?: (body: unknown) => string | undefined
  /** Seconds between two attempts at the least: for reads that spend the write quota. */
  leastPause?: number
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

/** What all exchanges of a run share. */
export interface ExchangeOptions {
  tokens: TokenSource
  patience: Patience
  log: Log
  /** Milliseconds for one attempt. */
  attemptLimit: number
}

/** An answer, whatever its status, and the token that it was had with. */
export interface Exchanged {
  answer: Answer
  token: string
}

/** Sends requests. */
export interface Exchanger {
  readonly statistics: Statistics
  /**
   * @param retry whether faults are tried again, to the deadline; or else the first one is thrown
   * @throws Fault, CredentialError, or the signal's reason
   */
  exchange(request: Request, signal: AbortSignal, retry: boolean): Promise<Exchanged>
  close(): Promise<void>
}

/** Twice as many as there are connections: each has its next request at hand, and thousands of jobs hold no memory. */
const mostInFlight = 16

/** A thing that was just announced may be missing for a while (azure-powershell#2252, azure-sdk-for-python#25549). */
const graceForMissing = 120_000

/** @returns one whose connections are to be closed in the end */
export function createExchanger({ tokens, patience, log, attemptLimit }: ExchangeOptions): Exchanger {
  const { clock } = patience
  const statistics: Statistics = { requests: 0, faults: 0, throttled: 0 }
  /** What gave a good answer once: from then on, 404 means gone. */
  const seen = new Set<string>()
  let connecting: ReturnType<typeof connect> | undefined

  const count: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (opts, handler) => {
    statistics.requests += 1
    return dispatch(opts, handler)
  }

  const slot = createSlots(mostInFlight)

  async function exchange(request: Request, signal: AbortSignal, retry: boolean): Promise<Exchanged> {
    // What is tried again makes room for the others: a back-off may take minutes.
    const free = await slot(signal)
    return await exchangeNow(request, signal, retry, free).finally(free)
  }

  async function exchangeNow(
    request: Request,
    signal: AbortSignal,
    retry: boolean,
    free: () => void,
  ): Promise<Exchanged> {
    const { url, method = 'GET', body, mayBeEmpty = false, whyNot } = request
    const payload = body === undefined ? null : JSON.stringify(body)
    // Cross-region jobs share one path, and the body names one (recorded).
    const key = `${url.pathname} ${payload ?? ''}`
    const isFault = retry && !seen.has(key) ? missingYet(clock) : () => false
    const first = tokens.get()
    connecting ??= connect(attemptLimit)
    const [token, { dispatcher, retryInterceptor }] = await Promise.all([first, connecting])
    const headers = headersOf(token, payload !== null)
    const again = retryInterceptor({
      throwOnError: false,
      maxRetries: Number.POSITIVE_INFINITY,
      retry: retryThroughFaults(request, headers, { tokens, patience, log, statistics }, free),
    })
    const whole = wholeAnswers({ limit: attemptLimit, now: clock.date, mayBeEmpty, whyNot, isFault })
    const composed = dispatcher.compose(...(retry ? [count, whole, again] : [count, whole]))
    const path = url.pathname + url.search
    const own = followSignal(signal)
    const options = { origin: url.origin, path, method, headers, body: payload, signal: own.signal }
    const sent = composed.request(options)
    // undici hears the signal only when the request is on a connection (lib/api/api-request.js, onRequestStart).
    const answered = sent.then(async (answer) =>
      toAnswer(answer.statusCode, answer.headers, await answer.body.text(), clock.date()),
    )
    const answer = await unlessAborted(answered, signal).finally(own.forget)
    log.debug(answer.description)
    if (answer.status >= 200 && answer.status < 300) seen.add(key)
    return { answer, token: headers.authorization.slice(bearer('').length) }
  }

  return { statistics, exchange, close: async () => (await connecting)?.dispatcher.destroy() }
}

async function connect(attemptLimit: number) {
  // A CLI that is asked for a token has been started by then; it runs while this is loaded (30 ms).
  await setImmediate()
  const { createDispatcher, retryInterceptor } = await import('./dispatcher.ts')
  return { dispatcher: createDispatcher(attemptLimit), retryInterceptor }
}

/** Whether a status is that of a thing which may yet appear: for some time from the first time that it was missing. */
function missingYet(clock: Clock): (status: number) => boolean {
  let since: number | undefined
  return (status) => {
    if (status !== 404) return false
    since ??= clock.now()
    return clock.now() - since < graceForMissing
  }
}

/** Tells undici's retry interceptor when to go on after a fault; the headers have the token that is good by then. */
function retryThroughFaults(
  request: Request,
  headers: Record<string, string>,
  { tokens, patience, log, statistics }: Omit<ExchangeOptions, 'attemptLimit'> & { statistics: Statistics },
  free: () => void,
) {
  let faults = 0
  const tryAgain = async ({ message, status, retryAfter }: Fault): Promise<boolean> => {
    free()
    faults += 1
    statistics.faults += 1
    if (status === 429) statistics.throttled += 1
    const pause = Math.max(backOffSeconds(faults, retryAfter, patience.random()), request.leastPause ?? 0)
    log.fault(`Reading ${request.what} failed, ${nextTry(patience, pause, retryAfter)}: ${message}`)
    const goOn = await pauseWithin(patience, pause, retryAfter)
    if (goOn) headers.authorization = bearer(await tokens.get())
    return goOn
  }
  return (error: Error, _context: unknown, done: (error: Error | null) => void) => {
    if (!(error instanceof Fault)) return done(error)
    tryAgain(error).then(
      (goOn) => done(goOn ? null : error),
      (reason: Error) => done(reason),
    )
  }
}

/** As `pauseWithin` has it. */
function nextTry({ clock, deadline }: Patience, pause: number, retryAfter: number): string {
  const left = Math.max(0, (deadline - clock.now()) / 1000)
  const none = left === 0 || (pause > left && Math.min(retryAfter, longestRetryAfter) > left)
  return none ? 'with no time left for another try' : `next try in ${Math.ceil(Math.min(pause, left))} s`
}

function toAnswer(
  status: number,
  headers: Dispatcher.ResponseData['headers'],
  body: string,
  now: number,
): Answer {
  const parsed = parseJson(body)
  const date = Date.parse(header(headers, 'date') ?? '')
  return {
    status,
    body: parsed,
    retryAfter: askedPause(headers, now),
    serviceTime: Number.isNaN(date) ? now : date,
    remaining: leastRemaining(headers),
    description: describeAnswer(status, headers, status < 300 ? undefined : parsed),
  }
}

function headersOf(token: string, hasBody: boolean) {
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

/** The least of `x-ms-ratelimit-remaining-…` (Microsoft: How Azure Resource Manager throttles requests). */
function leastRemaining(headers: Dispatcher.ResponseData['headers']): number {
  const counts = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-ratelimit-remaining-'))
    .map((name) => Number.parseInt(header(headers, name) ?? '', 10))
    .filter((count) => Number.isSafeInteger(count))
  return Math.min(Number.POSITIVE_INFINITY, ...counts)
}
