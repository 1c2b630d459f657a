import type { IncomingAnswer, OutgoingRequest, Transport } from '../../src/azure/http/transport.ts'

/** An answer; an object is JSON. */
export interface Given {
  status?: number
  headers?: IncomingAnswer['headers']
  body?: unknown
}

export interface FakeTransport extends Transport {
  requests: OutgoingRequest[]
}

/** A network without sockets; errors are those of connections, and `never` is an answer that does not come. */
export function fakeTransport(
  respond: (request: OutgoingRequest, count: number) => Given | Error | 'never',
): FakeTransport {
  const requests: OutgoingRequest[] = []
  return {
    requests,
    request: async (request) => {
      requests.push(request)
      const given = respond(request, requests.length)
      if (given === 'never') return await new Promise(() => {})
      if (given instanceof Error) throw given
      const { status = 200, headers = {}, body = {} } = given
      return { status, headers, body: stream(body) }
    },
    close: () => Promise.resolve(),
  }
}

function stream(body: unknown): AsyncIterable<Uint8Array> {
  if (typeof body === 'object' && body !== null && Symbol.asyncIterator in body)
    return body as AsyncIterable<Uint8Array>
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return (async function* whole() {
    yield Buffer.from(text)
  })()
}
