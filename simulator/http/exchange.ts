/** The vocabulary of one HTTP exchange, shared by the servers, the faults and the tests. */

/** Which of the three services a request came to. */
export type ServerName = 'resource-manager' | 'entra' | 'oidc'

/** A request as it arrived, and what became of it. */
export interface SeenRequest {
  server: ServerName
  method: string
  /** The whole URL as it was asked for, on the server's own origin. */
  url: string
  /** The path, percent-encoding as sent. */
  path: string
  /** Everything after the `?`, as sent. */
  query: string
  /** Header names in lower case. */
  headers: Record<string, string>
  body: string
  /** Simulated milliseconds since the epoch at its arrival. */
  at: number
  /** The status of the answer; undefined while, or if, none was sent. */
  status: number | undefined
}

/** What a server answers: objects as JSON, strings as they are (HTML, if they look like it). */
export interface Answer {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

/** Answers a request; undefined leaves it to the next in line. */
export type Handler = (request: SeenRequest) => Answer | undefined | Promise<Answer | undefined>

/** The path with its percent-encoding undone, for comparisons; malformed encoding is left as it is. */
export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The body as JSON object, or an empty one where it is none. */
export function jsonBody(request: SeenRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(request.body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** The first answer of several handlers; undefined where none has one. */
export async function firstAnswer(handlers: Handler[], request: SeenRequest): Promise<Answer | undefined> {
  for (const handler of handlers) {
    const answer = await handler(request)
    if (answer !== undefined) return answer
  }
  return undefined
}
