/** What the names in `protected-item` mean among the items that there are. Pure. */
import { type ItemIndex, indexItems } from '../azure/item-index.ts'
import { type ProtectedItem, tellingNames } from '../azure/items.ts'
import type { ItemsTarget } from '../azure/target.ts'
import { InputError } from '../base/errors.ts'
import { counted } from '../base/text.ts'

/** The items that the names mean, and what cannot be told. */
export interface Selection {
  items: ProtectedItem[]
  /** Names that fit none or several: each is an error, never a guess, and spoils nothing for the others. */
  wrong: { name: string; error: InputError }[]
  /** Items that are backed up no longer: `*` leaves them out, a name takes them all the same. */
  unprotected: ProtectedItem[]
}

/** Finds each item once. */
export function select(all: ProtectedItem[], { names, vault, subscriptionId }: ItemsTarget): Selection {
  const place = vault === undefined ? `subscription ${subscriptionId}` : `vault ${vault.name}`
  const fail = (problem: string) => new InputError('protected-item', problem)
  if (names === '*') {
    const items = all.filter(({ standing }) => standing === 'protected')
    const unprotected = all.filter(({ standing }) => standing !== 'protected')
    const none = unprotected.length === 0 ? '' : ` ${notCounted(unprotected)}`
    const error = fail(`is *, but ${place} has no protected item that this identity may see.${none}`)
    return { items, unprotected, wrong: items.length === 0 ? [{ name: '', error }] : [] }
  }
  const index = indexItems(all)
  const items = new Set<ProtectedItem>()
  const wrong: Selection['wrong'] = []
  for (const name of names) {
    const fitting = index.named(name)
    const [item, another] = fitting
    if (item !== undefined && another === undefined) items.add(item)
    else {
      const error =
        item === undefined
          ? `"${name}" is no protected item of ${place}. It has: ${listed(all.map((one) => one.name))}.${several(name, index)}`
          : `"${name}" fits ${fitting.length} items; give one of: ${listed(tellingNames(fitting))}.`
      wrong.push({ name, error: fail(error) })
    }
  }
  const unprotected = [...items].filter(({ standing }) => standing !== 'protected')
  return { items: [...items], wrong, unprotected }
}

/** What to do about names on one line: a name may have what separates them, so none of them ends it. */
function several(name: string, index: ItemIndex): string {
  const parts = name.split(/[\s,;|]/).filter((part) => part !== '')
  const isList = parts.length > 1 && parts.every((part) => index.named(part).length > 0)
  return isList ? ' Give several one per line, or as a JSON array.' : ''
}

/** A sentence on what `*` leaves out. */
export function notCounted(items: ProtectedItem[]): string {
  return `${counted(items.length, 'item is', 'items are')} not counted: ${whyUnprotected(items)}.`
}

/** Why these are backed up no longer. */
export function whyUnprotected(items: ProtectedItem[]): string {
  const named = (standing: ProtectedItem['standing']) =>
    items.filter((item) => item.standing === standing).map(({ name }) => name)
  const [stopped, deleted] = [named('stopped'), named('deleted')]
  const reasons = [
    ...(stopped.length === 0 ? [] : [`protection is stopped (${listed(stopped)})`]),
    ...(deleted.length === 0 ? [] : [`the item is deleted (${listed(deleted)})`]),
  ]
  return reasons.join(' or ')
}

/** Names for an error or a line of the log; twenty at the most. */
export function listed(names: string[]): string {
  if (names.length === 0) return 'none that this identity may see'
  const shown = names.slice(0, 20).join(', ')
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown
}
