/** What a Backup vault protects. */

/** What a Backup vault protects (names as in recordings, or in Microsoft's examples). */
export interface DataSource {
  name: string
  /** For people. */
  title: string
  item: string
  /** `dataSourceType`, and the resource's path below its resource group. */
  type: string
  resource: (item: string) => string
  /** Name of the set that it is one of: a database's server. */
  set: string | null
  /** `sourceDataStoreType` of a restore. */
  store: string | null
  /** Bytes that a backup reports; null for none. */
  bytes: number | null
}

/** The data sources; types recorded, or from Microsoft's examples. */
export const DATA_SOURCES = {
  disk: {
    name: 'disk',
    title: 'a managed disk',
    item: 'data-disk-01',
    type: 'Microsoft.Compute/disks',
    resource: (item) => `Microsoft.Compute/disks/${item}`,
    set: null,
    store: 'OperationalStore',
    bytes: null,
  },
  postgres: {
    name: 'postgres',
    title: 'a PostgreSQL database',
    item: 'orders',
    type: 'Microsoft.DBforPostgreSQL/servers/databases',
    resource: (item) => `Microsoft.DBforPostgreSQL/servers/pg-01/databases/${item}`,
    set: 'pg-01',
    store: 'VaultStore',
    bytes: 2063.5,
  },
  aks: {
    name: 'aks',
    title: 'an AKS cluster',
    item: 'cluster-01',
    type: 'Microsoft.ContainerService/managedClusters',
    resource: (item) => `Microsoft.ContainerService/managedClusters/${item}`,
    set: 'cluster-01',
    store: 'OperationalStore',
    bytes: null,
  },
  blob: {
    name: 'blob',
    title: 'the blobs of a storage account',
    item: 'contosodata',
    type: 'Microsoft.Storage/storageAccounts/blobServices',
    resource: (item) => `Microsoft.Storage/storageAccounts/${item}`,
    set: null,
    store: 'VaultStore',
    bytes: 104857600,
  },
} satisfies Record<string, DataSource>
