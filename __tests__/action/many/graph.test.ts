/** Azure Resource Graph: pages, its throttling, and properties as text. */
import { expect } from 'vitest'
import { jobsOf } from '../support.ts'
import { gaps, protect, tellsIn, vaultOf, type World } from './support.ts'

function queries({ simulator }: World) {
  return simulator.requests.filter(({ path }) => path === '/providers/Microsoft.ResourceGraph/resources')
}

/** Items of one vault that were backed up an hour ago. */
function items({ simulator }: World, count: number) {
  const first = protect(simulator, { item: 'web-00' }, [{ hoursAgo: 1 }])
  const { subscriptionId } = first
  for (let index = 1; index < count; index += 1)
    protect(simulator, { subscriptionId, item: `web-${index}` }, [{ hoursAgo: 1 }])
  return first
}

tellsIn(
  'all pages are read, in the order of a unique column',
  { quirks: { graphPageSize: 3 } },
  async (world) => {
    const item = items(world, 8)
    const run = await world.run({ 'subscription-id': item.subscriptionId, 'protected-item': '*' })
    expect(run.outputs.conclusion).toBe('success')
    expect(jobsOf(run)).toHaveLength(8)
    const bodies = queries(world).map(({ body }) => JSON.parse(body))
    expect(bodies).toHaveLength(3)
    for (const { subscriptions, query, options } of bodies) {
      expect(subscriptions).toEqual([item.subscriptionId])
      expect(query).toMatch(/^RecoveryServicesResources\n/)
      expect(query).toMatch(/\n\| order by id asc$/)
      expect(options).toMatchObject({ $top: 1000, resultFormat: 'objectArray' })
    }
    expect(bodies[0].options.$skipToken).toBeUndefined()
    expect(new Set(bodies.map(({ options }) => options.$skipToken)).size).toBe(3)
  },
)

tellsIn(
  'properties as text are read, and one vault is asked for alone',
  { quirks: { graphPropertiesAsText: true } },
  async (world) => {
    const item = items(world, 3)
    const run = await world.run({ ...vaultOf(item), 'protected-item': 'web-00' })
    expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': item.jobs[0]?.id })
    expect(JSON.parse(queries(world)[0]?.body ?? '').query).toContain(
      `| where id startswith '${item.vaultId}/'`,
    )
  },
)

tellsIn(
  'a quota that is used up is kept to before the next page',
  { quirks: { graphPageSize: 3 } },
  async (world) => {
    const item = items(world, 5)
    let asked = 0
    world.simulator.override((request) => {
      if (!request.path.includes('ResourceGraph')) return undefined
      asked += 1
      if (asked > 1) return { status: 200, body: { data: [] } }
      const headers = { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:20' }
      return { status: 200, headers, body: { data: [], $skipToken: 'next' } }
    })
    await world.run({ 'subscription-id': item.subscriptionId, 'protected-item': '*' })
    expect(gaps(queries(world))[0]).toBeGreaterThanOrEqual(20)
    expect(gaps(queries(world))[0]).toBeLessThan(40)
  },
)

tellsIn('throttling by its own headers is waited out, and counted', {}, async (world) => {
  const item = items(world, 2)
  const headers = { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:45' }
  world.simulator.override(({ path }) => {
    if (!path.includes('ResourceGraph') || queries(world).length > 1) return undefined
    return { status: 429, headers, body: { error: { code: 'RateLimiting', message: 'Slow down' } } }
  })
  const run = await world.run({ 'subscription-id': item.subscriptionId, 'protected-item': '*' })
  expect(run.outputs.conclusion).toBe('success')
  expect(queries(world).map(({ status }) => status)).toEqual([429, 200])
  expect(gaps(queries(world))[0]).toBeGreaterThanOrEqual(45)
  expect(run.summary).toMatch(/\n\| \d+ \| 1 \| 1 \|\n/)
})

tellsIn('rows that are cut off are an error: an item would be lost silently', {}, async (world) => {
  const item = items(world, 2)
  const row = { id: item.id, properties: { friendlyName: 'web-00' } }
  world.simulator.override(({ path }) =>
    path.includes('ResourceGraph')
      ? { status: 200, body: { totalRecords: 2, data: [row], resultTruncated: 'true' } }
      : undefined,
  )
  const run = await world.run({ 'subscription-id': item.subscriptionId, 'protected-item': '*' })
  expect(run.outputs.conclusion).toBe('error')
  expect(run.outputs['error-message']).toBe(
    'Reading protected items failed: The list of protected items (Azure Resource Graph) is incomplete: it was cut off and tells no next page.',
  )
})

tellsIn('a refusal is an error that says what is missing', {}, async (world) => {
  const item = items(world, 2)
  world.simulator.fault({ kind: 'status', status: 403, path: 'ResourceGraph' })
  const run = await world.run({ 'subscription-id': item.subscriptionId, 'protected-item': '*' })
  expect(run.exitCode).toBe(1)
  expect(run.outputs.conclusion).toBe('error')
  expect(run.outputs['error-message']).toMatch(
    /^The identity lacks the role .*, so protected items \(Azure Resource Graph\) cannot be read\..* The answer: 403 /,
  )
})

tellsIn('a vault whose jobs may not be listed fails alone', {}, async (world) => {
  const { simulator } = world
  const good = protect(simulator, { item: 'web-01', vaultName: 'vault-a' }, [{ hoursAgo: 1 }])
  const { subscriptionId } = good
  protect(simulator, { item: 'web-02', subscriptionId, vaultName: 'vault-b' }, [{ hoursAgo: 1 }])
  simulator.fault({ kind: 'denied', path: 'vault-b/backupJobs\\?' })
  const run = await world.run({ 'subscription-id': subscriptionId, 'protected-item': '*' })
  expect(run.exitCode).toBe(1)
  expect(jobsOf(run).map(({ item, conclusion }) => [item, conclusion])).toEqual([
    ['web-02', 'error'],
    ['web-01', 'success'],
  ])
  expect(run.outputs['error-message']).toMatch(
    /^The identity lacks the role .*, so jobs of vault vault-b cannot be read\..* The answer: 403 /,
  )
})
