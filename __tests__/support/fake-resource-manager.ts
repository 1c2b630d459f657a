import {
  type Answer,
  RefusedError,
  type Request,
  type ResourceManager,
} from '../../src/azure/http/resource-manager.ts'
import type { Clock } from '../../src/base/clock.ts'

/** A whole answer around a body. */
export function answer(body: unknown, given: Partial<Answer> = {}): Answer {
  return {
    status: 200,
    body,
    retryAfter: 0,
    serviceTime: 0,
    remaining: Number.POSITIVE_INFINITY,
    apiVersion: '2026-07-01',
    ...given,
  }
}

/** A refusal as the client throws it. */
export function refusal(
  status: number,
  code = '',
  message = '',
  path = '/',
  what: Request['what'] = { kind: 'job', name: '1' },
): RefusedError {
  const said = [status, [code, message].filter((part) => part !== '').join(': ')].join(' ').trim()
  return new RefusedError(status, said, path, { error: { code, message } }, what)
}

export interface FakeResourceManager extends ResourceManager {
  requests: Request[]
  /** Silences that were kept, in seconds. */
  pauses: number[]
  /** Paths of the requests, in order. */
  paths(): string[]
}

/** Answers by a function; answers get the clock's time as the service's, errors are thrown. */
export function fakeResourceManager(
  respond: (request: Request, count: number) => Answer | Error,
  clock: Clock = { now: () => 0, date: () => 0, sleep: () => Promise.resolve(), after: () => () => {} },
): FakeResourceManager {
  const requests: Request[] = []
  const pauses: number[] = []
  const read = async (request: Request): Promise<Answer> => {
    requests.push(request)
    const given = respond(request, requests.length)
    if (given instanceof RefusedError)
      throw new RefusedError(given.status, given.message, given.path, given.body, request.what)
    if (given instanceof Error) throw given
    return given.serviceTime === 0 ? { ...given, serviceTime: clock.now() } : given
  }
  return {
    requests,
    pauses,
    paths: () => requests.map(({ url }) => url.pathname),
    origin: 'https://management.azure.com',
    statistics: { requests: 0, faults: 0, throttled: 0 },
    read,
    send: read,
    pause: (seconds) => {
      pauses.push(seconds)
      return clock.sleep(seconds * 1000)
    },
  }
}
