import { describe, expect, it } from 'vitest'
import { isJobOf } from '../../src/azure/items.ts'
import { readJob } from '../../src/azure/job-body.ts'
import { durationSeconds, number, retryAfterSeconds, size, time } from '../../src/base/read.ts'
import type { Job } from '../../src/domain/job.ts'
import { fractionDone } from '../../src/report/live/time-left.ts'
import { backupVault, diskBody, jobId, tasks, vault, vmBody } from '../support/job-body.ts'

const read = (body: unknown): Job => readJob(body, jobId, vault)
const vm = (properties?: Record<string, unknown>, extended?: Record<string, unknown>) =>
  read(vmBody(properties, extended))
const disk = (properties?: Record<string, unknown>, extended?: Record<string, unknown>) =>
  readJob(diskBody(properties, extended), jobId, backupVault)

describe('a VM backup', () => {
  it('is read whole', () => {
    const body = vmBody(
      {
        status: 'Completed',
        duration: 'PT1H11M16.9352454S',
        endTime: '2026-03-01T11:11:17.0588021Z',
      },
      {
        tasksList: tasks('Completed', 'Completed'),
        propertyBag: { 'VM Name': 'vm-web-01', 'Backup Size': '19306 MB' },
        internalPropertyBag: { IsInstantRpJob: 'True' },
        progressPercentage: 100,
        estimatedRemainingDuration: 'PT0S',
      },
    )
    expect(read(body)).toMatchObject({
      id: jobId,
      vault,
      operation: 'Backup',
      item: 'vm-web-01',
      status: 'Completed',
      startTime: Date.parse('2026-03-01T10:00:00.123Z'),
      endTime: Date.parse('2026-03-01T11:11:17.058Z'),
      durationSeconds: 4276.9352454,
      size: { text: '19306 MB', bytes: 20_243_808_256 },
      phases: [
        { name: 'Take Snapshot', status: 'Completed' },
        { name: 'Transfer data to vault', status: 'Completed' },
      ],
      errors: [],
      properties: { 'VM Name': 'vm-web-01', 'Backup Size': '19306 MB' },
      percent: 100,
      remainingSeconds: 0,
      activityId: 'ea63be60-8ae0-11ec-9ef1-b07b250bf939',
    })
  })

  it('has no end, no duration and no size while they are not told', () => {
    expect(vm()).toMatchObject({ endTime: undefined, durationSeconds: undefined, size: undefined })
  })

  it('takes its ID and vault from what was asked for, not from the body', () => {
    const body = { ...vmBody(), id: '/subscriptions/other', name: 'other' }
    expect(read(body)).toMatchObject({ id: jobId, vault })
  })

  it('says what its tasks say of themselves', () => {
    const extended = {
      tasksList: [
        {
          taskId: 'Transfer data from vault',
          status: 'inprogress',
          startTime: '2026-03-01T10:00:05Z',
          endTime: '0001-01-01T00:00:00',
          taskExecutionDetails: '115.13 GBs / 127 GBs Transferred',
        },
        { taskId: '', status: 'Completed' },
        null,
        'Take Snapshot',
      ],
    }
    expect(vm({}, extended).phases).toStrictEqual([
      {
        name: 'Transfer data from vault',
        status: 'InProgress',
        startTime: Date.parse('2026-03-01T10:00:05Z'),
        details: '115.13 GBs / 127 GBs Transferred',
      },
    ])
  })

  it('says nothing of a task that the task does not say', () => {
    expect(vm({}, { tasksList: [{ taskId: 'Take Snapshot', status: 'Completed' }] }).phases).toStrictEqual([
      { name: 'Take Snapshot', status: 'Completed' },
    ])
  })

  it.each([
    [{ containerName: 'iaasvmcontainerv2;rg;vm', storageAccountName: 'account' }, 'iaasvmcontainerv2;rg;vm'],
    [{ storageAccountName: 'account' }, 'account'],
    [{}, ''],
  ])('with %j is of the container "%s"', (properties, container) => {
    expect(vm(properties).container).toBe(container)
  })

  it.each([
    [99, 99],
    ['90.0', 90],
    [0, 0],
    [101, undefined],
    [-1, undefined],
    [null, undefined],
  ])('reads progressPercentage %j as %j', (given, expected) => {
    expect(vm({}, { progressPercentage: given }).percent).toBe(expected)
  })
})

