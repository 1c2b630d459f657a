/** Protected items: what is backed up, found by Azure Resource Graph, and matched with names and with jobs. */

import { type Fields, fields, sameWord, text } from '../base/read.ts'
import type { Vault } from '../domain/job.ts'
import type { ResourceManager } from './http/resource-manager.ts'
import type { JobHead } from './job-body.ts'
import { parsePath, vaultId } from './paths.ts'
import { propertiesOf, queryResources, quoted } from './resource-graph.ts'

/** A protected item of a Recovery Services vault, or a backup instance of a Backup vault. */
export interface ProtectedItem {
  /** ARM ID: of the protected item, or of a Backup vault's backup instance. */
  id: string
  vault: Vault
  /** The friendly name. */
  name: string
  /** The container's name; empty in Backup vaults, which have none. */
  container: string
  /** The SQL or HANA server that a database is on, or the computer of a MARS agent; empty for anything else. */
  server: string
  /** The instance that a database is of; empty for anything else, and for one of an availability group. */
  instance: string
  /** Whether it is backed up; or no longer, its data kept; or deleted, its data kept for some days. */
  standing: 'protected' | 'stopped' | 'deleted'
  /** ARM ID of the virtual machine that is the item; absent for all else, a database on one among it. */
  machineId?: string
}

/** What is protected, and when the service said so, in milliseconds since 1970 by its clock. */
export interface FoundItems {
  items: ProtectedItem[]
  serviceTime: number
}

/** All items of a vault, or of a subscription. */
export async function findItems(
  resourceManager: ResourceManager,
  subscriptionId: string,
  vault: Vault | undefined,
): Promise<FoundItems> {
  const query = [
    'RecoveryServicesResources',
    "| where type in~ ('microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems', 'microsoft.dataprotection/backupvaults/backupinstances')",
    ...(vault === undefined ? [] : [`| where id startswith ${quoted(`${vaultId(vault)}/`)}`]),
    '| project id, name, type, properties',
    '| order by id asc',
  ].join('\n')
  const { rows, serviceTime } = await queryResources(resourceManager, subscriptionId, query)
  return { items: rows.flatMap(itemOf), serviceTime }
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
      server: text(properties.serverName) || text(properties.computerName),
      instance: instanceOf(properties, container),
      standing: standingOf(properties),
      ...machineOf(id, properties),
    },
  ]
}

/** By the type AzureIaaSVMProtectedItem; databases on a machine have its ID as their source too. */
function machineOf(id: string, properties: Fields): { machineId?: string } {
  const machineId = text(properties.virtualMachineId) || text(properties.sourceResourceId)
  return machineId !== '' && /\/protectedItems\/VM;/i.test(id) ? { machineId } : {}
}

/**
 * The instance of a database (types: AzureVmWorkloadProtectedItem, "Parent name of the DB such as Instance or
 * Availability Group"; MabServerType, SQLAGWorkLoadContainer). Jobs name the instance that they ran on, of which a
 * group has several.
 */
function instanceOf(properties: Fields, container: string): string {
  const parent = `${text(properties.parentType)} ${container}`
  return /group|distributed|SQLAGWorkLoadContainer/i.test(parent) ? '' : text(properties.parentName)
}

/** By the types ProtectedItem and ProtectedItemState, and CurrentProtectionState of a Backup vault's instance. */
function standingOf(properties: Fields): ProtectedItem['standing'] {
  const state = (text(properties.protectionState) || text(properties.currentProtectionState)).toLowerCase()
  // Resource Graph is known to give some booleans as text (Microsoft: Query backups using Resource Graph).
  const deleted = String(properties.isScheduledForDeferredDelete).toLowerCase() === 'true'
  if (deleted || state === 'softdeleted' || state === 'softdeleting') return 'deleted'
  return state === 'protectionstopped' ? 'stopped' : 'protected'
}

/**
 * The names that a person may give: the friendly name, `container/name`, `host;instance/name` of a database, the item's
 * ARM ID, or a virtual machine's own. What az prints as the name of an item or of a container has its kind in front:
 * `VM;iaasvmcontainerv2;rg;vm`.
 */
export function namesOf(item: ProtectedItem): string[] {
  const [, container = '', name = ''] =
    /\/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)/i.exec(item.id) ?? []
  const names = [item.id, item.name, containerName(item)]
  if (item.machineId !== undefined) names.push(item.machineId)
  for (const host of hostsOf(item)) {
    names.push(`${host}/${item.name}`)
    if (item.instance !== '') names.push(`${host};${item.instance}/${item.name}`)
  }
  if (name !== '') names.push(name, `${container}/${item.name}`, `${container}/${name}`)
  return names
}

/** Names that tell these items from one another, as short as they can be: of databases `host;instance/name`. */
export function tellingNames(items: ProtectedItem[]): string[] {
  const all = [qualifiedName, containerName].map((form) => items.map(form))
  return all.find((names) => new Set(names).size === items.length) ?? items.map(({ id }) => id)
}

/** The name that tells an item from others of the same friendly name. */
function qualifiedName(item: ProtectedItem): string {
  const [host] = hostsOf(item)
  return item.instance === '' || host === undefined
    ? containerName(item)
    : `${host};${item.instance}/${item.name}`
}

function containerName(item: ProtectedItem): string {
  return item.container === '' ? item.name : `${item.container}/${item.name}`
}

/** The host in the container's name, and the server that the item names; a VM's is itself, an account's the account. */
function hostsOf({ container, server }: ProtectedItem): string[] {
  return [container.slice(container.lastIndexOf(';') + 1), server].filter((host) => host !== '')
}

/**
 * Whether the job may be one of the item's, as far as it tells; several items may fit. A Backup vault's job names its
 * instance; a Recovery Services job has the container (without its kind, recorded) or the storage account, a MARS
 * agent's its server (types: MabJob), and for databases the instance and the server stand in its name
 * (`MSSQLSERVER/msdb [sarathvm]`, and `msdb [sqlserver-0]` of another region; recorded).
 */
export function isJobOf(job: JobHead, item: ProtectedItem): boolean {
  if (job.instanceId !== '') return sameWord(job.instanceId, item.id)
  // A name may itself end in brackets.
  const { full, host } = sameWord(job.item, item.name) ? { full: job.item, host: '' } : partsOf(job.item)
  if (!sameWord(full, item.name)) {
    if (!full.toLowerCase().endsWith(`/${item.name.toLowerCase()}`)) return false
    const instance = full.slice(0, -item.name.length - 1)
    if (item.instance !== '' && !sameWord(instance, item.instance)) return false
  }
  const container = item.container.toLowerCase()
  if (job.container !== '') {
    const own = job.container.toLowerCase()
    return container === own || container.endsWith(`;${own}`) || own.endsWith(`;${container}`)
  }
  const server = job.server || host
  return server === '' || hostsOf(item).some((one) => sameHost(one, server))
}

/** `MSSQLSERVER/msdb` and `sarathvm` of `MSSQLSERVER/msdb [sarathvm]`. */
export function partsOf(item: string): { full: string; host: string } {
  const at = item.endsWith(']') ? item.lastIndexOf(' [') : -1
  return at < 0
    ? { full: item, host: '' }
    : { full: item.slice(0, at).trimEnd(), host: item.slice(at + 2, -1) }
}

/** A host may be given with its domain or without; two domains are two hosts. */
function sameHost(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()]
  return a === b || a === b.split('.')[0] || b === a.split('.')[0]
}
