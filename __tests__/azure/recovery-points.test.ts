import { describe, expect, it } from 'vitest'
import type { ResourceManager } from '../../src/azure/http/resource-manager.ts'
import { findRecoveryPoint, type ItemFinder, itemFinder } from '../../src/azure/recovery-points.ts'
import { start } from '../support/fake-clock.ts'
import { answer, fakeResourceManager } from '../support/fake-resource-manager.ts'
import { backupVaultRoot, reference, vaultRoot } from '../support/job-body.ts'
import { bareJob } from '../support/outcome.ts'

const item = `${vaultRoot}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-a;web-01/protectedItems/VM;iaasvmcontainerv2;rg-a;web-01`
const instance = `${backupVaultRoot}/backupInstances/disk-1`
const hour = 3_600_000
const job = bareJob('Completed', { startTime: start, item: 'web-01' })
const end = start + hour
const minutes = (count: number) => new Date(start + count * 60_000).toISOString()
const point = (name: string, at: number, properties = {}) => ({
  name,
  properties: { recoveryPointTime: minutes(at), recoveryPointType: 'AppConsistent', ...properties },
})
const find = async (value: unknown, given = job, of = item) => {
  const resourceManager = fakeResourceManager(() => answer({ value }))
  const found = await findRecoveryPoint(resourceManager, given, of, end)
  return { found, url: resourceManager.requests[0]?.url }
}

describe('the request for recovery points', () => {
  it('of an item has a filter by the time of the job', async () => {
    const { url } = await find([])
    expect(decodeURIComponent(url?.pathname ?? '')).toBe(`${item}/recoveryPoints`)
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
      'api-version': '2026-07-01',
      $filter: "startDate eq '2026-03-01 09:59:30 AM' and endDate eq '2026-03-01 11:02:00 AM'",
    })
  })

  it.each([
    ['my#db', 'my%23db'],
    ['50%off', '50%25off'],
    ['what?', 'what%3F'],
  ])('has the name %s in it whole', async (name, escaped) => {
    const { url } = await find([], job, `${instance}-${name}`)
    expect(url?.pathname).toBe(`${instance}-${escaped}/recoveryPoints`)
    expect(url?.search).toBe('?api-version=2025-07-01')
  })

  it('of an instance has none', async () => {
    const { url } = await find([], job, instance)
    expect(url?.href).toBe(`https://management.azure.com${instance}/recoveryPoints?api-version=2025-07-01`)
  })
})