describe('the status', () => {
  it.each([
    ['Completed', 'Completed'],
    ['COMPLETED', 'Completed'],
    ['completedwithwarnings', 'CompletedWithWarnings'],
    ['Canceled', 'Cancelled'],
    [' Failed ', 'Failed'],
    ['Hibernating', 'Hibernating'],
    ['', 'Unknown'],
    [null, 'Unknown'],
    [undefined, 'Unknown'],
    [{}, 'Unknown'],
    [['Completed'], 'Unknown'],
  ])('%j is %s', (given, expected) => {
    expect(vm({ status: given }).status).toBe(expected)
  })

  it('is never that of the body around the properties', () => {
    expect(read({ status: 'Succeeded' }).status).toBe('Unknown')
    expect(read({ status: 'Completed', properties: {} }).status).toBe('Unknown')
  })

  it.each([undefined, null, '', 'Completed', 5, [], [vmBody()]])('is unknown in %j', (body) => {
    expect(read(body).status).toBe('Unknown')
  })
})

describe('the size', () => {
  const sizeOf = (propertyBag: unknown) => vm({}, { propertyBag }).size

  it.each([
    [{ 'Backup Size': '32 GB' }, { text: '32 GB', bytes: 34_359_738_368 }],
    [{ ' backup size ': '2332 MB' }, { text: '2332 MB', bytes: 2_445_279_232 }],
    [{ 'Data Transferred (in MB)': '1952.3086' }, { text: '1952.3086 MB', bytes: 2_047_143_943 }],
    [{ 'data transferred (in mb)': '0' }, { text: '0 mb', bytes: 0 }],
    [{ 'Data Transferred (in MB)': 20.1147 }, { text: '20.1147 MB', bytes: 21_091_792 }],
    [{ 'Backup Size (in GB)': '2' }, { text: '2 GB', bytes: 2_147_483_648 }],
    [
      { 'Data Transferred (in MB)': '5', 'Backup Size': '7 MB' },
      { text: '7 MB', bytes: 7_340_032 },
    ],
    [
      { 'Backup Size': '', 'Data Transferred (in MB)': '5' },
      { text: '5 MB', bytes: 5_242_880 },
    ],
    [{ 'Backup Size': 'unknown' }, undefined],
    [{ 'Backup Size': null }, undefined],
    [{ 'Number Of Restored Files': '2' }, undefined],
    [{ 'Data Transferred (in MB) so far': '5' }, undefined],
    [{}, undefined],
    ['Backup Size: 5 MB', undefined],
    [null, undefined],
  ])('of the bag %j is %j', (bag, expected) => {
    expect(sizeOf(bag)).toEqual(expected)
  })

  it.each([
    [{ dataTransferredInBytes: 2063.0 }, { text: '2063 B', bytes: 2063 }],
    [{ dataTransferredInBytes: '8442527' }, { text: '8442527 B', bytes: 8_442_527 }],
    [{ dataTransferedInBytes: 17 }, { text: '17 B', bytes: 17 }],
    [
      { dataTransferredInBytes: null, dataTransferedInBytes: 17.4 },
      { text: '17 B', bytes: 17 },
    ],
    [{ dataTransferredInBytes: 0 }, { text: '0 B', bytes: 0 }],
    [{ dataTransferredInBytes: null }, undefined],
    [{ dataTransferredInBytes: -1 }, undefined],
    [{ dataTransferredInBytes: 1e300 }, undefined],
  ])('of a Backup vault’s %j is %j', (extended, expected) => {
    expect(disk({}, extended).size).toEqual(expected)
  })
})

