import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { describeAnswer } from '../src/azure/http/answer.ts'
import { cloudOf } from '../src/azure/http/cloud.ts'
import { RefusedError } from '../src/azure/http/resource-manager.ts'
import { readJob } from '../src/azure/job-body.ts'
import { listJobs } from '../src/azure/job-list.ts'
import { operationEnded, operationError, readOperation } from '../src/azure/operation.ts'
import { notJob } from '../src/azure/own-body.ts'
import { findRecoveryPoint } from '../src/azure/recovery-points.ts'
import { propertiesOf, queryResources } from '../src/azure/resource-graph.ts'
import { parseJobId, parseOperationUrl } from '../src/azure/target.ts'
import { fields, retryAfterSeconds } from '../src/base/read.ts'
import { hasEnded, type Job, type JobReference } from '../src/domain/job.ts'
import { factsOf } from '../src/report/outputs.ts'
import { errors, headers } from './examples/answers.ts'
import { vmBackup } from './examples/common.ts'
import { jobs } from './examples/jobs.ts'
import { lists } from './examples/lists.ts'
import { operations } from './examples/operations.ts'
import { answer, fakeResourceManager } from './support/fake-resource-manager.ts'
import { noVault } from './support/inputs.ts'
import { vault } from './support/job-body.ts'
import { bareJob, outcomeOf } from './support/outcome.ts'

const folder = new URL('../../shared/examples/', import.meta.url)
const more = new URL('../../shared/examples-2/', import.meta.url)
const graph = 'SYNTHETIC-arg-jobs-response.json'

const bodyOf = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))

function referenceOf(body: unknown): JobReference {
  const target = parseJobId(String(fields(body).id), noVault, cloudOf('azurecloud'))
  if (target.kind !== 'job') throw new Error('This is no job.')
  return target.reference
}

function jobOf(body: unknown): Job {
  const { id, vault } = referenceOf(body)
  return readJob(body, id, vault)
}

/** The facts of a job at its end, or one minute after its start. */
function factsOfJob(job: Job) {
  const seenAt = (job.startTime ?? 0) + 60_000
  return factsOf(outcomeOf(job, hasEnded(job) ? 'ended' : 'looked', { seenAt }))
}

/** What a careful reader takes from a body of ../shared/examples-2. */
interface Meta {
  url?: string
  inputs?: Record<string, string>
  expected: Record<string, string | number | null>
}

describe.skipIf(!existsSync(more))(
  'the bodies of ../shared/examples-2 (skipped where that folder is missing)',
  () => {
    const names = existsSync(more) ? readdirSync(more).filter((file) => file.endsWith('.meta.json')) : []
    const read = (file: string) => JSON.parse(readFileSync(new URL(file, more), 'utf8'))
    const milliseconds = (value: unknown) => (typeof value === 'string' ? new Date(value).toISOString() : '')

    it('are there', () => {
      expect(names.length).toBeGreaterThan(10)
    })

    it.each(names)('%s is told exactly', (file) => {
      const { expected } = read(file) as Meta
      const body = read(file.replace('.meta.json', '.json'))
      const item = fields(body)
      const job = readJob(body, String(item.name), vault)
      const facts = factsOfJob(job)
      expect(facts).toMatchObject({
        status: expected.status,
        conclusion: expected.conclusion,
        item: expected.item,
        operation: expected.operation,
        startTime: milliseconds(expected['start-time']),
        endTime: milliseconds(expected['end-time']),
      })
      const seconds = expected['duration-seconds']
      // Of a job that runs, a minute after its start.
      expect(facts.durationSeconds).toBe(seconds === undefined ? 60 : Math.round(Number(seconds)))
      if ('backup-size-bytes' in expected) expect(facts.backupSizeBytes).toBe(expected['backup-size-bytes'])
      if ('error-code' in expected) expect(facts.errorCode).toBe(String(expected['error-code'] ?? ''))
      if ('error-string' in expected)
        expect(facts.errorMessage).toContain(String(expected['error-string'] ?? ''))
      expect(notJob(String(item.name))(body)).toBeUndefined()
    })

    it('have the recovery point of a vaulted file share, in both of its tiers', async () => {
      const body = read('recoverypoints-afs-vaulted.json')
      const id = String(fields(body.value[0]).id).replace(/\/recoveryPoints\/.*$/, '')
      const at = Date.parse('2025-09-16T20:06:52Z')
      const job = bareJob('Completed', { startTime: Date.parse('2025-09-16T20:06:50.577Z') })
      const resourceManager = fakeResourceManager(() => answer(body))
      expect(await findRecoveryPoint(resourceManager, job, id, at + 2_294_000)).toEqual({
        id: '934472408843632896',
        time: at,
        type: 'FileSystemConsistent (InstantRP, HardenedRP)',
      })
    })
  },
)

