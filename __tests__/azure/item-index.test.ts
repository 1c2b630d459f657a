import { describe, expect, it } from 'vitest'
import { indexItems } from '../../src/azure/item-index.ts'
import { isJobOf, type ProtectedItem } from '../../src/azure/items.ts'
import { vault, vaultRoot } from '../support/job-body.ts'
import { bareJob } from '../support/outcome.ts'

const itemOf = (name: string, given: Partial<ProtectedItem> = {}): ProtectedItem => ({
  id: `${vaultRoot}/protectedItems/${name}`,
  vault,
  name,
  container: '',
  server: '',
  instance: '',
  standing: 'protected',
  ...given,
})
const job = (item: string, given: object = {}) => bareJob('Completed', { item, ...given })

describe('the items that a name may mean', () => {
  const [web, twin, files] = [
    itemOf('web-01', { container: 'group-a' }),
    itemOf('WEB-01', { container: 'group-b' }),
    itemOf('files-01'),
  ] as const
  it.each([
    ['web-01', [web, twin]],
    ['Group-B/Web-01', [twin]],
    [files.id.toUpperCase(), [files]],
    ['web-02', []],
    ['', []],
  ])('%s', (name, expected) => {
    expect(indexItems([web, twin, files]).named(name)).toEqual(expected)
  })
})

describe('the items that a job may be of', () => {
  it('are the one whose ID it has, in any case, and no other of its name', () => {
    const [one, other] = [itemOf('disk-1'), itemOf('disk-1', { id: '/other' })]
    const { ownersOf } = indexItems([one, other])
    expect(ownersOf(job('disk-1', { instanceId: one.id.toUpperCase() }))).toEqual([one])
    expect(ownersOf(job('another name', { instanceId: one.id }))).toEqual([one])
    expect(ownersOf(job('disk-1', { instanceId: '/third' }))).toEqual([])
  })

  it('are those of its name, in any case, that fit', () => {
    const [a, b, c] = [
      itemOf('docs', { container: 'StorageContainer;storage;rg;one' }),
      itemOf('docs', { container: 'StorageContainer;storage;rg;two' }),
      itemOf('Docs', { container: 'StorageContainer;storage;rg2;one' }),
    ] as const
    const { ownersOf } = indexItems([a, b, c])
    expect(ownersOf(job('DOCS', { container: 'one' }))).toEqual([a, c])
    expect(ownersOf(job('DOCS', { container: 'three' }))).toEqual([])
    expect(ownersOf(job('docs-2'))).toEqual([])
    expect(ownersOf(job(''))).toEqual([])
  })

  // A server in brackets behind the name, an instance before it; a name may itself have either.
  it.each([
    ['orders', 'MSSQLSERVER/orders [sql-01]'],
    ['orders', 'orders [sql-01]'],
    ['orders', '/orders'],
    ['orders', 'a/b/c/orders [sql-01]'],
    ['orders [old]', 'orders [old]'],
    ['a/orders', 'MSSQLSERVER/a/orders'],
    ['ORDERS', 'MSSQLSERVER/orders'],
  ])('are found whatever stands around the name: %s, by %s', (name, told) => {
    const item = itemOf(name, { server: 'sql-01' })
    expect(isJobOf(job(told), item)).toBe(true)
    expect(indexItems([itemOf('x'), item]).ownersOf(job(told))).toEqual([item])
  })

  it('are each there once', () => {
    const [short, long] = [itemOf('b'), itemOf('a/b')]
    expect(indexItems([short, long]).ownersOf(job('a/b'))).toEqual([long, short])
  })
})
