import { describe, expect, it } from 'vitest'
import { cloudOf } from '../../src/azure/http/cloud.ts'
import {
  isKnownOperationStatus,
  operationEnded,
  operationFacts,
  readOperation,
} from '../../src/azure/operation.ts'
import { type OperationTarget, parseOperationUrl } from '../../src/azure/target.ts'
import { noVault } from '../support/inputs.ts'
import { backupVaultRoot, jobId, vault, vaultRoot } from '../support/job-body.ts'

const origin = 'https://management.azure.com'

function target(path: string): OperationTarget {
  const parsed = parseOperationUrl(`${origin}${path}`, noVault, cloudOf('azurecloud'))
  if (parsed.kind !== 'operation') throw new Error(`${path} is a job.`)
  return parsed
}

describe('the status of an operation', () => {
  it.each([
    ['InProgress', 'InProgress', false],
    ['Inprogress', 'InProgress', false],
    ['Accepted', 'InProgress', false],
    ['Running', 'InProgress', false],
    ['SUCCEEDED', 'Succeeded', true],
    ['failed', 'Failed', true],
    ['Canceled', 'Canceled', true],
    ['Cancelled', 'Canceled', true],
  ])('%s is %s', (given, expected, ended) => {
    const operation = readOperation({ status: given })
    expect(operation.status).toBe(expected)
    expect(isKnownOperationStatus(operation.status)).toBe(true)
    expect(operationEnded(operation)).toBe(ended)
  })

  it.each(['Completed', 'Invalid', 'Success', 'constructor', ''])(
    '"%s" is no known one and never an end',
    (given) => {
      const operation = readOperation({ status: given })
      expect(operation.status).toBe(given)
      expect(isKnownOperationStatus(operation.status)).toBe(false)
      expect(operationEnded(operation)).toBe(false)
    },
  )

  it.each([undefined, null, '', 'Succeeded', 7, ['Succeeded'], { status: { value: 'Succeeded' } }])(
    'is none in %j',
    (body) => {
      expect(readOperation(body)).toEqual({
        status: '',
        jobIds: [],
        unreadableJob: false,
        failedJobs: [],
        errors: [],
        startTime: undefined,
        endTime: undefined,
      })
    },
  )
})

describe('the jobs of an operation', () => {
  const arm = `${backupVaultRoot}/backupJobs/${jobId}`

  it.each([
    [{ properties: { jobId } }, [jobId]],
    [{ properties: { jobId: arm } }, [arm]],
    [{ jobId, objectType: 'OperationJobExtendedInfo' }, [jobId]],
    [{ properties: { jobIds: ['1', '2', '1', ''] } }, ['1', '2']],
    [{ properties: { jobIds: '1' } }, ['1']],
    [{ jobId: '1', properties: { jobId: '1', jobIds: ['1', '3'] } }, ['1', '3']],
    [{ properties: { JobId: '1', JobIDs: ['2'] }, jobIds: ['3'] }, ['3', '1', '2']],
    [{ properties: { jobId: null, jobIds: null } }, []],
    [{ properties: { jobIds: { 0: '1' } } }, []],
    [{ properties: null }, []],
    [{ objectType: 'OperationJobExtendedInfo' }, []],
  ])('of %j are %j', (body, expected) => {
    expect(readOperation(body).jobIds).toEqual(expected)
  })

  it('that could not be started are named with the reason', () => {
    const body = {
      status: 'Succeeded',
      properties: {
        jobIds: ['1'],
        failedJobsError: { 'vm;a': 'The VM is gone.', 'vm;b': { code: 'E1', message: 'No.' }, 'vm;c': null },
      },
    }
    expect(readOperation(body).failedJobs).toEqual([
      { item: 'vm;a', error: { code: '', message: 'The VM is gone.', recommendations: [] } },
      { item: 'vm;b', error: { code: 'E1', message: 'No.', recommendations: [] } },
      { item: 'vm;c', error: { code: '', message: 'The job could not be started.', recommendations: [] } },
    ])
  })
})

describe('jobs that could not be started', () => {
  it.each([
    [{ FailedJobsError: { 'vm;a': 'No.' } }, ['vm;a']],
    [{ failedJobsError: ['No.', null] }, ['']],
    [{ failedJobsError: 'No.' }, ['']],
    [{ failedJobsError: '' }, []],
    [{ failedJobsError: null }, []],
    [{ failedJobsError: [] }, []],
  ])('are told in whatever shape they come: %j', (properties, items) => {
    const { failedJobs } = readOperation({ status: 'Succeeded', properties: { ...properties, jobId: '1' } })
    expect(failedJobs.map(({ item }) => item)).toEqual(items)
    expect(failedJobs.map(({ error }) => error.message)).toEqual(items.map(() => 'No.'))
  })
})

