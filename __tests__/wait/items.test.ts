import { monitorEventLoopDelay } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { verdictLine } from '../../src/report/words/verdict-line.ts'
import { findNewestJobs } from '../../src/wait/items.ts'
import { start } from '../support/fake-clock.ts'
import { answer, refusal } from '../support/fake-resource-manager.ts'
import { find, idOf, row, target } from '../support/find-items.ts'
import { vault, vmBody } from '../support/job-body.ts'
import { waiting } from '../support/wait-options.ts'

describe('the newest job of an item', () => {
  it('alone is followed, with the item that it is of', async () => {
    const { references, outcomes } = await find([
      { hoursAgo: 30 },
      { hoursAgo: 6, status: 'Failed' },
      { hoursAgo: 9 },
    ])
    expect(references).toEqual([{ vault, id: '2', item: idOf('web-01') }])
    expect(outcomes).toEqual([])
  })

  it('is of that operation, by the word before any bracket', async () => {
    const jobs = [
      { hoursAgo: 1, operation: 'Restore' },
      { hoursAgo: 2, operation: 'BackupCopy' },
      { hoursAgo: 3, operation: 'backup (Full)' },
    ]
    expect((await find(jobs)).ids).toEqual(['3'])
    expect((await find(jobs, { operation: 'Restore' })).ids).toEqual(['1'])
  })

  it('is of that item', async () => {
    const jobs = [{ hoursAgo: 1, item: 'web-02' }, { hoursAgo: 2 }]
    expect((await find(jobs, {}, [row('web-01'), row('web-02')])).ids).toEqual(['2'])
  })

  it('is looked for in the last two days, and then in the last two weeks', async () => {
    expect((await find([{ hoursAgo: 47 }])).hours).toEqual([[-48, 1]])
    const old = await find([{ hoursAgo: 200 }])
    expect(old.ids).toEqual(['1'])
    expect(old.hours).toEqual([
      [-48, 1],
      [-336, 1],
    ])
  })

  it('is looked for in the hours that were asked for, which may be more', async () => {
    expect((await find([{ hoursAgo: 5 }], { maxAgeHours: 12 })).hours).toEqual([[-12, 1]])
    expect((await find([{ hoursAgo: 500 }], { maxAgeHours: 1_000 })).hours).toEqual([[-336, 1]])
  })
})

describe('ages', () => {
  it('go by the service’s clock, and so do the hours that are asked for', async () => {
    // For a runner that is three days behind, the job of 80 hours ago is one of eight hours ago.
    const { outcomes, hours } = await find([{ hoursAgo: 8 }], { maxAgeHours: 26 }, [row('web-01')], 72)
    expect(outcomes).toMatchObject([{ ending: 'not-fresh', seenAt: start + 72 * 3_600_000 }])
    expect(outcomes[0]?.problem?.cause).toContain(' The last good one started 3d 8h ago (job 1).')
    expect(hours).toEqual([
      [46, 73],
      [-264, 73],
    ])
  })
})

describe('an item that is backed up no longer', () => {
  const odd = {
    ...row('web-01'),
    properties: { ...row('web-01').properties, protectionState: 'ProtectionStopped' },
  }

  it('is a warning where it is given by name, and followed all the same', async () => {
    const { ids, log } = await find([{ hoursAgo: 8 }], {}, [odd])
    expect(ids).toEqual(['1'])
    expect(log.of('warning')).toEqual([
      'No new backup is to be expected of what was given: protection is stopped (web-01).',
    ])
  })
})

describe('a thousand items and fourteen thousand jobs', () => {
  it('find each other without holding the event loop', async () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `vm-${index}`)
    const jobs = Array.from({ length: 14_000 }, (_, index) => ({
      hoursAgo: 1 + index / 1_000,
      item: `vm-${index % 1_000}`,
    }))
    const held = monitorEventLoopDelay({ resolution: 10 })
    held.enable()
    const before = process.cpuUsage()
    const { references } = await find(
      jobs,
      { names: [...names, 'no-such-item'] },
      names.map((name) => row(name)),
    )
    const { user } = process.cpuUsage(before)
    held.disable()
    expect(references).toHaveLength(1_000)
    expect(references[999]).toMatchObject({ id: '1000', item: idOf('vm-999') })
    // Several times what it takes on an idle machine; comparing each with each took 9 s.
    expect(user / 1e6).toBeLessThan(3)
    expect(held.max / 1e6).toBeLessThan(1_000)
  })
})

