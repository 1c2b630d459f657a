import type { Clock } from '../../clock/clock.ts'
import type { Answer } from '../../http/exchange.ts'
import { armError } from './errors.ts'

/** What is left to a client, in headers; and the refusal of one that has used it up. */
export interface Quota {
  /** Counts a request. POSTs are writes, whatever they do (recorded of cross-region reads). */
  spend(method: string): { headers: Record<string, string>; refused: Answer | undefined }
}

// Per hour, subscription and principal (Microsoft: Understand how Azure Resource Manager throttles requests).
const READS = 12_000
const WRITES = 1200
// The resource provider's own, seen at 149 and falling with each read; how long its window is, is not known.
const RESOURCE_REQUESTS = 150
const WINDOW_SECONDS = 300

/** Counts requests in windows. With `enforced`, so many reads a window and no more. */
export function createQuota(clock: Clock, enforced: number | undefined): Quota {
  let window = -1
  let spent = { reads: 0, writes: 0 }
  return {
    spend(method) {
      const now = clock.now() / 1000
      const current = Math.floor(now / WINDOW_SECONDS)
      if (current !== window) {
        window = current
        spent = { reads: 0, writes: 0 }
      }
      if (method === 'GET') spent.reads += 1
      else spent.writes += 1
      const headers: Record<string, string> =
        method === 'GET'
          ? {
              'x-ms-ratelimit-remaining-subscription-reads': String(READS - spent.reads),
              'x-ms-ratelimit-remaining-subscription-resource-requests': String(
                Math.max(0, (enforced ?? RESOURCE_REQUESTS) - spent.reads),
              ),
            }
          : { 'x-ms-ratelimit-remaining-subscription-writes': String(WRITES - spent.writes) }
      if (enforced === undefined || spent.reads <= enforced || method !== 'GET') {
        return { headers, refused: undefined }
      }
      const wait = String(Math.ceil((window + 1) * WINDOW_SECONDS - now))
      const refused = armError(
        429,
        'TooManyRequests',
        `The request is being throttled as the limit has been reached for operation type - Read. For more information, see - https://aka.ms/srpthrottlinglimits`,
      )
      return { headers, refused: { ...refused, headers: { 'Retry-After': wait } } }
    },
  }
}
