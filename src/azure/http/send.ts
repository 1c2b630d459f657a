/** Sending a request to Resource Manager, from the token to the answer, through faults where it is a read. */
import { unlessAborted, within } from '../../base/clock.ts'
import { OutOfTimeError, SettingError } from '../../base/errors.ts'
import { createLimiter } from '../../base/limiter.ts'
import {
  backOffSeconds,
  limitWithin,
  longestRetryAfter,
  type Patience,
  pauseWithin,
} from '../../base/patience.ts'
import type { Log } from '../../runner/log.ts'
import { ask, askedPause, describeAnswer, Fault, faultOf, header, type WholeAnswer } from './answer.ts'
import { inVersion, supportedVersion, versionOf } from './api-version.ts'
import { type Answer, cannotAppear, outgoingRequest, type Request, refusedBy, toAnswer } from './request.ts'
import { resourceType } from './resource-path.ts'
import { subjectWords } from './subject.ts'
import type { OutgoingRequest, Transport } from './transport.ts'

/** The token that requests are sent with. */
export interface TokenSource {
  /** A token that is good for some minutes yet; a promise of it where it has to be asked for. */
  get(): string | Promise<string>
  /** This token was refused: the next `get` gives another. */
  renew(refused: string): void
  /** When the present token ends, by the clock's `now`; undefined before the first. */
  endsAt(): number | undefined
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
  /** Whether a token may be sent to a URL. */
  trusts: (url: URL) => boolean
  /** The api-versions that this action asks for; a URL that was given keeps its own. */
  ownVersions: readonly string[]
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

/** Twice as many as there are connections: each has its next request at hand, and thousands of jobs hold no memory. */
const mostInFlight = 16

/** Resource Manager names versions of all its types, of which the provider then lacks the newest and names its own. */
const mostOtherVersions = 2

/**
 * A thing that was just announced may be missing for a while (azure-powershell#2252, azure-sdk-for-python#25549); and
 * what closes the way to a service may be opened.
 */
const grace = 120_000

/** @returns one for a run, which remembers what it has seen */
export function createSender(options: SenderOptions): Sender {
  const { transport, tokens, patience, log, attemptLimit, trusts, ownVersions } = options
  const { clock } = patience
  const statistics: Statistics = { requests: 0, faults: 0, throttled: 0 }
  /** What gave a good answer once: from then on, 404 means gone. */
  const seen = new Set<string>()
  /** The api-versions that the cloud has where it lacks ours, by provider and type. */
  const versions = new Map<string, string>()
  const inTurn = createLimiter(mostInFlight)
  /** Whether any request got through. */
  let worked = false

  /** A token; a read waits for it to the deadline, as for the answer. */
  function tokenFor(isRead: boolean, signal: AbortSignal): string | Promise<string> {
    const token = tokens.get()
    if (typeof token === 'string') return token
    const asked = unlessAborted(token, signal)
    if (!isRead) return asked
    const late = () => new OutOfTimeError('no token by the deadline')
    return within({ clock, milliseconds: limitWithin(patience, Number.POSITIVE_INFINITY), late }, () => asked)
  }

  /** Sends it once, with a token. */
  async function attempt(
    request: OutgoingRequest,
    signal: AbortSignal,
    isRead: boolean,
  ): Promise<{ came: WholeAnswer | Fault; token: string }> {
    // It may have been aborted while this waited in line.
    signal.throwIfAborted()
    const token = await tokenFor(isRead, signal)
    const limit = isRead ? limitWithin(patience, attemptLimit) : attemptLimit
    statistics.requests += 1
    const outgoing = { ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } }
    const options = { clock, limit, byDeadline: limit < attemptLimit, signal }
    return { came: await ask(transport, outgoing, options).catch(asFault), token }
  }

