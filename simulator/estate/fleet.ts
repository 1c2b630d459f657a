/** Fleets: vaults with items and jobs. */
import { partsOf } from '../azure/items/items.ts'
import type { StartOptions } from '../azure/world/options.ts'
import { type Vault, vaultId } from '../azure/world/vault.ts'
import type { World } from '../azure/world/world.ts'
import { vaultFor } from '../azure/world/world.ts'
import { addJob, type MadeJob } from './made-jobs.ts'

/** A fleet: every job has an item of its own. Durations in simulated seconds. */
export interface FleetOptions {
  /** Recovery Services vaults (3) and Backup vaults (0), named `vault-01` and `backup-vault-01` on. */
  vaults?: number
  backupVaults?: number
  /** Subscriptions that they are spread over. Default: 1. */
  subscriptions?: number
  resourceGroup?: string
  /** Jobs in all, one vault after the other. Default: 40. */
  jobs?: number
  /** How many of them fail, complete with warnings, are cancelled; evenly spread. Default: none. */
  failed?: number
  warnings?: number
  cancelled?: number
  /** How long they run, from the shortest to the longest. Default: 300 to 1800. */
  seconds?: number | [number, number]
  /** They start one after the other within so long. Default: 120. */
  staggerSeconds?: number
  /** When the first of them starts, so long from now; negative for ago. Default: the stagger ago. */
  startSeconds?: number
  /** How many of them are over when the fleet is made, whatever the above says. Default: 0. */
  ended?: number
  /** Further jobs, of the first so many items: a backup of last night that completed. Default: 0. */
  lastNight?: number
  /** Kinds in turn. Default: VMs, SQL databases and file shares; disks and databases in Backup vaults. */
  kinds?: string[]
  backupVaultKinds?: string[]
}

/** A fleet that was made. */
export interface Fleet {
  subscriptionIds: string[]
  vaults: { id: string; name: string; type: string }[]
  /** The jobs of now, and of last night. */
  jobs: MadeJob[]
  lastNight: MadeJob[]
}

const HOUR_MS = 3_600_000
/** Makes a fleet. The same options give the same fleet, but for IDs. */
export function makeFleet(world: World, given: FleetOptions): Fleet {
  const count = given.jobs ?? 40
  const now = world.clock.now()
  const stagger = given.staggerSeconds ?? 120
  const start = given.startSeconds ?? -stagger
  const [shortest, longest] =
    typeof given.seconds === 'number' ? [given.seconds, given.seconds] : (given.seconds ?? [300, 1800])
  const kinds = {
    recovery: given.kinds ?? ['vm-backup', 'vm-backup', 'sql-backup', 'vm-backup', 'file-share-backup'],
    backup: given.backupVaultKinds ?? ['disk-backup', 'postgres-backup'],
  }
  const vaults = fleetVaults(world, given)
  const ends = endsOf(count, given)
  const jobs: MadeJob[] = []
  const lastNight: MadeJob[] = []
  for (let index = 0; index < count; index += 1) {
    const vault = vaults[index % vaults.length] as Vault
    const turn = Math.floor(index / vaults.length)
    const list = vault.type === 'Microsoft.RecoveryServices/vaults' ? kinds.recovery : kinds.backup
    const kind = list[turn % list.length] as string
    const source = partsOf(kind)?.source ?? ''
    const names = {
      vault,
      source,
      name: `${source}-${String(index + 1).padStart(4, '0')}`,
      container: undefined,
    }
    // Some order that is none, yet always the same.
    const part = ((index * 7919) % count) / Math.max(1, count - 1)
    const seconds = Math.round(shortest + (longest - shortest) * Math.min(1, part))
    const usual = now + (start + (stagger * index) / count) * 1000
    const over = index < (given.ended ?? 0)
    const at = over ? Math.min(usual, now - (seconds + 60 + (index % 600)) * 1000) : usual
    jobs.push(addJob(world, names, kind, at, seconds, ends.get(index) ?? COMPLETED))
    if (index < (given.lastNight ?? 0)) {
      const night = now - 10 * HOUR_MS + (index % 60) * 60_000
      lastNight.push(addJob(world, names, kind, night, seconds, COMPLETED))
    }
  }
  return {
    subscriptionIds: [...new Set(vaults.map(({ subscriptionId }) => subscriptionId))],
    vaults: vaults.map((vault) => ({ id: vaultId(vault), name: vault.name, type: vault.type })),
    jobs,
    lastNight,
  }
}

function fleetVaults(world: World, given: FleetOptions): Vault[] {
  const group = given.resourceGroup === undefined ? {} : { resourceGroup: given.resourceGroup }
  const make = (type: Vault['type'], name: string, number: number) => {
    const turn = number % (given.subscriptions ?? 1)
    const subscriptionId = `${world.defaults.subscriptionId.slice(0, -3)}e${String(turn).padStart(2, '0')}`
    return vaultFor(world, type, {
      ...group,
      ...(turn === 0 ? {} : { subscriptionId }),
      vaultName: `${name}-${String(number + 1).padStart(2, '0')}`,
    })
  }
  const made = (type: Vault['type'], name: string, many: number) =>
    Array.from({ length: many }, (_, number) => make(type, name, number))
  return [
    ...made('Microsoft.RecoveryServices/vaults', 'vault', given.vaults ?? 3),
    ...made('Microsoft.DataProtection/backupVaults', 'backup-vault', given.backupVaults ?? 0),
  ]
}

// Shared by all jobs that end the same way: a thousand of them cost little.
const COMPLETED: StartOptions = { ends: 'Completed' }

function endsOf(count: number, given: FleetOptions): Map<number, StartOptions> {
  const ends = new Map<number, StartOptions>()
  const spread = (many: number, word: string) => {
    const options: StartOptions = { ends: word }
    for (let number = 0; number < Math.min(many, count); number += 1) {
      let index = Math.floor(((number + 0.5) * count) / many)
      while (ends.has(index) && ends.size < count) index = (index + 1) % count
      ends.set(index, options)
    }
  }
  spread(given.failed ?? 0, 'Failed')
  spread(given.warnings ?? 0, 'CompletedWithWarnings')
  spread(given.cancelled ?? 0, 'Cancelled')
  return ends
}
