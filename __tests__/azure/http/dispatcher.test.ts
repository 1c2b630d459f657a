/** The limits of connections, through a proxy too: undici keeps them where they are handed on to it. */
import type { ServerResponse } from 'node:http'
import { afterEach, expect, it, vi } from 'vitest'
import { ask } from '../../../src/azure/http/answer.ts'
import { proxyVariables } from '../../../src/azure/http/proxy.ts'
import { openTransport } from '../../../src/azure/http/transport.ts'
import { systemClock } from '../../../src/base/clock.ts'
import { portOf, startProxy } from '../../action/faults/support/proxy.ts'
import { httpsServer } from '../../support/https-server.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const request = { origin: '', path: '/x', method: 'GET', headers: {} }

it('a body that nobody waits for any more ends its connection', async () => {
  const server = await httpsServer()
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  server.respond((_request, response) => {
    response.once('close', resolve)
    response.write('{', () => begun.resolve())
  })
  const transport = openTransport()
  const stop = new AbortController()
  const options = { clock: systemClock, limit: 20_000, signal: stop.signal }
  const answer = ask(transport, { ...request, origin: server.origin }, options)
  answer.catch(() => {})
  await begun.promise
  stop.abort(new Error('stopped'))
  await expect(answer).rejects.toThrow('stopped')
  await closed
  await transport.close()
  await server.close()
})

it('a request that nobody waits for any more before it has a connection is never sent', async () => {
  const server = await httpsServer()
  const held: ServerResponse[] = []
  const paths: (string | undefined)[] = []
  server.respond((asked, response) => {
    paths.push(asked.url)
    held.push(response)
  })
  const transport = openTransport()
  const send = (path: string, signal?: AbortSignal) =>
    ask(transport, { ...request, origin: server.origin, path }, { clock: systemClock, limit: 20_000, signal })
  const first = Array.from({ length: 8 }, (_, index) => send(`/${index}`))
  await vi.waitFor(() => expect(held).toHaveLength(8))
  const stop = new AbortController()
  const ninth = send('/ninth', stop.signal)
  ninth.catch(() => {})
  const tenth = send('/tenth')
  stop.abort(new Error('stopped'))
  await expect(ninth).rejects.toThrow('stopped')
  for (const response of held.splice(0)) response.end('{}')
  await vi.waitFor(() => expect(held).toHaveLength(1))
  held[0]?.end('{}')
  await Promise.all([...first, tenth])
  expect(paths.slice(8)).toEqual(['/tenth'])
  await transport.close()
  await server.close()
})

it.each(['', 'through a proxy'])('a body that never ends is a fault after 16 MiB %s', async (way) => {
  const server = await httpsServer()
  let sent = 0
  server.respond((_request, response) => {
    const go = () => {
      sent += 1
      response.write(Buffer.alloc(1024 ** 2, ' '), (error) => error ?? setImmediate(go))
    }
    go()
  })
  const proxy = await startProxy(() => portOf(server.origin))
  for (const name of proxyVariables) vi.stubEnv(name, undefined)
  if (way !== '') vi.stubEnv('HTTPS_PROXY', proxy.url)
  const transport = openTransport()
  const answer = ask(transport, { ...request, origin: server.origin }, { clock: systemClock, limit: 20_000 })
  await expect(answer).rejects.toThrow(/^200 a body of more than 16 MiB \[UND_ERR_RES_EXCEEDED_MAX_SIZE\]$/)
  expect(sent).toBeLessThan(40)
  expect(proxy.asked).toHaveLength(way === '' ? 0 : 1)
  await transport.close()
  await server.close()
  await proxy.close()
})
