/** Protected items, from their names to the newest job of each, and whether that is fresh enough. */
import { findItems, isJobOf, type ProtectedItem, tellingNames } from '../azure/items.ts'
import { listJobs } from '../azure/job-list.ts'
import { vaultPath } from '../azure/paths.ts'
import type { ItemsTarget } from '../azure/target.ts'
import { forPeople } from '../base/format.ts'
import { hasEnded, type Job, type JobReference, unreadJob } from '../domain/job.ts'
import type { Outcome } from '../domain/outcome.ts'
import { endingByError, type WaitOptions } from './look.ts'
import { listed, notCounted, select } from './select-items.ts'

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
  const outcome = (job: Job, [ending, problem]: ReturnType<typeof endingByError>): Outcome => ({
    job,
    ending,
    problem,
    seenAt: patience.clock.date(),
    observed: [],
  })
  const nothing = unreadJob({ id: '', vault: target.vault })
  try {
    const all = await findItems(resourceManager, target.subscriptionId, target.vault)
    const { items, wrong, leftOut } = select(all, target)
    if (leftOut.length > 0 && items.length > 0) log.info(notCounted(leftOut))
    const inVault = ({ vault }: ProtectedItem) => vaultPath(vault).toLowerCase()
    const everyone = Map.groupBy(all, inVault)
    const found = await Promise.all(
      [...Map.groupBy(items, inVault)].map(([vault, group]) =>
        newestInVault(group, everyone.get(vault) ?? group, target, options),
      ),
    )
    const refused = wrong.map(({ name, error }) =>
      outcome(name === '' ? nothing : { ...nothing, item: name, operation: target.operation }, [
        'error',
        { code: '', cause: error.message },
      ]),
    )
    return {
      references: found.flatMap(({ references }) => references),
      outcomes: [...found.flatMap(({ outcomes }) => outcomes), ...refused],
    }
  } catch (error) {
    return { references: [], outcomes: [outcome(nothing, endingByError(error, 'protected items', patience))] }
  }
}

/**
 * The newest job of each item of one vault. The vault's own list is asked, which lags behind nothing.
 *
 * @param items those that are wanted
 * @param everyone all items of the vault: a job that may as well be another's is nobody's
 */
async function newestInVault(
  items: ProtectedItem[],
  everyone: ProtectedItem[],
  target: ItemsTarget,
  options: WaitOptions,
): Promise<FoundJobs> {
  const { clock } = options.patience
  const [first] = items
  if (first === undefined) return { references: [], outcomes: [] }
  const now = clock.date()
  const near = Math.min(target.maxAgeHours ?? usualHours, mostHours)
  try {
    const jobsSince = async (hours: number) =>
      ownersOf(await listSince(first, now - hours * hour, target, options), everyone)
    const recent = await jobsSince(near)
    const missing = items.some((item) => newestOf(recent, item) === undefined)
    const all = missing && near < mostHours ? await jobsSince(mostHours) : recent
    const oldest =
      target.maxAgeHours === undefined ? Number.NEGATIVE_INFINITY : now - target.maxAgeHours * hour
    const references: JobReference[] = []
    const outcomes: Outcome[] = []
    for (const item of items) {
      const newest = newestOf(all, item)
      if (newest === undefined || (newest.startTime ?? 0) < oldest)
        outcomes.push(notFresh(item, all, target, now))
      else if ((all.get(newest) ?? []).length > 1)
        outcomes.push(nobodys(item, newest, all.get(newest) ?? [], target, now))
      else references.push({ vault: item.vault, id: newest.id, item: item.id })
    }
    return { references, outcomes }
  } catch (error) {
    const [ending, problem] = endingByError(error, `jobs of vault ${first.vault.name}`, options.patience)
    const outcome = (item: ProtectedItem): Outcome => ({
      job: jobless(item, target),
      ending,
      problem,
      seenAt: now,
      observed: [],
    })
    return { references: [], outcomes: items.map(outcome) }
  }
}

async function listSince(
  { vault }: ProtectedItem,
  from: number,
  target: ItemsTarget,
  options: WaitOptions,
): Promise<Job[]> {
  // The service's clock may be ahead of the runner's.
  const filter = { from, to: options.patience.clock.date() + hour }
  const { jobs } = await listJobs(options.resourceManager, vault, filter)
  const word = target.operation.toLowerCase()
  return jobs.filter((job) => operationWord(job.operation) === word)
}

/** `Backup` of `Backup (Full)`. */
function operationWord(operation: string): string {
  return (operation.split('(')[0] ?? '').trim().toLowerCase()
}

/** Jobs, each with the items that it may be of. */
type Owners = Map<Job, ProtectedItem[]>

function ownersOf(jobs: Job[], everyone: ProtectedItem[]): Owners {
  return new Map(jobs.map((job) => [job, everyone.filter((item) => isJobOf(job, item))]))
}

function newestOf(all: Owners, item: ProtectedItem, counts = (_job: Job) => true): Job | undefined {
  let newest: Job | undefined
  for (const [job, owners] of all) {
    if (!owners.includes(item) || !counts(job)) continue
    if ((job.startTime ?? 0) > (newest?.startTime ?? -1)) newest = job
  }
  return newest
}

function jobless(item: ProtectedItem, { operation }: ItemsTarget): Job {
  return { ...unreadJob({ id: '', vault: item.vault }), item: item.name, operation }
}

/** The newest job may be of another item: to take it for this one's would be a guess. */
function nobodys(
  item: ProtectedItem,
  job: Job,
  owners: ProtectedItem[],
  target: ItemsTarget,
  now: number,
): Outcome {
  const cause =
    `The newest ${target.operation} job that may be of ${item.name} is ${job.id} ("${job.item}"), which fits ` +
    `${owners.length} items of vault ${item.vault.name}: ${listed(tellingNames(owners))}. It does not tell which of ` +
    'them it is of, so it counts for none. Follow it by operation-url or job-id instead.'
  return {
    job: jobless(item, target),
    ending: 'error',
    problem: { code: '', cause },
    seenAt: now,
    observed: [],
  }
}

/** No job that is young enough: a failure that says how old the last good one is. */
function notFresh(item: ProtectedItem, all: Owners, target: ItemsTarget, now: number): Outcome {
  const own = (job: Job) => all.get(job)?.length === 1
  const newest = newestOf(all, item, own)
  const good = newestOf(all, item, (job) => own(job) && hasEnded(job) && job.status.startsWith('Completed'))
  const age = (job: Job) => `${forPeople((now - (job.startTime ?? now)) / 1000)} ago`
  const lastGood =
    good === undefined
      ? `No good one is known of the last ${mostHours / 24} days.`
      : `The last good one started ${age(good)} (job ${good.id}).`
  const wanted = target.maxAgeHours === undefined ? '' : ` within ${target.maxAgeHours} h`
  const found = newest === undefined ? '' : ` The newest, ${newest.status}, started ${age(newest)}.`
  const cause = `No ${target.operation} job of ${item.name} started${wanted}.${found} ${lastGood}`
  const job = newest === undefined ? jobless(item, target) : { ...newest, vault: item.vault }
  const ending = target.maxAgeHours === undefined ? 'error' : 'not-fresh'
  return { job, ending, problem: { code: '', cause }, seenAt: now, observed: [] }
}
