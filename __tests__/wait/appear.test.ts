import { describe, expect, it } from 'vitest'
import { type Answer, OutOfTimeError } from '../../src/azure/http/resource-manager.ts'
import type { ItemsTarget } from '../../src/azure/target.ts'
import type { WaitOptions } from '../../src/wait/reads.ts'
import { followAll } from '../../src/wait/wait.ts'
import { start } from '../support/fake-clock.ts'
import { answer, refusal } from '../support/fake-resource-manager.ts'
import { idOf, row, target } from '../support/find-items.ts'
import { vmBody } from '../support/job-body.ts'
import { type Waiting, waiting } from '../support/wait-options.ts'

const minute = 60
const hour = 60 * minute

/** A job of an item; times in seconds since the start. */
interface Made {
  item?: string
  startsAt: number
  /** When the list shows it. Default: when it starts. */
  shownAt?: number
  container?: string
  /** Seconds that it runs. */
  runs?: number
}

interface Given extends Partial<ItemsTarget> {
  rows?: { id: string; properties: object }[]
  seconds?: number
  options?: Partial<WaitOptions>
  begin?: (world: Waiting) => void
  /** In the place of the nth answer to a list question, from 1. */
  list?: (nth: number, good: Answer, seconds: number) => Answer | Error
}

/** Follows items to the end, among jobs `1`, `2` and so on. */
async function gate(jobs: Made[], given: Given = {}) {
  const {
    rows = [row('web-01')],
    seconds: most = 21_000,
    options,
    begin,
    list = (_, good) => good,
    ...more
  } = given
  let lists = 0
  const listedAt: number[] = []
  const world = waiting(
    ({ url }, seconds) => {
      if (url.pathname.includes('ResourceGraph')) return answer({ data: rows })
      const inVault = (job: Made) => {
        const { id } = rows.find(
          ({ properties }) =>
            'friendlyName' in properties && properties.friendlyName === (job.item ?? 'web-01'),
        ) ?? { id: '' }
        return id.startsWith(url.pathname.split('/backupJobs')[0] ?? '')
      }
      const body = ({ item = 'web-01', startsAt, container, runs = minute }: Made, index: number) => ({
        ...vmBody({
          entityFriendlyName: item,
          containerName: container ?? `iaasvmcontainerv2;rg-a;${item}`,
          operation: 'Backup',
          status: seconds < startsAt + runs ? 'InProgress' : 'Completed',
          startTime: new Date(start + startsAt * 1000).toISOString(),
        }),
        name: String(index + 1),
      })
      const bodies = jobs.map((job, index) => ({ job, body: body(job, index) }))
      const [, id] = /\/backupJobs\/(.+)$/.exec(url.pathname) ?? []
      if (id !== undefined) return answer(bodies.find(({ body: { name } }) => name === id)?.body)
      lists += 1
      listedAt.push(seconds)
      const value = bodies
        .filter(({ job }) => (job.shownAt ?? job.startsAt) <= seconds && inVault(job))
        .map(({ body: one }) => one)
      return list(lists, answer({ value }), seconds)
    },
    { seconds: most, ...options },
  )
  begin?.(world)
  const wanted = target({ maxAgeHours: 12, appearWithinMinutes: 60, ...more })
  const outcomes = await followAll([wanted], world.options)
  const told = outcomes.map(({ job, ending }) => [job.item, job.id, ending])
  return { ...world, outcomes, told, listedAt, ended: world.clock.elapsed() }
}

const old = { startsAt: -23 * hour }

