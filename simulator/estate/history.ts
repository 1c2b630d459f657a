/** Items with jobs of the past. */
import { itemId } from '../azure/items/items.ts'
import type { StartOptions } from '../azure/world/options.ts'
import { vaultId } from '../azure/world/vault.ts'
import type { World } from '../azure/world/world.ts'
import { vaultFor } from '../azure/world/world.ts'
import { addJob, kindOf, type MadeJob } from './made-jobs.ts'

/** An item to protect. */
export interface ItemOptions {
  /** `vm` (default), `file-share`, `sql`, `hana`, `mab`; `disk`, `postgres`, `aks`, `blob` in a Backup vault. */
  source?: string
  /** Friendly name. */
  item?: string
  /** Sets apart items of the same name: see StartOptions. */
  container?: string
  /** No longer protected, its data kept; or deleted, its data kept for some days. */
  standing?: 'stopped' | 'deleted'
  subscriptionId?: string
  resourceGroup?: string
  vaultName?: string
}

/** A job that the item had. */
export interface HistoryEntry {
  /** When it started, */
  hoursAgo?: number
  /** or that it begins so many simulated seconds from now. Until then it is nowhere. */
  inSeconds?: number
  /** `Backup` (default), `Restore`, `ConfigureBackup`, `DisableBackup`, `DeleteBackupData`. */
  operation?: string
  /** The word it ended with. Default: `Completed`. `InProgress` goes on for another half an hour. */
  end?: string
  /** How long it ran. Default: half an hour. */
  seconds?: number
  /** Further ways of the job. */
  options?: StartOptions
}

/** An item that was made. */
export interface MadeItem {
  id: string
  /** As in URLs; with its container for a Recovery Services vault (`container/name`). */
  name: string
  qualifiedName: string
  friendlyName: string
  vaultId: string
  vaultName: string
  subscriptionId: string
  resourceGroup: string
  jobs: MadeJob[]
}

const HOUR_MS = 3_600_000
const OPERATIONS: Record<string, string> = {
  Backup: 'backup',
  Restore: 'restore',
  ConfigureBackup: 'configure',
  DisableBackup: 'disable',
  DeleteBackupData: 'delete-data',
}

/** Protects an item that has had these jobs; none for one that was never backed up. */
export function makeHistory(world: World, given: ItemOptions, entries: HistoryEntry[]): MadeItem {
  const source = given.source ?? 'vm'
  const usual = kindOf(`${source}-backup`)
  const vault = vaultFor(world, usual.vaultType, given)
  const { container: of, standing } = given
  const names = { vault, source, name: given.item ?? usual.item, container: of, standing }
  world.items.push(names)
  const now = world.clock.now()
  const jobs = entries.map(
    ({ inSeconds, operation = 'Backup', end = 'Completed', seconds, options, ...given }) => {
      const hoursAgo = given.hoursAgo ?? -(inSeconds ?? 0) / 3600
      const running = end === 'InProgress'
      const runs = seconds ?? (running ? Math.max(0, hoursAgo) * 3600 + 1800 : 1800)
      const kind = `${source}-${OPERATIONS[operation] ?? operation}`
      return addJob(world, names, kind, now - hoursAgo * HOUR_MS, runs, {
        ...options,
        ends: running ? 'Completed' : end,
      })
    },
  )
  const id = itemId(names)
  const [, container, name = ''] = /([^/]+)\/protectedItems\/([^/]+)$/.exec(id) ?? [
    '',
    '',
    id.split('/').at(-1),
  ]
  return {
    id,
    name,
    qualifiedName: container ? `${container}/${name}` : name,
    friendlyName: names.name,
    vaultId: vaultId(vault),
    vaultName: vault.name,
    subscriptionId: vault.subscriptionId,
    resourceGroup: vault.resourceGroup,
    jobs,
  }
}
