/** Job lists as the service gives them: pages, links, and jobs that show late. */
import { expect } from 'vitest'
import { jobsOf, levels, type SeenRequest } from '../support.ts'
import { gaps, ids, openWorld, readsOf, runningJobs, tellsIn, triedAgain, unique } from './support.ts'

const isFirst = ({ query }: SeenRequest) => !/skiptoken/i.test(query)

tellsIn('all pages are read, each link as it is given', { quirks: { pageSize: 7 } }, async (world) => {
  const jobs = runningJobs(world.simulator, 30, { endsIn: () => 40 })
  const run = await world.run(ids(jobs))
  expect(run.outputs.conclusion).toBe('success')
  const { lists, read } = readsOf(world.simulator, jobs[0])
  expect(unique(read)).toEqual(unique(jobs.map(({ id }) => id)))
  // Five pages while all run, one when they have ended.
  expect(lists.slice(0, 6).map(isFirst)).toEqual([true, false, false, false, false, true])
  expect(lists.slice(-2).map(isFirst)).toEqual([false, true])
  const pages = lists.slice(1, 5).map(({ query }) => query)
  for (const query of pages) {
    // Another api-version, + for a blank, small hexadecimal digits, XML with CRLF: to the letter.
    expect(query).toMatch(
      /^\?api-version=2017-07-01&%24filter=status\+eq\+%27InProgress%27&%24skiptoken=%3c%3fxml\+version%3d%221\.0%22.*%0d%0a/,
    )
  }
  expect(new Set(pages).size).toBe(4)
  for (const gap of gaps(lists.filter(isFirst))) expect(gap).toBeGreaterThan(25)
})

tellsIn('the pages of a Backup vault too', { quirks: { pageSize: 7 } }, async (world) => {
  const jobs = runningJobs(world.simulator, 20, { source: 'disk', endsIn: () => 20 })
  const run = await world.run(ids(jobs))
  expect(run.outputs.conclusion).toBe('success')
  const { lists, read } = readsOf(world.simulator, jobs[0])
  expect(unique(read)).toEqual(unique(jobs.map(({ id }) => id)))
  // It lists what has ended, too, for it takes no filter.
  expect(lists.map(isFirst)).toEqual([true, false, false, true, false, false])
})

tellsIn(
  'a link to another host is not followed: no byte arrives there, and one warning says so',
  {},
  async (world) => {
    const { simulator } = world
    const stranger = await openWorld()
    Object.assign(simulator.quirks, { pageSize: 7, nextLinkOrigin: stranger.simulator.resourceManagerUrl })
    const jobs = runningJobs(simulator, 12, { endsIn: () => 40 })
    const run = await world.run(ids(jobs))
    expect(stranger.simulator.requests).toEqual([])
    await stranger.simulator.close()
    expect(run.outputs.conclusion).toBe('success')
    const { lists, read } = readsOf(simulator, jobs[0])
    expect(lists).toHaveLength(1)
    expect(unique(read)).toEqual(unique(jobs.map(({ id }) => id)))
    const host = new URL(stranger.simulator.resourceManagerUrl).host
    const own = new URL(simulator.resourceManagerUrl).host
    expect(run.annotations.map(({ level, message }) => [level, message])).toEqual([
      [
        'warning',
        'The job list of vault vault-prod cannot be read, so its jobs are read one by one, which takes more requests: ' +
          'The list of jobs of vault vault-prod is incomplete: its next page is elsewhere. ' +
          `No token is sent to ${host} for jobs of vault vault-prod: its host is ${host}, not ${own}.`,
      ],
    ])
  },
)

tellsIn(
  'a list whose next page leads nowhere is given up: its jobs are read one by one, and one warning says so',
  {},
  async (world) => {
    const { simulator } = world
    const jobs = runningJobs(simulator, 8, { endsIn: () => 40 })
    simulator.override((request) =>
      request.path === `${jobs[0]?.vaultId}/backupJobs`
        ? { status: 200, body: { value: [], nextLink: 'nowhere' } }
        : undefined,
    )
    const run = await world.run(ids(jobs))
    expect(run.outputs.conclusion).toBe('success')
    expect(readsOf(simulator, jobs[0]).lists).toHaveLength(1)
    expect(run.annotations.map(({ level, message }) => [level, message])).toEqual([
      [
        'warning',
        'The job list of vault vault-prod cannot be read, so its jobs are read one by one, which takes more requests: ' +
          'The list of jobs of vault vault-prod is incomplete: the link to its next page is no URL.',
      ],
    ])
  },
)

tellsIn(
  'jobs that the list shows late are read by themselves, and their ends are seen when it shows them',
  { quirks: { listStartLagSeconds: 3_640, listEndLagSeconds: 60 } },
  async (world) => {
    const { simulator } = world
    const jobs = runningJobs(simulator, 8, { endsIn: () => 70 })
    const run = await world.run(ids(jobs))
    expect(run.outputs.conclusion).toBe('success')
    const { lists, read, singles } = readsOf(simulator, jobs[0])
    // Not listed at 0 and 30 s; listed as running at 60, 90 and 120 s; ended at 150 s.
    for (const gap of gaps(lists)) expect(gap).toBeGreaterThan(25)
    expect(read).toHaveLength(3 * 8 + triedAgain(run))
    const ended = (jobs[0]?.endsAt ?? 0) + 60_000
    for (const { id } of jobs) {
      const late = singles.filter(({ path, at }) => path.endsWith(id) && at >= ended && at < ended + 60_000)
      expect(late.length).toBeGreaterThanOrEqual(1)
    }
  },
)

tellsIn('what a list shows that was not asked for is filtered again', {}, async (world) => {
  const { simulator } = world
  const jobs = runningJobs(simulator, 8, { endsIn: (index) => (index === 3 ? -30 : 20) })
  // A service that ignores the filter gives what has ended, too, and nothing of its size.
  simulator.override((request) => {
    if (request.path !== `${jobs[0]?.vaultId}/backupJobs`) return undefined
    const value = jobs.map(({ id, startsAt, endsAt, item }) => {
      const status = request.at > endsAt ? 'Completed' : 'InProgress'
      const startTime = new Date(startsAt).toISOString()
      return { name: id, properties: { entityFriendlyName: item, operation: 'Backup', status, startTime } }
    })
    return { status: 200, body: { value } }
  })
  const run = await world.run(ids(jobs))
  expect(run.outputs.conclusion).toBe('success')
  expect(jobsOf(run).map(({ backupSize }) => backupSize)).toEqual(jobs.map(() => '19306 MB'))
  expect(readsOf(simulator, jobs[0]).read).toHaveLength(8 + triedAgain(run))
})

tellsIn('an outage of the list is waited out, and is no verdict', {}, async (world) => {
  const jobs = runningJobs(world.simulator, 8, { endsIn: () => 60 })
  const path = '/backupJobs\\?'
  world.simulator.fault({ kind: 'status', status: 503, path, times: 2 })
  world.simulator.fault({ kind: 'cut-off', path, skip: 1, times: 1 })
  const run = await world.run(ids(jobs))
  expect(run.outputs.conclusion).toBe('success')
  const tries = run.log.filter((line) =>
    /^Reading jobs of vault vault-prod failed, next try in \d+ s/.test(line),
  )
  expect(tries.filter((line) => / s: 503 /.test(line))).toHaveLength(2)
  expect(tries).toHaveLength(3)
  expect(levels(run)).toEqual([])
})