describe('an item whose newest job is too old', () => {
  it('is looked at again, at the pace of an old job, until a new one starts', async () => {
    const { told, listedAt, found, ended } = await gate([{ startsAt: 600 }, old])
    expect(told).toEqual([['web-01', '1', 'ended']])
    expect(found).toMatchObject([{ id: '1', item: idOf('web-01') }])
    const gaps = listedAt.slice(1).map((at, index) => at - (listedAt[index] ?? 0))
    expect(new Set(gaps)).toEqual(new Set([27.75]))
    expect((listedAt.at(-1) ?? 0) - 600).toBeLessThan(30)
    expect(ended).toBeLessThan(700)
  })

  it('fails when the time is over, with the last look at its end', async () => {
    const { told, outcomes, listedAt } = await gate([old], { appearWithinMinutes: 2 })
    expect(told).toEqual([['web-01', '1', 'not-fresh']])
    expect(outcomes[0]?.problem?.cause).toBe(
      'No Backup job of web-01 started within 12 h, nor in the 2m that this step waited for one. The newest, Completed, ' +
        'started 23h 2m ago. The last good one started 23h 2m ago (job 1).',
    )
    // Twice at the end: for what is recent, and for what explains the failure.
    expect(listedAt).toEqual([0, 27.75, 55.5, 83.25, 111, 120, 120])
    expect(outcomes[0]?.seenAt).toBe(start + 120_000)
  })

  it('counts where its job starts in the last moment', async () => {
    expect((await gate([{ startsAt: 119 }, old], { appearWithinMinutes: 2 })).told).toEqual([
      ['web-01', '1', 'ended'],
    ])
    expect((await gate([{ startsAt: 121 }, old], { appearWithinMinutes: 2 })).told).toEqual([
      ['web-01', '2', 'not-fresh'],
    ])
  })

  it('is told of with the time that is left', async () => {
    const { awaited } = await gate([{ startsAt: 50 }])
    expect(awaited).toMatchObject([
      { names: ['web-01'], operation: 'Backup', maxAgeHours: 12, until: start + hour * 1000 },
      { until: start + hour * 1000 },
    ])
  })

  it('is too old by the service’s time of each look, not of the first', async () => {
    // Its list is ten minutes late: by then it is no longer of the last twelve hours.
    const aged = { startsAt: -12 * hour + 5 * minute, shownAt: 10 * minute }
    expect((await gate([aged], { appearWithinMinutes: 30 })).told).toEqual([['web-01', '1', 'not-fresh']])
    expect((await gate([{ ...aged, shownAt: 2 * minute }], { appearWithinMinutes: 30 })).told).toEqual([
      ['web-01', '1', 'ended'],
    ])
  })
})

describe('the questions of a look', () => {
  const range = (url: URL) =>
    (/'(.*)' and endTime eq '(.*)'/.exec(url.searchParams.get('$filter') ?? '') ?? [])
      .slice(1)
      .map((text) => (Date.parse(`${text} UTC`) - start) / 1000 / minute)

  it('are for the hours that count, and for all that may start while it waits', async () => {
    const { resourceManager } = await gate([old], { appearWithinMinutes: 1 })
    const lists = resourceManager.requests.filter(({ url }) => url.pathname.endsWith('/backupJobs'))
    const hours = lists.map(({ url }) => range(url))
    expect(hours[0]).toEqual([-12 * 60, 121 - 60])
    expect(hours.at(-2)).toEqual([1 - 12 * 60, 61])
    expect(hours.at(-1)).toEqual([1 - 14 * 24 * 60, 61])
  })

  it('keep the silence that the service asks for, also beyond the time', async () => {
    const list = (nth: number, good: Answer) => (nth === 2 ? { ...good, retryAfter: 300 } : good)
    const { listedAt, told } = await gate([{ startsAt: 100 }], { appearWithinMinutes: 2, list })
    // 300 s and some of the spread after the second look.
    expect(listedAt.map(Math.round)).toEqual([0, 28, 335])
    expect(told).toEqual([['web-01', '1', 'ended']])
  })

  it('are few where the quota is low', async () => {
    const list = (_: number, good: Answer) => ({ ...good, remaining: 3 })
    const { listedAt } = await gate([], { appearWithinMinutes: 10, list })
    expect(listedAt).toEqual([0, 120, 240, 360, 480, 600, 600])
  })
})