describe('the property bag', () => {
  it('has its keys trimmed and nothing that is null', () => {
    const propertyBag = {
      'Recovery point time ': '2/11/2022 2:18:40 AM',
      '  ': 'blank',
      Empty: null,
      Count: 2,
      Inner: { ' a ': 1, b: null },
    }
    expect(vm({}, { propertyBag }).properties).toEqual({
      'Recovery point time': '2/11/2022 2:18:40 AM',
      Count: 2,
      Inner: { a: 1 },
    })
  })

  it('has no signatures, however deep', () => {
    const url = 'https://sa.blob.core.windows.net/c/azuredeploy.json?sv=1&sig=SECRETSECRET'
    const propertyBag = { 'Template Blob Uri': url, Inner: { list: [url, { deep: url }] } }
    const { properties } = vm({}, { propertyBag })
    expect(JSON.stringify(properties)).not.toContain('SECRET')
    expect(properties['Template Blob Uri']).toBe(
      'https://sa.blob.core.windows.net/c/azuredeploy.json?sv=1&sig=***',
    )
  })

  it('keeps its lists', () => {
    expect(vm({}, { propertyBag: { list: [1, ' a ', ['b'], { c: null, d: true }] } }).properties).toEqual({
      list: [1, ' a ', ['b'], { d: true }],
    })
  })

  it('ends where it is nested deeper than any bag was seen', () => {
    let deep: unknown = 'bottom'
    for (let level = 0; level < 5_000; level += 1) deep = level % 2 === 0 ? [deep] : { deep }
    const kept = (value: unknown) => JSON.stringify(vm({}, { propertyBag: { value } }).properties)
    expect(kept(deep)).not.toContain('bottom')
    let most: unknown = 'bottom'
    for (let level = 0; level < 20; level += 1) most = [most]
    expect(kept(most)).toContain('bottom')
    expect(kept([most, { most }])).not.toContain('bottom')
  })

  it('is put together from the fields of a Backup vault’s job', () => {
    const extended = {
      additionalDetails: { RetentionTag: 'Weekly', 'Restore File Prefix': null },
      recoveryDestination: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d',
      backupInstanceState: 'ProtectionConfigured',
      sourceRecoverPoint: { recoveryPointID: 'rp1', recoveryPointTime: '2026-02-28T22:00:00.1234567Z' },
      targetRecoverPoint: { recoveryPointID: null, recoveryPointTime: '0001-01-01T00:00:00Z' },
    }
    const target = { recoveryPointID: 'rp2', recoveryPointTime: '2026-03-01T22:00:00Z' }
    expect(disk({}, { targetRecoverPoint: target })).toMatchObject({
      recoveryPointId: 'rp2',
      properties: {
        targetRecoverPointId: 'rp2',
        targetRecoverPointTime: '2026-03-01T22:00:00.000Z',
      },
    })
    expect(disk({}, extended).properties).toEqual({
      RetentionTag: 'Weekly',
      recoveryDestination: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d',
      backupInstanceState: 'ProtectionConfigured',
      sourceRecoverPointId: 'rp1',
      sourceRecoverPointTime: '2026-02-28T22:00:00.123Z',
    })
  })
})

describe('a job of a Backup vault', () => {
  it('tells its item, its activity and its sub-tasks in words of its own', () => {
    expect(disk({ status: 'Started' })).toMatchObject({
      item: 'disk-01',
      activityId: 'bcd22b91-68f7-4a84-8acc-9706090e50a1',
      status: 'InProgress',
      endTime: undefined,
      durationSeconds: 0,
      phases: [{ name: 'Trigger Backup', status: 'InProgress' }],
    })
  })

  it.each([
    [{ backupInstanceFriendlyName: null }, 'disk-01-source'],
    [{ backupInstanceFriendlyName: '', dataSourceName: null }, ''],
    [{ backupInstanceFriendlyName: 'server\\db' }, 'server\\db'],
  ])('with %j protects "%s"', (properties, expected) => {
    expect(disk(properties).item).toBe(expected)
  })

  it('is known by its category where it names no operation', () => {
    expect(disk({ operation: null, operationCategory: 'CrossRegionRestore' }).operation).toBe(
      'CrossRegionRestore',
    )
  })
})

