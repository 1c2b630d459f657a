/** `protected-item`: what a name means, and which job of the item counts. */
import { expect } from 'vitest'
import { asked, follow, jobReads, jobsOf, levels, simulate, tells } from '../support.ts'
import { protect, vaultOf } from './support.ts'

const simulator = await simulate()

const names: [string, (item: ReturnType<typeof protect>) => string][] = [
  ['its friendly name', ({ friendlyName }) => friendlyName],
  ['its friendly name in any case', ({ friendlyName }) => friendlyName.toUpperCase()],
  ['its ARM ID', ({ id }) => id],
  [
    'its ARM ID in odd case',
    ({ id }) => id.replace('resourceGroups', 'resourcegroups').replace('/vaults/', '/Vaults/'),
  ],
]
for (const [name, given] of names) {
  tells(`an item is known by ${name}`, async () => {
    const item = protect(simulator, { item: 'web-01' }, [{ hoursAgo: 9 }, { hoursAgo: 33, end: 'Failed' }])
    const vault = given(item).startsWith('/') ? {} : vaultOf(item)
    const run = await follow(simulator, { ...vault, 'protected-item': given(item) })
    expect(run.outputs).toMatchObject({
      conclusion: 'success',
      'job-id': item.jobs[0]?.id,
      item: 'web-01',
      'vault-name': item.vaultName,
    })
    expect(jobsOf(run)).toHaveLength(1)
  })
}

tells(
  'a virtual machine’s own ID is its item, with the vault or without, and no database on it',
  async () => {
    const machine = protect(simulator, { item: 'web-07', container: 'rg-a' }, [{ hoursAgo: 9 }])
    const { subscriptionId } = machine
    protect(simulator, { subscriptionId, source: 'sql', item: 'orders', container: 'web-07' }, [
      { hoursAgo: 2, end: 'Failed' },
    ])
    const id = `/subscriptions/${subscriptionId}/resourceGroups/RG-A/providers/Microsoft.Compute/virtualMachines/web-07`
    for (const vault of [{}, vaultOf(machine)]) {
      const run = await follow(simulator, { ...vault, 'protected-item': id })
      expect(run.outputs).toMatchObject({
        conclusion: 'success',
        'job-id': machine.jobs[0]?.id,
        item: 'web-07',
      })
      expect(jobsOf(run)).toHaveLength(1)
    }
  },
)

tells(
  'a name that fits two items is an error that lists both, and container/name tells them apart',
  async () => {
    const one = protect(simulator, { item: 'web-01', container: 'rg-a' }, [{ hoursAgo: 9 }])
    const { subscriptionId } = one
    const other = protect(simulator, { subscriptionId, item: 'web-01', container: 'rg-b' }, [
      { hoursAgo: 8, end: 'Failed' },
    ])
    const vague = await follow(simulator, { ...vaultOf(one), 'protected-item': 'web-01' })
    expect(vague.exitCode).toBe(1)
    expect(vague.outputs).toMatchObject({ conclusion: 'error', status: '', 'job-id': '' })
    expect(vague.outputs['error-message']).toBe(
      'Input protected-item: "web-01" fits 2 items; give one of: ' +
        'iaasvmcontainerv2;rg-a;web-01/web-01, iaasvmcontainerv2;rg-b;web-01/web-01.',
    )
    expect(asked(simulator, one)).toEqual([])
    const exact = await follow(simulator, {
      ...vaultOf(one),
      'protected-item': 'iaasvmcontainerv2;rg-b;web-01/web-01',
    })
    expect(exact.outputs).toMatchObject({ conclusion: 'failure', 'job-id': other.jobs[0]?.id })
    // As az lists them: with the container's kind.
    const full = await follow(simulator, {
      ...vaultOf(one),
      'protected-item': 'IaasVMContainer;iaasvmcontainerv2;rg-a;web-01/web-01',
    })
    expect(full.outputs).toMatchObject({ conclusion: 'success', 'job-id': one.jobs[0]?.id })
  },
)

tells('a database is told from its namesake by its server', async () => {
  const one = protect(simulator, { source: 'sql', item: 'orders', container: 'sql-a' }, [{ hoursAgo: 2 }])
  const { subscriptionId } = one
  protect(simulator, { source: 'sql', subscriptionId, item: 'orders', container: 'sql-b' }, [
    { hoursAgo: 1, end: 'Failed' },
  ])
  const run = await follow(simulator, { ...vaultOf(one), 'protected-item': 'sql-a/orders' })
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': one.jobs[0]?.id })
})

tells('an unknown name is an error that says what there is', async () => {
  const item = protect(simulator, { item: 'web-01' }, [{ hoursAgo: 9 }])
  protect(simulator, { source: 'sql', subscriptionId: item.subscriptionId, item: 'orders' }, [])
  const run = await follow(simulator, { ...vaultOf(item), 'protected-item': 'web-01\nweb-1' })
  expect(run.exitCode).toBe(1)
  expect(run.outputs.conclusion).toBe('error')
  const message = run.outputs['error-message'] ?? ''
  expect(message).toMatch(
    /^Input protected-item: "web-1" is no protected item of vault vault-prod\. It has: /,
  )
  expect(
    message
      .replace(/.*It has: /, '')
      .replace('.', '')
      .split(', ')
      .sort(),
  ).toEqual(['orders', 'web-01'])
  expect(levels(run)).toEqual(['error'])
})

