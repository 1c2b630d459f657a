/** A CONNECT proxy, as companies have one: it knows where names lead, and notes who is asked for. */
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface ConnectProxy {
  url: string
  /** `host:port` of every tunnel that was asked for, or the whole URL of what was asked for in plain text. */
  asked: string[]
  /** Proxy-Authorization of each, empty where there was none. */
  credentials: string[]
  close(): Promise<void>
}

/**
 * @param leadsTo the local port for a `host:port`; undefined where the proxy knows of none
 * @param refusal its status then
 */
export async function startProxy(
  leadsTo: (target: string) => number | undefined,
  refusal = 502,
): Promise<ConnectProxy> {
  const asked: string[] = []
  const credentials: string[] = []
  const open = new Set<Socket>()
  const note = ({ url = '', headers }: IncomingMessage) => {
    asked.push(url)
    credentials.push(headers['proxy-authorization'] ?? '')
    return url
  }
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
  }
  const server = createServer((request, response) => {
    note(request)
    response.writeHead(502).end()
  })
  server.on('connection', keep)
  server.on('connect', (request, client: Socket, head) => {
    const port = leadsTo(note(request))
    if (port === undefined) {
      client.end(`HTTP/1.1 ${refusal} Refused\r\n\r\n`)
      return
    }
    const service = connect(port, 'localhost', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      service.write(head)
      client.pipe(service).pipe(client)
    })
    keep(service)
    client.on('close', () => service.destroy())
    service.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The port of a URL. */
export function portOf(url: string): number {
  return Number(new URL(url).port)
}
