import { describe, expect, it } from 'vitest'
import { missingRoot, namesIn, resourceType } from '../../../src/azure/http/resource-path.ts'

const pathOf = (vault: string) =>
  `/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/${vault}/backupOperations/1`
const saying = (vault: string) =>
  `The Resource 'Microsoft.RecoveryServices/vaults/${vault}' under resource group 'g' was not found.`

describe('a vault that is missing', () => {
  it.each([
    ['by its name', 'v', 'v'],
    ['by its name, escaped', 'v%201', 'v 1'],
    ['by a name with an escape that is none', 'v%zz', 'v%zz'],
  ])('is told %s', (_name, asked, told) => {
    expect(missingRoot(pathOf(asked), 'ResourceNotFound', saying(told))).toBe('vault')
  })

  it.each([
    ['the name of another', pathOf('v%zz'), 'ResourceNotFound', saying('w')],
    ['another code', pathOf('v'), 'NotFound', saying('v')],
    ['no name', pathOf('v'), 'ResourceNotFound', 'It was not found.'],
    ['the name of what is below it', pathOf('v'), 'ResourceNotFound', saying('v/backupJobs/1')],
    [
      'a path without one',
      '/subscriptions/s/providers/Microsoft.RecoveryServices/x',
      'ResourceNotFound',
      saying(''),
    ],
  ])('is not told by %s', (_name, path, code, message) => {
    expect(missingRoot(path, code, message)).toBeUndefined()
  })
})

it.each([
  ['SubscriptionNotFound', 'subscription'],
  ['RESOURCEGROUPNOTFOUND', 'resource-group'],
  ['Forbidden', undefined],
])('what is above the vault is missing by its code: %s', (code, missing) => {
  expect(missingRoot(pathOf('v'), code, '')).toBe(missing)
})

describe('a path', () => {
  it.each([
    [pathOf('v'), 'Microsoft.RecoveryServices', ['vaults', 'backupOperations']],
    [`${pathOf('v')}/x`, 'Microsoft.RecoveryServices', ['vaults', 'backupOperations', 'x']],
    ['/PROVIDERS/microsoft.resourcegraph/resources', 'microsoft.resourcegraph', ['resources']],
    ['/subscriptions/s', '', ['']],
  ])('%s has a provider and types', (path, provider, types) => {
    expect(resourceType(path)).toEqual({ provider, types })
  })

  it.each([
    [pathOf('v'), { subscription: 's', resourceGroup: 'g', vault: 'v' }],
    [pathOf('v').toUpperCase(), { subscription: 'S', resourceGroup: 'G', vault: 'V' }],
    [`/subscriptions/${pathOf('v')}`, { subscription: 's', resourceGroup: 'g', vault: 'v' }],
    [
      '/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/b',
      { subscription: 's', resourceGroup: 'g', vault: 'b' },
    ],
    [
      '/subscriptions/s/providers/Microsoft.RecoveryServices/locations/l',
      { subscription: 's', resourceGroup: '', vault: '' },
    ],
    ['/providers/Microsoft.ResourceGraph/resources', { subscription: '', resourceGroup: '', vault: '' }],
  ])('%s has names', (path, names) => {
    expect(namesIn(path)).toEqual(names)
  })
})
