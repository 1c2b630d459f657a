/** What following many jobs of one vault costs: a request a round, and one for each job when it ends. */
import { expect } from 'vitest'
import { jobsOf } from '../support.ts'
import {
  gaps,
  ids,
  type MadeJob,
  readsOf,
  requestsTold,
  runningJobs,
  tellsIn,
  triedAgain,
  unique,
} from './support.ts'

// Jobs are an hour old, so they are looked at every 25.5 to 30 seconds.
const hours = 36_000

tellsIn('thirty jobs cost one list request a round, and one read each when they end', {}, async (world) => {
  const jobs = runningJobs(world.simulator, 30, {
    endsIn: (index) => (index < 24 ? 40 : 100),
    end: (index) => (index === 7 ? 'Failed' : 'Completed'),
  })
  const run = await world.run(ids(jobs))
  expect(run.outputs).toMatchObject({ conclusion: 'failure', 'job-id': jobs[7]?.id, 'error-code': '400095' })
  expect(jobsOf(run)).toHaveLength(30)
  const { all, lists, read } = readsOf(world.simulator, jobs[0])
  // At 0, 30, 60, 90 and 120 s at the latest; earlier rounds may make it six.
  expect(lists.length).toBeGreaterThanOrEqual(4)
  expect(lists.length).toBeLessThanOrEqual(6)
  expect(unique(read)).toEqual(unique(jobs.map(({ id }) => id)))
  expect(read).toHaveLength(30 + triedAgain(run))
  expect(all).toHaveLength(lists.length + read.length)
  for (const { query } of lists)
    expect(query).toBe('?api-version=2025-02-01&%24filter=status+eq+%27InProgress%27')
  for (const gap of gaps(lists)) expect(gap).toBeGreaterThan(25)
  expect(requestsTold(run)).toBe(all.length)
})

tellsIn('no request comes between two rounds in which nothing ends', {}, async (world) => {
  const jobs = runningJobs(world.simulator, 30, { endsIn: () => hours })
  const run = await world.run({ ...ids(jobs), 'timeout-minutes': '1.6' })
  expect(run.outputs.conclusion).toBe('timed-out')
  const { all, lists } = readsOf(world.simulator, jobs[0])
  expect(all).toEqual(lists)
  expect(lists.length).toBeGreaterThanOrEqual(4)
  expect(lists.length).toBeLessThanOrEqual(5)
  // The last look is at the deadline, though the one before may be ten seconds old.
  expect(lists.at(-1)?.at).toBeGreaterThan((lists[0]?.at ?? 0) + 92_000)
})

tellsIn('what a list lacks is there in the end, for each is read when it ends', {}, async (world) => {
  const end = (index: number) => ['Completed', 'Failed', 'CompletedWithWarnings'][index % 3] ?? ''
  const jobs = runningJobs(world.simulator, 9, { endsIn: () => 20, end })
  const run = await world.run(ids(jobs))
  const told = Map.groupBy(jobsOf(run), ({ conclusion }) => conclusion)
  expect(told.get('failure')?.map(({ errorCode }) => errorCode)).toEqual(['400095', '400095', '400095'])
  expect(told.get('success')?.map(({ backupSize }) => backupSize)).toEqual(Array(3).fill('19306 MB'))
  expect(told.get('success')?.map(({ snapshotCompleted }) => snapshotCompleted)).toEqual(Array(3).fill(true))
  expect(told.get('warning')).toHaveLength(3)
})

tellsIn('jobs of three vaults, of both kinds, cost a list request each a round', {}, async (world) => {
  const shared = '3f1c2d4e-5b6a-4c7d-8e9f-0a1b2c3d4e5f'
  const more = (source: string, vaultName: string) =>
    runningJobs(world.simulator, 7, { source, vaultName, subscriptionId: shared, endsIn: () => 40 })
  const jobs = [...more('vm', 'vault-a'), ...more('sql', 'vault-b'), ...more('disk', 'vault-c')]
  const run = await world.run(ids(jobs))
  expect(run.outputs.conclusion).toBe('success')
  const { lists, read } = readsOf(world.simulator, jobs[0])
  expect(unique(read)).toEqual(unique(jobs.map(({ id }) => id)))
  expect(read).toHaveLength(21 + triedAgain(run))
  const byVault = Map.groupBy(lists, ({ path }) => path.split('/').at(-2) ?? '')
  expect([...byVault.keys()].sort()).toEqual(['vault-a', 'vault-b', 'vault-c'])
  for (const own of byVault.values()) {
    expect(own.length).toBeGreaterThan(1)
    for (const gap of gaps(own)) expect(gap).toBeGreaterThan(25)
  }
  // A Backup vault's list takes no filter.
  expect(byVault.get('vault-c')?.[0]?.query).toBe('?api-version=2025-07-01')
})

