/** The network, as all parts see it that ask a service: one request, and the answer as it comes. */
import { setImmediate } from 'node:timers/promises'
import type { Dispatcher } from 'undici'

/** A request as it goes out. */
export interface OutgoingRequest {
  /** Scheme, host and port. */
  origin: string
  /** With the query. */
  path: string
  method: string
  headers: Record<string, string>
  body?: string | undefined
}

/** The headers of an answer, their names in lower case. */
export type Headers = Record<string, string | string[] | undefined>

/** An answer whose body has yet to come. */
export interface IncomingAnswer {
  status: number
  headers: Headers
  /**
   * The whole body.
   *
   * @throws what the connection throws, and for a body that is too long
   */
  text(): Promise<string>
}

/** Sends requests: no redirect is followed, and nothing is tried again. */
export interface Transport {
  /** @throws what the connection throws */
  request(request: OutgoingRequest, signal: AbortSignal): Promise<IncomingAnswer>
  /** Ends all connections. */
  close(): Promise<void>
}

/** By undici, which is loaded with the first request. */
export function openTransport(): Transport {
  let connecting: Promise<Dispatcher> | undefined
  return {
    request: async ({ origin, path, method, headers, body }, signal) => {
      connecting ??= connect()
      const dispatcher = await connecting
      const options = { origin, path, method: method as Dispatcher.HttpMethod, headers, body: body ?? null }
      return await dispatched(dispatcher, options, signal)
    },
    // One that could not be made was told to whoever asked.
    close: async () => (await connecting?.catch(() => undefined))?.destroy(),
  }
}

/**
 * Sends it by undici's handlers. Its request() makes a stream of each answer, which takes a tenth of the CPU of a
 * thousand reads (benchmark/README.md), and is then read whole all the same.
 */
function dispatched(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<IncomingAnswer> {
  const answer = Promise.withResolvers<IncomingAnswer>()
  const body = Promise.withResolvers<string>()
  // It may break off before anybody waits for it.
  body.promise.catch(() => {})
  const chunks: Uint8Array[] = []
  dispatcher.dispatch(options, {
    onRequestStart: (controller) => {
      const abort = () => controller.abort(signal.reason)
      if (signal.aborted) abort()
      else signal.addEventListener('abort', abort, { once: true })
    },
    onResponseStart: (_controller, status, headers) => {
      // 103 and the like come before the answer.
      if (status >= 200) answer.resolve({ status, headers, text: () => body.promise })
    },
    onResponseData: (_controller, chunk) => {
      chunks.push(chunk)
    },
    onResponseEnd: () => body.resolve(Buffer.concat(chunks).toString('utf8')),
    onResponseError: (_controller, error) => {
      answer.reject(error)
      body.reject(error)
    },
  })
  return answer.promise
}

async function connect(): Promise<Dispatcher> {
  // A CLI that is asked for a token has been started by then; it runs while this is loaded (30 ms).
  await setImmediate()
  const { createDispatcher } = await import('./dispatcher.ts')
  return createDispatcher()
}
