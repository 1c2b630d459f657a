/** Jobs without an operation: of the past, or of a schedule. */
import { randomUUID } from 'node:crypto'
import { itemId } from '../azure/items/items.ts'
import { KINDS } from '../azure/kinds.ts'
import type { StartOptions } from '../azure/world/options.ts'
import { instant } from '../azure/world/values.ts'
import type { ItemNames } from '../azure/world/vault.ts'
import { vaultId } from '../azure/world/vault.ts'
import type { Job, Kind, World } from '../azure/world/world.ts'

/** A job that was made without an operation. */
export interface MadeJob {
  id: string
  resourceId: string
  kind: string
  /** Friendly name, and the ARM ID, of its item. */
  item: string
  itemId: string
  vaultId: string
  vaultName: string
  /** Milliseconds since the epoch on the simulator's clock. */
  startsAt: number
  endsAt: number
  ends: string
}

/** Adds a job that starts then and runs so long, in the past or the future. */
export function addJob(
  world: World,
  names: ItemNames,
  kindName: string,
  startsAt: number,
  seconds: number,
  given: StartOptions,
): MadeJob {
  const kind = kindOf(kindName)
  const { vault, name, container } = names
  const options = container === undefined ? given : { ...given, container }
  const failsEarly =
    kindName === 'vm-backup' && given.ends === 'Failed' && given.snapshotSeconds === undefined
  const job: Job = {
    id: randomUUID(),
    kind,
    vault,
    item: name,
    plannedSeconds: seconds,
    secondaryRegion: undefined,
    startedAt: instant(startsAt),
    endsAt: instant(startsAt + seconds * 1000),
    ends: options.ends ?? 'Completed',
    visibleAt: startsAt + (options.notFoundSeconds ?? 0) * 1000,
    activityId: randomUUID(),
    cancelledAt: undefined,
    // The usual error is of a VM that cannot be reached, so the snapshot is not taken.
    options: failsEarly ? { ...options, snapshotSeconds: seconds * 2 } : options,
  }
  world.jobs.set(job.id, job)
  return {
    id: job.id,
    resourceId: `${vaultId(vault)}/backupJobs/${job.id}`,
    kind: kindName,
    item: name,
    itemId: itemId(names),
    vaultId: vaultId(vault),
    vaultName: vault.name,
    startsAt: job.startedAt.ms,
    endsAt: job.endsAt.ms,
    ends: job.ends,
  }
}

/** The kind of that name; an error lists them all where there is none. */
export function kindOf(name: string): Kind {
  const kind = KINDS.get(name)
  if (kind === undefined) throw new Error(`No kind '${name}'. There are: ${[...KINDS.keys()].join(', ')}`)
  return kind
}
