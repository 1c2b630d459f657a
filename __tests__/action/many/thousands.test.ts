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

/** Seconds of CPU that a step took, which it writes when it exits: they do not depend on what else runs. */
function watchCpu() {
  const folder = mkdtempSync(join(tmpdir(), 'cpu-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'seconds')
  const watch = `import { writeFileSync } from 'node:fs'
    process.on('exit', () => {
      const { user, system } = process.cpuUsage()
      writeFileSync(${JSON.stringify(file)}, String((user + system) / 1e6))
    })`
  const url = `data:text/javascript,${encodeURIComponent(watch)}`
  return {
    environment: { NODE_OPTIONS: `--import="${url}"` },
    seconds: () => Number(readFileSync(file, 'utf8')),
  }
}

test('ten thousand jobs of one operation are read to their end, each once', async () => {
  const { trigger, ids } = startMany()
  const { environment, seconds } = watchCpu()
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl }, { environment })
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed', 'jobs-truncated': 'true' })
  const reads = asked(simulator, trigger).filter(({ path }) => /\/backupJobs\/[^/]+$/.test(path))
  expect(reads).toHaveLength(count)
  expect(new Set(reads.map(({ path }) => path.split('/').at(-1)))).toEqual(new Set(ids))
  // Six, half of them for its ten thousand requests.
  expect(seconds()).toBeLessThan(15)
})

test('a signal is answered while ten thousand jobs are read', async () => {
  const { trigger, read } = startMany()
  const step = begin(simulator, { 'operation-url': trigger.operationUrl })
  while (read() < 500) await setTimeout(10)
  const before = read()
  step.kill('SIGINT')
  const run = await step.done
  expect(run.outputs).toMatchObject({ conclusion: 'pending', 'vault-name': trigger.vaultName })
  // What was on its way, and what came before the signal was heard; a step that does not hear it reads them all.
  expect(read() - before).toBeLessThan(2_500)
})
