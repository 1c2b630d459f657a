import { describe, expect, it } from 'vitest'
import { propertiesOf, queryResources, quoted } from '../../src/azure/resource-graph.ts'
import { answer, fakeResourceManager, refusal } from '../support/fake-resource-manager.ts'
import { subscription } from '../support/job-body.ts'

const row = (id: string) => ({ id })

const query = async (...given: Parameters<typeof queryResources>) => (await queryResources(...given)).rows

describe('queryResources', () => {
  it('asks for one subscription, a thousand objects a page', async () => {
    const resourceManager = fakeResourceManager(() => answer({ data: [row('a'), null, 'text'] }))
    expect(await query(resourceManager, subscription, 'T\n| order by id asc')).toEqual([row('a')])
    const [request] = resourceManager.requests
    expect(request?.url.href).toBe(
      'https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01',
    )
    expect(request).toMatchObject({
      method: 'POST',
      body: {
        subscriptions: [subscription],
        query: 'T\n| order by id asc',
        options: { $top: 1000, resultFormat: 'objectArray' },
      },
    })
    expect(resourceManager.pauses).toEqual([])
  })

  it('reads the next page by its token', async () => {
    const resourceManager = fakeResourceManager((_request, count) =>
      answer({ data: [row(String(count))], ...(count < 3 ? { $skipToken: ` token ${count} ` } : {}) }),
    )
    expect(await query(resourceManager, subscription, 'T')).toEqual([row('1'), row('2'), row('3')])
    const tokens = resourceManager.requests.map(({ body }) => (body as { options: object }).options)
    expect(tokens).toEqual([
      { $top: 1000, resultFormat: 'objectArray' },
      { $top: 1000, resultFormat: 'objectArray', $skipToken: ' token 1 ' },
      { $top: 1000, resultFormat: 'objectArray', $skipToken: ' token 2 ' },
    ])
  })

  it('keeps the silence that was asked for before the next page, and none after the last', async () => {
    const resourceManager = fakeResourceManager((_request, count) =>
      answer({ data: [], ...(count === 1 ? { $skipToken: 'next' } : {}) }, { retryAfter: 4 }),
    )
    await query(resourceManager, subscription, 'T')
    expect(resourceManager.pauses).toEqual([4])
  })

  it.each([undefined, null, [], 'text', { data: null }, { data: {} }])('has no rows in %j', async (body) => {
    const resourceManager = fakeResourceManager(() => answer(body))
    expect(await query(resourceManager, subscription, 'T')).toEqual([])
  })

  it('is an error where the pages never end', async () => {
    const resourceManager = fakeResourceManager(() => answer({ data: [], $skipToken: 'again' }))
    await expect(query(resourceManager, subscription, 'T')).rejects.toThrow(
      'The list of protected items (Azure Resource Graph) is incomplete: its next page is one that was read before.',
    )
    expect(resourceManager.requests).toHaveLength(2)
  })

  it('is an error where rows are cut off and no page follows', async () => {
    const cut = fakeResourceManager(() => answer({ data: [row('a')], resultTruncated: 'true' }))
    await expect(query(cut, subscription, 'T')).rejects.toThrow('tells no next page')
    const whole = fakeResourceManager(() => answer({ data: [row('a')], resultTruncated: 'false' }))
    expect(await query(whole, subscription, 'T')).toEqual([row('a')])
  })

  it('throws what the service refuses', async () => {
    const resourceManager = fakeResourceManager(() => refusal(403, 'AuthorizationFailed', 'No'))
    await expect(query(resourceManager, subscription, 'T')).rejects.toMatchObject({ status: 403 })
  })
})

describe('quoted', () => {
  it.each([
    ['plain', "'plain'"],
    ["it's", "'it\\'s'"],
    ['back\\slash', "'back\\\\slash'"],
    ["\\' or 1 == 1", "'\\\\\\' or 1 == 1'"],
  ])('writes %s as %s', (given, expected) => {
    expect(quoted(given)).toBe(expected)
  })
})

describe('propertiesOf', () => {
  it.each([
    [{ a: 1 }, { a: 1 }],
    ['{"a":1}', { a: 1 }],
    ['{"a":', {}],
    ['[1]', {}],
    [null, {}],
    [undefined, {}],
  ])('of %j is %j', (properties, expected) => {
    expect(propertiesOf({ properties })).toEqual(expected)
  })
})
