/** What is protected: items of Recovery Services vaults and instances of Backup vaults, and the jobs of each. */

import type { DataSource } from '../sources/data-sources.ts'
import { DATA_SOURCES } from '../sources/data-sources.ts'
import { instanceNames } from '../sources/instance-names.ts'
import { WORKLOADS, type Workload } from '../sources/workloads.ts'
import type { ItemNames } from '../world/vault.ts'
import { type Vault, vaultId } from '../world/vault.ts'
import type { Job, World } from '../world/world.ts'

/** An item and its jobs, newest first. */
export interface ProtectedItem extends ItemNames {
  id: string
  jobs: Job[]
}

/** The workload of a Recovery Services vault, by name; undefined for others. */
export function workloadNamed(source: string): Workload | undefined {
  return (WORKLOADS as Record<string, Workload>)[source]
}

/** The data source of a Backup vault, by name; undefined for others. */
export function dataSourceNamed(source: string): DataSource | undefined {
  return (DATA_SOURCES as Record<string, DataSource>)[source]
}

/** The source and the action in the name of a kind; undefined for one that is not about an item. */
export function partsOf(kind: string): { source: string; action: string } | undefined {
  const [, source = '', action = ''] =
    /^(.+?)-(backup|restore|configure|disable|delete-data)$/.exec(kind) ?? []
  const named = workloadNamed(source)?.names !== undefined || dataSourceNamed(source) !== undefined
  return named ? { source, action } : undefined
}

/** Its ARM ID, with raw `;`. */
export function itemId({ vault, source, name, container }: ItemNames): string {
  const data = dataSourceNamed(source)
  if (data !== undefined) {
    return `${vaultId(vault)}/backupInstances/${instanceNames(data, vault, name, container).instance}`
  }
  const names = workloadNamed(source)?.names?.(vault, name, container)
  return `${vaultId(vault)}/backupFabrics/Azure/protectionContainers/${names?.container}/protectedItems/${names?.item}`
}

/** The items of a vault: those that were made, and those that jobs have been started of. */
export function itemsOf(world: World, vault: Vault): ProtectedItem[] {
  const items = new Map<string, ProtectedItem>()
  const ensure = (names: ItemNames): ProtectedItem => {
    const id = itemId(names)
    const known = items.get(id.toLowerCase())
    if (known !== undefined) return known
    const made = { ...names, id, jobs: [] }
    items.set(id.toLowerCase(), made)
    return made
  }
  for (const names of world.items) if (names.vault === vault) ensure(names)
  for (const job of world.jobs.values()) {
    if (job.vault !== vault || job.startedAt.ms > world.clock.now()) continue
    const parts = partsOf(job.kind.name)
    if (parts === undefined || parts.action === 'delete-data') continue
    ensure({ vault, source: parts.source, name: job.item, container: job.options.container }).jobs.push(job)
  }
  for (const item of items.values()) item.jobs.sort(newestFirst)
  return [...items.values()]
}

/** The item whose ID a decoded path is, or starts with; undefined where there is none. */
export function itemAt(world: World, vault: Vault, path: string): ProtectedItem | undefined {
  const wanted = /^.*?\/(?:protectedItems|backupInstances)\/[^/]+/i.exec(path)?.[0].toLowerCase()
  return wanted === undefined
    ? undefined
    : itemsOf(world, vault).find((item) => item.id.toLowerCase() === wanted)
}

/** The container in a decoded path of an item: third of a VM's names, last of others'. */
export function containerIn(path: string): string | undefined {
  const names = /\/protectionContainers\/([^/]+)\/protectedItems\//i.exec(path)?.[1]?.split(';') ?? []
  return /^iaasvmcontainer$/i.test(names[0] ?? '') ? names[2] : names.at(-1)
}

/** Order of job lists (recorded: newest first). */
export function newestFirst(one: Job, other: Job): number {
  return (
    other.startedAt.ms - one.startedAt.ms ||
    other.startedAt.ticks - one.startedAt.ticks ||
    (one.id < other.id ? -1 : 1)
  )
}
