import { describe, expect, it } from 'vitest'
import { listDate, listJobs } from '../../src/azure/job-list.ts'
import { answer, fakeResourceManager } from '../support/fake-resource-manager.ts'
import { backupVault, backupVaultRoot, diskBody, vault, vaultRoot, vmBody } from '../support/job-body.ts'

const origin = 'https://management.azure.com'
const item = (name: string, properties = {}) => ({ ...vmBody(properties), name })
const page = (value: unknown[], nextLink?: string) => answer({ value, ...(nextLink ? { nextLink } : {}) })
const running = { status: 'InProgress' } as const

describe('the request for a list', () => {
  it('of a Recovery Services vault has a filter by status', async () => {
    const resourceManager = fakeResourceManager(() => page([]))
    await listJobs(resourceManager, vault, running)
    const [url] = resourceManager.requests.map((request) => request.url)
    expect(url?.pathname).toBe(`${vaultRoot}/backupJobs`)
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
      'api-version': '2025-02-01',
      $filter: "status eq 'InProgress'",
    })
  })

  it('has a filter by the time of the start, in English and in UTC', async () => {
    const resourceManager = fakeResourceManager(() => page([]))
    const times = { from: Date.parse('2026-03-01T00:00:00Z'), to: Date.parse('2026-03-01T13:05:09Z') }
    await listJobs(resourceManager, vault, times)
    expect(resourceManager.requests[0]?.url.searchParams.get('$filter')).toBe(
      "startTime eq '2026-03-01 12:00:00 AM' and endTime eq '2026-03-01 01:05:09 PM'",
    )
  })

  it('of a Backup vault has none', async () => {
    const resourceManager = fakeResourceManager(() => page([]))
    await listJobs(resourceManager, backupVault, running)
    expect(resourceManager.requests[0]?.url.href).toBe(
      `${origin}${backupVaultRoot}/backupJobs?api-version=2025-07-01`,
    )
  })
})

describe('listDate', () => {
  it.each([
    ['2022-02-11T02:18:36Z', '2022-02-11 02:18:36 AM'],
    ['2022-02-11T12:00:00Z', '2022-02-11 12:00:00 PM'],
    ['2022-12-31T23:59:59Z', '2022-12-31 11:59:59 PM'],
  ])('writes %s as %s', (given, expected) => {
    expect(listDate(Date.parse(given))).toBe(expected)
  })
})

describe('the list', () => {
  it('has jobs by their own names, and only those that were asked for, whatever the service’s filter does', async () => {
    const resourceManager = fakeResourceManager(() =>
      page([
        item('1'),
        item('2', { status: 'Completed' }),
        { ...vmBody(), name: null, id: '/x/backupJobs/3' },
        null,
        {},
      ]),
    )
    const { jobs } = await listJobs(resourceManager, vault, running)
    expect(jobs.map(({ id, status }) => [id, status])).toEqual([
      ['1', 'InProgress'],
      ['3', 'InProgress'],
    ])
  })

  it('has only jobs that are wanted, by what tells whose they are', async () => {
    const [one, other] = [{ entityFriendlyName: 'web-01' }, { entityFriendlyName: 'web-02' }]
    const resourceManager = fakeResourceManager(() => page([item('1', one), item('2', other)]))
    const { jobs } = await listJobs(resourceManager, vault, running, (head) => head.item === 'web-02')
    expect(jobs).toMatchObject([{ id: '2', item: 'web-02', operation: 'Backup', status: 'InProgress' }])
  })

  it('has only jobs that started within the time', async () => {
    const resourceManager = fakeResourceManager(() =>
      page([
        item('early', { startTime: '2026-03-01T09:59:59Z' }),
        item('first', { startTime: '2026-03-01T10:00:00Z' }),
        item('last', { startTime: '2026-03-01T11:00:00Z' }),
        item('late', { startTime: '2026-03-01T11:00:01Z' }),
        item('unknown', { startTime: null }),
      ]),
    )
    const times = { from: Date.parse('2026-03-01T10:00:00Z'), to: Date.parse('2026-03-01T11:00:00Z') }
    const { jobs } = await listJobs(resourceManager, vault, times)
    expect(jobs.map(({ id }) => id)).toEqual(['first', 'last'])
  })

  it.each([undefined, null, [], 'text', { value: null }, { value: {} }])('is empty in %j', async (body) => {
    const resourceManager = fakeResourceManager(() => answer(body))
    expect((await listJobs(resourceManager, vault, running)).jobs).toEqual([])
  })

  it('of a Backup vault has its jobs', async () => {
    const resourceManager = fakeResourceManager(() => page([{ ...diskBody(), name: '1' }]))
    expect((await listJobs(resourceManager, backupVault, running)).jobs).toMatchObject([
      { id: '1', vault: backupVault, item: 'disk-01' },
    ])
  })
})

describe('the next page', () => {
  const next = `${origin}${vaultRoot}/backupJobs?api-version=2017-07-01&%24skiptoken=%3c%3fxml+version%3d%221.0%22%3f%3e%0d%0a`

  it.each([
    ['XML in its token and another api-version', next],
    ['a signature', `${next}&t=638446947641055547&s=U0lHTkFUVVJFU0lHTkFUVVJF`],
  ])('is followed to the letter, with %s', async (_name, link) => {
    const resourceManager = fakeResourceManager((_request, count) =>
      count === 1 ? page([item('1')], link) : page([item('2')]),
    )
    const { jobs } = await listJobs(resourceManager, vault, running)
    expect(jobs.map(({ id }) => id)).toEqual(['1', '2'])
    expect(resourceManager.requests[1]?.url.href).toBe(link)
  })

  it.each([
    ['itself', (href: string) => href, 'its next page is one that was read before'],
    ['nowhere', () => 'no URL', 'the link to its next page is no URL'],
  ])('is an error where it leads to %s', async (_name, link, why) => {
    const resourceManager = fakeResourceManager(({ url }) => page([item('1')], link(url.href)))
    await expect(listJobs(resourceManager, vault, running)).rejects.toThrow(
      `The list of jobs of vault vault-weu is incomplete: ${why}.`,
    )
  })
})