tellsIn('up to five jobs of a vault are read one by one', {}, async (world) => {
  const jobs = runningJobs(world.simulator, 5, { endsIn: () => 40 })
  const run = await world.run(ids(jobs))
  expect(run.outputs.conclusion).toBe('success')
  const { all, read } = readsOf(world.simulator, jobs[0])
  expect(read.length).toBeGreaterThan(5)
  expect(all).toHaveLength(read.length)
})

tellsIn('wait-for: snapshot reads each by itself, for lists have no tasks', {}, async (world) => {
  const jobs = runningJobs(world.simulator, 8, {
    endsIn: () => hours,
    options: { snapshotSeconds: 3_640 },
  })
  const run = await world.run({ ...ids(jobs), 'wait-for': 'snapshot' })
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    status: 'InProgress',
    'snapshot-completed': 'true',
  })
  expect(jobsOf(run)).toHaveLength(8)
  expect(run.summary).toContain('### ✅ All 8 jobs have their snapshot')
  const { all, read } = readsOf(world.simulator, jobs[0])
  expect(read.length).toBeGreaterThan(8)
  expect(all).toHaveLength(read.length)
})

tellsIn('wait-for: none looks once at the list, and reads what has ended', {}, async (world) => {
  const jobs = runningJobs(world.simulator, 12, { endsIn: (index) => (index < 3 ? -60 : hours) })
  const run = await world.run({ ...ids(jobs), 'wait-for': 'none' })
  expect(run.exitCode).toBe(0)
  expect(run.outputs.conclusion).toBe('pending')
  const { lists, read } = readsOf(world.simulator, jobs[0])
  expect(lists).toHaveLength(1)
  expect(unique(read)).toEqual(unique(jobs.slice(0, 3).map(({ id }) => id)))
})

tellsIn('a vault whose list may not be read has its jobs read one by one', {}, async (world) => {
  const jobs = runningJobs(world.simulator, 8, { endsIn: () => 40 })
  // Path and query in one; single jobs are not meant.
  world.simulator.fault({ kind: 'denied', path: '/backupJobs\\?' })
  const run = await world.run(ids(jobs))
  expect(run.outputs.conclusion).toBe('success')
  const { lists, read } = readsOf(world.simulator, jobs[0])
  expect(lists.map(({ status }) => status)).toEqual([403])
  for (const { id } of jobs) expect(read.filter((one) => one === id).length).toBeGreaterThan(1)
})

tellsIn('jobs that are announced before they are there are waited for one by one', {}, async (world) => {
  const jobs: MadeJob[] = runningJobs(world.simulator, 7, {
    endsIn: () => 150,
    options: { notFoundSeconds: 3_630 },
  })
  const run = await world.run(ids(jobs))
  expect(run.outputs.conclusion).toBe('success')
  expect(jobsOf(run)).toHaveLength(7)
})

tellsIn('jobs that others start in the vault do not hasten the looks', {}, async (world) => {
  const jobs = runningJobs(world.simulator, 8, { endsIn: () => 80 })
  for (let index = 0; index < 8; index += 1) {
    const names = {
      source: 'sql',
      subscriptionId: jobs[0]?.resourceId.split('/')[2] ?? '',
      item: `db-${index}`,
    }
    world.simulator.history(names, [{ hoursAgo: 0, end: 'InProgress' }])
  }
  const run = await world.run(ids(jobs))
  expect(run.outputs.conclusion).toBe('success')
  const { lists } = readsOf(world.simulator, jobs[0])
  for (const gap of gaps(lists)) expect(gap).toBeGreaterThan(25)
})

tellsIn(
  'jobs that are being cancelled, which no list shows, are read by themselves at the same pace',
  {},
  async (world) => {
    const jobs = runningJobs(world.simulator, 8, {
      endsIn: () => 40,
      end: () => 'Cancelled',
      options: { runs: 'Cancelling' },
    })
    const run = await world.run(ids(jobs))
    expect(run.outputs).toMatchObject({ conclusion: 'cancelled', status: 'Cancelled' })
    const { lists, read } = readsOf(world.simulator, jobs[0])
    for (const gap of gaps(lists)) expect(gap).toBeGreaterThan(25)
    // The last of them may be fewer than a list is asked for.
    expect(read.length).toBeGreaterThanOrEqual(lists.length * 8)
    expect(read.length).toBeLessThanOrEqual(lists.length * 8 + 5 + triedAgain(run))
  },
)
