/** An operation that names ten thousand jobs, and one that is stopped meanwhile. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { asked, begin, follow, simulate, start } from '../support.ts'

const simulator = await simulate({ speed: 1 })
const count = 10_000

/** An operation that has started so many jobs, each of which has ended when it is first read. */
function startMany() {
  const trigger = start(simulator, 'vm-backup', { seconds: 3_600 })
  const ids = Array.from({ length: count }, () => randomUUID())
  let reads = 0
  simulator.override(({ url, path }) => {
    if (url === trigger.operationUrl) {
      const name = path.split('/').at(-1)
      return { status: 200, body: { id: name, name, status: 'Succeeded', properties: { jobIds: ids } } }
    }
    if (path === `${trigger.vaultId}/backupJobs`) return { status: 200, body: { value: [] } }
    const [, name] = /\/backupJobs\/([^/]+)$/.exec(path) ?? []
    if (name === undefined || !path.startsWith(trigger.vaultId)) return undefined
    reads += 1
    const times = { startTime: '2026-03-01T10:00:00Z', endTime: '2026-03-01T10:10:00Z' }
    const properties = {
      entityFriendlyName: `vm-${name}`,
      operation: 'Backup',
      status: 'Completed',
      ...times,
    }
    return { status: 200, body: { id: `${trigger.vaultId}/backupJobs/${name}`, name, properties } }
  })
  return { trigger, ids, read: () => reads }
}

/** Milliseconds that a step's event loop was held at the longest, which it writes when it exits. */
function watchLoop() {
  const folder = mkdtempSync(join(tmpdir(), 'loop-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'held')
  const watch = `import { monitorEventLoopDelay } from 'node:perf_hooks'
    import { writeFileSync } from 'node:fs'
    const held = monitorEventLoopDelay({ resolution: 10 })
    held.enable()
    process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(held.max / 1e6)))`
  const url = `data:text/javascript,${encodeURIComponent(watch)}`
  return {
    environment: { NODE_OPTIONS: `--import="${url}"` },
    longest: () => Number(readFileSync(file, 'utf8')),
  }
}

test('ten thousand jobs of one operation are read to their end, each once', async () => {
  const { trigger, ids } = startMany()
  const { environment, longest } = watchLoop()
  const before = performance.now()
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl }, { environment })
  const seconds = (performance.now() - before) / 1000
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed', 'jobs-truncated': 'true' })
  const reads = asked(simulator, trigger).filter(({ path }) => /\/backupJobs\/[^/]+$/.test(path))
  expect(reads).toHaveLength(count)
  expect(new Set(reads.map(({ path }) => path.split('/').at(-1)))).toEqual(new Set(ids))
  // Five, and a fifth of a second, on an idle machine; this may be a busy one. It was 75 s, and 20 s.
  expect(seconds).toBeLessThan(40)
  expect(longest()).toBeLessThan(2_000)
})

test('a signal is answered while ten thousand jobs are read', async () => {
  const { trigger, read } = startMany()
  const step = begin(simulator, { 'operation-url': trigger.operationUrl })
  while (read() < 500) await setTimeout(10)
  const before = performance.now()
  step.kill('SIGINT')
  const run = await step.done
  expect(performance.now() - before).toBeLessThan(2_000)
  expect(run.outputs).toMatchObject({ conclusion: 'pending', 'vault-name': trigger.vaultName })
  expect(read()).toBeLessThan(count)
})
