import type { Vault } from '../world/vault.ts'
import type { DataSource } from './data-sources.ts'

/** What a backup instance and its data source are called. */
export interface InstanceNames {
  /** Name of the instance in URLs. */
  instance: string
  /** With the set that it is one of, if any (recorded). */
  friendlyName: string
  set: string | null
  dataSourceId: string
  /** ID of the set, or of the data source itself (recorded). */
  setId: string
}

/**
 * The names of an instance. `container` is the server of a database, the resource group of anything else;
 * instances of the same friendly name differ by it. (The service puts a GUID in the instance's name.)
 */
export function instanceNames(
  source: DataSource,
  vault: Vault,
  item: string,
  container: string | undefined,
): InstanceNames {
  const server = source.name === 'postgres'
  const usual = server ? source.set : vault.resourceGroup
  const other = container === usual ? undefined : container
  const group = (server ? undefined : other) ?? vault.resourceGroup
  const set = server ? (other ?? source.set) : source.set
  const resource = server
    ? source.resource(item).replace(`/${source.set}/`, `/${set}/`)
    : source.resource(item)
  const dataSourceId = `/subscriptions/${vault.subscriptionId}/resourceGroups/${group}/providers/${resource}`
  return {
    instance: `${source.name}-${item}${other === undefined ? '' : `.${other}`}`,
    friendlyName: set === null ? item : `${set}/${item}`,
    set,
    dataSourceId,
    setId: server ? dataSourceId.replace(/\/databases\/[^/]+$/, '') : dataSourceId,
  }
}
