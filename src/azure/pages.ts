/** Lists that come in pages: of jobs, of recovery points, and of Azure Resource Graph. */
import { TrustError } from '../base/errors.ts'
import { longestRetryAfter } from '../base/patience.ts'
import { fields, verbatim } from '../base/read.ts'
import { restNow } from '../base/turns.ts'
import type { Answer, Request, ResourceManager } from './http/resource-manager.ts'
import { subjectWords } from './http/subject.ts'

/** No list of a vault or a subscription has as many; a list that has more has no end. */
const mostPages = 1_000

/** The list cannot be read to its end, though its pages were answered: whoever reads on would go by half of it. */
export class BrokenListError extends Error {
  override name = 'BrokenListError'
}

/**
 * Reads a list, page by page, and lets the event loop go on between two of them.
 *
 * @param next the request for the page after the one with this body; undefined after the last, a text where there is
 *   one that cannot be asked for
 * @throws what `ResourceManager.read` throws for the first page; BrokenListError where a page leads nowhere, back, or
 *   to where no token may go
 */
export async function* readPages(
  resourceManager: ResourceManager,
  first: Request,
  next: (body: unknown, request: Request) => Request | undefined | string = nextLink,
): AsyncGenerator<Answer> {
  const broken = (why: string) =>
    new BrokenListError(`The list of ${subjectWords(first.what)} is incomplete: ${why}`)
  const read = new Set<string>()
  for (let request = first; ; ) {
    read.add(keyOf(request))
    const answer = await resourceManager.read(request).catch((error: unknown) => {
      throw error instanceof TrustError && request !== first
        ? broken(`its next page is elsewhere. ${error.message}`)
        : error
    })
    yield answer
    const following = next(answer.body, request)
    if (following === undefined) return
    if (typeof following === 'string') throw broken(following)
    if (read.has(keyOf(following))) throw broken('its next page is one that was read before.')
    if (read.size === mostPages) throw broken(`it has more than ${mostPages} pages.`)
    await restNow()
    if (answer.retryAfter > 0) await resourceManager.pause(Math.min(answer.retryAfter, longestRetryAfter))
    request = following
  }
}

/**
 * By `nextLink`, followed to the letter: its token is XML with line breaks, its api-version another (spec:
 * ListJobsWithStartTimeAndEndTimeFilters.json).
 */
function nextLink(body: unknown, request: Request): Request | undefined | string {
  const { nextLink: given } = fields(body)
  if (given === undefined || given === null || given === '') return undefined
  const link = verbatim(given)
  if (!URL.canParse(link)) return 'the link to its next page is no URL.'
  return { ...request, url: new URL(link) }
}

function keyOf({ url, body }: Request): string {
  return `${url.href} ${body === undefined ? '' : JSON.stringify(body)}`
}
