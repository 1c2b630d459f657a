/** Connections to services, through the proxy that the environment names. Imported when the first is needed. */
import { Agent, type Dispatcher, EnvHttpProxyAgent, interceptors } from 'undici'

export const { retry: retryInterceptor } = interceptors

/** More sockets at once gain nothing against the services' own limits. */
const connections = 8

/** @param limit milliseconds for a connection, and for each part of an answer */
export function createDispatcher(limit: number): Dispatcher {
  const limits = {
    headersTimeout: limit,
    bodyTimeout: limit,
    connect: { timeout: limit },
    connections,
    allowH2: false,
  }
  const proxied = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].some((name) => process.env[name])
  return proxied ? new EnvHttpProxyAgent(limits) : new Agent(limits)
}