describe('the recovery point of a job', () => {
  it('is the newest within its time, whatever the service’s filter does', async () => {
    const { found } = await find([
      point('before', -60),
      point('early', 5),
      point('late', 20),
      point('after', 90),
    ])
    expect(found).toMatchObject({ id: 'late', time: start + 20 * 60_000, type: 'AppConsistent' })
  })

  it.each([
    ['half a minute before its start', -0.5, true],
    // A point of a minute before is of the job before: a share's takes seconds (recorded).
    ['earlier', -1, false],
    ['two minutes after its end', 62, true],
    ['later', 63, false],
  ])('may lie outside by clocks that differ: %s', async (_name, at, expected) => {
    expect((await find([point('1', at)])).found !== undefined).toBe(expected)
  })

  it('is the one that the job names, whenever it was', async () => {
    const named = { ...job, recoveryPointId: 'ABC' }
    expect((await find([point('other', 10), point('abc', -300)], named, instance)).found?.id).toBe('abc')
  })

  it('is no other than the one that the job names', async () => {
    const named = { ...job, recoveryPointId: 'abc' }
    expect((await find([point('other', 10)], named, instance)).found).toBeUndefined()
  })

  it.each([
    ['its name', point('6F9619FF-8B86-4000-8000-00C04FC964FF', 10)],
    ['its ID', point('x', 10, { recoveryPointId: '6f9619ff8b864000800000c04fc964ff' })],
    ['its name beside an ID', point('6f9619ff8b864000800000c04fc964ff', 10, { recoveryPointId: 'other' })],
  ])('is known by %s, with hyphens or without', async (_name, listed) => {
    for (const recoveryPointId of [
      '6f9619ff8b864000800000c04fc964ff',
      '6F9619FF-8B86-4000-8000-00C04FC964FF',
    ])
      expect((await find([listed], { ...job, recoveryPointId }, instance)).found).toBeDefined()
  })

  it.each([
    [
      'tiers',
      { recoveryPointTierDetails: [{ type: 'InstantRP' }, { type: 'HardenedRP' }, null] },
      'AppConsistent (InstantRP, HardenedRP)',
    ],
    ['stores', { recoveryPointDataStoresDetails: [{ type: 'VaultStore' }] }, 'AppConsistent (VaultStore)'],
    ['neither', {}, 'AppConsistent'],
  ])('has its %s in its type', async (_name, properties, expected) => {
    expect((await find([point('1', 10, properties)])).found?.type).toBe(expected)
  })

  it('of a database has its time and kind under other names, and of an instance its ID', async () => {
    const times = { recoveryPointTime: undefined, recoveryPointTimeInUTC: minutes(10) }
    const sql = point('1', 0, { ...times, recoveryPointType: undefined, type: 'Full' })
    expect((await find([sql])).found).toMatchObject({ id: '1', time: start + 600_000, type: 'Full' })
    const disk = point('name', 10, { recoveryPointId: 'own-id' })
    expect((await find([disk], job, instance)).found?.id).toBe('own-id')
  })

  it.each([
    ['nothing', []],
    ['no list', null],
    ['no objects', [null, 'text', 1]],
    ['no times', [{ name: '1', properties: {} }]],
    ['no names', [{ properties: { recoveryPointTime: minutes(5) } }]],
  ])('is not there in %s', async (_name, value) => {
    expect((await find(value)).found).toBeUndefined()
  })

  it('is looked for on the next page, by its link as given', async () => {
    const next = `https://management.azure.com${instance}/recoveryPoints?api-version=2025-07-01&$skipToken=MQ%3d%3d`
    const resourceManager = fakeResourceManager((_request, count) =>
      count === 1
        ? answer({ value: [point('old', -600)], nextLink: next })
        : answer({ value: [point('1', 5)] }),
    )
    expect((await findRecoveryPoint(resourceManager, job, instance, end))?.id).toBe('1')
    expect(resourceManager.requests[1]?.url.href).toBe(next)
  })

  it.each([
    ['leads back', `https://management.azure.com${instance}/recoveryPoints`],
    ['is no URL', 'next'],
    ['is no text', { href: 'next' }],
  ])('is not called missing where the link to the next page %s', async (_name, nextLink) => {
    const resourceManager = fakeResourceManager(() => answer({ value: [], nextLink }))
    await expect(findRecoveryPoint(resourceManager, job, instance, end)).rejects.toThrow(
      /^The list of recovery points of disk-1 is incomplete: /,
    )
  })

  it.each([
    [
      { type: 'InstantRP', status: 'Deleted' },
      { type: 'HardenedRP', status: 'Valid' },
      'AppConsistent (HardenedRP)',
    ],
    [
      { type: 'InstantRP', status: 'Valid' },
      { type: 'ArchivedRP', status: 'Rehydrated' },
      'AppConsistent (InstantRP, ArchivedRP)',
    ],
    [
      { type: 'IASnapshotRP', status: 'valid' },
      { type: 'HardenedRP', status: 'Disabled' },
      'AppConsistent (IASnapshotRP)',
    ],
  ])('is in the tiers that hold it: %j, %j', async (...given) => {
    const type = given.pop()
    expect((await find([point('1', 5, { recoveryPointTierDetails: given })])).found?.type).toBe(type)
  })

  it.each(['Invalid', 'Disabled', 'Deleted', '', 'Odd'])(
    'is none where its tiers are all "%s"',
    async (status) => {
      const recoveryPointTierDetails = [{ type: 'InstantRP', status }]
      expect((await find([point('1', 5, { recoveryPointTierDetails })])).found).toBeUndefined()
    },
  )
})

describe('the health of a recovery point', () => {
  const database = item.replace(/\/VM;.*$/, '/SQLDatabase;mssqlserver;orders')
  const healthOf = async (properties: object, { of = item, apiVersion = '2026-07-01' } = {}) => {
    const resourceManager = fakeResourceManager(() =>
      answer({ value: [point('1', 5, properties)] }, { apiVersion }),
    )
    return (await findRecoveryPoint(resourceManager, job, of, end))?.health
  }

  it.each([
    ['Healthy', 'Healthy'],
    ['UNHEALTHY', 'UnHealthy'],
    ['warning', 'Warning'],
    ['Unknown', 'Unknown'],
    ['notAvailable', 'NotAvailable'],
    [' Quarantined ', 'Quarantined'],
    [undefined, ''],
    [null, ''],
    [{}, ''],
  ])('has the threat status %j as %s', async (threatStatus, status) => {
    expect(await healthOf({ threatStatus })).toEqual({ status, threats: [] })
  })

  it('has each threat, whatever is missing of it', async () => {
    const whole = {
      threatTitle: 'Ransomware',
      threatDescription: 'Many files were rewritten.',
      threatSeverity: 'High',
      threatState: 'Active',
      threatStartTime: minutes(1),
      lastUpdatedTime: minutes(2),
    }
    const late = {
      threatDescription: 'Odd',
      lastUpdatedTime: minutes(2),
      threatStartTime: '0001-01-01T00:00:00',
    }
    const threatInfo = [whole, null, 'text', late, {}]
    expect((await healthOf({ threatStatus: 'Warning', threatInfo }))?.threats).toEqual([
      { title: 'Ransomware', severity: 'High', state: 'Active', time: start + 60_000 },
      { title: 'Odd', severity: '', state: '', time: start + 120_000 },
      { title: '', severity: '', state: '', time: undefined },
    ])
    const many = Array.from({ length: 60 }, () => whole)
    expect((await healthOf({ threatStatus: 'Warning', threatInfo: many }))?.threats).toHaveLength(50)
    expect((await healthOf({ threatStatus: 'Warning', threatInfo: 'none' }))?.threats).toEqual([])
  })

  it.each([
    ['in a newer api-version', { apiVersion: '2026-11-01' }, true],
    ['in a newer preview', { apiVersion: '2026-08-31-preview' }, true],
    ['in an older api-version', { apiVersion: '2026-05-01' }, false],
    ['of a database', { of: database }, false],
    ['in a Backup vault', { of: instance, apiVersion: '2026-09-01' }, false],
  ])('may yet come %s: %j is %s', async (_name, given, mayCome) => {
    expect(await healthOf({}, given)).toEqual(mayCome ? { status: '', threats: [] } : undefined)
    // What is told counts, wherever it is.
    expect((await healthOf({ threatStatus: 'Warning' }, given))?.status).toBe('Warning')
  })
})

