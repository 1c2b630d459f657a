import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import type { KeyPair } from './certificate.ts'
import { type Answer, firstAnswer, type Handler, type SeenRequest, type ServerName } from './exchange.ts'
import { type Fault, type FaultList, faultWindow } from './faults.ts'
import { misbehave } from './misbehave.ts'
import { send } from './send.ts'

/** What the three servers share. */
export interface ServerSetting {
  certificate: KeyPair
  /** One that nobody trusts. */
  stranger: KeyPair
  clock: Clock
  faults: FaultList
  /** Every request, in order of arrival. */
  requests: SeenRequest[]
  /** Answers before anything built in. */
  overrides: Set<Handler>
  /** Aborted when the simulator closes. */
  signal: AbortSignal
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
  const { certificate, clock, signal } = setting
  const server = createServer({ key: certificate.key, cert: certificate.cert })
  // Idle connections stay open, as Azure's do for minutes: on a fast clock a limit in real seconds would be odd.
  server.keepAliveTimeout = 0
  // The TCP connections below TLS, by the client's port: only they can be reset.
  const connections = new Map<number, Socket>()
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket
    if (remotePort === undefined) return
    connections.set(remotePort, socket)
    socket.once('close', () => connections.delete(remotePort))
  })
  // A client that goes away in the middle is what tests are about, not news.
  server.on('tlsClientError', () => {})
  server.on('clientError', (_error, socket) => socket.destroy())
  server.on('request', (incoming, response) => {
    serve(incoming, response).catch((error: NodeJS.ErrnoException) => {
      // Not a client that went away, and not the simulator's own end: a mistake, in here or in an override.
      if (!signal.aborted && error.code !== 'ECONNRESET') console.error('The simulator failed:', error)
      response.destroy()
    })
  })
  await listen(server, port)
  const bound = (server.address() as AddressInfo).port
  const url = `https://localhost:${bound}`

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming, name, url, clock)
    setting.requests.push(request)
    const usual = async () => (await firstAnswer([...setting.overrides, handler], request)) ?? { status: 404 }
    const fault = setting.faults.take(request)
    if (fault === undefined) return send(response, request, await usual(), clock)
    const denied = () => setting.denied(request)
    const headers = setting.headers(request)
    const reset = () => connections.get(incoming.socket.remotePort ?? 0)?.resetAndDestroy()
    await misbehave(fault, { request, response, clock, signal, usual, denied, headers, reset })
  }

  function begin(fault: Fault): Promise<void> {
    if (fault.kind === 'refuse') return close(server)
    server.setSecureContext(setting.stranger)
    server.closeAllConnections()
    return Promise.resolve()
  }

  async function end(fault: Fault): Promise<void> {
    if (signal.aborted) return
    if (fault.kind === 'refuse' && !server.listening) await listen(server, bound)
    if (fault.kind === 'tls') server.setSecureContext(certificate)
  }

  return {
    name,
    url,
    placePortFault(fault) {
      const over = new AbortController()
      const { from, until } = faultWindow(fault, clock.now())
      const ended = AbortSignal.any([signal, over.signal])
      const run = async () => {
        if (from > clock.now()) await clock.sleep(from - clock.now(), ended)
        await begin(fault)
        await (until === Infinity ? aborted(ended) : clock.sleep(until - clock.now(), ended))
      }
      run()
        .catch(() => {})
        .then(() => end(fault))
        .catch(() => {})
      return () => over.abort()
    },
    close: () => close(server),
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: 'localhost' }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve()
    server.close(() => resolve())
    server.closeAllConnections()
  })
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
