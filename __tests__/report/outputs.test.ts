import { describe, expect, it } from 'vitest'
import { type Facts, factsOf, fitJobs, outputsOf } from '../../src/report/outputs.ts'
import { portalUrl } from '../../src/report/page/links.ts'
import { outputNames } from '../support/action-yml.ts'
import { jobId, subscription, tasks, vaultRoot } from '../support/job-body.ts'
import { bareJob, outcomeOf, vmJob } from '../support/outcome.ts'

const portal = 'https://portal.azure.com'
const completed = vmJob(
  { status: 'Completed', duration: 'PT1H11M16.9352454S', endTime: '2026-03-01T11:11:17.0588021Z' },
  {
    tasksList: tasks('Completed', 'Completed'),
    propertyBag: { 'VM Name': 'vm-web-01', 'Backup Size ': '19306 MB' },
  },
)

describe('the outputs', () => {
  it('are those of action.yml', () => {
    expect(Object.keys(outputsOf([outcomeOf(completed)], portal)).sort()).toEqual([...outputNames].sort())
  })

  it('of a completed VM backup say everything', () => {
    expect(outputsOf([outcomeOf(completed)], portal)).toMatchObject({
      status: 'Completed',
      conclusion: 'success',
      'job-id': jobId,
      'vault-name': 'vault-weu',
      'resource-group': 'rg-prod',
      operation: 'Backup',
      item: 'vm-web-01',
      'start-time': '2026-03-01T10:00:00.123Z',
      'end-time': '2026-03-01T11:11:17.058Z',
      duration: 'PT1H11M17S',
      'duration-seconds': '4277',
      'backup-size': '19306 MB',
      'backup-size-bytes': '20243808256',
      'snapshot-completed': 'true',
      'error-code': '',
      'error-message': '',
      'recommended-action': '',
      'recovery-point-id': '',
      'portal-url': `${portal}/#resource${vaultRoot}`,
      properties: '{"VM Name":"vm-web-01","Backup Size":"19306 MB"}',
      'jobs-truncated': 'false',
    })
  })

  it('fit into a variable each, whatever the job says', () => {
    const job = bareJob('Failed', {
      properties: Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`p${n}`, 'ü'.repeat(4_000)])),
      errors: [
        { code: 'E', message: '漢'.repeat(60_000), recommendations: Array(200).fill('漢'.repeat(4_000)) },
      ],
    })
    const outputs = outputsOf([outcomeOf(job)], portal)
    for (const [name, value] of Object.entries(outputs))
      expect(Buffer.byteLength(value), name).toBeLessThanOrEqual(100_000)
    expect(outputs['error-message']).toMatch(/^漢{33332}…$/)
    expect(outputs['recommended-action']).toMatch(/^漢{4000} 漢.*…$/)
    expect(Object.keys(JSON.parse(outputs.properties ?? ''))).toEqual(
      Array.from({ length: 12 }, (_, n) => `p${n}`),
    )
    expect(outputs['jobs-truncated']).toBe('true')
  })

  it('are whole up to 100,000 bytes', () => {
    const outputs = (message: string, properties: Record<string, unknown> = {}) =>
      outputsOf(
        [outcomeOf(bareJob('Failed', { properties, errors: [{ code: 'E', message, recommendations: [] }] }))],
        portal,
      )
    const text = 'x'.repeat(100_000)
    expect(outputs(text)['error-message']).toBe(text)
    expect(outputs(`${text}x`)['error-message']).toBe(`${'x'.repeat(33_332)}…`)
    const bag = (value: string) => outputs('', { a: value }).properties
    const most = 'x'.repeat(100_000 - '{"a":""}'.length - 2)
    expect(bag(most)).toBe(JSON.stringify({ a: most }))
    expect(bag(`${most}x`)).toBe('{}')
  })

  it('of a problem have its commands, a line each', () => {
    const problem = { code: 'E', cause: 'No.', commands: ['az one', 'az two'] }
    expect(outputsOf([outcomeOf(bareJob(''), 'error', { problem })], portal)).toMatchObject({
      'recommended-action': 'az one\naz two',
    })
  })

  it('have no run that goes on where none is known', () => {
    const outputs = outputsOf([outcomeOf(bareJob('InProgress'), 'handed-on')], portal)
    expect(outputs['continued-run-url']).toBe('')
  })

  it('of a job that was never read say where it is, and why', () => {
    const problem = { code: 'AuthorizationFailed', cause: 'No.' }
    expect(outputsOf([outcomeOf(bareJob(''), 'error', { problem })], portal)).toMatchObject({
      status: '',
      conclusion: 'error',
      'job-id': jobId,
      'vault-name': 'vault-weu',
      'start-time': '',
      'end-time': '',
      duration: '',
      'duration-seconds': '',
      'backup-size': '',
      'backup-size-bytes': '',
      'snapshot-completed': '',
      'error-code': 'AuthorizationFailed',
      'error-message': 'No.',
      properties: '{}',
    })
  })

  it('of a running job count from its start to when it was last heard of', () => {
    const outcome = outcomeOf(vmJob(), 'timed-out', { seenAt: Date.parse('2026-03-01T10:30:00.123Z') })
    expect(outputsOf([outcome], portal)).toMatchObject({
      status: 'InProgress',
      conclusion: 'timed-out',
      'end-time': '',
      duration: 'PT30M',
      'duration-seconds': '1800',
      'snapshot-completed': 'false',
    })
  })

  it('have the first error, with all that it recommends', () => {
    const job = vmJob({
      status: 'Failed',
      errorDetails: [
        { errorCode: 400001, errorTitle: 'T', errorString: 'S', recommendations: ['One.', 'Two.'] },
        { errorCode: 2 },
      ],
    })
    expect(outputsOf([outcomeOf(job)], portal)).toMatchObject({
      'error-code': '400001',
      'error-message': 'T: S',
      'recommended-action': 'One. Two.',
    })
  })

  it('have the recovery point, where it was verified', () => {
    const recoveryPoint = { id: '123', time: Date.parse('2026-03-01T10:00:05Z'), type: 'AppConsistent' }
    expect(outputsOf([outcomeOf(completed, 'ended', { recoveryPoint })], portal)).toMatchObject({
      'recovery-point-id': '123',
      'recovery-point-time': '2026-03-01T10:00:05.000Z',
      'recovery-point-type': 'AppConsistent',
    })
  })

  it('of none are none', () => {
    expect(outputsOf([], portal)).toEqual({})
  })

  it('of an operation without a vault have no portal URL', () => {
    expect(portalUrl(outcomeOf(bareJob('Succeeded', { vault: undefined })), portal)).toBe('')
  })

  it('have no portal URL where the portal is not known, as with wrong inputs', () => {
    expect(outputsOf([outcomeOf(bareJob(''), 'error')], '')['portal-url']).toBe('')
  })
})