  async function send(request: Request, signal: AbortSignal, isRead: boolean): Promise<Answer> {
    const { method = 'GET', what, mayBeEmpty = false, whyNot, leastPause = 0 } = request
    const body = request.body === undefined ? undefined : JSON.stringify(request.body)
    // Cross-region jobs share one path, and the body names one (recorded).
    const key = `${request.url.pathname} ${body ?? ''}`
    const type = typeKey(request.url)
    const isOwn = ownVersions.includes(versionOf(request.url))
    const known = isOwn ? versions.get(type) : undefined
    let url = known === undefined ? request.url : inVersion(request.url, known)
    let faults = 0
    let renewed = false
    let redirected = false
    let otherVersions = 0
    let missingSince: number | undefined
    let closedSince: number | undefined
    for (;;) {
      // What is tried again makes room for the others meanwhile. Token and limit are those of when the line is over.
      const once = () => attempt(outgoingRequest(url, method, body), signal, isRead)
      const { came, token } = await inTurn(once)
      if (!(came instanceof Fault)) {
        worked = true
        log.debug(() => describeAnswer(came.status, came.headers, came.json))
      }
      const fault =
        came instanceof Fault ? came : (faultOf(came, clock.date(), mayBeEmpty, whyNot) ?? missingYet(came))
      if (fault !== undefined) {
        if (!isRead) throw fault
        throwIfClosed(fault)
        faults += 1
        if (!(await goesOn(fault, faults))) throw new OutOfTimeError(fault.message)
        continue
      }
      const answer = toAnswer(came as WholeAnswer, url, clock.date())
      if (answer.status >= 200 && answer.status < 300) {
        seen.add(key)
        return answer
      }
      if (answer.status === 401 && !renewed) {
        renewed = true
        log.debug(
          () => `The token was refused while reading ${subjectWords(what)}; a new one is asked for once.`,
        )
        tokens.renew(token)
        continue
      }
      const elsewhere = isRead && !redirected ? regionOf(came as WholeAnswer, method, url) : undefined
      if (elsewhere !== undefined) {
        redirected = true
        url = elsewhere
        continue
      }
      const version = isOwn ? supportedVersion(answer.status, answer.body, versionOf(url)) : undefined
      if (version !== undefined && version !== versionOf(url) && otherVersions < mostOtherVersions) {
        otherVersions += 1
        log.debug(() => `This cloud lacks api-version ${versionOf(url)} of ${type}; ${version} is asked for.`)
        versions.set(type, version)
        url = inVersion(url, version)
        continue
      }
      throw refusedBy(came as WholeAnswer, url.pathname, what)
    }

    /** A thing that may yet appear: for some time from the first time that it was missing. */
    function missingYet({ status, headers, json }: WholeAnswer): Fault | undefined {
      if (!isRead || status !== 404 || seen.has(key) || cannotAppear(url.pathname, json)) return undefined
      missingSince ??= clock.now()
      if (clock.now() - missingSince >= grace) return undefined
      return new Fault(describeAnswer(status, headers, json), status, askedPause(headers, clock.date()))
    }

    /** What never worked is more likely wrong than down. */
    function throwIfClosed({ message, variable, advice }: Fault): void {
      if (variable === undefined || worked) return
      closedSince ??= clock.now()
      if (clock.now() - closedSince < grace) return
      throw new SettingError(
        variable,
        `Reading ${subjectWords(what)} failed for two minutes: ${message}${advice}`,
      )
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

  /** Where a redirect leads, if it is the same path at a host of the same cloud: a region's. */
  function regionOf({ status, headers }: WholeAnswer, method: string, url: URL): URL | undefined {
    const location = header(headers, 'location') ?? ''
    const keepsMethod = status === 307 || status === 308
    if (!keepsMethod && (method !== 'GET' || (status !== 301 && status !== 302))) return undefined
    const target = URL.canParse(location) ? new URL(location) : undefined
    if (target === undefined || target.origin === url.origin || target.pathname !== url.pathname)
      return undefined
    // Of what it says only the host is taken.
    return trusts(target) ? new URL(url.pathname + url.search, target.origin) : undefined
  }
}

function typeKey({ pathname }: URL): string {
  const { provider, types } = resourceType(pathname)
  return [provider, ...types].join('/').toLowerCase()
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
