/** An operation that names ten thousand jobs, and one that is stopped meanwhile. */
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { asked, begin, follow, simulate, start, tells } from '../support.ts'

const simulator = await simulate({ speed: 1 })
const count = 10_000

/** An operation that has started so many jobs, each of which has ended when it is first read. */
function startMany() {
  const trigger = start(simulator, 'vm-backup', { seconds: 3_600 })
  const ids = Array.from({ length: count }, () => randomUUID())
  let inFlight = 0
  simulator.override(({ url, path }) => {
    if (url === trigger.operationUrl) {
      const name = path.split('/').at(-1)
      return { status: 200, body: { id: name, name, status: 'Succeeded', properties: { jobIds: ids } } }
    }
    if (path === `${trigger.vaultId}/backupJobs`) return { status: 200, body: { value: [] } }
    const [, name] = /\/backupJobs\/([^/]+)$/.exec(path) ?? []
    if (name === undefined || !path.startsWith(trigger.vaultId)) return undefined
    inFlight += 1
    const times = { startTime: '2026-03-01T10:00:00Z', endTime: '2026-03-01T10:10:00Z' }
    const properties = { entityFriendlyName: `vm-${name}`, operation: 'Backup', status: 'Completed', ...times }
    return { status: 200, body: { id: `${trigger.vaultId}/backupJobs/${name}`, name, properties } }
  })
  return { trigger, ids, read: () => inFlight }
}

tells('ten thousand jobs of one operation are read to their end within seconds, each once', async () => {
  const { trigger, ids } = startMany()
  const before = performance.now()
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl, summary: 'false' }, { environment: { NODE_OPTIONS: '--import /tmp/loop.mjs' } })
  const seconds = (performance.now() - before) / 1000
  console.log('seconds', seconds)
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed', 'jobs-truncated': 'true' })
  const reads = asked(simulator, trigger).filter(({ path }) => /\/backupJobs\/[^/]+$/.test(path))
  expect(new Set(reads.map(({ path }) => path.split('/').at(-1)))).toEqual(new Set(ids))
  expect(reads).toHaveLength(count)
  // Eight on an idle machine, which this may not be.
  expect(seconds).toBeLessThan(40)
})
void begin
