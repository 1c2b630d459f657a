import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cloudOf } from '../src/azure/http/cloud.ts'
import { readJob } from '../src/azure/job-body.ts'
import { operationEnded, operationFacts, readOperation, startedJob } from '../src/azure/operation.ts'
import { jobPath } from '../src/azure/paths.ts'
import { type OperationTarget, parseOperationUrl } from '../src/azure/target.ts'
import { fields } from '../src/base/read.ts'
import { hasEnded } from '../src/domain/job.ts'
import type { Ending } from '../src/domain/outcome.ts'
import { conclude } from '../src/domain/verdict.ts'
import { outputsOf } from '../src/report/outputs.ts'
import { anyText, changed, odd } from './support/arbitrary.ts'
import { start } from './support/fake-clock.ts'
import { noVault } from './support/inputs.ts'
import { backupVaultRoot, diskBody, jobId, tasks, vault, vaultRoot, vmBody } from './support/job-body.ts'
import { outcomeOf } from './support/outcome.ts'
import { sameCases } from './support/seed.ts'

sameCases(600)

const end = { endTime: '2026-03-01T11:11:17.0588021Z', duration: 'PT1H11M16.9352454S' }
const rsvError = { errorCode: 400001, errorTitle: 'T', errorString: 'S', recommendations: ['R'] }
const dpError = {
  code: 'UserErrorX',
  message: 'X',
  recommendedAction: ['Y'],
  details: [{ code: 'Root', message: 'Z', innerError: { code: 'I', additionalInfo: {} } }],
}

/** Valid bodies of each kind and status. */
const jobBodies = [
  vmBody(),
  vmBody(
    { status: 'Completed', ...end },
    {
      tasksList: tasks('Completed', 'Completed'),
      propertyBag: { 'Backup Size': '19306 MB' },
      progressPercentage: 100,
    },
  ),
  vmBody({ status: 'Failed', ...end, errorDetails: [rsvError] }, { dynamicErrorMessage: 'D' }),
  vmBody({ status: 'CompletedWithWarnings', ...end, errorDetails: [rsvError, rsvError] }),
  vmBody(
    { jobType: 'AzureWorkloadJobV2', status: 'Cancelled' },
    { propertyBag: { 'Data Transferred (in MB)': '20.1' } },
  ),
  diskBody(),
  diskBody({ status: 'Succeeded', duration: '00:03:08.3166312' }, { dataTransferedInBytes: 2063.0 }),
  diskBody({ status: 'Failed', errorDetails: [dpError] }, { warningDetails: [{ warning: dpError }] }),
]

const operationBodies = [
  {
    id: '1',
    name: '1',
    status: 'Inprogress',
    startTime: '2026-03-01T10:00:00Z',
    endTime: '0001-01-01T00:00:00Z',
  },
  { status: 'Succeeded', properties: { objectType: 'OperationStatusJobExtendedInfo', jobId } },
  { status: 'Succeeded', properties: { jobId: `${backupVaultRoot}/backupJobs/${jobId}` } },
  { status: 'Succeeded', properties: { jobIds: [jobId, '2'], failedJobsError: { vm: 'Gone.' } } },
  { status: 'Succeeded', properties: { validateOperationResponse: { validationResults: [dpError] } } },
  { status: 'Failed', error: { ...dpError, additionalInfo: [{ type: 'UserFacingError', info: dpError }] } },
  { status: 'Canceled' },
  { jobId, objectType: 'OperationJobExtendedInfo' },
]

const endings: Ending[] = ['ended', 'looked', 'timed-out', 'stopped', 'error']
const successWords = ['completed', 'succeeded', 'success']
const word = (status: unknown) => (typeof status === 'string' ? status.trim().toLowerCase() : '')

/** What holds of all outputs, whatever the service sent. */
function checkOutputs(outputs: Record<string, string>): void {
  for (const value of Object.values(outputs)) expect(typeof value).toBe('string')
  for (const name of ['duration-seconds', 'backup-size-bytes']) expect(outputs[name]).toMatch(/^\d*$/)
  for (const name of ['start-time', 'end-time'])
    expect(outputs[name]).toMatch(/^(\d{4}-\d\d-\d\dT[\d:.]+Z)?$/)
  expect(outputs.duration).toMatch(/^(P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?)?$/)
  expect(outputs['snapshot-completed']).toMatch(/^(true|false)?$/)
  expect(fields(JSON.parse(outputs.properties ?? ''))).toEqual(JSON.parse(outputs.properties ?? ''))
  expect(Array.isArray(JSON.parse(outputs.jobs ?? ''))).toBe(true)
  expect(Buffer.byteLength(outputs.jobs ?? '')).toBeLessThanOrEqual(100_000)
  expect(JSON.stringify(outputs)).not.toContain('SECRETSECRETSECRET')
}

describe('a job’s body with fields dropped, nulled, renamed and of other types', () => {
  const body = fc.oneof(
    { weight: 8, arbitrary: changed(jobBodies) },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: fc.jsonValue() },
  )

  it('is read and told without a crash', () => {
    fc.assert(
      fc.property(
        body,
        fc.constantFrom(...endings),
        fc.integer({ min: -1e12, max: 1e12 }),
        (given, ending, later) => {
          const job = readJob(given, jobId, vault)
          checkOutputs(
            outputsOf([outcomeOf(job, ending, { seenAt: start + later })], 'https://portal.azure.com'),
          )
        },
      ),
    )
  })

  it('is never a success without a word of success', () => {
    fc.assert(
      fc.property(body, (given) => {
        const job = readJob(given, jobId, vault)
        const conclusion = conclude(outcomeOf(job))
        const said = word(fields(fields(given).properties).status)
        expect(conclusion === 'success').toBe(successWords.includes(said))
        if (conclusion === 'success') expect(hasEnded(job)).toBe(true)
      }),
    )
  })
})

describe('an operation’s body with fields dropped, nulled, renamed and of other types', () => {
  const body = fc.oneof(
    { weight: 8, arbitrary: changed(operationBodies) },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: fc.jsonValue() },
  )
  const url = `https://management.azure.com${vaultRoot}/backupOperations/1`
  const target = parseOperationUrl(url, noVault, cloudOf('azurecloud')) as OperationTarget

  it('is read and told without a crash', () => {
    fc.assert(
      fc.property(body, (given) => {
        const operation = readOperation(given)
        expect(operation.jobIds.every((id) => typeof id === 'string' && id !== '')).toBe(true)
        const outcome = outcomeOf(operationFacts(operation, target))
        checkOutputs(outputsOf([outcome], 'https://portal.azure.com'))
      }),
    )
  })

  it('leads to jobs that can be asked for, at Resource Manager alone, and whose vault can be linked to', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          body,
          anyText.map((id) => ({ jobId: id })),
        ),
        (given) => {
          for (const id of readOperation(given).jobIds) {
            const reference = startedJob(id, target)
            if (reference.vault === undefined) continue
            const asked = new URL(jobPath(reference), 'https://management.azure.com')
            expect(asked.origin).toBe('https://management.azure.com')
          }
        },
      ),
    )
  })

  it('is never a success without its word of success', () => {
    fc.assert(
      fc.property(body, (given) => {
        const operation = readOperation(given)
        const succeeded =
          operationEnded(operation) && conclude(outcomeOf(operationFacts(operation, target))) === 'success'
        if (succeeded) expect(word(fields(given).status)).toBe('succeeded')
      }),
    )
  })
})
