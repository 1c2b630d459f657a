/** Headers of answers: the pauses that they ask for, in each of the ways in which a service may ask. */
import type { FaultKind } from '../plan.ts'
import type { Reply } from './routes.ts'
import type { World } from './world.ts'

/** How a request fails, and what its answer asks for. */
export interface Failing {
  how: FaultKind
  retryAfter: number
  asDate: boolean
}

/** The answer's headers: with a pause where one is asked for, and what is left of the quota. */
export function withHeaders(
  world: World,
  answer: Reply,
  failing: Failing | undefined,
): Record<string, string> {
  const date = new Date(world.clock.epochOf(world.clock.time))
  const headers: Record<string, string> = {
    date: date.toUTCString(),
    'content-type': 'application/json',
    'x-ms-request-id': 'a-request',
    ...answer.headers,
  }
  const pause =
    failing === undefined
      ? answer.status < 300
        ? (world.troubles('asks-pauses')[0]?.seconds ?? 0)
        : 0
      : failing.retryAfter
  if (pause > 0 && headers['retry-after'] === undefined && answer.status !== 401) {
    const until = new Date(Math.floor(date.getTime() / 1000) * 1000 + pause * 1000)
    headers['retry-after'] = failing?.asDate ? until.toUTCString() : String(pause)
  }
  const quota = world.troubles('low-quota')[0]
  if (quota !== undefined)
    headers['x-ms-ratelimit-remaining-subscription-resource-requests'] = String(quota.remaining)
  return headers
}

/** Seconds by Retry-After, as a client has to understand it. */
export function askedFor(headers: Record<string, string>): number {
  const value = headers['retry-after']
  if (value === undefined) return 0
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : (Date.parse(value) - Date.parse(headers.date ?? '')) / 1000
  return Math.min(600, Math.max(0, seconds))
}
