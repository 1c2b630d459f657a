/** The port that a server listens at: how it opens and closes, and its faults. */
import type { Server } from 'node:https'
import type { Clock } from '../clock/clock.ts'
import type { KeyPair } from './certificate.ts'
import { type Fault, faultWindow } from './faults.ts'

/** What the faults of a port need. */
export interface PortSetting {
  certificate: KeyPair
  /** One that nobody trusts. */
  stranger: KeyPair
  clock: Clock
  /** Aborted when the simulator closes. */
  signal: AbortSignal
}

/** Opens a port; 0 takes any that is free. Rejects where it is taken. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: 'localhost' }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Closes the port and ends every connection at once; does nothing when it is closed. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve()
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** Closes the port, or shows a certificate that nobody trusts, in the fault's window; gives its end. */
export function placePortFault(server: Server, port: number, fault: Fault, setting: PortSetting): () => void {
  const { clock, signal, stranger } = setting
  const over = new AbortController()
  const { from, until } = faultWindow(fault, clock.now())
  const ended = AbortSignal.any([signal, over.signal])
  const run = async () => {
    if (from > clock.now()) await clock.sleep(from - clock.now(), ended)
    await begin(server, fault, stranger)
    await (until === Infinity ? aborted(ended) : clock.sleep(until - clock.now(), ended))
  }
  run()
    .catch(() => {})
    .then(() => end(server, port, fault, setting))
    .catch(() => {})
  return () => over.abort()
}

function begin(server: Server, fault: Fault, stranger: KeyPair): Promise<void> {
  if (fault.kind === 'refuse') return close(server)
  server.setSecureContext(stranger)
  server.closeAllConnections()
  return Promise.resolve()
}

async function end(server: Server, port: number, fault: Fault, setting: PortSetting): Promise<void> {
  if (setting.signal.aborted) return
  if (fault.kind === 'refuse' && !server.listening) await listen(server, port)
  if (fault.kind === 'tls') server.setSecureContext(setting.certificate)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
