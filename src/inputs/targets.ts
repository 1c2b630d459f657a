/** The inputs that say what to follow. */
import type { Cloud } from '../azure/http/cloud.ts'
import { jobKey, rootPath } from '../azure/paths.ts'
import {
  type OperationTarget,
  parseJobId,
  parseOperationUrl,
  type Target,
  type VaultInputs,
} from '../azure/target.ts'
import { InputError, shown } from '../base/errors.ts'
import { guid } from '../base/read.ts'
import { defaults } from './defaults.ts'
import type { InputForm } from './forms.ts'
import { valuesIn } from './given.ts'
import type { TargetInput } from './hints.ts'
import { attempt, readItems } from './items.ts'

/** The most that Linux gives one environment variable, name and end included (execve(2), MAX_ARG_STRLEN). */
const longestVariable = 131_072

const targetInputs: TargetInput[] = ['operation-url', 'job-id', 'protected-item']
/** The inputs that go with protected-item alone. */
const itemInputs = ['max-age-hours', 'operation', 'appear-within-minutes']
/** Inputs whose error may make every URL or ID look wrong, which it is not. */
const cloudInputs = ['environment', 'resource-manager-url']
export const vaultInputs = [
  'vault-type',
  'subscription-id',
  'resource-group',
  'vault-name',
  'secondary-region',
]

/** Wrong values of one input that are told one by one. */
const mostWrong = 5

/** What to follow. The form of every value is checked; those that were right are given even where others were wrong. */
export function readTargets(form: InputForm, cloud: Cloud): Target[] {
  const vault = readVault(form)
  const given = targetInputs.filter((name) => form.verbatim(name) !== '')
  const [name, other] = given
  if (name === undefined) {
    form.wrong(
      'operation-url',
      'is empty, and so are job-id and protected-item; expected exactly one of them. If the workflow sets one, the step ' +
        'before gave nothing: print there what it writes to GITHUB_OUTPUT.',
    )
    return []
  }
  if (other !== undefined) {
    form.wrong(other, `is set together with ${name}; expected exactly one of ${targetInputs.join(', ')}.`)
    return []
  }
  const wrong: InputError[] = []
  const targets = targetsIn(name, form, vault, cloud, wrong)
  form.errors.push(...wrong.slice(0, mostWrong))
  if (wrong.length > mostWrong) form.wrong(name, `has ${wrong.length - mostWrong} more wrong values.`)
  return targets
}

function targetsIn(
  name: TargetInput,
  form: InputForm,
  vault: VaultInputs,
  cloud: Cloud,
  wrong: InputError[],
): Target[] {
  const given = form.verbatim(name)
  checkWhole(name, given, form)
  const values = [...new Set(valuesIn(name, given, (problem) => wrong.push(new InputError(name, problem))))]
  if (name === 'protected-item') return readItems(values, form, vault, cloud, wrong)
  for (const only of itemInputs)
    if (!isDefault(form, only)) form.wrong(only, `is set, but goes with protected-item, not with ${name}.`)
  const parse = name === 'job-id' ? parseJobId : parseOperationUrl
  // In another cloud a URL may well be right.
  const known = form.isWrong(...cloudInputs) ? values.filter((value) => !value.includes('://')) : values
  const targets = known.flatMap((value) => attempt(() => [parse(value, vault, cloud)], wrong))
  checkLastJob(name, targets, form)
  return eachOnce(targets)
}

function isDefault(form: InputForm, name: string): boolean {
  const value = form.text(name)
  return value.toLowerCase() === defaults[name]?.toLowerCase() || Number(value) === 0
}

/**
 * A job may be given by its name and by its ARM ID, in any case, and an operation by both of its URLs; then the one of
 * its status tells more. IDs of operations are unique where they hold a GUID, in base64 or as it is (recorded); one of
 * another region may be a number in base64, which only its place tells from others.
 */
function eachOnce(targets: Target[]): Target[] {
  const groups = Map.groupBy(targets, keyOf)
  return [...groups.values()].map((group) => {
    const [first] = group as [Target]
    return group.find((target) => target.kind === 'operation' && !target.isResult) ?? first
  })
}

function keyOf(target: Target): unknown {
  if (target.kind === 'job') return jobKey(target.reference)
  return target.kind === 'operation' ? operationKey(target) : target
}

function operationKey({ id, path }: OperationTarget): string {
  const { kind, subscriptionId, location, vault, mapping } = path
  const isUnique = id.length >= 32
  // The two URLs of an operation of a Backup vault may be of the vault and of its region (recorded).
  const root = vault === undefined || (isUnique && kind === 'backup') ? '' : rootPath(vault, mapping)
  const place = isUnique ? root : `${root} ${location} ${path.rest.slice(0, -2).join('/')}`
  // Base64 has both cases.
  return `${kind} ${subscriptionId} ${place} `.toLowerCase() + (guid.test(id) ? id.toLowerCase() : id)
}

function readVault(form: InputForm): VaultInputs {
  // What was wrong stands all the same: to ask for it as if it were missing would be a second error for one fault.
  const matching = (name: string, pattern: RegExp, expected: string) =>
    form.matching(name, pattern, expected) || form.text(name)
  return {
    kind: form.oneOf('vault-type', ['recovery-services', 'backup']),
    subscriptionId: matching('subscription-id', guid, 'a GUID'),
    resourceGroup: matching(
      'resource-group',
      /^[\p{L}\p{N}_.()-]{0,89}[\p{L}\p{N}_()-]$/u,
      'the name alone: letters, digits, and _ . ( ) -',
    ),
    vaultName: matching(
      'vault-name',
      /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/,
      'the name alone: letters, digits and hyphens',
    ),
    secondaryRegion: matching(
      'secondary-region',
      /^[A-Za-z0-9]{2,40}$/,
      'the name of a region without blanks, such as westus2',
    ),
  }
}

/** A list as long as a variable can be may have lost its end on the way; blanks at its end are gone by now. */
function checkWhole(name: string, value: string, form: InputForm): void {
  const bytes = Buffer.byteLength(`INPUT_${name}=${value}`) + 1
  if (bytes + 2 < longestVariable) return
  form.wrong(
    name,
    `is as long as an environment variable can be (128 KiB), so its end may be cut off; split it over several steps, or use protected-item: '*'.`,
  )
}

/** A list of GUIDs whose last one is none was cut off on its way here; a job would be lost silently. */
function checkLastJob(name: string, targets: Target[], form: InputForm): void {
  const ids = targets.map((target) => (target.kind === 'job' ? target.reference.id : ''))
  const last = ids.pop() ?? ''
  if (last !== '' && ids.length > 0 && ids.every((id) => guid.test(id)) && !guid.test(last)) {
    form.wrong(
      name,
      `ends in "${shown(last)}", while every other of its ${ids.length + 1} values has a GUID; the list seems to be cut off.`,
    )
  }
}