describe('an end before the start', () => {
  it.each(['2001-01-01T00:00:00Z', '0001-01-01T00:00:00', '2026-03-01T09:59:58Z'])(
    '%s is none',
    (endTime) => {
      expect(vm({ endTime }).endTime).toBeUndefined()
      const task = {
        taskId: 'Take Snapshot',
        status: 'InProgress',
        startTime: '2026-03-01T10:00:01Z',
        endTime,
      }
      expect(vm({}, { tasksList: [task] }).phases[0]?.endTime).toBeUndefined()
    },
  )

  it('is one where only parts of a second lie between', () => {
    expect(vm({ endTime: '2026-03-01T10:00:00Z' }).endTime).toBe(Date.parse('2026-03-01T10:00:00Z'))
    // A whole second at the most, which is what may be cut off.
    const [first, last] = ['2026-03-01T09:59:59.123Z', '2026-03-01T09:59:59.122Z'].map(
      (endTime) => vm({ endTime }).endTime,
    )
    expect([first, last]).toEqual([Date.parse('2026-03-01T09:59:59.123Z'), undefined])
  })

  it('is one where no start is told', () => {
    const endTime = '2026-03-01T09:00:00Z'
    expect(vm({ startTime: null, endTime })).toMatchObject({
      startTime: undefined,
      endTime: Date.parse(endTime),
    })
  })
})

describe('a task', () => {
  it('has times of its own', () => {
    const [startTime, endTime] = ['2026-03-01T10:00:05Z', '2026-03-01T10:08:00Z']
    const [phase] = vm(
      {},
      { tasksList: [{ taskId: 'Take Snapshot', status: 'Completed', startTime, endTime }] },
    ).phases
    expect(phase).toMatchObject({ startTime: Date.parse(startTime), endTime: Date.parse(endTime) })
  })
})

describe('the size of a restore', () => {
  const task = (DataTransferredInBytes?: unknown) => ({
    taskId: 1,
    additionalDetails: { DataTransferredInBytes },
  })

  it('is what its tasks transferred, together', () => {
    const subTasks = [task('1048576'), task(), task('24')]
    expect(disk({}, { dataTransferredInBytes: null, subTasks }).size).toEqual({
      text: '1048600 B',
      bytes: 1_048_600,
    })
  })

  it('is the job’s own where that tells it', () => {
    expect(disk({}, { dataTransferredInBytes: 7, subTasks: [task('24')] }).size?.bytes).toBe(7)
  })
})

describe('texts of any length', () => {
  const long = (part: string) => part.repeat(40_000 / part.length)

  it('are cut where they enter', () => {
    const job = vm({ entityFriendlyName: long('a') }, { propertyBag: { [long('k')]: long('v') } })
    expect(job.item).toHaveLength(4_000)
    expect(
      Object.entries(job.properties)
        .flat()
        .map((one) => String(one).length),
    ).toEqual([4_000, 4_000])
  })

  it.each(['1', '1,', ' ', '[', ' [', '1 ', '/', '(in ', '=', 'a ', ': ', '12:', '1.', 'T1', '/sub'])(
    'of %j take no time',
    (part) => {
      const text = long(part)
      const before = performance.now()
      for (const value of [text, `1${text}x`, `${text}]`, `a${text}[b`, `${text} (in MB`]) {
        const job = vm(
          { entityFriendlyName: value, duration: value, startTime: value, activityId: value },
          {
            tasksList: [{ taskId: value, status: 'InProgress', taskExecutionDetails: value }],
            propertyBag: { [value]: '1', 'Backup Size': value, 'Data Transferred (in MB)': value },
            dynamicErrorMessage: value,
          },
        )
        fractionDone(job)
        isJobOf(job, {
          id: '/x',
          vault,
          name: 'x',
          container: value,
          server: '',
          instance: '',
          standing: 'protected',
        })
        for (const reader of [number, size, time, durationSeconds]) reader(value)
        retryAfterSeconds(value, undefined, 0)
      }
      // A few milliseconds on an idle machine; a quadratic pattern takes ten seconds.
      expect(performance.now() - before).toBeLessThan(1_500)
    },
  )
})
