/** protected-item: where its items are, and which of their jobs count. */
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/base/errors.ts'
import { attempt } from '../../src/inputs/items.ts'
import { inVault, readTargetsOf } from '../support/inputs.ts'
import { backupVault, backupVaultRoot, subscription, vault, vaultRoot } from '../support/job-body.ts'

const items = (given: string, inputs: Record<string, string> = inVault) =>
  readTargetsOf({ ...inputs, 'protected-item': given })
const problem = (...given: Parameters<typeof items>) => {
  const [first, ...others] = items(...given).problems
  expect(others).toEqual([])
  return first?.replace(/^Input protected-item:? /, '')
}
const rules = { operation: 'Backup', maxAgeHours: undefined, appearWithinMinutes: 0 }
const inSubscription = { 'subscription-id': subscription }
const elsewhere = '00000000-0000-4000-8000-000000000001'
const item = `${vaultRoot}/backupFabrics/Azure/protectionContainers/c/protectedItems/VM;a`
const instance = `${backupVaultRoot}/backupInstances/disk-1`
const machineIn = (id: string, provider = 'Microsoft.Compute', name = 'vm-1') =>
  `/subscriptions/${id}/resourceGroups/rg-a/providers/${provider}/virtualMachines/${name}`
const machine = machineIn(subscription)
const host = 'https://management.azure.com'

describe('all items', () => {
  it('are those of the vault, or of the subscription where no vault is named', () => {
    const all = { kind: 'items', names: '*', subscriptionId: subscription, ...rules }
    expect(items('*')).toEqual({ targets: [{ ...all, vault }], problems: [] })
    expect(items('*', inSubscription).targets).toEqual([{ ...all, vault: undefined }])
  })

  it.each([
    {},
    { 'resource-group': 'rg', 'vault-name': 'v' },
    { ...inSubscription, 'resource-group': 'rg' },
    { ...inSubscription, 'vault-name': 'v' },
  ])('are not known by %j', (inputs) => {
    expect(problem('*', inputs)).toBe(
      'is *; set subscription-id for all vaults of a subscription, and resource-group and vault-name too for one vault.',
    )
  })

  it('are not among names', () => {
    expect(problem('web-01\n*')).toBe('has * among other names; expected * alone, or names.')
    expect(problem('web-01\n*', {})).toBe('has * among other names; expected * alone, or names.')
  })
})

