/** A vault, and the names of what it protects. */

/** The two resource types that back things up. */
export type VaultType = 'Microsoft.RecoveryServices/vaults' | 'Microsoft.DataProtection/backupVaults'

/** A vault. */
export interface Vault {
  type: VaultType
  subscriptionId: string
  resourceGroup: string
  name: string
  /** Its region, and the one that it is copied to. */
  location: string
  secondaryLocation: string
}

/** `/subscriptions/…/vaults/NAME`. */
export function vaultId(vault: Vault): string {
  return `/subscriptions/${vault.subscriptionId}/resourceGroups/${vault.resourceGroup}/providers/${vault.type}/${vault.name}`
}

/** Names that make an item; `container` sets apart those of the same friendly name. */
export interface ItemNames {
  vault: Vault
  /** `vm`, `file-share`, `sql`, `hana`, `mab`; `disk`, `postgres`, `aks`, `blob`. */
  source: string
  /** Friendly name, without the set that it is one of. */
  name: string
  /** Resource group of a VM, disk, cluster or storage account; account of a share; server of a database, `HOST\INSTANCE` too. */
  container: string | undefined
  /** No longer protected, its data kept; or deleted, its data kept for some days. */
  standing?: 'stopped' | 'deleted' | undefined
}