describe('several items', () => {
  const elsewhere = (name: string) => {
    const { id, properties } = row(name)
    return { id: id.replace(/vaults\/[^/]+/, 'vaults/other'), properties }
  }

  it('of one vault are asked for together, and each is followed from when its job starts', async () => {
    const rows = [row('a'), row('b'), row('c')]
    const jobs = [
      { item: 'a', startsAt: -hour },
      { item: 'b', startsAt: 300, runs: 30 },
      { item: 'c', startsAt: 900 },
    ]
    const { told, listedAt, found, awaited, times } = await gate(jobs, { names: '*', rows })
    expect(told).toEqual(['a', 'b', 'c'].map((name, index) => [name, String(index + 1), 'ended']))
    expect(found.map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(listedAt.length).toBeLessThan(36)
    expect(awaited[0]?.names).toEqual(['b', 'c'])
    expect(awaited.at(-1)?.names).toEqual(['c'])
    // The reads of b's job, long before c's starts.
    expect(times.filter((at) => at > 300 && at < 400).length).toBeGreaterThan(4)
  })

  it('of two vaults wait by themselves', async () => {
    const rows = [row('a'), elsewhere('b')]
    const jobs = [
      { item: 'a', startsAt: 100 },
      { item: 'b', startsAt: 4_000 },
    ]
    const { told, listedAt } = await gate(jobs, { names: '*', vault: undefined, rows })
    expect(told).toEqual([
      ['a', '1', 'ended'],
      ['b', '', 'not-fresh'],
    ])
    expect(listedAt.length).toBeLessThan(142)
  })

  it('one with a job that may be another’s is an error at once, the others are waited for', async () => {
    const rows = [row('a', 'one'), row('a', 'two'), row('b')]
    const jobs = [
      { item: 'a', container: '', startsAt: 100 },
      { item: 'b', startsAt: 200 },
    ]
    const { told } = await gate(jobs, { names: '*', rows })
    expect(told).toEqual([
      ['a', '', 'error'],
      ['a', '', 'error'],
      ['b', '2', 'ended'],
    ])
  })
})

describe('the wait is over early', () => {
  it('by the deadline, which says what was waited for', async () => {
    const { outcomes, listedAt } = await gate([old], { seconds: 100 })
    expect(outcomes).toMatchObject([
      {
        ending: 'timed-out',
        noJobYet: true,
        job: { id: '', item: 'web-01', operation: 'Backup', status: '' },
        problem: {
          cause:
            'No Backup job of web-01 started within 12 h, nor in the 1m 40s that this step waited for one: ' +
            'timeout-minutes was over before the 1h of appear-within-minutes.',
        },
      },
    ])
    expect(outcomes[0]).not.toHaveProperty('reference')
    expect(listedAt.at(-1)).toBe(100)
  })

  it('by a signal', async () => {
    const stopAt = 70
    const { outcomes, ended } = await gate([old], {
      begin: ({ clock, patience }) => clock.at(stopAt, () => patience.stop()),
    })
    expect(outcomes).toMatchObject([{ ending: 'stopped', noJobYet: true, job: { id: '', item: 'web-01' } }])
    expect(ended).toBe(stopAt)
  })

  it('by a refusal, which says nothing of the backup', async () => {
    const { told, outcomes } = await gate([{ startsAt: 300 }], {
      list: (nth, good) => (nth < 3 ? good : refusal(403, 'AuthorizationFailed')),
    })
    expect(told).toEqual([['web-01', '', 'error']])
    expect(outcomes[0]).not.toHaveProperty('noJobYet')
  })

  it('by reads that fail to the last', async () => {
    const { outcomes } = await gate([old], {
      list: (nth, good) => (nth < 3 ? good : new OutOfTimeError('503')),
    })
    expect(outcomes).toMatchObject([
      { ending: 'timed-out', problem: { cause: expect.stringContaining('failed to the last: 503') } },
    ])
    expect(outcomes[0]).not.toHaveProperty('noJobYet')
  })

  it('with wait-for: none, before it begins', async () => {
    const { outcomes, awaited, ended } = await gate([{ startsAt: 60 }], { options: { waitFor: 'none' } })
    expect(outcomes[0]?.problem?.cause).toMatch(/^No Backup job of web-01 started within 12 h\. /)
    expect([outcomes[0]?.ending, awaited, ended]).toEqual(['not-fresh', [], 0])
  })
})
