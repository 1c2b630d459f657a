/** Asking the simulator, as any client would. */
import { ask, type Reply } from '../../simulator/demo/client.ts'
import type { Simulator } from '../../simulator/simulator.ts'

export type Asked = Reply & { body: never }

/** Asks for a path of Resource Manager, or for a whole URL. */
export async function get(simulator: Simulator, path: string, version = '2025-02-01'): Promise<Asked> {
  return send(simulator, 'GET', path, version)
}

export async function send(
  simulator: Simulator,
  method: string,
  path: string,
  version: string,
  body?: unknown,
): Promise<Asked> {
  const whole = path.startsWith('https://') ? path : `${simulator.resourceManagerUrl}${path}`
  const url = whole.includes('api-version=')
    ? whole
    : `${whole}${whole.includes('?') ? '&' : '?'}api-version=${version}`
  return (await ask(simulator, method, url, { body })) as Asked
}

/** Asks until it is so; fails after ten seconds. */
export async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let turn = 0; turn < 200; turn += 1) {
    const value = await read()
    if (holds(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('It never came to it.')
}

/** Starts a simulator for the body, and ends it. */
export async function withSimulator<T>(
  start: () => Promise<Simulator>,
  body: (simulator: Simulator) => Promise<T>,
): Promise<T> {
  const simulator = await start()
  try {
    return await body(simulator)
  } finally {
    await simulator.close()
  }
}
