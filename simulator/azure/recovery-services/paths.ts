/** Paths of items, and of the operations on them. */

import type { Workload } from '../sources/workloads.ts'
import { vaultId } from '../world/vault.ts'
import type { Target } from '../world/world.ts'

/** Any recovery point will do. */
export const RECOVERY_POINT = '155958902502687'

/** The path of a protected item, as a client sends it. */
export function itemPath(workload: Workload, { vault, item, container }: Target): string {
  const names = workload.names?.(vault, item, container) ?? { container: '', item }
  const part = encodeURIComponent
  return `${vaultId(vault)}/backupFabrics/Azure/protectionContainers/${part(names.container)}/protectedItems/${part(names.item)}`
}

/** Where an operation on an item is followed: at the item, but at the vault where it deletes (recorded). */
export function itemPaths(path: string, id: string, vault: string, deletes: boolean) {
  if (deletes) return vaultPaths(id, vault)
  const item = path.replace(/(\/recoveryPoints\/[^/]+)?\/(backup|restore|provisionInstantItemRecovery)$/i, '')
  return { status: `${item}/operationsStatus/${id}`, result: `${item}/operationResults/${id}` }
}

function vaultPaths(id: string, vault: string) {
  return { status: `${vault}/backupOperations/${id}`, result: `${vault}/backupOperationResults/${id}` }
}
