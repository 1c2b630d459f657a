/** The one HTTP client for Resource Manager: whom a token is sent to, and what is read. */
import { OutOfTimeError, TrustError } from '../../base/errors.ts'
import { type Patience, pauseWithin } from '../../base/patience.ts'
import type { Log } from '../../runner/log.ts'
import { Fault } from './answer.ts'
import { type Cloud, distrust } from './cloud.ts'
import { type Answer, RefusedError, type Request } from './request.ts'
import { createSender, type Statistics, type TokenSource } from './send.ts'
import { subjectWords } from './subject.ts'
import type { Transport } from './transport.ts'

export type { Answer, Request, Statistics }
export { Fault, OutOfTimeError, RefusedError }

/** What the client needs. */
export interface ResourceManagerOptions {
  cloud: Cloud
  transport: Transport
  tokens: TokenSource
  patience: Patience
  log: Log
  /** Milliseconds for one attempt. */
  attemptLimit?: number
  /** The api-versions that this action asks for; a URL that was given keeps its own. */
  ownVersions?: readonly string[]
}

/** Azure Resource Manager, as far as a token may be sent to it. */
export interface ResourceManager {
  readonly statistics: Statistics
  readonly origin: string
  /**
   * Reads, trying again through faults until the deadline.
   *
   * @throws RefusedError, OutOfTimeError, CredentialError, SettingError, TrustError, or the signal's reason
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
}

/** The client of a run. */
export function createResourceManager(options: ResourceManagerOptions): ResourceManager {
  const { cloud, transport, tokens, patience, log, attemptLimit = 30_000, ownVersions = [] } = options
  const { statistics, send } = createSender({
    transport,
    tokens,
    patience,
    log,
    attemptLimit,
    trusts: (url) => distrust(url, cloud) === undefined,
    ownVersions,
  })

  async function authorised(request: Request, signal: AbortSignal, isRead: boolean): Promise<Answer> {
    const reason = distrust(request.url, cloud)
    if (reason !== undefined)
      throw new TrustError(
        `No token is sent to ${request.url.host} for ${subjectWords(request.what)}: ${reason}.`,
      )
    return await send(request, signal, isRead)
  }

  return {
    statistics,
    origin: cloud.resourceManager,
    read: (request) => authorised(request, patience.signal, true),
    send: (request, signal) => authorised(request, signal, false),
    pause: async (seconds) => {
      await pauseWithin(patience, seconds, seconds)
    },
  }
}
