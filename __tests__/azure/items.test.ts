import { describe, expect, it } from 'vitest'
import {
  findItems,
  isJobOf,
  namesOf,
  type ProtectedItem,
  partsOf,
  tellingNames,
} from '../../src/azure/items.ts'
import type { Vault } from '../../src/domain/job.ts'
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
  instance: '',
  standing: 'protected',
}
const database: ProtectedItem = {
  id: `${vaultRoot}/backupFabrics/Azure/protectionContainers/VMAppContainer;compute;rg-a;sql-01/protectedItems/SQLDataBase;mssqlserver;orders`,
  vault,
  name: 'orders',
  container: 'VMAppContainer;compute;rg-a;sql-01',
  server: 'sql-01.contoso.test',
  instance: 'MSSQLSERVER',
  standing: 'protected',
}
const second: ProtectedItem = {
  ...database,
  id: database.id.replace('mssqlserver', 'reports'),
  instance: 'REPORTS',
}
const folder = (computer: string): ProtectedItem => ({
  ...vm,
  id: `${vaultRoot}/backupFabrics/Azure/protectionContainers/Windows;${computer}/protectedItems/FileFolder;1`,
  name: 'C:\\',
  container: `Windows;${computer}`,
  server: computer,
})
const disk: ProtectedItem = {
  id: `${backupVaultRoot}/backupInstances/disk-1`,
  vault: backupVault,
  name: 'disk-1',
  container: '',
  server: '',
  instance: '',
  standing: 'protected',
}

