import { describe, expect, it } from 'vitest'
import {
  isMappingName,
  itemAt,
  jobKey,
  jobPath,
  type PathParts,
  parsePath,
  pathOfId,
  regionName,
  rootId,
  rootPath,
  vaultId,
  vaultPath,
} from '../../src/azure/paths.ts'
import type { Vault } from '../../src/domain/job.ts'

const vault: Vault = {
  kind: 'recovery-services',
  subscriptionId: 's-1',
  resourceGroup: 'rg größe',
  name: 'v#1',
}
const backupVault: Vault = { ...vault, kind: 'backup' }

describe('a region', () => {
  it('has one name, however it is written', () => {
    expect(['East US 2', 'eastus2', 'EastUS2'].map(regionName)).toEqual(['eastus2', 'eastus2', 'eastus2'])
  })
})

describe('a vault', () => {
  it('has an ID as the service writes it, and a path with each name escaped', () => {
    expect([vaultId(vault), vaultPath(vault)]).toEqual([
      '/subscriptions/s-1/resourceGroups/rg größe/providers/Microsoft.RecoveryServices/vaults/v#1',
      '/subscriptions/s-1/resourceGroups/rg%20gr%C3%B6%C3%9Fe/providers/Microsoft.RecoveryServices/vaults/v%231',
    ])
    expect(vaultId(backupVault)).toBe(
      '/subscriptions/s-1/resourceGroups/rg größe/providers/Microsoft.DataProtection/backupVaults/v#1',
    )
  })
})

describe('a mapping to a vault of another tenant', () => {
  it('stands between the vault and what is below it', () => {
    const below = `${vaultId(vault)}/backupCrossTenantVaultMappings`
    expect([rootId(vault, undefined), rootId(vault, 'm 1')]).toEqual([vaultId(vault), `${below}/m 1`])
    expect([rootPath(vault, undefined), rootPath(vault, 'm 1')]).toEqual([
      vaultPath(vault),
      `${vaultPath(vault)}/backupCrossTenantVaultMappings/m%201`,
    ])
  })

  it.each(['m', 'a-b_c.d(1)', '...', '.m', '..m', 'größe', 'x'.repeat(260)])('may be named %s', (name) =>
    expect(isMappingName(name)).toBe(true),
  )

  it.each([
    '',
    '.',
    '..',
    'a b',
    'a/b',
    'a#b',
    'a?',
    '%2F',
    'a\u0000',
    'a\uD800',
    ' a',
    'a ',
    'x'.repeat(261),
  ])('may not be named %j', (name) => expect(isMappingName(name)).toBe(false))

  it('is none in a Backup vault', () => {
    const path = `${vaultPath(backupVault)}/backupCrossTenantVaultMappings/m/x`
    expect(parsePath(path)?.mapping).toBeUndefined()
    expect(parsePath(path)?.rest).toEqual(['backupCrossTenantVaultMappings', 'm', 'x'])
  })
})

describe('a job', () => {
  it('has a path below its vault', () => {
    expect(jobPath({ vault, id: 'a/b' })).toBe(`${vaultPath(vault)}/backupJobs/a%2Fb`)
  })

  it('is the same in any case, and another one in another region', () => {
    const key = jobKey({ vault, id: 'A' })
    expect(key).toBe(`${vaultPath(vault)}/backupJobs/a `.toLowerCase())
    expect(jobKey({ vault: { ...vault, name: 'V#1' }, id: 'a' })).toBe(key)
    expect(jobKey({ vault, id: 'a', region: 'WestUS' })).toBe(`${key}westus`)
  })
})

describe('an ARM ID', () => {
  it('is asked for with its names escaped', () => {
    expect(pathOfId('/a b/c#d?e%/f;g')).toBe('/a%20b/c%23d%3Fe%25/f%3Bg')
  })
})