describe('a job that is not fresh', () => {
  it('is a failure that tells of it and of the last good one', async () => {
    const jobs = [{ hoursAgo: 30, status: 'Failed' }, { hoursAgo: 54 }, { hoursAgo: 78 }]
    const { references, outcomes } = await find(jobs, { maxAgeHours: 24 })
    expect(references).toEqual([])
    expect(outcomes).toMatchObject([
      {
        ending: 'not-fresh',
        job: { id: '1', status: 'Failed', vault },
        problem: {
          cause:
            'No Backup job of web-01 started within 24 h. The newest, Failed, started 1d 6h ago. ' +
            'The last good one started 2d 6h ago (job 2).',
        },
      },
    ])
  })

  it('that just became too old is told with the last good one before it', async () => {
    const hour = 3_600_000
    const at = (id: string, hoursAgo: number, status: string) => {
      const startTime = new Date(start - hoursAgo * hour).toISOString()
      const body = vmBody({
        entityFriendlyName: 'web-01',
        operation: 'Backup',
        containerName: '',
        status,
        startTime,
      })
      return { ...body, name: id }
    }
    const value = [at('1', 23.5, 'Failed'), at('2', 40, 'Completed')]
    const { options } = waiting(({ url }) =>
      url.pathname.includes('ResourceGraph')
        ? answer({ data: [row('web-01')] }, { serviceTime: start })
        : answer({ value }, { serviceTime: start + hour }),
    )
    const { outcomes } = await findNewestJobs(target({ maxAgeHours: 24 }), options)
    expect(outcomes.map(({ problem }) => problem?.cause)).toEqual([
      'No Backup job of web-01 started within 24 h. The newest, Failed, started 1d 30m ago. ' +
        'The last good one started 1d 17h ago (job 2).',
    ])
  })

  it('and may be of two items leaves the fresh one of the other as it is', async () => {
    const jobs = [{ hoursAgo: 5 }, { hoursAgo: 60, properties: { containerName: '' } }]
    const rows = [row('web-01'), row('web-01', 'rg-b')]
    const { references, outcomes } = await find(jobs, { names: '*' }, rows)
    expect(references).toEqual([{ vault, id: '1', item: idOf('web-01') }])
    expect(outcomes).toMatchObject([{ ending: 'error', job: { id: '', item: 'web-01' } }])
  })

  it('is none at all', async () => {
    const { outcomes } = await find([], { maxAgeHours: 24 })
    expect(outcomes).toMatchObject([
      {
        ending: 'not-fresh',
        job: { id: '', status: '', item: 'web-01', operation: 'Backup' },
        problem: {
          cause: 'No Backup job of web-01 started within 24 h. No good one is known of the last 14 days.',
        },
      },
    ])
  })

  it('is an error without max-age-hours, for then any would do', async () => {
    expect((await find([])).outcomes).toMatchObject([{ ending: 'error' }])
  })

  it('is fresh to the minute', async () => {
    expect((await find([{ hoursAgo: 24 }], { maxAgeHours: 24 })).ids).toEqual(['1'])
    expect((await find([{ hoursAgo: 24.01 }], { maxAgeHours: 24 })).ids).toEqual([])
  })

  it('spoils nothing for the others', async () => {
    const { ids, outcomes } = await find([{ hoursAgo: 1, item: 'web-02' }], { names: '*', maxAgeHours: 24 }, [
      row('web-01'),
      row('web-02'),
    ])
    expect(ids).toEqual(['1'])
    expect(outcomes.map(({ job }) => job.item)).toEqual(['web-01'])
  })
})

describe('an input that is found wrong late', () => {
  it.each([
    [
      '*' as const,
      'What was given could not be followed',
      ' is *, but vault vault-weu has no protected item',
    ],
    [
      ['web-09'],
      'Backup of web-09 could not be followed',
      ': "web-09" is no protected item of vault vault-weu',
    ],
  ])(
    'is an outcome with a heading of its own, for others may be followed: %j',
    async (names, heading, cause) => {
      const { outcomes } = await find([], { names }, names === '*' ? [] : [row('web-01')])
      expect(outcomes.map(verdictLine)).toEqual([heading])
      expect(outcomes[0]?.problem?.cause).toContain(`Input protected-item${cause}`)
    },
  )
})

describe('what goes wrong on the way', () => {
  it('is one error where items cannot be found', async () => {
    const { options } = waiting(() => refusal(403, 'AuthorizationFailed', 'No'))
    const { references, outcomes } = await findNewestJobs(target({ vault: undefined }), options)
    expect(references).toEqual([])
    expect(outcomes).toMatchObject([{ ending: 'error', problem: { code: 'AuthorizationFailed' } }])
  })

  it('is an error of each item of a vault whose jobs cannot be listed', async () => {
    const { options } = waiting(({ url }) =>
      url.pathname.includes('ResourceGraph')
        ? answer({ data: [row('web-01'), row('web-02')] })
        : refusal(404, 'ResourceNotFound', 'No'),
    )
    const { outcomes } = await findNewestJobs(target({ names: '*' }), options)
    expect(outcomes.map(({ job, ending }) => [job.item, ending])).toEqual([
      ['web-01', 'error'],
      ['web-02', 'error'],
    ])
  })
})