describe('the expiry of a recovery point', () => {
  const bag = { properties: { 'Recovery Point Expiry Time in UTC': '3/13/2022 12:00:00 AM' } }
  const own = { recoveryPointProperties: { expiryTime: '2026-04-01T00:00:00Z' } }

  it.each<[string, object, object, string | undefined]>([
    ['its own', own, bag, '2026-04-01T00:00:00.000Z'],
    ['its own in a Backup vault', { expiryTime: '2026-05-01T00:00:00Z' }, {}, '2026-05-01T00:00:00.000Z'],
    ["that of the job's bag", { recoveryPointProperties: null }, bag, '2022-03-13T00:00:00.000Z'],
    ['none', {}, { properties: { 'Recovery Point Expiry Time in UTC': 'never' } }, undefined],
  ])('is %s', async (_name, properties, given, expected) => {
    const { found } = await find([point('1', 5, properties)], { ...job, ...given })
    const expiresAt = found?.expiresAt
    expect(expiresAt === undefined ? undefined : new Date(expiresAt).toISOString()).toBe(expected)
  })
})

describe('the item of a job', () => {
  const itemOfJob = async (from: ResourceManager, ...of: Parameters<ItemFinder['itemOf']>) =>
    await itemFinder(from, () => 0).itemOf(...of)
  const row = (group: string) => ({
    id: item.replaceAll('rg-a', group),
    properties: { friendlyName: 'web-01', containerName: `iaasvmcontainerv2;${group};web-01` },
  })

  it('is told by the reference, or by the job, without a request', async () => {
    const resourceManager = fakeResourceManager(() => answer({}))
    expect(await itemOfJob(resourceManager, job, { ...reference, item })).toBe(item)
    expect(await itemOfJob(resourceManager, { ...job, instanceId: instance }, reference)).toBe(instance)
    expect(resourceManager.requests).toEqual([])
  })

  it('is found by its name in the vault', async () => {
    const resourceManager = fakeResourceManager(() => answer({ data: [row('rg-a'), row('rg-b')] }))
    const own = { ...job, container: 'iaasvmcontainerv2;rg-b;web-01' }
    expect(await itemOfJob(resourceManager, own, reference)).toBe(row('rg-b').id)
  })

  it('is found by one question a vault, asked again where it fits none of what is minutes old, or failed', async () => {
    let now = 0
    let rows = [row('rg-a')]
    const resourceManager = fakeResourceManager((_request, count) =>
      count === 1 ? new Error('503') : answer({ data: rows }),
    )
    const finder = itemFinder(resourceManager, () => now)
    const of = (group: string) =>
      finder.itemOf({ ...job, container: `iaasvmcontainerv2;${group};web-01` }, reference)
    await expect(of('rg-a')).rejects.toThrow('503')
    await Promise.all(Array.from({ length: 60 }, () => of('rg-a')))
    expect(await of('rg-b')).toBeUndefined()
    expect(resourceManager.requests).toHaveLength(2)
    rows = [row('rg-a'), row('rg-b')]
    now = 6 * 60_000
    expect(await of('rg-b')).toBe(row('rg-b').id)
    expect(await of('rg-a')).toBe(row('rg-a').id)
    expect(resourceManager.requests).toHaveLength(3)
  })

  it('is not guessed where two fit, or none', async () => {
    const two = fakeResourceManager(() => answer({ data: [row('rg-a'), row('rg-b')] }))
    expect(await itemOfJob(two, job, reference)).toBeUndefined()
    const none = fakeResourceManager(() => answer({ data: [] }))
    expect(await itemOfJob(none, job, reference)).toBeUndefined()
  })
})
