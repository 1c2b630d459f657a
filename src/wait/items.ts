/** Protected items, from their names to the newest job of each, and whether that is fresh enough. */
import { findItems, hasName, isJobOf, type ProtectedItem, qualifiedName } from '../azure/items.ts'
import { listJobs } from '../azure/job-list.ts'
import { vaultPath } from '../azure/paths.ts'
import type { ItemsTarget } from '../azure/target.ts'
import { InputError } from '../errors.ts'
import { hasEnded, type Job, type JobReference, unreadJob } from '../job.ts'
import type { Outcome } from '../outcome.ts'
import { forPeople } from '../report/format.ts'
import { endingByError, type WaitOptions } from './look.ts'

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
  const { patience, resourceManager } = options
  try {
    const all = await findItems(resourceManager, target.subscriptionId, target.vault)
    const items = select(all, target)
    const vaults = Map.groupBy(items, ({ vault }) => vaultPath(vault).toLowerCase())
    const found = await Promise.all(
      [...vaults.values()].map((group) => newestInVault(group, target, options)),
    )
    return {
      references: found.flatMap(({ references }) => references),
      outcomes: found.flatMap(({ outcomes }) => outcomes),
    }
  } catch (error) {
    const job = unreadJob({ id: '', vault: target.vault })
    const [ending, problem] =
      error instanceof InputError
        ? (['error', { code: '', message: error.message }] as const)
        : endingByError(error, 'protected items', patience)
    return {
      references: [],
      outcomes: [{ job, ending, problem, seenAt: patience.clock.now(), observed: [] }],
    }
  }
}

/** The items that the names mean; a name that fits none or several is an error, never a guess. */
export function select(all: ProtectedItem[], { names, vault, subscriptionId }: ItemsTarget): ProtectedItem[] {
  const place = vault === undefined ? `subscription ${subscriptionId}` : `vault ${vault.name}`
  const fail = (problem: string) => new InputError('protected-item', problem)
  if (names === '*') {
    if (all.length === 0) throw fail(`is *, but ${place} has no protected item that this identity may see.`)
    return all
  }
  const items = names.map((name) => {
    const fitting = all.filter((item) => hasName(item, name))
    const [item] = fitting
    if (item === undefined)
      throw fail(`"${name}" is no protected item of ${place}. It has: ${listed(all.map((one) => one.name))}.`)
    if (fitting.length > 1) {
      const qualified = new Set(fitting.map(qualifiedName)).size === fitting.length
      throw fail(
        `"${name}" fits ${fitting.length} items; give one of: ${listed(fitting.map(qualified ? qualifiedName : ({ id }) => id))}.`,
      )
    }
    return item
  })
  return [...new Set(items)]
}

function listed(names: string[]): string {
  if (names.length === 0) return 'none that this identity may see'
  const shown = names.slice(0, 20).join(', ')
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown
}

/** The newest job of each item of one vault. The vault's own list is asked, which lags behind nothing. */
async function newestInVault(
  items: ProtectedItem[],
  target: ItemsTarget,
  options: WaitOptions,
): Promise<FoundJobs> {
  const { clock } = options.patience
  const [first] = items
  if (first === undefined) return { references: [], outcomes: [] }
  const now = clock.now()
  const near = Math.min(target.maxAgeHours ?? usualHours, mostHours)
  try {
    const recent = await jobsSince(first, now - near * hour, target, options)
    const missing = items.some((item) => newestOf(recent, item) === undefined)
    const all =
      missing && near < mostHours ? await jobsSince(first, now - mostHours * hour, target, options) : recent
    const references: JobReference[] = []
    const outcomes: Outcome[] = []
    for (const item of items) {
      const newest = newestOf(all, item)
      const oldest = target.maxAgeHours === undefined ? undefined : now - target.maxAgeHours * hour
      if (newest !== undefined && (oldest === undefined || (newest.startTime ?? 0) >= oldest)) {
        references.push({ vault: item.vault, id: newest.id, item: item.id })
      } else {
        outcomes.push(notFresh(item, newest, all, target, now))
      }
    }
    return { references, outcomes }
  } catch (error) {
    const [ending, problem] = endingByError(error, `jobs of vault ${first.vault.name}`, options.patience)
    const outcome = (item: ProtectedItem): Outcome => ({
      job: jobless(item),
      ending,
      problem,
      seenAt: now,
      observed: [],
    })
    return { references: [], outcomes: items.map(outcome) }
  }
}

async function jobsSince(
  { vault }: ProtectedItem,
  from: number,
  target: ItemsTarget,
  options: WaitOptions,
): Promise<Job[]> {
  // The service's clock may be ahead of the runner's.
  const filter = { from, to: options.patience.clock.now() + hour }
  const { jobs } = await listJobs(options.resourceManager, vault, filter)
  const word = target.operation.toLowerCase()
  return jobs.filter((job) => operationWord(job.operation) === word)
}

/** `Backup` of `Backup (Full)`. */
function operationWord(operation: string): string {
  return (operation.split('(')[0] ?? '').trim().toLowerCase()
}

function newestOf(jobs: Job[], item: ProtectedItem): Job | undefined {
  return jobs
    .filter((job) => isJobOf(job, item))
    .reduce<Job | undefined>(
      (newest, job) => ((job.startTime ?? 0) > (newest?.startTime ?? -1) ? job : newest),
      undefined,
    )
}

function jobless(item: ProtectedItem): Job {
  return { ...unreadJob({ id: '', vault: item.vault }), item: item.name }
}

/** No job that is young enough: a failure that says how old the last good one is. */
function notFresh(
  item: ProtectedItem,
  newest: Job | undefined,
  all: Job[],
  target: ItemsTarget,
  now: number,
): Outcome {
  const age = (job: Job) => `${forPeople((now - (job.startTime ?? now)) / 1000)} ago`
  const good = newestOf(
    all.filter((job) => hasEnded(job) && job.status.startsWith('Completed')),
    item,
  )
  const lastGood =
    good === undefined
      ? `No good one is known of the last ${mostHours / 24} days.`
      : `The last good one started ${age(good)} (job ${good.id}).`
  const wanted = target.maxAgeHours === undefined ? '' : ` within ${target.maxAgeHours} h`
  const found = newest === undefined ? '' : ` The newest, ${newest.status}, started ${age(newest)}.`
  const message = `No ${target.operation} job of ${item.name} started${wanted}.${found} ${lastGood}`
  const job =
    newest === undefined
      ? { ...jobless(item), operation: target.operation }
      : { ...newest, vault: item.vault }
  const ending = target.maxAgeHours === undefined ? 'error' : 'not-fresh'
  return { job, ending, problem: { code: '', message }, seenAt: now, observed: [] }
}
