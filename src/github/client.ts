/** Octokit as this action uses it: with limits, and trying again what may be tried again. */
import type { getOctokit } from '@actions/github'
import type { Clock } from '../base/clock.ts'
import { fields, number } from '../base/read.ts'
import { plain } from '../base/text.ts'
import { userAgent } from '../base/version.ts'
import type { Log } from '../runner/log.ts'

/** GitHub's own client. */
export type Octokit = ReturnType<typeof getOctokit>

/** Milliseconds before another attempt: a comment is worth some seconds, no more. */
const pauses = [1_000, 3_000]

/** What the client needs. */
export interface ClientOptions {
  token: string
  /** GITHUB_API_URL: GitHub Enterprise Server has its own. */
  apiUrl: string | undefined
  /** Ends every request. */
  signal: AbortSignal
  clock: Clock
  log: Log
}

/** A client; Octokit is imported when it is needed, for most runs write no comment. */
export async function createClient({ token, apiUrl, signal, clock, log }: ClientOptions): Promise<Octokit> {
  const { getOctokit } = await import('@actions/github')
  const debug = (message: unknown) => log.debug(() => plain(String(message)))
  const octokit = getOctokit(token, {
    userAgent,
    ...(apiUrl ? { baseUrl: apiUrl } : {}),
    // Octokit would write to the console, where foreign text is a command.
    log: { debug: () => {}, info: () => {}, warn: debug, error: debug },
  })
  const origin = originOf(octokit.request.endpoint.DEFAULTS.baseUrl)
  octokit.hook.wrap('request', async (request, options) => {
    // Only this very object reaches the request: the hook that adds the token is bound to it.
    options.request = Object.assign(options.request ?? {}, { signal, redirect: 'manual' })
    // A comment that was written though the answer was lost would be written twice.
    if (originOf(octokit.request.endpoint(options).url) !== origin)
      throw new Error('GitHub named a next page at another host, which gets no token')
    const again = options.method !== 'POST' || options.url.endsWith('/graphql')
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await request(options)
        if (answer.status >= 300) throw new RedirectError(answer.status)
        return answer
      } catch (error) {
        const pause = pauses[attempt]
        if (!again || pause === undefined || signal.aborted || !isServerFault(error)) throw error
        log.fault(`GitHub: ${statusOf(error) ?? 'no answer'}; trying again in ${pause / 1000} s`)
        await clock.sleep(pause, signal)
      }
    }
  })
  return octokit
}

/** GitHub answered with a redirect: what is written, and the token, would go where it leads. */
class RedirectError extends Error {
  readonly status: number

  constructor(status: number) {
    super('a redirect, which is not followed')
    this.status = status
  }
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : ''
}

/** The status of an answer that said no. */
export function statusOf(error: unknown): number | undefined {
  return number(fields(error).status)
}

/** Octokit gives an error of the connection the status 500. */
function isServerFault(error: unknown): boolean {
  return (statusOf(error) ?? 500) >= 500
}
