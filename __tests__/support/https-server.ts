import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { generate } from 'selfsigned'

export type Respond = (request: IncomingMessage, response: ServerResponse, count: number) => void

/** What one request said. */
export interface Seen {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

export interface TestServer {
  origin: string
  seen: Seen[]
  /** How the next requests are answered; counted from 1 anew. */
  respond(respond: Respond): void
  close(): Promise<void>
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** Not by setDefaultCACertificates, which came with Node 24.5: package.json has an older one for some machines. */
function trust(certificate: string): void {
  const { createSecureContext } = tls
  const ca = [...tls.rootCertificates, certificate]
  Object.assign(tls, { createSecureContext: (options: object) => createSecureContext({ ca, ...options }) })
}

/** A server on localhost over TLS, whose certificate this process trusts from now on. */
export async function httpsServer(): Promise<TestServer> {
  const names = [
    { type: 2, value: 'localhost' },
    { type: 7, ip: '127.0.0.1' },
  ] as const
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [...names] }],
  })
  trust(cert)
  const seen: Seen[] = []
  let count = 0
  let answer: Respond = (_request, response) => json(response, 500, {})
  const server = createServer({ cert, key }, async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = request
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') })
    count += 1
    answer(request, response, count)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    seen,
    respond: (respond) => {
      seen.length = 0
      count = 0
      answer = respond
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
