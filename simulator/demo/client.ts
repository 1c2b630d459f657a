import { request } from 'node:https'
import type { Simulator } from '../api.ts'

/** An answer as a client sees it; `body` is parsed where it is JSON. */
export interface Reply {
  status: number
  headers: Record<string, string>
  body: unknown
}

/** Asks Resource Manager, as a step of a workflow would: over TLS and with a token, a fresh one unless given; `host` is that of a region. */
export function ask(
  simulator: Simulator,
  method: string,
  url: string,
  given: { body?: unknown; token?: string; host?: string } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${given.token ?? simulator.accessToken()}`,
      'content-type': 'application/json',
      ...(given.host === undefined ? {} : { host: given.host }),
    }
    const asked = request(url, { method, headers, ca: simulator.certificate, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('error', reject)
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(response.headers).map(([key, value]) => [key, String(value)]),
          ),
          body: parsed(text),
        })
      })
    })
    asked.on('error', reject)
    asked.end(given.body === undefined ? undefined : JSON.stringify(given.body))
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
