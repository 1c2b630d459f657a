import { describe, expect, it } from 'vitest'
import type { ItemsTarget } from '../../src/azure/target.ts'
import { findNewestJobs, select } from '../../src/wait/items.ts'
import { start } from '../support/fake-clock.ts'
import { answer, refusal } from '../support/fake-resource-manager.ts'
import { subscription, vault, vaultRoot, vmBody } from '../support/job-body.ts'
import { waiting } from '../support/wait-options.ts'

const hour = 3_600_000
const group = (name: string, of = 'rg-a') => `iaasvmcontainerv2;${of};${name}`
const idOf = (name: string, of = 'rg-a') =>
  `${vaultRoot}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${group(name, of)}/protectedItems/VM;${group(name, of)}`
const row = (name: string, of = 'rg-a') => ({
  id: idOf(name, of),
  properties: { friendlyName: name, containerName: group(name, of) },
})
const itemOf = (name: string, of = 'rg-a') => ({
  id: idOf(name, of),
  vault,
  name,
  container: group(name, of),
  server: '',
})

const target = (given: Partial<ItemsTarget> = {}): ItemsTarget => ({
  kind: 'items',
  names: ['web-01'],
  subscriptionId: subscription,
  vault,
  operation: 'Backup',
  maxAgeHours: undefined,
  ...given,
})

interface MadeJob {
  hoursAgo: number
  item?: string
  status?: string
  operation?: string
}

/** Finds among jobs `1`, `2` and so on; the list's filter is not the service's business here. */
async function find(jobs: MadeJob[], given: Partial<ItemsTarget> = {}, rows = [row('web-01')]) {
  const world = waiting(({ url }) => {
    if (url.pathname.includes('ResourceGraph')) return answer({ data: rows })
    const value = jobs.map(
      ({ hoursAgo, item = 'web-01', status = 'Completed', operation = 'Backup' }, index) => {
        const startTime = new Date(start - hoursAgo * hour).toISOString()
        const properties = {
          entityFriendlyName: item,
          containerName: group(item),
          operation,
          status,
          startTime,
        }
        return { ...vmBody(properties), name: String(index + 1) }
      },
    )
    return answer({ value })
  })
  const found = await findNewestJobs(target(given), world.options)
  const lists = world.resourceManager.requests.filter(({ url }) => url.pathname.endsWith('/backupJobs'))
  const hours = lists.map(({ url }) => {
    const [, from = '', to = ''] =
      /'(.*)' and endTime eq '(.*)'/.exec(url.searchParams.get('$filter') ?? '') ?? []
    return [from, to].map((text) => (Date.parse(`${text} UTC`) - start) / hour)
  })
  return { ...found, hours, ids: found.references.map(({ id }) => id) }
}

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
          message:
            'No Backup job of web-01 started within 24 h. The newest, Failed, started 1d 6h ago. ' +
            'The last good one started 2d 6h ago (job 2).',
        },
      },
    ])
  })

  it('is none at all', async () => {
    const { outcomes } = await find([], { maxAgeHours: 24 })
    expect(outcomes).toMatchObject([
      {
        ending: 'not-fresh',
        job: { id: '', status: '', item: 'web-01', operation: 'Backup' },
        problem: {
          message: 'No Backup job of web-01 started within 24 h. No good one is known of the last 14 days.',
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

describe('select', () => {
  const all = [itemOf('web-01'), itemOf('web-02', 'rg-a'), itemOf('web-02', 'rg-b')]
  const says = (names: string[] | '*', items = all) => {
    try {
      return select(items, target({ names }))
    } catch (error) {
      return (error as Error).message
    }
  }

  it('takes each item once', () => {
    expect(says(['web-01', 'WEB-01', idOf('web-01')])).toEqual([all[0]])
    expect(says('*')).toEqual(all)
  })

  it('lists both where a name fits two', () => {
    expect(says(['web-02'])).toBe(
      'Input protected-item: "web-02" fits 2 items; give one of: iaasvmcontainerv2;rg-a;web-02/web-02, iaasvmcontainerv2;rg-b;web-02/web-02.',
    )
  })

  it('lists their ARM IDs where their qualified names are the same', () => {
    const twins = [itemOf('web-02'), { ...itemOf('web-02'), id: `${idOf('web-02')}-2` }]
    expect(says(['web-02'], twins)).toContain(`give one of: ${twins.map(({ id }) => id).join(', ')}.`)
  })

  it('lists what there is where a name fits none, twenty at the most', () => {
    expect(says(['web-03'])).toBe(
      'Input protected-item: "web-03" is no protected item of vault vault-weu. It has: web-01, web-02, web-02.',
    )
    const many = Array.from({ length: 25 }, (_, index) => itemOf(`vm-${index}`))
    expect(says(['web-03'], many)).toMatch(/vm-19 and 5 more\.$/)
    expect(says(['web-03'], [])).toMatch(/It has: none that this identity may see\.$/)
  })

  it('says so where * is nothing', () => {
    expect(says('*', [])).toBe(
      'Input protected-item: is *, but vault vault-weu has no protected item that this identity may see.',
    )
  })
})
