import type { IncomingAnswer, OutgoingRequest, Transport } from '../../src/azure/http/transport.ts'

/** An answer; a body that is an object is JSON, and one that is an error breaks off with it. */
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
      return { status, headers, text: () => textOf(body) }
    },
    close: () => Promise.resolve(),
  }
}

async function textOf(body: unknown): Promise<string> {
  if (body instanceof Error) throw body
  return typeof body === 'string' ? body : JSON.stringify(body)
}
