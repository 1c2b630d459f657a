/** `max-age-hours`: a gate on last night's backups. */
import { expect } from 'vitest'
import { asked, follow, jobsOf, levels, simulate, tells } from '../support.ts'
import { type HistoryEntry, type MadeItem, protect, vaultOf } from './support.ts'

const simulator = await simulate()
const day = { 'max-age-hours': '24' }

function gate(entries: HistoryEntry[], source = 'vm'): MadeItem {
  return protect(simulator, { source, item: 'web-01' }, entries)
}

const check = (item: MadeItem, inputs = {}) =>
  follow(simulator, { ...vaultOf(item), 'protected-item': item.friendlyName, ...day, ...inputs })

tells('a fresh one passes, and its list is asked for those hours alone', async () => {
  const item = gate([{ hoursAgo: 9 }, { hoursAgo: 33, end: 'Failed' }])
  const run = await check(item)
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': item.jobs[0]?.id })
  const [list, ...reads] = asked(simulator, item)
  expect(reads.map(({ path }) => path.split('/').at(-1))).toEqual([item.jobs[0]?.id])
  const filter = new URLSearchParams(list?.query).get('$filter') ?? ''
  const [, from = '', to = ''] =
    /^startTime eq '(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [AP]M)' and endTime eq '(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [AP]M)'$/.exec(
      filter,
    ) ?? []
  const hours = (Date.parse(`${to} UTC`) - Date.parse(`${from} UTC`)) / 3_600_000
  expect(hours).toBeCloseTo(25, 1)
})

tells('one that is too old fails, and the last good one is told', async () => {
  const item = gate([{ hoursAgo: 33.5 }, { hoursAgo: 57.5 }])
  const run = await check(item)
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({
    conclusion: 'failure',
    status: 'Completed',
    item: 'web-01',
    'job-id': item.jobs[0]?.id,
  })
  expect(run.outputs['error-message']).toMatch(
    new RegExp(
      '^No Backup job of web-01 started within 24 h\\. The newest, Completed, started 1d 9h (29|[3-5]\\d)m.* ago\\. ' +
        `The last good one started 1d 9h (29|[3-5]\\d)m.* ago \\(job ${item.jobs[0]?.id}\\)\\.$`,
    ),
  )
  expect(run.annotations.map(({ title }) => title)).toEqual(['Backup of web-01: the newest job is too old'])
})

tells('an old failure tells of the good one before it', async () => {
  const item = gate([
    { hoursAgo: 30, end: 'Failed' },
    { hoursAgo: 54, end: 'CompletedWithWarnings' },
  ])
  const run = await check(item)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', 'job-id': item.jobs[0]?.id })
  expect(run.outputs['error-message']).toMatch(/The newest, Failed, started 1d (5h 59m|6h)/)
  expect(run.outputs['error-message']).toContain(`(job ${item.jobs[1]?.id})`)
})

tells('the newest alone decides: a failure after a good one in the same night', async () => {
  const item = gate([{ hoursAgo: 2, end: 'Failed' }, { hoursAgo: 9 }])
  const run = await check(item)
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: 'Failed', 'job-id': item.jobs[0]?.id })
})

tells('and a good one after a failure', async () => {
  const item = gate([{ hoursAgo: 2 }, { hoursAgo: 9, end: 'Failed' }])
  expect((await check(item)).outputs).toMatchObject({ conclusion: 'success', 'job-id': item.jobs[0]?.id })
})

tells('an item that was never backed up fails', async () => {
  const item = gate([])
  const run = await check(item)
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: '', 'job-id': '', item: 'web-01' })
  expect(run.outputs['error-message']).toBe(
    'No Backup job of web-01 started within 24 h. No good one is known of the last 14 days.',
  )
})

tells('without max-age-hours, an item that was never backed up is an error', async () => {
  const item = gate([{ hoursAgo: 5, operation: 'ConfigureBackup' }])
  const run = await check(item, { 'max-age-hours': '' })
  expect(run.outputs).toMatchObject({ conclusion: 'error', operation: 'Backup' })
  expect(run.outputs['error-message']).toBe(
    'No Backup job of web-01 started. No good one is known of the last 14 days.',
  )
})

tells('without max-age-hours, a job of ten days ago is found', async () => {
  const item = gate([{ hoursAgo: 240 }])
  const run = await check(item, { 'max-age-hours': '' })
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': item.jobs[0]?.id })
})

tells('fail-on: never passes one that is too old, and says so', async () => {
  const item = gate([{ hoursAgo: 40 }])
  const run = await check(item, { 'fail-on': 'never' })
  expect([run.exitCode, run.outputs.conclusion]).toEqual([0, 'failure'])
  expect(levels(run)).toEqual(['warning'])
})

tells('one of many that is too old fails the step, and the others are told', async () => {
  const old = protect(simulator, { item: 'web-old' }, [{ hoursAgo: 50 }])
  const { subscriptionId } = old
  const good = protect(simulator, { item: 'web-new', subscriptionId }, [{ hoursAgo: 5 }])
  const never = protect(simulator, { source: 'disk', item: 'disk-1', subscriptionId }, [])
  const run = await follow(simulator, { 'subscription-id': subscriptionId, 'protected-item': '*', ...day })
  expect(run.exitCode).toBe(1)
  const told = jobsOf(run).map(({ item, jobId, conclusion }) => [item, jobId, conclusion])
  expect(told.slice(0, 2).sort()).toEqual([
    [never.friendlyName, '', 'failure'],
    ['web-old', old.jobs[0]?.id, 'failure'],
  ])
  expect(told.slice(2)).toEqual([['web-new', good.jobs[0]?.id, 'success']])
  expect(run.summary).toContain('### ❌ Of 3 jobs, 1 has no job yet, 1 is too old, and 1 completed')
})

tells('a Backup vault’s instance has its gate too', async () => {
  const item = gate([{ hoursAgo: 33, end: 'Failed' }, { hoursAgo: 60 }], 'disk')
  const run = await check(item)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', 'job-id': item.jobs[0]?.id })
  expect(run.outputs['error-message']).toContain(`(job ${item.jobs[1]?.id})`)
})
