import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../clock/clock.ts'
import { type Answer, firstAnswer, type Handler, type SeenRequest, type ServerName } from './exchange.ts'
import type { Fault, FaultList } from './faults.ts'
import { misbehave } from './misbehave.ts'
import { close, listen, type PortSetting, placePortFault } from './port.ts'
import { send } from './send.ts'

/** What the three servers share. */
export interface ServerSetting extends PortSetting {
  faults: FaultList
  /** Every request, in order of arrival. */
  requests: SeenRequest[]
  /** Answers before anything built in. */
  overrides: Set<Handler>
  /** 403 for the action that a request needs. */
  denied: (request: SeenRequest) => Answer
  /** Headers that a server's answers have even when it misbehaves. */
  headers: (request: SeenRequest) => Record<string, string>
}

/** An HTTPS server on localhost. */
export interface LocalServer {
  name: ServerName
  /** `https://localhost:PORT`. */
  url: string
  /** Closes the port, or shows a certificate that nobody trusts, in the fault's window; gives its end. */
  placePortFault(fault: Fault): () => void
  /** Ends every connection at once. */
  close(): Promise<void>
}

/** Starts a server; port 0 takes any that is free. */
export async function startServer(
  name: ServerName,
  port: number,
  handler: Handler,
  setting: ServerSetting,
): Promise<LocalServer> {
  const { certificate, signal } = setting
  const server = createServer({ key: certificate.key, cert: certificate.cert })
  // Idle connections stay open, as Azure's do for minutes: on a fast clock a limit in real seconds would be odd.
  server.keepAliveTimeout = 0
  // A client that goes away in the middle is what tests are about, not news.
  server.on('tlsClientError', () => {})
  server.on('clientError', (_error, socket) => socket.destroy())
  await listen(server, port)
  const bound = (server.address() as AddressInfo).port
  const url = `https://localhost:${bound}`
  const endpoint = { name, url, handler, setting }
  server.on('request', (incoming, response) => {
    serve(endpoint, incoming, response).catch((error: NodeJS.ErrnoException) => {
      // Not a client that went away, and not the simulator's own end: a mistake, in here or in an override.
      if (!signal.aborted && error.code !== 'ECONNRESET') console.error('The simulator failed:', error)
      response.destroy()
    })
  })
  return {
    name,
    url,
    placePortFault: (fault) => placePortFault(server, bound, fault, setting),
    close: () => close(server),
  }
}

interface Endpoint {
  name: ServerName
  url: string
  handler: Handler
  setting: ServerSetting
}

async function serve(endpoint: Endpoint, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { name, url, handler, setting } = endpoint
  const { clock, signal } = setting
  const request = await read(incoming, name, url, clock)
  setting.requests.push(request)
  const usual = async () => (await firstAnswer([...setting.overrides, handler], request)) ?? { status: 404 }
  const fault = setting.faults.take(request)
  if (fault === undefined) return send(response, request, await usual(), clock)
  const denied = () => setting.denied(request)
  const headers = setting.headers(request)
  await misbehave(fault, { request, response, clock, signal, usual, denied, headers })
}

async function read(
  incoming: IncomingMessage,
  server: ServerName,
  origin: string,
  clock: Clock,
): Promise<SeenRequest> {
  const at = clock.now()
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const target = incoming.url ?? '/'
  const mark = target.indexOf('?')
  return {
    server,
    method: incoming.method ?? '',
    url: origin + target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([key, value]) => [
        key,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    body: Buffer.concat(chunks).toString(),
    at,
    status: undefined,
  }
}
