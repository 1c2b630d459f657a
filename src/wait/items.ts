/** Protected items, from their names to the newest job of each, and whether that is fresh enough. */
import { type ItemIndex, indexItems } from '../azure/item-index.ts'
import { findItems, type ProtectedItem, tellingNames } from '../azure/items.ts'
import { listJobs } from '../azure/job-list.ts'
import { vaultPath } from '../azure/paths.ts'
import type { ItemsTarget } from '../azure/target.ts'
import { forPeople } from '../base/format.ts'
import { rest } from '../base/turns.ts'
import { hasEnded, type Job, type JobReference, unreadJob } from '../domain/job.ts'
import { type Outcome, outcomeOf } from '../domain/outcome.ts'
import { endingByError, type WaitOptions } from './reads.ts'
import { listed, notCounted, select, whyUnprotected } from './select-items.ts'

/** The jobs to follow, and what is already decided. */
export interface FoundJobs {
  references: JobReference[]
  outcomes: Outcome[]
}

const hour = 3_600_000
/** How far back jobs are looked for first, in hours: last night's backup, and the night before. */
const usualHours = 48
/** How far back at the most, in hours: what Azure keeps for certain (Microsoft: Query backups using Resource Graph). */
const mostHours = 14 * 24

/** Never throws: what goes wrong is an outcome. */
export async function findNewestJobs(target: ItemsTarget, options: WaitOptions): Promise<FoundJobs> {
  const { patience, resourceManager, log } = options
  const nothing = unreadJob({ id: '', vault: target.vault })
  try {
    // Ages go by the service's clock: a runner that is days behind would take an old backup for a fresh one.
    const { items: all, serviceTime: now } = await findItems(
      resourceManager,
      target.subscriptionId,
      target.vault,
    )
    const index = indexItems(all)
    const { items, wrong, unprotected } = select(all, index, target)
    if (unprotected.length > 0 && items.length > 0) {
      if (target.names === '*') log.info(notCounted(unprotected))
      else
        log.warning(
          `No new backup is to be expected of what was given: ${whyUnprotected(unprotected)}.`,
          'Not protected',
        )
    }
    const inVault = ({ vault }: ProtectedItem) => vaultPath(vault).toLowerCase()
    const everyone = Map.groupBy(all, inVault)
    const found = await Promise.all(
      [...Map.groupBy(items, inVault)].map(([vault, group]) =>
        newestInVault(group, indexItems(everyone.get(vault) ?? group), target, now, options),
      ),
    )
    const refused = wrong.map(({ name, error }) => {
      const job = name === '' ? nothing : { ...nothing, item: name, operation: target.operation }
      return outcomeOf(job, 'error', now, { problem: { code: '', message: error.message } })
    })
    return {
      references: found.flatMap(({ references }) => references),
      outcomes: [...found.flatMap(({ outcomes }) => outcomes), ...refused],
    }
  } catch (error) {
    const [ending, problem] = endingByError(error, 'protected items', patience)
    return { references: [], outcomes: [outcomeOf(nothing, ending, patience.clock.date(), { problem })] }
  }
}

/**
 * The newest job of each item of one vault. The vault's own list is asked, which lags behind nothing.
 *
 * @param items those that are wanted
 * @param index all items of the vault: a job that may as well be another's is nobody's
 * @param now milliseconds since 1970 by the service's clock
 */