describe.skipIf(!existsSync(folder))(
  'the examples of ../shared (skipped where that folder is missing)',
  () => {
    it('have an expectation each, and no expectation is without its file', () => {
      const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : []
      const expected = [jobs, lists, operations, headers, errors].flatMap((one) => Object.keys(one))
      expect(files.sort()).toEqual([...expected, graph].sort())
    })

    describe('of a job', () => {
      it.each(Object.entries(jobs))('%s', (file, expected) => {
        const job = jobOf(bodyOf(file))
        expect(factsOfJob(job)).toMatchObject(expected.facts)
        expect(job.phases.map(({ name, status }) => [name, status])).toEqual(expected.phases)
        expect(job).toMatchObject(expected.also ?? {})
      })
    })

    describe('of a list of jobs', () => {
      it.each(Object.entries(lists))('%s', async (file, expected) => {
        const body = fields(bodyOf(file))
        const items = body.value as unknown[]
        const { vault } = referenceOf(items[0])
        const resourceManager = fakeResourceManager((_request, count) =>
          answer(count === 1 ? body : { value: [] }),
        )
        const listed = await listJobs(resourceManager, vault, {
          from: 0,
          to: Date.parse('2100-01-01T00:00:00Z'),
        })
        expect(listed.jobs).toHaveLength(expected.length)
        for (const [index, job] of listed.jobs.entries()) {
          expect(factsOfJob(job)).toMatchObject(expected[index] ?? {})
          expect(job.phases).toEqual([])
        }
        const following = resourceManager.requests.slice(1).map(({ url }) => url.href)
        expect(following).toEqual(body.nextLink === undefined ? [] : [body.nextLink])
      })
    })

    describe('of an operation', () => {
      it.each(Object.entries(operations))('%s', (file, expected) => {
        const operation = readOperation(bodyOf(file))
        expect(operation).toMatchObject({ status: expected.status, jobIds: expected.jobIds, failedJobs: [] })
        expect(operation.errors.map(({ code }) => code)).toEqual(expected.errors ?? [])
        expect(operationEnded(operation)).toBe(['Succeeded', 'Failed'].includes(expected.status))
        const { startTime, endTime } = operation
        const seconds =
          startTime === undefined || endTime === undefined
            ? undefined
            : Math.floor((endTime - startTime) / 1000)
        expect(seconds).toBe(expected.seconds)
      })
    })

    describe('of the headers of a 202', () => {
      it.each(Object.entries(headers))('%s', (file, expected) => {
        const given = fields(fields(bodyOf(file)).headers)
        expect(retryAfterSeconds(String(given['Retry-After']), undefined, 0)).toBe(expected.retryAfter)
        const urls = Object.keys(given).filter((name) => /^(Azure-AsyncOperation|Location)$/.test(name))
        expect(urls.sort()).toEqual(Object.keys(expected.urls).sort())
        for (const name of urls) {
          const href = String(given[name])
          const target = parseOperationUrl(href, noVault, cloudOf('azurecloud'))
          expect(target).toMatchObject(expected.urls[name] ?? {})
          if (target.kind === 'operation') expect(target.url.href).toBe(href)
        }
      })
    })

    describe('of an error', () => {
      it.each(Object.entries(errors))('%s', (file, { status, code, description }) => {
        const body = bodyOf(file)
        expect(describeAnswer(status, {}, body)).toBe(description)
        expect(new RefusedError(status, description, '/', body, { kind: 'job', name: '1' }).code).toBe(code)
      })

      it('dp-error-400-userfacing.json recommends what to do', () => {
        const [error] = operationError(fields(bodyOf('dp-error-400-userfacing.json')).error)
        expect(error?.recommendations).toEqual([
          expect.stringMatching(/^Delete the backup instance SharedDataDisk from the Backup vault /),
        ])
      })
    })

    it(`of Azure Resource Graph: ${graph}`, async () => {
      const resourceManager = fakeResourceManager(() => answer(bodyOf(graph)))
      const { rows } = await queryResources(resourceManager, 'subscription', 'query')
      expect(rows).toHaveLength(1)
      const [row = {}] = rows
      const job = jobOf({ id: row.id, properties: propertiesOf(row) })
      expect(factsOfJob(job)).toMatchObject({ ...vmBackup, resourceGroup: 'clitest.rg000001' })
      expect(propertiesOf({ ...row, properties: JSON.stringify(row.properties) })).toEqual(row.properties)
    })
  },
)