describe('items', () => {
  it('of one vault are one target, in whatever case their IDs write it', () => {
    const other = `${vaultRoot.replace('vault-weu', 'VAULT-WEU')}/x/y/protectedItems/VM;b`
    expect(items(`${item}\nweb-01\n${other}`).targets).toEqual([
      { kind: 'items', names: [item, 'web-01', other], subscriptionId: subscription, vault, ...rules },
    ])
  })

  it('of two vaults are two, each in the vault that its ID names', () => {
    expect(items(`${item}\n${instance}`, {}).targets).toEqual([
      { kind: 'items', names: [item], subscriptionId: subscription, vault, ...rules },
      { kind: 'items', names: [instance], subscriptionId: subscription, vault: backupVault, ...rules },
    ])
    expect(items(instance, { ...inVault, 'subscription-id': elsewhere }).targets).toMatchObject([
      { subscriptionId: subscription, vault: backupVault },
    ])
  })

  it.each([
    machine,
    machineIn(subscription, 'Microsoft.ClassicCompute'),
    machineIn(subscription, 'MICROSOFT.COMPUTE'),
  ])('may be a machine’s own ID: %s', (id) => {
    const target = { kind: 'items', names: [id], ...rules }
    expect(items(id, {}).targets).toEqual([{ ...target, subscriptionId: subscription, vault: undefined }])
    expect(items(id).targets).toEqual([{ ...target, subscriptionId: subscription, vault }])
  })

  it('of machines are looked for in each subscription, or where the inputs say', () => {
    const second = machineIn(subscription, undefined, 'vm-2')
    const third = machineIn(elsewhere)
    const given = [machine, third, second].join('\n')
    const target = { kind: 'items', vault: undefined, ...rules }
    expect(items(given, {}).targets).toEqual([
      { ...target, names: [machine, second], subscriptionId: subscription },
      { ...target, names: [third], subscriptionId: elsewhere },
    ])
    expect(items(given, inSubscription).targets).toEqual([
      { ...target, names: [machine, third, second], subscriptionId: subscription },
    ])
    // A machine is backed up where it is, so the vault is there too.
    const ofMachine = { ...vault, resourceGroup: 'rg', name: 'v' }
    expect(items(machine, { 'resource-group': 'rg', 'vault-name': 'v' }).targets).toMatchObject([
      { subscriptionId: subscription, vault: ofMachine },
    ])
  })

  it.each([
    {},
    inSubscription,
    { 'resource-group': 'rg', 'vault-name': 'v' },
    { ...inSubscription, 'vault-name': 'v' },
    { ...inSubscription, 'resource-group': 'rg' },
  ])('by name need a vault, which %j does not say', (inputs) => {
    expect(problem('web-01', inputs)).toBe(
      `"web-01" does not say which vault it is in; set subscription-id, resource-group and vault-name too, or give the item's ARM ID.`,
    )
  })

  it.each([{ 'vault-name': 'v' }, { 'resource-group': 'rg' }, { ...inSubscription, 'vault-name': 'v' }])(
    'by a machine’s ID need a whole vault or none, not %j',
    (inputs) => {
      expect(problem(machine, inputs)).toBe(
        `"${machine}" is a virtual machine's ID; set both resource-group and vault-name, or neither.`,
      )
    },
  )

  it.each([
    ['a restore point', `${item}/recoveryPoints/12`, '/recoveryPoints/12'],
    ['a request', `${instance}/backup`, '/backup'],
  ])('are not what is below them: %s', (_name, id, more) => {
    expect(problem(id)).toBe(`"${id}" has more behind the item's name, "${more}"; leave that out.`)
  })

  it.each([
    ['a vault', vaultRoot],
    ['a list of items', `${vaultRoot}/backupFabrics/Azure/protectionContainers/c/protectedItems`],
    ['a list of instances', `${backupVaultRoot}/backupInstances`],
    ['a job', `${vaultRoot}/backupJobs/1`],
    ['a segment that only begins like it', `${vaultRoot}/protectedItemsX/1`],
    ['a segment that only ends like it', `${vaultRoot}/notProtectedItems/1`],
    [
      'an item without a vault',
      `/subscriptions/${subscription}/providers/Microsoft.DataProtection/backupInstances/1`,
    ],
    ['an item of another service', machine.replace('virtualMachines', 'protectedItems')],
    ['a disk', machine.replace('virtualMachines', 'disks')],
    ['a machine’s extension', `${machine}/extensions/backup`],
    ['a machine of a nameless group', machine.replace('/resourceGroups/rg-a', '')],
    ['a machine of another provider', machineIn(subscription, 'Contoso.Compute')],
    ['a path before a machine', `/x${machine}`],
  ])('are not by the ID of %s', (_name, id) => {
    expect(problem(id)).toBe(
      `"${id}" is not the ARM ID of a protected item; expected /subscriptions/…/vaults/…/protectedItems/…, …/backupVaults/…/backupInstances/…, or a virtual machine's.`,
    )
  })

  it.each([
    ['a version', `${item}?api-version=2025-02-01-preview`, item],
    ['a version and a slash before it', `${item}/?api-version=2025-02-01`, item],
    ['escapes in small letters', item.replace(';', '%3b'), item],
    ['more than a version', `${item}?api-version=1&x=2`, `${item}?api-version=1&x=2`],
    ['a host', `${host}${item}?api-version=2025-02-01`, item],
    ['a region’s host', `https://westeurope.management.azure.com${item}`, item],
    ['a host in capitals', `HTTPS://MANAGEMENT.AZURE.COM${item}`, item],
    [
      'an escape in a name that has no semicolon',
      instance.replace('disk-1', 'disk%201'),
      instance.replace('disk-1', 'disk%201'),
    ],
  ])('may be by an ID with %s', (_name, given, id) => {
    expect(items(given)).toMatchObject({ targets: [{ names: [id] }], problems: [] })
  })

  it.each([
    ['http', `http://management.azure.com${item}`],
    ['http, of a region', `http://westeurope.management.azure.com${item}`],
    ['another host', `https://contoso.example${item}`],
    ['another cloud', `https://management.usgovcloudapi.net${item}`],
  ])('are not at a URL of %s', (_name, url) => {
    expect(problem(url)).toBe(`"${url}" is no URL at ${host}; expected the item's ARM ID.`)
  })

  it.each(['someone@', ':hunter2@', 'someone:hunter2@'])('are not at a URL with user info: %s', (user) => {
    expect(problem(`https://${user}management.azure.com${item}`)).toBe(
      `"https://***@management.azure.com${item}" is no URL at ${host}; expected the item's ARM ID.`,
    )
  })

  it('may be named like a URL or an ID that begins later', () => {
    for (const name of ['dbhttp://x', 'x?api-version=1', 'web/', 'a%3Bb', 'https://['])
      expect(items(name)).toMatchObject({ targets: [{ names: [name] }], problems: [] })
  })

  it('that are right are kept apart from those that are wrong', () => {
    expect(items(`${vaultRoot}\nweb-01\n${backupVaultRoot}`).problems).toHaveLength(2)
  })
})

describe('the jobs that count', () => {
  it.each([
    ['Backup (Full)', 'Backup'],
    ['restore', 'restore'],
    ['Konfigurationssicherung', 'Konfigurationssicherung'],
    ['Cross Region Restore', 'Cross Region Restore'],
    ['a'.repeat(60), 'a'.repeat(60)],
  ])('are of an operation: %s', (word, operation) => {
    expect(items('web-01', { ...inVault, operation: word }).targets).toMatchObject([{ operation }])
  })

  it.each(['(Full)', 'a/b', 'a'.repeat(61)])('are of none: %s', (word) => {
    expect(items('web-01', { ...inVault, operation: word }).problems).toEqual([
      `Input operation is "${word}"; expected the word that jobs have, such as Backup or Restore.`,
    ])
  })

  it('started within hours, the lowest number above 0 included', () => {
    expect(items('web-01', { ...inVault, 'max-age-hours': '0.1' }).targets).toMatchObject([
      { maxAgeHours: 0.1 },
    ])
    expect(items('web-01', { ...inVault, 'max-age-hours': '0' }).problems).toEqual([
      'Input max-age-hours is "0"; expected a number of hours greater than 0, such as 26.',
    ])
  })
})

describe('what fails otherwise', () => {
  it('is not taken for a wrong input', () => {
    const wrong: InputError[] = []
    const failing = (error: Error) => () =>
      attempt(() => {
        throw error
      }, wrong)
    expect(failing(new InputError('x', 'is wrong.'))()).toEqual([])
    expect(wrong).toHaveLength(1)
    expect(failing(new TypeError('a bug'))).toThrow('a bug')
  })
})
