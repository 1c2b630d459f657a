import type { ServerResponse } from 'node:http'
import type { Clock } from '../clock/clock.ts'
import type { Answer, SeenRequest } from './exchange.ts'

/** An answer as it goes over the wire: objects become JSON, and `Date` is the simulated clock's. */
export function encode(answer: Answer, clock: Clock): { headers: Record<string, string>; bytes: Buffer } {
  const { body } = answer
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const bytes = Buffer.from(text)
  const type =
    typeof body !== 'string' ? 'application/json; charset=utf-8' : /^\s*</.test(body) ? 'text/html' : ''
  return {
    bytes,
    headers: {
      Date: new Date(clock.now()).toUTCString(),
      'Content-Length': String(bytes.length),
      ...(bytes.length > 0 && type !== '' ? { 'Content-Type': type } : {}),
      ...answer.headers,
    },
  }
}

/** Sends a whole answer and notes its status; does nothing where the client has gone. */
export function send(response: ServerResponse, request: SeenRequest, answer: Answer, clock: Clock): void {
  if (response.destroyed) return
  const { headers, bytes } = encode(answer, clock)
  response.sendDate = false
  // 204 and 304 have no body, so no length either.
  if (answer.status === 204 || answer.status === 304) delete headers['Content-Length']
  response.writeHead(answer.status, headers)
  response.end(bytes)
  request.status = answer.status
}