describe('findItems', () => {
  const find = async (data: unknown[], where: Vault | undefined) => {
    const resourceManager = fakeResourceManager(() => answer({ data }))
    const { items } = await findItems(resourceManager, subscription, where)
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
    // Its ID, not its path: nothing is escaped.
    expect((await find([], { ...vault, resourceGroup: 'größe' })).query).toContain('/resourceGroups/größe/')
  })

  it('reads names, containers and servers', async () => {
    const { items } = await find(
      [
        { id: vmId, name: 'VM;…', properties: { friendlyName: 'web-01', containerName: vm.container } },
        {
          id: database.id,
          properties: JSON.stringify({
            friendlyName: 'orders',
            serverName: database.server,
            parentName: 'MSSQLSERVER',
            parentType: 'AzureVmWorkloadSQLInstance',
          }),
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

describe('the container of an item', () => {
  const read = async (id: string, properties: object) => {
    const resourceManager = fakeResourceManager(() => answer({ data: [{ id, properties }] }))
    return (await findItems(resourceManager, subscription, vault)).items[0]?.container
  }

  it.each([
    ['is that of its properties', vmId, { containerName: 'c' }, 'c'],
    ['stands in its ID', vmId, {}, container],
    ['stands in an ID without a fabric', `${vaultRoot}/ProtectionContainers/c/protectedItems/i`, {}, 'c'],
    ['is none in an ID of another kind', `${vaultRoot}/other/c`, {}, ''],
    ['is none in an ID that ends before it', `${vaultRoot}/backupFabrics/Azure/protectionContainers`, {}, ''],
    ['is none in a Backup vault', disk.id, { containerName: 'c' }, ''],
  ])('%s', async (_name, id, properties, expected) => {
    expect(await read(id, properties)).toBe(expected)
  })
})

describe('the properties of an item', () => {
  const read = async (properties: object, of = vmId) => {
    const resourceManager = fakeResourceManager(() => answer({ data: [{ id: of, properties }] }))
    return (await findItems(resourceManager, subscription, vault)).items[0]
  }

  it('have the computer of a MARS agent', async () => {
    expect(await read({ computerName: 'files-01' })).toMatchObject({ server: 'files-01' })
  })

  it.each([
    { parentType: 'AzureVmWorkloadSQLAvailabilityGroup' },
    { containerName: 'sqlagworkloadcontainer;1' },
  ])('have no instance in a group, whose jobs name the one that they ran on: %j', async (group) => {
    expect(await read({ parentName: 'AG1', ...group })).toMatchObject({ instance: '' })
  })

  it.each([
    [{ protectionState: 'Protected', isScheduledForDeferredDelete: false }, 'protected'],
    // Something is wrong with it, and a gate is there to say so.
    [{ protectionState: 'ProtectionError' }, 'protected'],
    [{ protectionState: 'ProtectionStopped' }, 'stopped'],
    [{ protectionState: 'ProtectionStopped', isScheduledForDeferredDelete: true }, 'deleted'],
    [{ isScheduledForDeferredDelete: 'True' }, 'deleted'],
    [{ currentProtectionState: 'ProtectionStopped' }, 'stopped'],
    [{ currentProtectionState: 'SoftDeleted' }, 'deleted'],
    [{ currentProtectionState: 'SoftDeleting' }, 'deleted'],
  ])('%j: %s', async (properties, standing) => {
    expect(await read(properties)).toMatchObject({ standing })
  })
})

/** Whether the item has a name that is given, in any case. */
const hasName = (item: ProtectedItem, given: string) =>
  namesOf(item).some((name) => name.toLowerCase() === given.toLowerCase())

describe('a virtual machine’s own ID', () => {
  const machine = `/subscriptions/${subscription}/resourceGroups/rg-a/providers/Microsoft.Compute/virtualMachines/web-01`
  const found = async (properties: object, id = vmId) => {
    const resourceManager = fakeResourceManager(() => answer({ data: [{ id, properties }] }))
    return (await findItems(resourceManager, subscription, vault)).items[0] as ProtectedItem
  }

  it.each(['virtualMachineId', 'sourceResourceId'])('is known by %s', async (name) => {
    const item = await found({ [name]: machine })
    expect(hasName(item, machine.toUpperCase())).toBe(true)
    expect(hasName(item, `${machine}1`)).toBe(false)
  })

  it('is no name of a database on it', async () => {
    expect(hasName(await found({ sourceResourceId: machine }, database.id), machine)).toBe(false)
  })
})

describe('namesOf', () => {
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

  it('are no others', () => {
    const { id, container: own } = database
    const [host, name] = ['VMAppContainer;compute;rg-a;sql-01', 'SQLDataBase;mssqlserver;orders']
    const whole = [id, 'orders', `${own}/orders`]
    const az = [name, `${host}/orders`, `${host}/${name}`]
    const server = 'sql-01.contoso.test'
    expect(namesOf(database)).toEqual([
      ...whole,
      ...['sql-01/orders', 'sql-01;MSSQLSERVER/orders', `${server}/orders`, `${server};MSSQLSERVER/orders`],
      ...az,
    ])
    // Of an availability group, whose databases are of no one instance.
    expect(namesOf({ ...database, instance: '' })).toEqual([
      ...whole,
      ...['sql-01/orders', `${server}/orders`],
      ...az,
    ])
    expect(namesOf(disk)).toEqual([disk.id, 'disk-1', 'disk-1'])
  })

  it('knows a database by its server, and an instance by its name alone', () => {
    expect(hasName(database, 'sql-01/orders')).toBe(true)
    expect(hasName(database, 'sql-02/orders')).toBe(false)
    expect(hasName(disk, 'disk-1')).toBe(true)
    expect(hasName(disk, '/disk-1')).toBe(false)
  })

  it.each([
    ['sql-01;mssqlserver/orders', true],
    ['SQL-01;MSSQLSERVER/ORDERS', true],
    ['sql-01.contoso.test;mssqlserver/orders', true],
    ['sql-01.contoso.test/orders', true],
    ['sql-01;reports/orders', false],
    ['sql-02;mssqlserver/orders', false],
  ])('knows a database by its host and instance: %s', (given, expected) => {
    expect(hasName(database, given)).toBe(expected)
  })
})

describe('tellingNames', () => {
  it('have the container, where there is one', () => {
    expect(tellingNames([vm, disk])).toEqual(['iaasvmcontainerv2;rg-a;web-01/web-01', 'disk-1'])
  })

  it('have host and instance of databases', () => {
    expect(tellingNames([database, second])).toEqual(['sql-01;MSSQLSERVER/orders', 'sql-01;REPORTS/orders'])
    for (const [index, name] of tellingNames([database, second]).entries())
      expect([database, second].map((item) => hasName(item, name))).toEqual([index === 0, index === 1])
  })

  it('have no host where none is known', () => {
    expect(tellingNames([{ ...database, container: '', server: '' }])).toEqual(['orders'])
  })

  it('have the whole container where two hosts of a name are in two groups', () => {
    const other = { ...database, container: 'VMAppContainer;compute;rg-b;sql-01' }
    expect(tellingNames([database, other])).toEqual([
      'VMAppContainer;compute;rg-a;sql-01/orders',
      'VMAppContainer;compute;rg-b;sql-01/orders',
    ])
  })

  it('are ARM IDs where nothing else tells', () => {
    const twin = { ...vm, id: `${vmId}-2` }
    expect(tellingNames([vm, twin])).toEqual([vmId, `${vmId}-2`])
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
    ['a database of another instance', database, { item: 'REPORTS/orders [sql-01]' }, false],
    ['a database of that instance', second, { item: 'reports/orders [sql-01]' }, true],
    ['a database whose job names no instance', second, { item: 'orders [sql-01]' }, true],
    [
      'a database of no known instance',
      { ...database, instance: '' },
      { item: 'REPORTS/orders [sql-01]' },
      true,
    ],
    [
      'another database of no known instance',
      { ...database, instance: '' },
      { item: 'REPORTS/customers [sql-01]' },
      false,
    ],
    ['a database whose name ends in brackets', { ...database, name: 'a [old]' }, { item: 'a [old]' }, true],
    [
      'such a database on another server',
      { ...database, name: 'a [old]' },
      { item: 'MSSQLSERVER/a [old] [sql-02]' },
      false,
    ],
    [
      'a database of a group, on one of its servers',
      { ...database, container: 'SQLAGWorkLoadContainer;compute;rg-a;ag-01' },
      { item: 'orders [sql-01]' },
      true,
    ],
    [
      'a VM whose job names the kind of container too',
      vm,
      { item: 'web-01', container: 'IaasVMContainer;iaasvmcontainerv2;rg-a;web-01' },
      true,
    ],
    ['a database on the server by its full name', database, { item: 'orders [sql-01.contoso.test]' }, true],
    ['a folder of a server', folder('files-01'), { item: 'C:\\', server: 'files-01.contoso.test' }, true],
    [
      'a folder of a server of that domain',
      folder('a.one.test'),
      { item: 'C:\\', server: 'A.ONE.TEST' },
      true,
    ],
    ['a folder of a server by its short name', folder('a.one.test'), { item: 'C:\\', server: 'a' }, true],
    ['a folder of another server', folder('files-02'), { item: 'C:\\', server: 'files-01' }, false],
    ['a folder of another domain', folder('a.one.test'), { item: 'C:\\', server: 'a.two.test' }, false],
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

it.each([
  ['MSSQLSERVER/msdb [sarathvm]', { full: 'MSSQLSERVER/msdb', host: 'sarathvm' }],
  ['msdb  [sarathvm]', { full: 'msdb', host: 'sarathvm' }],
  ['a [old] [sql-01]', { full: 'a [old]', host: 'sql-01' }],
  [' [sql-01]', { full: '', host: 'sql-01' }],
  ['web-01', { full: 'web-01', host: '' }],
  ['a [b', { full: 'a [b', host: '' }],
  ['a[b]', { full: 'a[b]', host: '' }],
  ['', { full: '', host: '' }],
])('the name of a job’s item, %j, has a host in brackets or none', (item, parts) => {
  expect(partsOf(item)).toEqual(parts)
})
