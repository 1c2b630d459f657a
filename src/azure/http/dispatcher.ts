/** Connections to services, through the proxy that the environment names. Imported when the first is needed. */
import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici'
import { ProxyError } from '../../base/errors.ts'
import { proxyVariables } from './proxy.ts'

/** More sockets at once gain nothing against the services' own limits. */
const connections = 8

/** Milliseconds for a connection, and for each part of an answer; a request's own limit is never longer. */
const limit = 30_000

/**
 * Milliseconds that an idle connection is kept for the next look: a handshake for each took half of a long wait's
 * CPU time. Below the two minutes after which many servers end it, and the four of Azure's address translation.
 */
const keepAliveTimeout = 90_000

/** Bytes of a body: a list's page of 1,000 jobs has about one million. Longer ones end with their connection. */
const maxResponseSize = 16 * 1024 ** 2

/** @returns what sends requests, until it is destroyed */
export function createDispatcher(): Dispatcher {
  const limits = {
    headersTimeout: limit,
    bodyTimeout: limit,
    connect: { timeout: limit },
    connections,
    keepAliveTimeout,
    maxResponseSize,
    allowH2: false,
  }
  const proxied = proxyVariables.some((name) => process.env[name])
  if (!proxied) return new Agent(limits)
  // What asks the proxy for a tunnel has none of these limits of itself (undici, lib/dispatcher/proxy-agent.js).
  const clientFactory = (origin: URL, options: object) => {
    const pool = new Pool(origin, { ...options, headersTimeout: limit })
    const connect = pool.connect.bind(pool)
    // What the proxy says to a tunnel is only in the words of undici's error otherwise.
    const checked = async (request: Dispatcher.ConnectOptions) => {
      const answer = await connect(request)
      if (answer.statusCode === 200) return answer
      answer.socket.on('error', () => {}).destroy()
      throw new ProxyError(answer.statusCode)
    }
    return Object.assign(pool, { connect: checked })
  }
  return new EnvHttpProxyAgent({ ...limits, connectTimeout: limit, clientFactory })
}
