import { describe, expect, it } from 'vitest'
import { findItems, hasName, isJobOf, type ProtectedItem, qualifiedName } from '../../src/azure/items.ts'
import type { Vault } from '../../src/job.ts'
import { answer, fakeResourceManager } from '../support/fake-resource-manager.ts'
import { backupVault, backupVaultRoot, subscription, vault, vaultRoot } from '../support/job-body.ts'
import { bareJob } from '../support/outcome.ts'

const container = 'IaasVMContainer;iaasvmcontainerv2;rg-a;web-01'
const vmId = `${vaultRoot}/backupFabrics/Azure/protectionContainers/${container}/protectedItems/VM;iaasvmcontainerv2;rg-a;web-01`
const vm: ProtectedItem = {
  id: vmId,
  vault,
  name: 'web-01',
  container: 'iaasvmcontainerv2;rg-a;web-01',
  server: '',
}
const database: ProtectedItem = {
  id: `${vaultRoot}/backupFabrics/Azure/protectionContainers/VMAppContainer;compute;rg-a;sql-01/protectedItems/SQLDataBase;mssqlserver;orders`,
  vault,
  name: 'orders',
  container: 'VMAppContainer;compute;rg-a;sql-01',
  server: 'sql-01.contoso.test',
}
const disk: ProtectedItem = {
  id: `${backupVaultRoot}/backupInstances/disk-1`,
  vault: backupVault,
  name: 'disk-1',
  container: '',
  server: '',
}

describe('findItems', () => {
  const find = async (data: unknown[], where: Vault | undefined) => {
    const resourceManager = fakeResourceManager(() => answer({ data }))
    const items = await findItems(resourceManager, subscription, where)
    return {
      items,
      query: (resourceManager.requests.at(0)?.body as { query?: string } | undefined)?.query ?? '',
    }
  }

  it('asks for items of both kinds of vault, in one order', async () => {
    const { query } = await find([], undefined)
    expect(query.split('\n')).toEqual([
      'RecoveryServicesResources',
      "| where type in~ ('microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems', 'microsoft.dataprotection/backupvaults/backupinstances')",
      '| project id, name, type, properties',
      '| order by id asc',
    ])
  })

  it('asks for one vault, and none whose name begins alike', async () => {
    const { query } = await find([], vault)
    expect(query).toContain(`\n| where id startswith '${vaultRoot}/'\n`)
  })

  it('reads names, containers and servers', async () => {
    const { items } = await find(
      [
        { id: vmId, name: 'VM;…', properties: { friendlyName: 'web-01', containerName: vm.container } },
        {
          id: database.id,
          properties: JSON.stringify({ friendlyName: 'orders', serverName: database.server }),
        },
        { id: disk.id, properties: { dataSourceInfo: { resourceName: 'disk-1' }, containerName: 'none' } },
        { id: `${backupVaultRoot}/backupInstances/x`, name: 'by-name' },
        { id: '/subscriptions/x' },
        {},
      ],
      vault,
    )
    expect(items).toEqual([
      vm,
      database,
      disk,
      { ...disk, id: `${backupVaultRoot}/backupInstances/x`, name: 'by-name' },
    ])
  })
})

describe('hasName', () => {
  it.each([
    'web-01',
    'WEB-01',
    vmId,
    vmId.toUpperCase(),
    'iaasvmcontainerv2;rg-a;web-01/web-01',
    `${container}/web-01`,
    `${container}/VM;iaasvmcontainerv2;rg-a;web-01`,
    'VM;iaasvmcontainerv2;rg-a;web-01',
  ])('knows the VM by %s', (given) => {
    expect(hasName(vm, given)).toBe(true)
  })

  it.each([
    'web',
    'web-011',
    'rg-a;web-01/web-01',
    'iaasvmcontainerv2;rg-b;web-01/web-01',
    `${vmId}/x`,
    '/web-01',
    '',
  ])('does not take %j for the VM', (given) => {
    expect(hasName(vm, given)).toBe(false)
  })

  it('knows a database by its server, and an instance by its name alone', () => {
    expect(hasName(database, 'sql-01/orders')).toBe(true)
    expect(hasName(database, 'sql-02/orders')).toBe(false)
    expect(hasName(disk, 'disk-1')).toBe(true)
    expect(hasName(disk, '/disk-1')).toBe(false)
  })
})

describe('qualifiedName', () => {
  it('has the container, where there is one', () => {
    expect([vm, disk].map(qualifiedName)).toEqual(['iaasvmcontainerv2;rg-a;web-01/web-01', 'disk-1'])
  })
})

describe('isJobOf', () => {
  const job = (given: object) => bareJob('Completed', given)

  it.each([
    ['a VM by name and container', vm, { item: 'web-01', container: 'iaasvmcontainerv2;rg-a;web-01' }, true],
    ['a VM in another case', vm, { item: 'WEB-01', container: 'IAASVMCONTAINERV2;RG-A;WEB-01' }, true],
    [
      'a VM of another resource group',
      vm,
      { item: 'web-01', container: 'iaasvmcontainerv2;rg-b;web-01' },
      false,
    ],
    ['another VM', vm, { item: 'web-02', container: 'iaasvmcontainerv2;rg-a;web-02' }, false],
    ['a VM by its name alone', vm, { item: 'web-01' }, true],
    ['a database on its server', database, { item: 'MSSQLSERVER/orders [sql-01]' }, true],
    ['a database on another server', database, { item: 'MSSQLSERVER/orders [sql-02]' }, false],
    ['another database', database, { item: 'MSSQLSERVER/orders-2 [sql-01]' }, false],
    ['an instance', disk, { item: 'anything', instanceId: disk.id.toUpperCase() }, true],
    ['another instance of that name', disk, { item: 'disk-1', instanceId: `${disk.id}-b` }, false],
  ])('%s', (_name, item, given, expected) => {
    expect(isJobOf(job(given), item)).toBe(expected)
  })

  it('tells file shares of one name by their storage accounts', () => {
    const share = { ...vm, name: 'docs', container: 'StorageContainer;storage;rg-a;account' }
    expect(isJobOf(job({ item: 'docs', container: 'account' }), share)).toBe(true)
    expect(isJobOf(job({ item: 'docs', container: 'other' }), share)).toBe(false)
    // A name that ends alike is another account.
    expect(isJobOf(job({ item: 'docs', container: 'count' }), share)).toBe(false)
  })
})