describe('a path', () => {
  const below = '/subscriptions/s-1/resourceGroups/rg/providers'
  const recovery = { kind: 'recovery-services', subscriptionId: 's-1', resourceGroup: 'rg' } as const
  const named: Vault = { ...recovery, name: 'v' }

  it.each<[string, Omit<PathParts, 'mapping'> & { mapping?: string }]>([
    [
      `${below}/Microsoft.RecoveryServices/vaults/v/BackupCrossTenantVaultMappings/m%2B/backupJobs/a`,
      { ...recovery, vault: named, location: undefined, mapping: 'm+', rest: ['backupJobs', 'a'] },
    ],
    [
      `${below}/Microsoft.RecoveryServices/vaults/v/backupCrossTenantVaultMappings`,
      { ...recovery, vault: named, location: undefined, rest: ['backupCrossTenantVaultMappings'] },
    ],
    [
      `${below}/Microsoft.RecoveryServices/vaults/v/backupJobs/a%2Fb`,
      { ...recovery, vault: named, location: undefined, rest: ['backupJobs', 'a/b'] },
    ],
    [
      `/SUBSCRIPTIONS/s-1/RESOURCEGROUPS/rg/PROVIDERS/MICROSOFT.RECOVERYSERVICES/VAULTS/v/`,
      { ...recovery, vault: named, location: undefined, rest: [] },
    ],
    [
      `/subscriptions/${below}/Microsoft.RecoveryServices/vaults//v`,
      { ...recovery, vault: named, location: undefined, rest: [] },
    ],
    [
      `${below.replace('s-1', 's%201').replace('rg', 'r%28g')}/Microsoft.DataProtection/backupVaults/v/x`,
      {
        kind: 'backup',
        subscriptionId: 's 1',
        resourceGroup: 'r(g',
        vault: { kind: 'backup', subscriptionId: 's 1', resourceGroup: 'r(g', name: 'v' },
        location: undefined,
        rest: ['x'],
      },
    ],
    [
      '/subscriptions/s-1/providers/Microsoft.DataProtection/Locations/westeurope/operationStatus/1',
      {
        kind: 'backup',
        subscriptionId: 's-1',
        resourceGroup: undefined,
        vault: undefined,
        location: 'westeurope',
        rest: ['operationStatus', '1'],
      },
    ],
    [
      // A vault of the other provider, and one without a resource group, are no vaults.
      `${below}/Microsoft.RecoveryServices/backupVaults/v`,
      { ...recovery, vault: undefined, location: undefined, rest: ['backupVaults', 'v'] },
    ],
    [
      '/subscriptions/s-1/providers/Microsoft.RecoveryServices/vaults/v',
      { ...recovery, resourceGroup: undefined, vault: undefined, location: undefined, rest: ['vaults', 'v'] },
    ],
    [
      `${below}/Microsoft.RecoveryServices/vaults`,
      { ...recovery, vault: undefined, location: undefined, rest: ['vaults'] },
    ],
    [
      `${below}/Microsoft.RecoveryServices/locations`,
      { ...recovery, vault: undefined, location: undefined, rest: ['locations'] },
    ],
    [
      `${below}/Microsoft.RecoveryServices/`,
      { ...recovery, vault: undefined, location: undefined, rest: [] },
    ],
  ])('is taken apart: %s', (path, parts) => expect(parsePath(path)).toEqual({ mapping: undefined, ...parts }))

  it.each([
    '',
    '/',
    `${below}/Microsoft.RecoveryServices`,
    `${below}/Microsoft.RecoveryServicesX/vaults/v`,
    `${below}/Microsoft.Compute/virtualMachines/v`,
    `x${below}/Microsoft.RecoveryServices/vaults/v`,
    '/subscriptions//providers/Microsoft.RecoveryServices/vaults/v',
    '/subscriptions/s-1/resourceGroups//providers/Microsoft.RecoveryServices/vaults/v',
    '/subscriptions/s-1/x/providers/Microsoft.RecoveryServices/vaults/v',
  ])('is not of Azure Backup: %s', (path) => expect(parsePath(path)).toBeUndefined())
})

it.each([
  [
    ['backupFabrics', 'Azure', 'protectionContainers', 'c', 'ProtectedItems', 'i', 'operationResults', '1'],
    4,
  ],
  [['BackupInstances', 'b'], 0],
  [['backupJobs', '1'], -1],
  [[], -1],
])('the item of %j stands at %d', (rest, at) => {
  expect(itemAt(rest)).toBe(at)
})
