import { describe, expect, it } from 'vitest'
import type { ProtectedItem } from '../../src/azure/items.ts'
import type { ItemsTarget } from '../../src/azure/target.ts'
import { notCounted, select } from '../../src/wait/select-items.ts'
import { subscription, vault, vaultRoot } from '../support/job-body.ts'

const group = (name: string, of = 'rg-a') => `iaasvmcontainerv2;${of};${name}`
const idOf = (name: string, of = 'rg-a') =>
  `${vaultRoot}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${group(name, of)}/protectedItems/VM;${group(name, of)}`
const itemOf = (name: string, of = 'rg-a'): ProtectedItem => ({
  id: idOf(name, of),
  vault,
  name,
  container: group(name, of),
  server: '',
  instance: '',
  standing: 'protected',
})
const target = (names: string[] | '*'): ItemsTarget => ({
  kind: 'items',
  names,
  subscriptionId: subscription,
  vault,
  operation: 'Backup',
  maxAgeHours: undefined,
  appearWithinMinutes: 0,
})

describe('select', () => {
  const all = [itemOf('web-01'), itemOf('web-02', 'rg-a'), itemOf('web-02', 'rg-b')]
  const chosen = (names: string[] | '*', items = all) => select(items, target(names))
  const says = (names: string[] | '*', items = all) => chosen(names, items).wrong[0]?.error.message

  it('takes each item once', () => {
    expect(chosen(['web-01', 'WEB-01', idOf('web-01')])).toEqual({
      items: [all[0]],
      wrong: [],
      unprotected: [],
    })
    expect(chosen('*')).toEqual({ items: all, wrong: [], unprotected: [] })
  })

  it('lists both where a name fits two', () => {
    expect(says(['web-02'])).toBe(
      'Input protected-item: "web-02" fits 2 items; give one of: iaasvmcontainerv2;rg-a;web-02/web-02, iaasvmcontainerv2;rg-b;web-02/web-02.',
    )
  })

  it('lists their ARM IDs where their qualified names are the same', () => {
    const twins = [itemOf('web-02'), { ...itemOf('web-02'), id: `${idOf('web-02')}-2` }]
    expect(says(['web-02'], twins)).toContain(`give one of: ${twins.map(({ id }) => id).join(', ')}.`)
  })

  it('lists what there is where a name fits none, twenty at the most', () => {
    expect(says(['web-03'])).toBe(
      'Input protected-item: "web-03" is no protected item of vault vault-weu. It has: web-01, web-02, web-02.',
    )
    const many = Array.from({ length: 25 }, (_, index) => itemOf(`vm-${index}`))
    expect(says(['web-03'], many)).toMatch(/vm-19 and 5 more\.$/)
    expect(says(['web-03'], many.slice(0, 20))).toMatch(/vm-18, vm-19\.$/)
    expect(says(['web-03'], [])).toMatch(/It has: none that this identity may see\.$/)
  })

  it.each(['web-01, web-02', 'web-01;web-02', 'web-01 web-02', 'web-01|web-02,'])(
    'says how to give several: %s',
    (line) => {
      expect(says([line])).toMatch(/It has: .*web-02\. Give several one per line, or as a JSON array\.$/)
    },
  )

  it.each(['web-01, web-09', 'web-09', 'web-01;'])(
    'says nothing of several where it may be one: %s',
    (line) => {
      expect(says([line])).toMatch(/It has: .*web-02\.$/)
    },
  )

  it('says so where * is nothing', () => {
    expect(says('*', [])).toBe(
      'Input protected-item is *, but vault vault-weu has no protected item that this identity may see.',
    )
    expect(chosen('*', []).wrong[0]?.name).toBe('')
    const everywhere = { ...target('*'), vault: undefined }
    expect(select([], everywhere).wrong[0]?.error.message).toBe(
      `Input protected-item is *, but subscription ${subscription} has no protected item that this identity may see.`,
    )
  })

  it('says of each name what is wrong with it, and takes the others', () => {
    const { items, wrong } = chosen(['web-02', 'web-01', 'web-03'])
    expect(items).toEqual([all[0]])
    expect(wrong.map(({ name }) => name)).toEqual(['web-02', 'web-03'])
  })

  it('leaves out of * what is backed up no longer, but not of names', () => {
    const stopped = { ...itemOf('old'), standing: 'stopped' as const }
    const deleted = { ...itemOf('gone'), standing: 'deleted' as const }
    expect(chosen('*', [...all, stopped, deleted])).toEqual({
      items: all,
      wrong: [],
      unprotected: [stopped, deleted],
    })
    expect(chosen(['old', 'gone'], [...all, stopped, deleted]).items).toEqual([stopped, deleted])
    expect(says('*', [stopped])).toBe(
      'Input protected-item is *, but vault vault-weu has no protected item that this identity may see. ' +
        '1 item is not counted: protection is stopped (old).',
    )
    expect(notCounted([deleted])).toBe('1 item is not counted: the item is deleted (gone).')
    expect(notCounted([deleted, stopped, deleted])).toBe(
      '3 items are not counted: protection is stopped (old) or the item is deleted (gone, gone).',
    )
  })
})
