/** What a run must not load, and connections that it uses again: both were measured to cost much (benchmark/). */
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { follow, jobReads, simulate, start, tells } from './support.ts'

const simulator = await simulate()

interface Watched {
  /** Of Node's own. */
  modules: string[]
  connections: number
}

async function watched(inputs: Record<string, string>): Promise<Watched> {
  const file = join(tmpdir(), `load-watch-${randomUUID()}.json`)
  const preload = join(import.meta.dirname, 'load-watch.cjs')
  const environment = { NODE_OPTIONS: `--require=${preload}`, LOAD_WATCH_FILE: file }
  const { outputs } = await follow(simulator, inputs, { environment })
  expect(outputs.conclusion).toBe('success')
  const seen = JSON.parse(readFileSync(file, 'utf8')) as Watched
  rmSync(file)
  return seen
}

tells('an operation and its job, signed in by GitHub, are followed over three connections', async () => {
  const trigger = start(simulator, 'vm-backup', { seconds: 300 })
  const { modules, connections } = await watched({ 'operation-url': trigger.operationUrl })
  expect(jobReads(simulator, trigger).length).toBeGreaterThan(8)
  // To GitHub, Entra and Resource Manager; another where the fast clock ends an idle one.
  expect(connections).toBeGreaterThanOrEqual(3)
  expect(connections).toBeLessThanOrEqual(5)
  expect(modules).toContain('tls')
  expect(modules).not.toContain('internal/deps/undici/undici')
  expect(modules).not.toContain('http2')
})
