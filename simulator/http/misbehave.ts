import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '../clock/clock.ts'
import type { Answer, SeenRequest } from './exchange.ts'
import type { Fault } from './faults.ts'
import { encode, send } from './send.ts'

/** What a server does about one request that meets a fault. `usual` gives the answer it would have had. */
export interface Misbehaviour {
  request: SeenRequest
  response: ServerResponse
  clock: Clock
  /** Aborted when the simulator closes. */
  signal: AbortSignal
  usual: () => Promise<Answer>
  /** 403 for the action that the request needs. */
  denied: () => Answer
  /** Headers that the server's answers have in any case. */
  headers: Record<string, string>
}

/** Carries out a fault of a request. */
export async function misbehave(fault: Fault, given: Misbehaviour): Promise<void> {
  const { response, request, clock } = given
  const reply = (answer: Answer) =>
    send(response, request, { ...answer, headers: { ...given.headers, ...answer.headers } }, clock)
  switch (fault.kind) {
    case 'status':
      return reply(statusAnswer(fault, clock))
    case 'redirect':
      return reply({ status: fault.status ?? 302, headers: { Location: locationOf(fault, request) } })
    case 'denied':
      return reply(given.denied())
    case 'reset':
      return reset(response)
    case 'empty':
      return reply({ status: 200, body: '' })
    case 'not-json':
      return reply({
        status: 200,
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: fault.body ?? '{"properties": {"status": "Comp',
      })
    case 'slow':
      await clock.sleep(fault.seconds * 1000, given.signal)
      return reply(await given.usual())
    case 'cut-off':
      return cutOff(given, await given.usual())
    case 'drip':
      return drip(given, await given.usual(), fault.seconds ?? 5)
    // A fault of the port that is met after all (the connection was open before) gets no answer either.
    case 'silent':
    case 'refuse':
    case 'tls':
      return
  }
}

function locationOf(fault: Fault & { kind: 'redirect' }, { headers, path, query }: SeenRequest): string {
  return 'location' in fault ? fault.location : `https://${fault.region}.${headers.host}${path}${query}`
}

// TLS sends no reset of its own; the TCP connection below it does, which Node keeps as `_parent`.
function reset(response: ServerResponse): void {
  const { socket } = response as { socket: (Socket & { _parent?: Socket }) | null }
  ;(socket?._parent ?? socket)?.resetAndDestroy()
}

function cutOff({ request, response, clock }: Misbehaviour, usual: Answer): void {
  const { headers, bytes } = encode(atLeastSomeBody(usual), clock)
  response.writeHead(usual.status, headers)
  request.status = usual.status
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy())
}

async function drip(given: Misbehaviour, usual: Answer, seconds: number): Promise<void> {
  const { headers, bytes } = encode(atLeastSomeBody(usual), given.clock)
  given.response.writeHead(usual.status, headers)
  given.request.status = usual.status
  for (const byte of bytes) {
    if (given.response.destroyed) return
    given.response.write(Buffer.of(byte))
    await given.clock.sleep(seconds * 1000, given.signal)
  }
  given.response.end()
}

// Half of nothing is nothing: an answer without a body gets one to lose.
function atLeastSomeBody(answer: Answer): Answer {
  return answer.body === undefined || answer.body === '' ? { ...answer, body: { value: [] } } : answer
}

function statusAnswer(fault: Fault & { kind: 'status' }, clock: Clock): Answer {
  const seconds = fault.retryAfterSeconds
  const retryAfter =
    seconds === undefined
      ? {}
      : {
          'Retry-After': fault.retryAfterAsDate
            ? new Date(clock.now() + seconds * 1000).toUTCString()
            : String(seconds),
        }
  return {
    status: fault.status,
    headers: { ...retryAfter, ...fault.headers },
    body: fault.body ?? defaultBody(fault.status),
  }
}

// Codes as in reference/azure-backup-api.md 6.5; gateways answer 502 and 504 in HTML or not at all.
const BODIES: Record<number, { code: string; message: string } | string> = {
  400: { code: 'BadRequest', message: 'The request is invalid.' },
  401: { code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' },
  403: {
    code: 'AuthorizationFailed',
    message: 'The client does not have authorization to perform this action.',
  },
  404: { code: 'ResourceNotFound', message: 'The resource was not found.' },
  408: { code: 'RequestTimeout', message: 'The request timed out.' },
  429: { code: 'TooManyRequests', message: 'The request is being throttled as the limit has been reached.' },
  500: {
    code: 'CloudInternalError',
    message: 'Microsoft Azure Backup encountered an internal error.',
  },
  502: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>Microsoft-Azure-Application-Gateway/v2</center>\r\n</body>\r\n</html>\r\n',
  503: { code: 'ServerBusy', message: 'The server is busy. Please try again later.' },
  504: { code: 'GatewayTimeout', message: 'The gateway did not receive a response within the time limit.' },
}

function defaultBody(status: number): unknown {
  const body = BODIES[status]
  return typeof body === 'object' ? { error: body } : (body ?? '')
}
