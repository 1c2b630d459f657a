/** The inputs that say what to follow. */
import type { Cloud } from '../azure/http/cloud.ts'
import { jobKey, parsePath, vaultPath } from '../azure/paths.ts'
import {
  type ItemsTarget,
  parseJobId,
  parseOperationUrl,
  type Target,
  type VaultInputs,
  vaultOf,
} from '../azure/target.ts'
import { InputError } from '../base/errors.ts'
import { guid } from '../base/read.ts'
import type { Vault } from '../domain/job.ts'
import { type GetInput, lines, matching, number, oneOf, shown } from './forms.ts'

/** The most that Linux gives one environment variable, name and end included (execve(2), MAX_ARG_STRLEN). */
const longestVariable = 131_072

/**
 * What to follow. The form of every line is checked.
 *
 * @throws InputError
 */
export function readTargets(get: GetInput, cloud: Cloud): Target[] {
  const vault = readVault(get)
  const names = ['operation-url', 'job-id', 'protected-item']
  const given = names.filter((name) => get(name) !== '')
  const [name, other] = given
  if (name === undefined)
    throw new InputError(
      'operation-url',
      'is empty, and so are job-id and protected-item; give exactly one of them.',
    )
  if (other !== undefined)
    throw new InputError(
      other,
      `is set together with ${name}; give exactly one of operation-url, job-id and protected-item.`,
    )
  const values = wholeLines(name, get(name))
  if (name === 'protected-item') return readItems(values, get, vault)
  for (const only of ['max-age-hours', 'operation']) {
    const isDefault = get(only) === '' || (only === 'operation' && get(only) === 'Backup')
    if (!isDefault) throw new InputError(only, `is set, but goes with protected-item, not with ${name}.`)
  }
  const targets = values.map((line) =>
    name === 'job-id' ? parseJobId(line, vault) : parseOperationUrl(line, vault, cloud),
  )
  checkLastJob(name, targets)
  return eachOnce(targets)
}

/** A job may be given by its name and by its ARM ID, and in any case. */
function eachOnce(targets: Target[]): Target[] {
  const firsts = new Map<unknown, Target>()
  for (const target of targets) {
    const key = target.kind === 'job' ? jobKey(target.reference) : target
    if (!firsts.has(key)) firsts.set(key, target)
  }
  return [...firsts.values()]
}

function readVault(get: GetInput): VaultInputs {
  return {
    kind: oneOf(get, 'vault-type', ['recovery-services', 'backup']),
    subscriptionId: matching(get, 'subscription-id', guid, 'a GUID'),
    resourceGroup: matching(
      get,
      'resource-group',
      /^[\p{L}\p{N}_.()-]{0,89}[\p{L}\p{N}_()-]$/u,
      'the name alone: letters, digits, and _ . ( ) -',
    ),
    vaultName: matching(
      get,
      'vault-name',
      /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/,
      'the name alone: letters, digits and hyphens',
    ),
    secondaryRegion: matching(
      get,
      'secondary-region',
      /^[A-Za-z0-9]{2,40}$/,
      'the name of a region without blanks, like westus2',
    ),
  }
}

/**
 * The lines of a list, each once. A list as long as a variable can be may have lost its end on the way; blanks at
 * its end, a line's among them, are gone by now.
 */
function wholeLines(name: string, value: string): string[] {
  const bytes = Buffer.byteLength(`INPUT_${name}=${value}`) + 1
  if (bytes + 2 >= longestVariable) {
    throw new InputError(
      name,
      `is as long as an environment variable can be (128 KiB), so its end may be cut off; split it over several steps, or use protected-item: '*'.`,
    )
  }
  return [...new Set(lines(value))]
}

/** A list of GUIDs whose last one is none was cut off on its way here; a job would be lost silently. */
function checkLastJob(name: string, targets: Target[]): void {
  const ids = targets.map((target) => (target.kind === 'job' ? target.reference.id : ''))
  const last = ids.pop() ?? ''
  if (last !== '' && ids.length > 0 && ids.every((id) => guid.test(id)) && !guid.test(last)) {
    throw new InputError(
      name,
      `ends in "${shown(last)}", while every other of its ${ids.length + 1} lines has a GUID; the list seems to be cut off.`,
    )
  }
}

function readItems(names: string[], get: GetInput, inputs: VaultInputs): Target[] {
  const rules = readRules(get)
  const { subscriptionId } = inputs
  const vault = vaultOf(inputs.kind, subscriptionId, inputs)
  if (!names.includes('*')) return itemsByVault(names, vault, rules)
  if (names.length > 1)
    throw new InputError('protected-item', 'has * among other names; give * alone, or names.')
  const half = vault === undefined && (inputs.resourceGroup !== '' || inputs.vaultName !== '')
  if (subscriptionId === '' || half) {
    throw new InputError(
      'protected-item',
      'is *; set subscription-id for all vaults of a subscription, and resource-group and vault-name too for one vault.',
    )
  }
  return [{ kind: 'items', names: '*', subscriptionId, vault, ...rules }]
}

/** Which job of an item counts. */
function readRules(get: GetInput): Pick<ItemsTarget, 'operation' | 'maxAgeHours'> {
  const accepted = 'the word that jobs have, like Backup or Restore'
  const word = matching(get, 'operation', /^[\p{L}\p{N} ()_-]{1,60}$/u, accepted)
  const operation = (word.split('(')[0] ?? '').trim()
  if (operation === '') throw new InputError('operation', `is "${shown(word)}"; accepted is ${accepted}.`)
  const maxAgeHours =
    get('max-age-hours') === ''
      ? undefined
      : number(get, 'max-age-hours', 'a number of hours above 0, like 26', (value) => value > 0)
  return { operation, maxAgeHours }
}

/** One target for each vault, with all names in it. */
function itemsByVault(
  names: string[],
  vault: Vault | undefined,
  rules: Pick<ItemsTarget, 'operation' | 'maxAgeHours'>,
): Target[] {
  const placed = names.map((name) => ({ name, vault: vaultOfName(name, vault) }))
  const groups = Map.groupBy(placed, (one) => vaultPath(one.vault).toLowerCase())
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { vault: own } = first
    const all = group.map(({ name }) => name)
    return [{ kind: 'items', names: all, subscriptionId: own.subscriptionId, vault: own, ...rules }]
  })
}

function vaultOfName(name: string, vault: Vault | undefined): Vault {
  const named = name.startsWith('/') ? vaultOfItem(name) : vault
  if (named !== undefined) return named
  throw new InputError(
    'protected-item',
    `"${shown(name)}" does not say which vault it is in; set subscription-id, resource-group and vault-name too, or give the item's ARM ID.`,
  )
}

function vaultOfItem(id: string) {
  const path = parsePath(id)
  const isItem = path?.rest.some((segment) => /^(protectedItems|backupInstances)$/i.test(segment))
  if (path?.vault === undefined || !isItem) {
    throw new InputError(
      'protected-item',
      `"${shown(id)}" is not the ARM ID of a protected item; accepted is /subscriptions/…/vaults/…/protectedItems/… or …/backupVaults/…/backupInstances/…`,
    )
  }
  return path.vault
}
