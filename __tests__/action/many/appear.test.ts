/** `appear-within-minutes`: a gate that runs before the backup does. */
import { expect } from 'vitest'
import { begin, expectWellFormed, jobsOf, plainLog, type Run } from '../support.ts'
import {
  gaps,
  type HistoryEntry,
  type MadeItem,
  protect,
  readsOf,
  tellsIn,
  vaultOf,
  type World,
} from './support.ts'

const minutes = (count: number) => count * 60
const day = { hoursAgo: 23.5 }
const tonight = (inSeconds: number, more: HistoryEntry = {}): HistoryEntry => ({
  inSeconds,
  seconds: minutes(2),
  ...more,
})

function inputsOf(item: MadeItem, more: Record<string, string> = {}): Record<string, string> {
  return {
    ...vaultOf(item),
    'protected-item': item.friendlyName,
    'max-age-hours': '12',
    'appear-within-minutes': '20',
    ...more,
  }
}

const told = (run: Run) => jobsOf(run).map(({ item, jobId, conclusion }) => [item, jobId, conclusion])
const waits = (run: Run) => plainLog(run).filter((line) => /^(Still w|W)aiting for/.test(line))
const listsOf = ({ simulator }: World, { subscriptionId }: MadeItem) =>
  readsOf(simulator, { vaultId: `/subscriptions/${subscriptionId}` } as never).lists

tellsIn('a job that is there already is followed at once', {}, async (world) => {
  const item = protect(world.simulator, { item: 'web-01' }, [{ hoursAgo: 1 }, day])
  const run = await world.run(inputsOf(item))
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': item.jobs[0]?.id })
  expect(waits(run)).toEqual([])
  expect(listsOf(world, item)).toHaveLength(1)
})

tellsIn(
  'a job that starts meanwhile is waited for, and followed to its end',
  { speed: 60 },
  async (world) => {
    const item = protect(world.simulator, { item: 'web-01' }, [tonight(minutes(7)), day])
    const run = await world.run(inputsOf(item))
    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': item.jobs[0]?.id })
    expect(waits(run)).toHaveLength(2)
    expect(waits(run)[0]).toMatch(
      /^Waiting for a Backup job of web-01 to start, until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \((19m \d+s|20m) left\); none has within the last 12 h$/,
    )
    expect(waits(run)[1]).toMatch(/^Still waiting .* UTC \(14m \d+s left\)$/)
    const lists = listsOf(world, item)
    for (const gap of gaps(lists)) expect(gap).toBeGreaterThan(25)
    expect(lists.length).toBeGreaterThan(10)
    expect(lists.length).toBeLessThan(20)
  },
)

tellsIn('a job that starts after the time is none', { speed: 60 }, async (world) => {
  const item = protect(world.simulator, { item: 'web-01' }, [tonight(minutes(10)), day])
  const run = await world.run(inputsOf(item, { 'appear-within-minutes': '4' }))
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({
    conclusion: 'failure',
    status: 'Completed',
    'job-id': item.jobs[1]?.id,
  })
  expect(run.outputs['error-message']).toMatch(
    new RegExp(
      '^No Backup job of web-01 started within 12 h, nor in the 4m( \\d+s)? that this step waited for one\\. ' +
        'The newest, Completed, started 23h 3\\dm.* ago\\. The last good one started 23h 3\\dm.* ago \\(job ',
    ),
  )
  expect(run.annotations.map(({ title }) => title)).toEqual(['Backup of web-01: the newest job is too old'])
  const lists = listsOf(world, item)
  // The last look is when the time is over, and asks once more for what explains the failure.
  const [first, last] = [lists[0]?.at ?? 0, lists.at(-2)?.at ?? 0]
  expect((last - first) / 1000).toBeGreaterThan(minutes(4) - 20)
  expect((last - first) / 1000).toBeLessThan(minutes(4) + 20)
})

