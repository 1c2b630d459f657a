/** The input protected-item, and the inputs that go with it. */
import { type Cloud, isTrustedOrigin } from '../azure/http/cloud.ts'
import { itemAt, parsePath, vaultPath } from '../azure/paths.ts'
import { type ItemsTarget, type Target, type VaultInputs, vaultOf } from '../azure/target.ts'
import { InputError, shown } from '../base/errors.ts'
import { decode } from '../base/text.ts'
import type { Vault } from '../domain/job.ts'
import type { InputForm } from './forms.ts'

type Rules = Pick<ItemsTarget, 'operation' | 'maxAgeHours' | 'appearWithinMinutes'>

/** One target for each vault, or subscription, that the items are in. */
export function readItems(
  names: string[],
  form: InputForm,
  inputs: VaultInputs,
  cloud: Cloud,
  wrong: InputError[],
): Target[] {
  const rules = readRules(form)
  const { subscriptionId } = inputs
  const vault = vaultOf(inputs.kind, subscriptionId, inputs)
  const fail = (problem: string) => new InputError('protected-item', problem)
  const half = vault === undefined && (inputs.resourceGroup !== '' || inputs.vaultName !== '')
  if (!names.includes('*')) {
    const places = names.flatMap((name) => attempt(() => [placeOf(name, inputs, half, cloud, fail)], wrong))
    return byPlace(places, rules)
  }
  if (names.length > 1) wrong.push(fail('has * among other names; expected * alone, or names.'))
  else if (subscriptionId === '' || half)
    wrong.push(
      fail(
        'is *; set subscription-id for all vaults of a subscription, and resource-group and vault-name too for one vault.',
      ),
    )
  else return [{ kind: 'items', names: '*', subscriptionId, vault, ...rules }]
  return []
}

/** Which job of an item counts. */
function readRules(form: InputForm): Rules {
  const expected = 'the word that jobs have, such as Backup or Restore'
  const word = form.matching('operation', /^(?=[^(])[\p{L}\p{N} ()_-]{1,60}$/u, expected)
  const maxAgeHours = form.number(
    'max-age-hours',
    'a number of hours greater than 0, such as 26',
    (value) => value > 0,
  )
  const appearWithinMinutes =
    form.number('appear-within-minutes', 'a number of minutes, 0 or more, such as 30', () => true) ?? 0
  if (appearWithinMinutes > 0 && maxAgeHours === undefined && !form.isWrong('max-age-hours'))
    form.wrong('appear-within-minutes', 'is set without max-age-hours; set both, or neither.')
  return { operation: word.replace(/\(.*/, '').trim(), maxAgeHours, appearWithinMinutes }
}

/** An item, and where it is looked for. */
interface Place {
  name: string
  subscriptionId: string
  /** Undefined where only the subscription is known, as of a VM's own ID. */
  vault: Vault | undefined
}

/** One target for each place, with all names in it. */
function byPlace(places: Place[], rules: Rules): Target[] {
  const groups = Map.groupBy(places, ({ subscriptionId, vault }) =>
    (vault === undefined ? subscriptionId : vaultPath(vault)).toLowerCase(),
  )
  return [...groups.values()].map((group) => {
    const [{ subscriptionId, vault }] = group as [Place]
    return { kind: 'items', names: group.map(({ name }) => name), subscriptionId, vault, ...rules }
  })
}

const aMachine =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/[^/]+\/providers\/Microsoft\.(Classic)?Compute\/virtualMachines\/[^/]+$/i

function placeOf(
  given: string,
  inputs: VaultInputs,
  half: boolean,
  cloud: Cloud,
  fail: (problem: string) => InputError,
): Place {
  const name = plainId(withoutHost(given, cloud, fail))
  const subscriptionId = inputs.subscriptionId || (aMachine.exec(name)?.[1] ?? '')
  const vault = vaultOf(inputs.kind, subscriptionId, inputs)
  if (!name.startsWith('/')) {
    if (vault !== undefined) return { name, subscriptionId, vault }
    throw fail(
      `"${shown(name)}" does not say which vault it is in; set subscription-id, resource-group and vault-name too, or give the item's ARM ID.`,
    )
  }
  if (aMachine.test(name)) {
    if (!half || vault !== undefined) return { name, subscriptionId, vault }
    throw fail(
      `"${shown(name)}" is a virtual machine's ID; set both resource-group and vault-name, or neither.`,
    )
  }
  const inVault = vaultOfItem(name)
  if (inVault === undefined)
    throw fail(
      `"${shown(name)}" is not the ARM ID of a protected item; expected /subscriptions/…/vaults/…/protectedItems/…, …/backupVaults/…/backupInstances/…, or a virtual machine's.`,
    )
  if (inVault.more !== '')
    throw fail(`"${shown(name)}" has more behind the item's name, "/${shown(inVault.more)}"; leave that out.`)
  return { name, subscriptionId: inVault.vault.subscriptionId, vault: inVault.vault }
}

/** The vault that an item's ARM ID names, and what the ID has behind the item's name; undefined for another ID. */
function vaultOfItem(id: string): { vault: Vault; more: string } | undefined {
  const path = parsePath(id)
  if (path?.vault === undefined) return undefined
  const { vault, rest } = path
  const at = itemAt(rest)
  return at < 0 || rest.length < at + 2 ? undefined : { vault, more: rest.slice(at + 2).join('/') }
}

/** An ARM ID as Resource Graph has it: without a version or a slash at its end, and its semicolons not escaped. */
function plainId(given: string): string {
  if (!given.startsWith('/')) return given
  const id = given.replace(/\?api-version=[\w.-]*$/i, '').replace(/\/$/, '')
  return /%3B/i.test(id) ? decode(id) : id
}

/** An ARM ID may have Resource Manager's host before it, and then its names escaped. */
function withoutHost(given: string, cloud: Cloud, fail: (problem: string) => InputError): string {
  if (!/^https?:\/\//i.test(given) || !URL.canParse(given)) return given
  const url = new URL(given)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || !isTrustedOrigin(url, cloud))
    throw fail(`"${shown(given)}" is no URL at ${cloud.resourceManager}; expected the item's ARM ID.`)
  return decode(url.pathname)
}

/** Notes an input error, and goes on without the value. */
export function attempt<Value>(read: () => Value[], wrong: InputError[]): Value[] {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    wrong.push(error)
    return []
  }
}
