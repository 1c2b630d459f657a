/** Answers of GitHub's API: pages and refusals. */
import type { Answer, SeenRequest } from '../http/exchange.ts'

/** A page, with `Link` to the next and the last: 30 entries unless asked for up to 100. */
export function paged(request: SeenRequest, all: unknown[]): Answer {
  const query = new URLSearchParams(request.query)
  const size = Math.min(100, Number(query.get('per_page') ?? 30))
  const page = Number(query.get('page') ?? 1)
  const last = Math.max(1, Math.ceil(all.length / size))
  const to = (number: number, rel: string) => {
    const url = new URL(request.url)
    url.searchParams.set('page', String(number))
    return `<${url}>; rel="${rel}"`
  }
  return {
    status: 200,
    body: all.slice((page - 1) * size, page * size),
    headers: page < last ? { Link: `${to(page + 1, 'next')}, ${to(last, 'last')}` } : {},
  }
}

/** A refusal, with the page of the documentation that GitHub names in it. */
export function refusal(status: number, message: string, page = ''): Answer {
  return {
    status,
    body: { message, documentation_url: `https://docs.github.com/rest${page}`, status: String(status) },
  }
}
