/** Protected items: what is backed up, found by Azure Resource Graph, and matched with names and with jobs. */
import type { Job, Vault } from '../job.ts'
import { parsePath, sameWord, vaultPath } from './paths.ts'
import { propertiesOf, queryResources, quoted } from './resource-graph.ts'
import type { ResourceManager } from './resource-manager.ts'
import { type Fields, fields, text } from './values.ts'

export interface ProtectedItem {
  /** ARM ID: of the protected item, or of a Backup vault's backup instance. */
  id: string
  vault: Vault
  /** The friendly name. */
  name: string
  /** The container's name; empty in Backup vaults, which have none. */
  container: string
  /** The SQL or HANA server that a database is on; empty for anything else. */
  server: string
}

/** All items of a vault, or of a subscription. */
export async function findItems(
  resourceManager: ResourceManager,
  subscriptionId: string,
  vault: Vault | undefined,
): Promise<ProtectedItem[]> {
  const query = [
    'RecoveryServicesResources',
    "| where type in~ ('microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems', 'microsoft.dataprotection/backupvaults/backupinstances')",
    ...(vault === undefined ? [] : [`| where id startswith ${quoted(`${vaultPath(vault)}/`)}`]),
    '| project id, name, type, properties',
    '| order by id asc',
  ].join('\n')
  const rows = await queryResources(resourceManager, subscriptionId, query)
  return rows.flatMap(itemOf)
}

function itemOf(row: Fields): ProtectedItem[] {
  const id = text(row.id)
  const path = parsePath(id)
  if (path?.vault === undefined) return []
  const properties = propertiesOf(row)
  const source = fields(properties.dataSourceInfo)
  const name = text(properties.friendlyName) || text(source.resourceName) || text(row.name)
  const at = path.rest.findIndex((segment) => sameWord(segment, 'protectionContainers'))
  const container = text(properties.containerName) || (at < 0 ? '' : (path.rest[at + 1] ?? ''))
  return [
    {
      id,
      vault: path.vault,
      name,
      container: path.kind === 'backup' ? '' : container,
      server: text(properties.serverName),
    },
  ]
}

/**
 * A name that a person gives: the friendly name, `container/name`, or the item's ARM ID. What az prints as the name
 * of an item or of a container has its kind in front: `VM;iaasvmcontainerv2;rg;vm`.
 */
export function hasName(item: ProtectedItem, given: string): boolean {
  if (given.startsWith('/')) return sameWord(item.id, given)
  const [, container = '', name = ''] =
    /\/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)$/i.exec(item.id) ?? []
  const names = [item.name, qualifiedName(item)]
  if (item.container !== '') names.push(`${shortContainer(item)}/${item.name}`)
  if (name !== '') names.push(name, `${container}/${item.name}`, `${container}/${name}`)
  return names.some((one) => sameWord(one, given))
}

/** The name that tells an item from others of the same friendly name. */
export function qualifiedName(item: ProtectedItem): string {
  return item.container === '' ? item.name : `${item.container}/${item.name}`
}

function shortContainer({ container }: ProtectedItem): string {
  return container.split(';').at(-1) ?? container
}

/**
 * Whether the job is one of the item's. A Backup vault's job names its instance; a Recovery Services job has
 * the container (without its kind, recorded) or the storage account, and for databases the server in its name
 * (`MSSQLSERVER/msdb [sarathvm]`, recorded).
 */
export function isJobOf(job: Job, item: ProtectedItem): boolean {
  if (job.instanceId !== '') return sameWord(job.instanceId, item.id)
  const [, full = '', server = ''] = /^(.*?)(?:\s+\[([^\]]*)\])?$/.exec(job.item) ?? []
  const named =
    sameWord(full, item.name) ||
    sameWord(job.item, item.name) ||
    sameWord(full.split('/').at(-1) ?? '', item.name)
  if (!named) return false
  const container = item.container.toLowerCase()
  if (job.container !== '') {
    const own = job.container.toLowerCase()
    return container === own || container.endsWith(`;${own}`) || own.endsWith(`;${container}`)
  }
  if (server === '') return true
  const host = server.toLowerCase()
  const hosts = [item.server.split('.')[0] ?? '', item.server, shortContainer(item)].map((name) =>
    name.toLowerCase(),
  )
  return hosts.includes(host)
}
