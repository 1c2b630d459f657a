/** The limits of connections, through a proxy too: undici keeps them where they are handed on to it. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { ask } from '../../../src/azure/http/answer.ts'
import { proxyVariables } from '../../../src/azure/http/proxy.ts'
import { openTransport } from '../../../src/azure/http/transport.ts'
import { systemClock } from '../../../src/base/clock.ts'
import { httpsServer } from '../../support/https-server.ts'

afterEach(() => {
  vi.unstubAllEnvs()
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
  let tunnels = 0
  const proxy = createServer().listen(0, 'localhost')
  proxy.on('connect', ({ url = '' }, socket) => {
    tunnels += 1
    const { port } = new URL(`http://${url}`)
    const target = connect(Number(port), 'localhost', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(target).pipe(socket)
    })
    for (const one of [socket, target]) one.on('error', () => {})
  })
  await once(proxy, 'listening')
  for (const name of proxyVariables) vi.stubEnv(name, undefined)
  if (way !== '') vi.stubEnv('HTTPS_PROXY', `http://localhost:${(proxy.address() as AddressInfo).port}`)
  const transport = openTransport()
  const request = { origin: server.origin, path: '/x', method: 'GET', headers: {} }
  const answer = ask(transport, request, { clock: systemClock, limit: 20_000 })
  await expect(answer).rejects.toThrow(/^200 a body of more than 16 MiB \[UND_ERR_RES_EXCEEDED_MAX_SIZE\]$/)
  expect(sent).toBeLessThan(40)
  expect(tunnels).toBe(way === '' ? 0 : 1)
  await transport.close()
  await server.close()
  proxy.close()
})