describe('the outputs of several jobs', () => {
  const failed = bareJob('Failed', { id: 'job-2', item: 'vm-db-01' })
  const outputs = outputsOf([outcomeOf(completed), outcomeOf(failed)], portal)

  it('speak of the worst', () => {
    expect(outputs).toMatchObject({
      status: 'Failed',
      conclusion: 'failure',
      'job-id': 'job-2',
      item: 'vm-db-01',
    })
  })

  it('list all, worst first, with the same facts in camelCase', () => {
    const jobs = JSON.parse(outputs.jobs ?? '') as Facts[]
    expect(jobs.map((job) => job.jobId)).toEqual(['job-2', jobId])
    expect(jobs[0]).toMatchObject({ durationSeconds: null, backupSizeBytes: null, snapshotCompleted: null })
    expect(jobs[1]).toMatchObject({
      status: 'Completed',
      conclusion: 'success',
      durationSeconds: 4277,
      backupSizeBytes: 20_243_808_256,
      snapshotCompleted: true,
      properties: { 'VM Name': 'vm-web-01', 'Backup Size': '19306 MB' },
    })
  })

  it('name every fact as the output is named', () => {
    const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    const ofTheRun = ['continued-run-url', 'portal-url', 'jobs', 'jobs-truncated']
    const single = outputNames.filter((name) => !ofTheRun.includes(name))
    expect(
      Object.keys(factsOf(outcomeOf(completed)))
        .map(kebab)
        .sort(),
    ).toEqual(single.sort())
  })

  it('hold no ARM ID, which the runner would drop with a masked subscription', () => {
    expect(outputs.jobs).not.toContain(subscription)
  })
})

describe('jobs within a limit', () => {
  const many = (count: number, properties: Record<string, unknown>) =>
    Array.from({ length: count }, (_, index) =>
      factsOf(
        outcomeOf(
          bareJob('Failed', {
            id: `job-${index}`,
            properties,
            errors: [{ code: 'E', message: 'ü'.repeat(3000), recommendations: ['R'.repeat(500)] }],
          }),
        ),
      ),
    )

  it('are whole where they fit', () => {
    const facts = many(3, { a: 1 })
    const json = JSON.stringify(facts)
    expect(fitJobs(facts, 100_000)).toEqual({ json, truncated: false })
    expect(fitJobs(facts, Buffer.byteLength(json))).toEqual({ json, truncated: false })
    expect(fitJobs(facts, Buffer.byteLength(json) - 1)).toMatchObject({ truncated: true })
  })

  it('lose bags and recommendations first, and the tail of long messages', () => {
    const { json, truncated } = fitJobs(many(10, { bag: 'x'.repeat(20_000) }), 100_000)
    const jobs = JSON.parse(json) as Facts[]
    expect(truncated).toBe(true)
    expect(jobs).toHaveLength(10)
    for (const job of jobs) {
      expect(job).toMatchObject({ properties: {}, recommendedAction: '', errorMessage: 'ü'.repeat(1000) })
    }
  })

  it('lose the last jobs then, and stay below the limit in bytes', () => {
    const { json, truncated } = fitJobs(many(500, {}), 100_000)
    const jobs = JSON.parse(json) as Facts[]
    expect(truncated).toBe(true)
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(100_000)
    expect(jobs.length).toBeGreaterThan(30)
    expect(jobs.map(({ jobId: id }) => id)).toEqual(jobs.map((_, index) => `job-${index}`))
  })

  it('may be none', () => {
    expect(fitJobs(many(1, {}), 100)).toEqual({ json: '[]', truncated: true })
  })

  it('are marked as cut in the outputs', () => {
    const big = bareJob('Completed', { properties: { bag: 'x'.repeat(200_000) } })
    expect(outputsOf([outcomeOf(big)], portal)).toMatchObject({ 'jobs-truncated': 'true' })
  })
})
