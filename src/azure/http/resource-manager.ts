/** The one HTTP client for Resource Manager: whom a token is sent to, and what an answer means. */
import { TrustError } from '../../base/errors.ts'
import { type Patience, pauseWithin } from '../../base/patience.ts'
import { fields, text } from '../../base/read.ts'
import type { Log } from '../../runner/log.ts'
import { Fault } from './attempt.ts'
import { type Cloud, distrust } from './cloud.ts'
import { type Answer, createExchanger, type Request, type Statistics, type TokenSource } from './send.ts'

export type { Answer, Request, Statistics }

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

/** What the client needs. */
export interface ResourceManagerOptions {
  cloud: Cloud
  tokens: TokenSource
  patience: Patience
  log: Log
  /** Milliseconds for one attempt. */
  attemptLimit?: number
}

/** Azure Resource Manager, as far as a token may be sent to it. */
export interface ResourceManager {
  readonly statistics: Statistics
  readonly origin: string
  /**
   * Reads, trying again through faults until the deadline.
   *
   * @throws RefusedError, OutOfTimeError, CredentialError, TrustError, or the signal's reason
   */
  read(request: Request): Promise<Answer>
  /**
   * Sends once, without trying again.
   *
   * @throws Fault too
   */
  send(request: Request, signal: AbortSignal): Promise<Answer>
  /** Keeps a silence that the service asked for, in seconds. */
  pause(seconds: number): Promise<void>
  close(): Promise<void>
}

/** @returns a client whose connections are to be closed in the end */
export function createResourceManager(options: ResourceManagerOptions): ResourceManager {
  const { cloud, tokens, patience, log, attemptLimit = 30_000 } = options
  const { signal: stopped } = patience
  const { statistics, exchange, close } = createExchanger({ tokens, patience, log, attemptLimit })

  async function authorised(request: Request, signal: AbortSignal, retry: boolean): Promise<Answer> {
    const reason = distrust(request.url, cloud)
    if (reason !== undefined)
      throw new TrustError(`No token is sent to ${request.url.host} for ${request.what}: ${reason}.`)
    let { answer, token } = await exchange(request, signal, retry)
    if (answer.status === 401) {
      log.debug(`The token was refused while reading ${request.what}; a new one is asked for once.`)
      tokens.renew(token)
      answer = (await exchange(request, signal, retry)).answer
    }
    if (answer.status < 200 || answer.status > 299) {
      throw new RefusedError(answer.status, answer.description, request.url.pathname, answer.body)
    }
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
    close,
  }
}
