/** Sending a request to Resource Manager, from the token to the answer, through faults where it is a read. */
import { randomUUID } from 'node:crypto'
import { unlessAborted, within } from '../../base/clock.ts'
import { OutOfTimeError } from '../../base/errors.ts'
import {
  backOffSeconds,
  limitWithin,
  longestRetryAfter,
  type Patience,
  pauseWithin,
} from '../../base/patience.ts'
import { fields, text } from '../../base/read.ts'
import { userAgent } from '../../base/version.ts'
import type { Log } from '../../runner/log.ts'
import { ask, askedPause, describeAnswer, Fault, faultOf, header, type WholeAnswer } from './answer.ts'
import { type Subject, subjectWords } from './subject.ts'
import type { Headers, OutgoingRequest, Transport } from './transport.ts'

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
  /** What is asked for. */
  what: Subject
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
  readonly what: Subject

  constructor(status: number, description: string, path: string, body: unknown, what: Subject) {
    super(description)
    this.status = status
    this.code = text(fields(fields(body).error).code)
    this.path = path
    this.body = body
    this.what = what
  }
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

/** What all requests of a run share. */
export interface SenderOptions {
  transport: Transport
  tokens: TokenSource
  patience: Patience
  log: Log
  /** Milliseconds for one attempt. */
  attemptLimit: number
}

/** Sends requests. */
export interface Sender {
  readonly statistics: Statistics
  /**
   * @param signal ends it
   * @param isRead whether faults are tried again, to the deadline; or else the first one is thrown
   * @throws RefusedError, CredentialError, OutOfTimeError for a read and Fault for what is none, or the signal's reason
   */
  send(request: Request, signal: AbortSignal, isRead: boolean): Promise<Answer>
}

/** A thing that was just announced may be missing for a while (azure-powershell#2252, azure-sdk-for-python#25549). */
const graceForMissing = 120_000

/** @returns one for a run, which remembers what it has seen */
export function createSender({ transport, tokens, patience, log, attemptLimit }: SenderOptions): Sender {
  const { clock } = patience
  const statistics: Statistics = { requests: 0, faults: 0, throttled: 0 }
  /** What gave a good answer once: from then on, 404 means gone. */
  const seen = new Set<string>()

  /** A token; a read waits for it to the deadline, as for the answer. */
  function tokenFor(isRead: boolean, signal: AbortSignal): Promise<string> {
    if (!isRead) return unlessAborted(tokens.get(), signal)
    const late = () => new OutOfTimeError('no token by the deadline')
    const milliseconds = limitWithin(patience, Number.POSITIVE_INFINITY)
    return within({ clock, milliseconds, late, signal }, () => tokens.get())
  }

  async function send(request: Request, signal: AbortSignal, isRead: boolean): Promise<Answer> {
    const { url, method = 'GET', what, mayBeEmpty = false, leastPause = 0 } = request
    const body = request.body === undefined ? undefined : JSON.stringify(request.body)
    // Cross-region jobs share one path, and the body names one (recorded).
    const key = `${url.pathname} ${body ?? ''}`
    let faults = 0
    let renewed = false
    let missingSince: number | undefined
    for (;;) {
      const token = await tokenFor(isRead, signal)
      const limit = isRead ? limitWithin(patience, attemptLimit) : attemptLimit
      statistics.requests += 1
      const outgoing = outgoingRequest(url, method, token, body)
      const came = await ask(transport, outgoing, { clock, limit, signal }).catch(asFault)
      if (!(came instanceof Fault)) log.debug(describeAnswer(came.status, came.headers, came.json))
      const fault =
        came instanceof Fault ? came : (faultOf(came, clock.date(), mayBeEmpty) ?? missingYet(came))
      if (fault !== undefined) {
        if (!isRead) throw fault
        faults += 1
        if (!(await goesOn(fault, faults))) throw new OutOfTimeError(fault.message)
        continue
      }
      const answer = toAnswer(came as WholeAnswer, clock.date())
      if (answer.status >= 200 && answer.status < 300) {
        seen.add(key)
        return answer
      }
      if (answer.status === 401 && !renewed) {
        renewed = true
        log.debug(`The token was refused while reading ${subjectWords(what)}; a new one is asked for once.`)
        tokens.renew(token)
        continue
      }
      throw new RefusedError(answer.status, answer.description, url.pathname, answer.body, what)
    }

    /** A thing that may yet appear: for some time from the first time that it was missing. */
    function missingYet({ status, headers, json }: WholeAnswer): Fault | undefined {
      if (!isRead || status !== 404 || seen.has(key)) return undefined
      missingSince ??= clock.now()
      if (clock.now() - missingSince >= graceForMissing) return undefined
      return new Fault(describeAnswer(status, headers, json), status, askedPause(headers, clock.date()))
    }

    async function goesOn({ message, status, retryAfter }: Fault, count: number): Promise<boolean> {
      statistics.faults += 1
      if (status === 429) statistics.throttled += 1
      const pause = Math.max(backOffSeconds(count, retryAfter, patience.random()), leastPause)
      log.fault(`Reading ${subjectWords(what)} failed, ${nextTry(patience, pause, retryAfter)}: ${message}`)
      return await pauseWithin({ ...patience, signal }, pause, retryAfter)
    }
  }

  return { statistics, send }
}

/** A fault as a value: beside the answers, it is decided what becomes of it. */
function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  throw error
}

/** As `pauseWithin` has it. */
function nextTry({ clock, deadline }: Patience, pause: number, retryAfter: number): string {
  const left = Math.max(0, (deadline - clock.now()) / 1000)
  const none = left === 0 || (pause > left && Math.min(retryAfter, longestRetryAfter) > left)
  return none ? 'with no time left for another try' : `next try in ${Math.ceil(Math.min(pause, left))} s`
}

function toAnswer({ status, headers, json }: WholeAnswer, now: number): Answer {
  const date = Date.parse(header(headers, 'date') ?? '')
  return {
    status,
    body: json,
    retryAfter: askedPause(headers, now),
    serviceTime: Number.isNaN(date) ? now : date,
    remaining: leastRemaining(headers),
    description: describeAnswer(status, headers, status < 300 ? undefined : json),
  }
}

function outgoingRequest(
  { origin, pathname, search }: URL,
  method: string,
  token: string,
  body: string | undefined,
): OutgoingRequest {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    // Error texts are localised otherwise (Resource Manager RPC; AzureIaaSVMErrorInfo in the spec).
    'accept-language': 'en-US',
    'x-ms-client-request-id': randomUUID(),
    'x-ms-return-client-request-id': 'true',
    'user-agent': userAgent,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  return { origin, path: pathname + search, method, headers, body }
}

/** The least of `x-ms-ratelimit-remaining-…` (Microsoft: How Azure Resource Manager throttles requests). */
function leastRemaining(headers: Headers): number {
  const counts = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-ratelimit-remaining-'))
    .map((name) => Number.parseInt(header(headers, name) ?? '', 10))
    .filter((count) => Number.isSafeInteger(count))
  return Math.min(Number.POSITIVE_INFINITY, ...counts)
}