describe('the errors of an operation', () => {
  it('are its own and those that a validation found', () => {
    const body = {
      status: 'Succeeded',
      error: { code: 'Outer', message: ' Text. ' },
      properties: {
        validateOperationResponse: {
          validationResults: [{ code: 'UserErrorQuota', message: 'Quota.', recommendations: ['Ask.'] }],
        },
      },
    }
    expect(readOperation(body).errors).toEqual([
      { code: 'Outer', message: 'Text.', recommendations: [] },
      { code: 'UserErrorQuota', message: 'Quota.', recommendations: ['Ask.'] },
    ])
  })

  it('have the recommendations and the cause of a Backup vault’s UserFacingError', () => {
    const error = {
      code: 'UserErrorX',
      message: 'X.',
      additionalInfo: [
        {
          type: 'UserFacingError',
          info: {
            code: 'UserErrorX',
            message: 'X.',
            recommendedAction: ['Do Y.'],
            innerError: { code: 'Root', additionalInfo: { DetailedNonLocalisedMessage: 'Deep down.' } },
          },
        },
      ],
    }
    expect(readOperation({ status: 'Failed', error }).errors).toEqual([
      {
        code: 'UserErrorX',
        message: 'X.',
        recommendations: ['Do Y.'],
        cause: { code: 'Root', message: 'Deep down.' },
      },
    ])
  })

  it('may be missing though it failed', () => {
    expect(readOperation({ status: 'Failed' }).errors).toEqual([])
  })

  it('show nothing of the scripts that mount a recovery point', () => {
    const body = {
      status: 'Succeeded',
      properties: {
        objectType: 'OperationStatusProvisionILRExtendedInfo',
        recoveryTarget: { clientScripts: [{ scriptContent: 'PASSWORD', url: 'https://x/?PASSWORD' }] },
      },
    }
    expect(JSON.stringify(readOperation(body))).not.toContain('PASSWORD')
  })
})

describe('the facts of an operation that started no job', () => {
  const item = `${vaultRoot}/backupFabrics/Azure/protectionContainers/c;a/protectedItems/VM;iaasvmcontainerv2;rg;vm-web-01/operationsStatus/1`

  it('name the item of the URL, and the vault', () => {
    const operation = readOperation({
      status: 'Failed',
      startTime: '2026-03-01T10:00:00Z',
      endTime: '2026-03-01T10:00:02Z',
      error: { code: 'E', message: 'M' },
    })
    expect(operationFacts(operation, target(item))).toMatchObject({
      id: '',
      vault,
      item: 'vm-web-01',
      status: 'Failed',
      startTime: Date.parse('2026-03-01T10:00:00Z'),
      endTime: Date.parse('2026-03-01T10:00:02Z'),
      durationSeconds: undefined,
      errors: [{ code: 'E', message: 'M', recommendations: [] }],
      properties: {},
      phases: [],
    })
  })

  it('have no end while it runs', () => {
    const running = readOperation({ status: 'InProgress', endTime: '2026-03-01T10:00:02Z' })
    expect(operationFacts(running, target(item)).endTime).toBeUndefined()
  })

  it.each([
    [`${backupVaultRoot}/backupInstances/disk-01/operationResults/1`, 'disk-01'],
    [`${vaultRoot}/backupOperations/1`, ''],
    // The operation itself may be called what an item's type is.
    [`${vaultRoot}/backupOperations/protectedItems`, ''],
  ])('of %s are of item "%s"', (path, expected) => {
    expect(operationFacts(readOperation({ status: 'Succeeded' }), target(path)).item).toBe(expected)
  })
})

describe('the recommendations of a failed operation', () => {
  const info = { code: 'Info', message: 'x', recommendedAction: ['Of additionalInfo.'] }
  const error = { code: 'E', message: 'M', additionalInfo: [{ type: 'UserFacingError', info }] }
  const recommended = (given: object) =>
    readOperation({ status: 'Failed', error: given }).errors[0]?.recommendations

  it('are its own, and those of additionalInfo only where it has none', () => {
    expect(recommended({ ...error, recommendedAction: ['Its own.'] })).toEqual(['Its own.'])
    expect(recommended(error)).toEqual(['Of additionalInfo.'])
  })
})

describe('the cause of a failed operation', () => {
  it('is none where neither it nor additionalInfo has one', () => {
    const info = { message: 'x', recommendedAction: ['Do Y.'] }
    const error = { code: 'E', message: 'M', additionalInfo: [{ info }] }
    expect(readOperation({ status: 'Failed', error }).errors).toStrictEqual([
      { code: 'E', message: 'M', recommendations: ['Do Y.'] },
    ])
  })

  it('is its own rather than that of additionalInfo', () => {
    const info = { recommendedAction: ['Do Y.'], innerError: { code: 'Other' } }
    const error = { code: 'E', message: 'M', innerError: { code: 'Own' }, additionalInfo: [{ info }] }
    expect(readOperation({ status: 'Failed', error }).errors).toEqual([
      { code: 'E', message: 'M', recommendations: ['Do Y.'], cause: { code: 'Own', message: '' } },
    ])
  })
})

describe('a job that an operation names in a way that cannot be read', () => {
  it.each([
    [{ jobId: {} }],
    [{ jobId: [] }],
    [{ jobId: ' ' }],
    [{ jobId: '' }],
    [{ jobId: true }],
    [{ jobIds: {} }],
    [{ jobIds: 'a', jobId: [] }],
    [{ jobIds: ['1', null] }],
    [{ properties: { jobId: '1' } }],
    [{ extendedInfo: [{ JobIDs: ['1'] }] }],
    [JSON.stringify({ jobId: '1' })],
    ['{ "jobId" : "1" }'],
    [[{ jobId: '1' }]],
  ])('is one all the same: %j', (properties) => {
    expect(readOperation({ status: 'Succeeded', properties }).unreadableJob).toBe(true)
  })

  it.each([
    [{}],
    [{ jobId: null }],
    [{ jobIds: [] }],
    [{ jobIds: null }],
    [{ jobId: 7 }],
    [{ jobIds: ['1'] }],
    [{ jobIds: ['1'], extendedInfo: { jobId: '1' } }],
    [{ extendedInfo: { jobId: null, jobIds: [] } }],
    [{ message: 'no jobId: here' }],
  ])('is none in %j', (properties) => {
    expect(readOperation({ status: 'Succeeded', properties }).unreadableJob).toBe(false)
  })
})