tellsIn(
  'of all items those that start are followed meanwhile, and the others fail by name',
  { speed: 60 },
  async (world) => {
    const { simulator } = world
    const there = protect(simulator, { item: 'web-there' }, [{ hoursAgo: 1 }])
    const { subscriptionId } = there
    const late = protect(simulator, { item: 'web-late', subscriptionId }, [
      tonight(minutes(2), { seconds: 30 }),
      day,
    ])
    const never = protect(simulator, { item: 'web-never', subscriptionId }, [])
    const old = protect(simulator, { source: 'disk', item: 'disk-old', subscriptionId }, [day])
    const run = await world.run({
      'protected-item': '*',
      'subscription-id': subscriptionId,
      'max-age-hours': '12',
      'appear-within-minutes': '6',
    })
    expect(run.exitCode).toBe(1)
    expect(told(run).slice(0, 2).sort()).toEqual([
      [old.friendlyName, old.jobs[0]?.id, 'failure'],
      ['web-never', '', 'failure'],
    ])
    expect(told(run).slice(2).sort()).toEqual([
      ['web-late', late.jobs[0]?.id, 'success'],
      ['web-there', there.jobs[0]?.id, 'success'],
    ])
    const messages = run.annotations.map(({ message }) => message).join('\n')
    for (const { friendlyName } of [old, never])
      expect(messages).toContain(`No Backup job of ${friendlyName} started within 12 h, nor in the 6m`)
    // The late job ended long before the wait for the others.
    const log = plainLog(run)
    const ended = log.findIndex((line) => /^Backup web-late: .*Completed/.test(line))
    expect(ended).toBeGreaterThan(0)
    // Two vaults, one question each a look: the two items of one vault are asked for together.
    const ofVault = (item: MadeItem) =>
      listsOf(world, item).filter(({ path }) => path.startsWith(item.vaultId))
    for (const item of [late, old]) {
      const looks = ofVault(item).slice(0, -1)
      expect(looks.length).toBeGreaterThan(11)
      expect(looks.length).toBeLessThan(18)
    }
    expect(waits(run).join('\n')).toMatch(
      /^Waiting for Backup jobs of 2 items to start, .*: web-late, web-never$/m,
    )
  },
)

tellsIn(
  'the deadline comes first: timed out, and no old job is cancelled for it',
  { speed: 60 },
  async (world) => {
    const item = protect(world.simulator, { item: 'web-01' }, [day])
    const run = await world.run(inputsOf(item, { 'timeout-minutes': '3', 'cancel-job': 'always' }))
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ conclusion: 'timed-out', status: '', 'job-id': '', item: 'web-01' })
    expect(run.outputs['error-message']).toMatch(
      /^No Backup job of web-01 started within 12 h, nor in the (2m \d+s|3m( \d+s)?) that this step waited for one: timeout-minutes was over before the 20m of appear-within-minutes\.$/,
    )
    expect(run.annotations.map(({ title }) => title)).toEqual(['Backup of web-01: no job started in time'])
    expect(run.annotations[0]?.message).toContain(
      'To look again, run this action with the same inputs. To wait longer, raise',
    )
    expect(run.summary).toContain('Not started in time')
    expect(
      world.simulator.requests.filter(({ method, path }) => method === 'POST' && /cancel/i.test(path)),
    ).toEqual([])
  },
)

tellsIn('a signal ends the wait', {}, async (world) => {
  const { simulator, environment } = world
  const item = protect(simulator, { item: 'web-01' }, [day])
  const inputs = inputsOf(item)
  const step = begin(simulator, inputs, { environment })
  await step.waitForLine(/^Waiting for a Backup job/)
  step.kill('SIGINT')
  const run = await step.done
  expectWellFormed(run, simulator, inputs)
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'pending', 'job-id': '', item: 'web-01' })
  expect(run.annotations.map(({ title }) => title)).toEqual([
    'The wait for Backup of web-01 to start was stopped',
  ])
})

tellsIn('wait-for: none waits for no job to start', {}, async (world) => {
  const item = protect(world.simulator, { item: 'web-01' }, [tonight(minutes(2)), day])
  const run = await world.run(inputsOf(item, { 'wait-for': 'none' }))
  expect(run.exitCode).toBe(1)
  expect(run.outputs.conclusion).toBe('failure')
  expect(run.outputs['error-message']).toMatch(/^No Backup job of web-01 started within 12 h\. The newest/)
  expect(waits(run)).toEqual([])
})

tellsIn('a list that is throttled is asked again when the service wants it', {}, async (world) => {
  const { simulator } = world
  const item = protect(simulator, { item: 'web-01' }, [tonight(minutes(3)), day])
  simulator.fault({
    kind: 'status',
    status: 429,
    path: '/backupJobs\\?',
    skip: 2,
    times: 1,
    retryAfterSeconds: 120,
  })
  const run = await world.run(inputsOf(item))
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': item.jobs[0]?.id })
  expect(gaps(listsOf(world, item))[2]).toBeGreaterThanOrEqual(119)
})

tellsIn('a list that is refused meanwhile is an error, not a missing backup', {}, async (world) => {
  const { simulator } = world
  const item = protect(simulator, { item: 'web-01' }, [tonight(minutes(3)), day])
  simulator.fault({ kind: 'denied', path: '/backupJobs\\?', skip: 2 })
  const run = await world.run(inputsOf(item))
  expect(run.outputs).toMatchObject({ conclusion: 'error', 'job-id': '', item: 'web-01' })
})
