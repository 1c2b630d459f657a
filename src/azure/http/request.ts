/** What is asked of Resource Manager, and the two ways in which it answers: with what was asked for, or with no. */
import { randomUUID } from 'node:crypto'
import { fields, text } from '../../base/read.ts'
import { userAgent } from '../../base/version.ts'
import { askedPause, describeAnswer, header, type WholeAnswer } from './answer.ts'
import { lacksVersion, versionOf } from './api-version.ts'
import { type MissingRoot, missingRoot } from './resource-path.ts'
import type { Subject } from './subject.ts'
import type { Headers, OutgoingRequest } from './transport.ts'

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
  /** The api-version that was asked for: the cloud's own, where it lacks ours. */
  apiVersion: string
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
  /** What is wrong with a good answer's body, which makes it a fault: it is another's. Undefined where nothing is. */
  whyNot?: (body: unknown) => string | undefined
  /** Seconds between two attempts at the least: for reads that spend the write quota. */
  leastPause?: number
}

/** The request as it goes out, without a token. */
export function outgoingRequest(
  { origin, pathname, search }: URL,
  method: string,
  body: string | undefined,
): OutgoingRequest {
  const headers = {
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

/** The service refused: asking again changes nothing. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  readonly status: number
  readonly code: string
  readonly path: string
  readonly body: unknown
  readonly what: Subject
  /** Of a 404: what above the thing itself is missing. */
  readonly missing: MissingRoot | undefined

  constructor(status: number, description: string, path: string, body: unknown, what: Subject) {
    super(description)
    const { code, message } = fields(fields(body).error)
    this.status = status
    this.code = text(code)
    this.path = path
    this.body = body
    this.what = what
    this.missing = status === 404 ? missingRoot(path, this.code, text(message)) : undefined
  }
}

/** The refusal that an answer is. */
export function refusedBy({ status, headers, json }: WholeAnswer, path: string, what: Subject): RefusedError {
  return new RefusedError(status, describeAnswer(status, headers, json), path, json, what)
}

/** Whether what a 404 is of can never appear there: something above it is missing, or its type in that api-version. */
export function cannotAppear(path: string, body: unknown): boolean {
  const { code, message } = fields(fields(body).error)
  return lacksVersion(404, body) || missingRoot(path, text(code), text(message)) !== undefined
}

/**
 * The answer, read.
 *
 * @param url what was asked at last
 * @param now milliseconds since 1970, where it has no Date
 */
export function toAnswer({ status, headers, json }: WholeAnswer, url: URL, now: number): Answer {
  const date = Date.parse(header(headers, 'date') ?? '')
  return {
    status,
    body: json,
    retryAfter: askedPause(headers, now),
    serviceTime: Number.isNaN(date) ? now : date,
    remaining: leastRemaining(headers),
    apiVersion: versionOf(url),
  }
}

/** The least of `x-ms-ratelimit-remaining-…` (Microsoft: How Azure Resource Manager throttles requests). */
function leastRemaining(headers: Headers): number {
  const counts = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-ratelimit-remaining-'))
    .map((name) => Number.parseInt(header(headers, name) ?? '', 10))
    .filter((count) => Number.isSafeInteger(count))
  return Math.min(Number.POSITIVE_INFINITY, ...counts)
}