tells('many items of both kinds of vault are found together', async () => {
  const vm = protect(simulator, { item: 'web-01' }, [{ hoursAgo: 9 }])
  const { subscriptionId } = vm
  const share = protect(simulator, { source: 'file-share', subscriptionId, item: 'docs' }, [{ hoursAgo: 8 }])
  const disk = protect(simulator, { source: 'disk', subscriptionId, item: 'disk-1' }, [
    { hoursAgo: 7, end: 'CompletedWithWarnings' },
  ])
  const given = [vm.id, share.id, disk.id, vm.id].join('\n')
  const run = await follow(simulator, { 'protected-item': given })
  expect(run.exitCode).toBe(0)
  expect(jobsOf(run).map(({ item, jobId, conclusion }) => [item, jobId, conclusion])).toEqual([
    ['disk-1', disk.jobs[0]?.id, 'warning'],
    ['web-01', vm.jobs[0]?.id, 'success'],
    ['docs', share.jobs[0]?.id, 'success'],
  ])
})

tells('an instance of a Backup vault is known by its name', async () => {
  const disk = protect(simulator, { source: 'disk', item: 'disk-1' }, [{ hoursAgo: 5 }])
  const run = await follow(simulator, { ...vaultOf(disk), 'protected-item': 'disk-1' })
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': disk.jobs[0]?.id, item: 'disk-1' })
})

tells('* is every item of the vault', async () => {
  const one = protect(simulator, { item: 'web-01' }, [{ hoursAgo: 9 }])
  const { subscriptionId } = one
  const two = protect(simulator, { item: 'web-02', subscriptionId }, [{ hoursAgo: 8 }])
  protect(simulator, { item: 'web-03', subscriptionId, vaultName: 'vault-other' }, [
    { hoursAgo: 7, end: 'Failed' },
  ])
  const run = await follow(simulator, { ...vaultOf(one), 'protected-item': '*' })
  expect(run.outputs.conclusion).toBe('success')
  expect(jobsOf(run).map(({ jobId }) => jobId)).toEqual([one.jobs[0]?.id, two.jobs[0]?.id])
})

tells('* of the subscription is every item of every vault, of both kinds', async () => {
  const one = protect(simulator, { item: 'web-01' }, [{ hoursAgo: 9 }])
  const { subscriptionId } = one
  const two = protect(simulator, { item: 'web-02', subscriptionId, vaultName: 'vault-other' }, [
    { hoursAgo: 8 },
  ])
  const disk = protect(simulator, { source: 'disk', item: 'disk-1', subscriptionId }, [{ hoursAgo: 7 }])
  const run = await follow(simulator, { 'subscription-id': subscriptionId, 'protected-item': '*' })
  expect(run.outputs.conclusion).toBe('success')
  expect(new Set(jobsOf(run).map(({ jobId }) => jobId))).toEqual(
    new Set([one, two, disk].map(({ jobs }) => jobs[0]?.id)),
  )
  expect(run.summary).toContain('### ✅ All 3 jobs completed')
})

tells('* where nothing is protected is an error', async () => {
  const nobody = { 'subscription-id': crypto.randomUUID(), 'protected-item': '*' }
  const run = await follow(simulator, nobody)
  expect(run.outputs).toMatchObject({ conclusion: 'error' })
  expect(run.outputs['error-message']).toBe(
    `Input protected-item is *, but subscription ${nobody['subscription-id']} has no protected item that this identity may see.`,
  )
})

tells('operation says which kind of job counts, by the word before any bracket', async () => {
  const item = protect(simulator, { source: 'sql', item: 'orders' }, [
    { hoursAgo: 1, operation: 'Restore', end: 'Failed' },
    { hoursAgo: 2, options: { properties: { operation: 'Backup (Full)' } } },
    { hoursAgo: 3, end: 'Failed', options: { properties: { operation: 'BackupCopy' } } },
  ])
  const given = { ...vaultOf(item), 'protected-item': 'orders' }
  const backup = await follow(simulator, given)
  expect(backup.outputs).toMatchObject({
    conclusion: 'success',
    operation: 'Backup (Full)',
    'job-id': item.jobs[1]?.id,
  })
  const restore = await follow(simulator, { ...given, operation: 'restore' })
  expect(restore.outputs).toMatchObject({
    conclusion: 'failure',
    operation: 'Restore',
    'job-id': item.jobs[0]?.id,
  })
})

tells('a newest job that runs is followed to its end', async () => {
  const item = protect(simulator, { item: 'web-01' }, [
    { hoursAgo: 1, end: 'InProgress', seconds: 3_780 },
    { hoursAgo: 25, end: 'Failed' },
  ])
  const run = await follow(simulator, { ...vaultOf(item), 'protected-item': 'web-01', 'max-age-hours': '24' })
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    status: 'Completed',
    'job-id': item.jobs[0]?.id,
  })
  const [job] = item.jobs
  const trigger = { subscriptionId: item.subscriptionId, jobId: job?.id ?? '' } as never
  expect(jobReads(simulator, trigger).length).toBeGreaterThan(1)
})
