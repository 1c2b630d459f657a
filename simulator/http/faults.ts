/** Ways to misbehave on request, and the choice of the requests that meet them. README.md lists them. */
import type { Clock } from '../clock/clock.ts'
import type { SeenRequest, ServerName } from './exchange.ts'

/** Which requests a fault hits, and how long. Seconds are simulated, counted from when it was placed. */
export interface FaultScope {
  /** Default: `resource-manager`. */
  server?: ServerName
  /** Only this method. */
  method?: string
  /** Only URLs (path and query) that match; a string is a regular expression, case does not matter. */
  path?: RegExp | string
  /** Lets so many matching requests pass first. */
  skip?: number
  /** Hits so many requests, then is over. */
  times?: number
  /** Begins so long after it was placed. */
  afterSeconds?: number
  /** Ends so long after it began. */
  forSeconds?: number
}

/** What goes wrong. */
export type FaultKind =
  /** An answer with this status and a body that fits it, or the one given. */
  | {
      kind: 'status'
      status: number
      body?: unknown
      headers?: Record<string, string>
      /** Sends Retry-After, */
      retryAfterSeconds?: number
      /** as an HTTP date. */
      retryAfterAsDate?: boolean
    }
  /** A redirect, 302 unless said, to an address, */
  | { kind: 'redirect'; status?: number; location: string }
  /** or to the same path at a region's host, one label below the one that was asked; there it is answered. */
  | { kind: 'redirect'; status?: number; region: string }
  /** 403 AuthorizationFailed that names the action which the request needs. */
  | { kind: 'denied' }
  /** The port is closed: connections are refused. Times and paths do not apply. */
  | { kind: 'refuse' }
  /** The port shows a certificate that nobody trusts. Times and paths do not apply. */
  | { kind: 'tls' }
  /** The connection is reset before any answer. */
  | { kind: 'reset' }
  /** The answer's headers and half of its body, then the connection ends. */
  | { kind: 'cut-off' }
  /** 200 with no body. */
  | { kind: 'empty' }
  /** 200 with JSON that is not. */
  | { kind: 'not-json'; body?: string }
  /** No answer ever. */
  | { kind: 'silent' }
  /** The answer, a byte every so many simulated seconds (5). */
  | { kind: 'drip'; seconds?: number }
  /** The answer, after so many simulated seconds. */
  | { kind: 'slow'; seconds: number }

/** A fault: what goes wrong, and when. */
export type Fault = FaultKind & FaultScope

/** Faults of the listening port rather than of a request. */
export function isPortFault(fault: Fault): boolean {
  return fault.kind === 'refuse' || fault.kind === 'tls'
}

/** When a fault begins and ends, simulated milliseconds since the epoch. */
export function faultWindow(fault: Fault, placedAt: number): { from: number; until: number } {
  const from = placedAt + (fault.afterSeconds ?? 0) * 1000
  return { from, until: fault.forSeconds === undefined ? Infinity : from + fault.forSeconds * 1000 }
}

/** The faults of requests that are in force. */
export interface FaultList {
  /** Adds a fault; the function it gives takes it away again. */
  add(fault: Fault): () => void
  /** The fault that this request meets, if any; it is counted. The oldest comes first. */
  take(request: SeenRequest): Fault | undefined
}

/** Makes an empty list. */
export function createFaultList(clock: Clock): FaultList {
  const placed: { fault: Fault; from: number; until: number; skip: number; left: number }[] = []
  return {
    add(fault) {
      const entry = {
        fault,
        ...faultWindow(fault, clock.now()),
        skip: fault.skip ?? 0,
        left: fault.times ?? Infinity,
      }
      placed.push(entry)
      return () => {
        const index = placed.indexOf(entry)
        if (index >= 0) placed.splice(index, 1)
      }
    },
    take(request) {
      for (const entry of placed) {
        const inTime = request.at >= entry.from && request.at < entry.until
        if (!inTime || entry.left === 0 || !matches(entry.fault, request)) continue
        if (entry.skip > 0) {
          entry.skip -= 1
          continue
        }
        entry.left -= 1
        return entry.fault
      }
      return undefined
    },
  }
}

function matches(fault: Fault, request: SeenRequest): boolean {
  if ((fault.server ?? 'resource-manager') !== request.server) return false
  if ('region' in fault && request.headers.host?.startsWith(`${fault.region}.`)) return false
  if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false
  return fault.path === undefined || new RegExp(fault.path, 'i').test(request.path + request.query)
}