async function newestInVault(
  items: ProtectedItem[],
  index: ItemIndex,
  target: ItemsTarget,
  now: number,
  options: WaitOptions,
): Promise<FoundJobs> {
  const [first] = items
  if (first === undefined) return { references: [], outcomes: [] }
  const near = Math.min(target.maxAgeHours ?? usualHours, mostHours)
  try {
    const jobsSince = async (hours: number) => {
      // Of jobs that start meanwhile, too.
      const times = { from: now - hours * hour, to: now + hour }
      return await newestFirst(first, times, index, target, options)
    }
    const recent = await jobsSince(near)
    const missing = items.some((item) => !recent.has(item))
    const all = missing && near < mostHours ? await jobsSince(mostHours) : recent
    const oldest =
      target.maxAgeHours === undefined ? Number.NEGATIVE_INFINITY : now - target.maxAgeHours * hour
    const references: JobReference[] = []
    const outcomes: Outcome[] = []
    for (const item of items) {
      const jobs = all.get(item) ?? []
      const [newest] = jobs
      if (newest === undefined || (newest.job.startTime ?? 0) < oldest)
        outcomes.push(notFresh(item, jobs, target, now))
      else if (newest.owners.length > 1) outcomes.push(nobodys(item, newest, target, now))
      else references.push({ vault: item.vault, id: newest.job.id, item: item.id })
    }
    return { references, outcomes }
  } catch (error) {
    const [ending, problem] = endingByError(error, `jobs of vault ${first.vault.name}`, options.patience)
    const outcomes = items.map((item) => outcomeOf(jobless(item, target), ending, now, { problem }))
    return { references: [], outcomes }
  }
}

/** A job, and the items that it may be of. */
interface OwnedJob {
  job: Job
  owners: ProtectedItem[]
}

/** The jobs of the vault's items, each item's newest first. */
async function newestFirst(
  { vault }: ProtectedItem,
  times: { from: number; to: number },
  index: ItemIndex,
  target: ItemsTarget,
  options: WaitOptions,
): Promise<Map<ProtectedItem, OwnedJob[]>> {
  const { jobs } = await listJobs(options.resourceManager, vault, times)
  const word = target.operation.toLowerCase()
  const found = new Map<ProtectedItem, OwnedJob[]>()
  for (const job of jobs) {
    if (operationWord(job.operation) !== word) continue
    const owners = index.ownersOf(job)
    for (const item of owners) {
      const known = found.get(item) ?? []
      known.push({ job, owners })
      found.set(item, known)
    }
    await rest()
  }
  for (const own of found.values()) own.sort((one, other) => startOf(other) - startOf(one))
  return found
}

function startOf({ job }: OwnedJob): number {
  return job.startTime ?? 0
}

/** `Backup` of `Backup (Full)`. */
function operationWord(operation: string): string {
  return (operation.split('(')[0] ?? '').trim().toLowerCase()
}

function jobless(item: ProtectedItem, { operation }: ItemsTarget): Job {
  return { ...unreadJob({ id: '', vault: item.vault }), item: item.name, operation }
}

/** The newest job may be of another item: to take it for this one's would be a guess. */
function nobodys(item: ProtectedItem, { job, owners }: OwnedJob, target: ItemsTarget, now: number): Outcome {
  const message =
    `The newest ${target.operation} job that may be of ${item.name} is ${job.id} ("${job.item}"), which fits ` +
    `${owners.length} items of vault ${item.vault.name}: ${listed(tellingNames(owners))}. It does not tell which of ` +
    'them it is of, so it counts for none. Follow it by operation-url or job-id instead.'
  return outcomeOf(jobless(item, target), 'error', now, { problem: { code: '', message } })
}

/** No job that is young enough: a failure that says how old the last good one is. */
function notFresh(item: ProtectedItem, all: OwnedJob[], target: ItemsTarget, now: number): Outcome {
  const own = all.filter(({ owners }) => owners.length === 1).map(({ job }) => job)
  const [newest] = own
  const good = own.find((job) => hasEnded(job) && job.status.startsWith('Completed'))
  const age = (job: Job) => `${forPeople((now - (job.startTime ?? now)) / 1000)} ago`
  const lastGood =
    good === undefined
      ? `No good one is known of the last ${mostHours / 24} days.`
      : `The last good one started ${age(good)} (job ${good.id}).`
  const wanted = target.maxAgeHours === undefined ? '' : ` within ${target.maxAgeHours} h`
  const found = newest === undefined ? '' : ` The newest, ${newest.status}, started ${age(newest)}.`
  const message = `No ${target.operation} job of ${item.name} started${wanted}.${found} ${lastGood}`
  const job = newest === undefined ? jobless(item, target) : { ...newest, vault: item.vault }
  const ending = target.maxAgeHours === undefined ? 'error' : 'not-fresh'
  return outcomeOf(job, ending, now, { problem: { code: '', message } })
}
