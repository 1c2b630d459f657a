/** `protected-item` where items are alike, wrong, or backed up no longer: no item passes for another's backup. */
import { expect } from 'vitest'
import { follow, jobsOf, levels, simulate, tells } from '../support.ts'
import { protect, vaultOf } from './support.ts'

const simulator = await simulate()
const day = { 'max-age-hours': '24' }

function instances(entries: Parameters<typeof protect>[2], others: Parameters<typeof protect>[2]) {
  const one = protect(simulator, { source: 'sql', item: 'msdb', container: 'sql-01' }, entries)
  const { subscriptionId } = one
  const container = 'sql-01\\REPORTS'
  return [
    one,
    protect(simulator, { source: 'sql', item: 'msdb', container, subscriptionId }, others),
  ] as const
}

tells('a database passes for no other of its name on another instance of the same VM', async () => {
  const [one, other] = instances([{ hoursAgo: 2 }], [{ hoursAgo: 40 }])
  const run = await follow(simulator, { ...vaultOf(one), 'protected-item': '*', ...day })
  expect(run.exitCode).toBe(1)
  expect(jobsOf(run).map(({ jobId, conclusion }) => [jobId, conclusion])).toEqual([
    [other.jobs[0]?.id, 'failure'],
    [one.jobs[0]?.id, 'success'],
  ])
})

tells(
  'a name that fits two instances is an error that lists both; host;instance/name tells them',
  async () => {
    const [one, other] = instances([{ hoursAgo: 2 }], [{ hoursAgo: 3, end: 'Failed' }])
    const vague = await follow(simulator, { ...vaultOf(one), 'protected-item': 'msdb' })
    expect(vague.outputs['error-message']).toBe(
      'Input protected-item: "msdb" fits 2 items; give one of: sql-01;MSSQLSERVER/msdb, sql-01;REPORTS/msdb.',
    )
    const exact = await follow(simulator, { ...vaultOf(one), 'protected-item': 'sql-01;reports/msdb' })
    expect(exact.outputs).toMatchObject({ conclusion: 'failure', 'job-id': other.jobs[0]?.id })
  },
)

tells('a job that names no instance where there are two is a success of neither', async () => {
  const options = { properties: { entityFriendlyName: 'msdb [sql-01]' } }
  const [one] = instances([{ hoursAgo: 2, options }], [])
  const run = await follow(simulator, { ...vaultOf(one), 'protected-item': '*', ...day })
  expect(run.exitCode).toBe(1)
  expect(jobsOf(run).map(({ conclusion, jobId }) => [conclusion, jobId])).toEqual([
    ['error', ''],
    ['error', ''],
  ])
  expect(run.outputs['error-message']).toContain(
    `is ${one.jobs[0]?.id} ("msdb [sql-01]"), which fits 2 items of vault vault-prod: sql-01;MSSQLSERVER/msdb, sql-01;REPORTS/msdb.`,
  )
})

tells('the recovery point is looked for at the instance that the job names', async () => {
  const [one, other] = instances([], [{ hoursAgo: 2 }])
  const inputs = { 'job-id': other.jobs[0]?.resourceId ?? '', 'verify-recovery-point': 'true' }
  const run = await follow(simulator, inputs)
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    'recovery-point-id': expect.stringMatching(/^\d+$/),
  })
  expect(one.jobs).toEqual([])
})

tells('a folder of one server passes for no folder of another', async () => {
  const one = protect(simulator, { source: 'mab', item: 'C:\\', container: 'files-01' }, [{ hoursAgo: 2 }])
  const { subscriptionId } = one
  protect(simulator, { source: 'mab', item: 'C:\\', container: 'files-02', subscriptionId }, [])
  const run = await follow(simulator, { ...vaultOf(one), 'protected-item': '*', ...day })
  expect(jobsOf(run).map(({ jobId, conclusion }) => [jobId, conclusion])).toEqual([
    ['', 'failure'],
    [one.jobs[0]?.id, 'success'],
  ])
  const named = await follow(simulator, { ...vaultOf(one), 'protected-item': 'files-01/C:\\' })
  expect(named.outputs).toMatchObject({ conclusion: 'success', 'job-id': one.jobs[0]?.id })
})

tells('* leaves out what is backed up no longer, and one line of the log says which', async () => {
  const one = protect(simulator, { item: 'web-01' }, [{ hoursAgo: 9 }])
  const { subscriptionId } = one
  const old = protect(simulator, { item: 'web-02', subscriptionId, standing: 'stopped' }, [{ hoursAgo: 90 }])
  protect(simulator, { item: 'web-03', subscriptionId, standing: 'deleted' }, [])
  protect(simulator, { source: 'disk', item: 'disk-1', subscriptionId, standing: 'deleted' }, [])
  const run = await follow(simulator, { 'subscription-id': subscriptionId, 'protected-item': '*', ...day })
  expect(run.outputs.conclusion).toBe('success')
  expect(jobsOf(run).map(({ jobId }) => jobId)).toEqual([one.jobs[0]?.id])
  const lines = run.log.filter((line) => line.includes('not counted'))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(
    /^3 items are not counted: protection is stopped \(web-02\) or the item is deleted \((disk-1, web-03|web-03, disk-1)\)\.$/,
  )
  const named = await follow(simulator, { ...vaultOf(one), 'protected-item': 'web-02', ...day })
  expect(named.outputs).toMatchObject({ conclusion: 'failure', 'job-id': old.jobs[0]?.id })
})

tells('a wrong name among several fails alone, and the others are followed', async () => {
  const item = protect(simulator, { item: 'web-01' }, [{ hoursAgo: 9 }])
  const run = await follow(simulator, { ...vaultOf(item), 'protected-item': 'web-9\nweb-01' })
  expect(run.exitCode).toBe(1)
  expect(jobsOf(run).map(({ item: name, jobId, conclusion }) => [name, jobId, conclusion])).toEqual([
    ['web-9', '', 'error'],
    ['web-01', item.jobs[0]?.id, 'success'],
  ])
  expect(levels(run)).toEqual(['error'])
  expect(run.annotations[0]?.title).toBe('Backup of web-9 could not be followed')
})
