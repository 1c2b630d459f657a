/** One look at a vault's list: the newest job of each item, and whether it is recent enough. */
import type { Answer } from '../azure/http/resource-manager.ts'
import type { ItemIndex } from '../azure/item-index.ts'
import { type ProtectedItem, tellingNames } from '../azure/items.ts'
import { listJobs } from '../azure/job-list.ts'
import type { ItemsTarget } from '../azure/target.ts'
import { forPeople } from '../base/format.ts'
import { rest } from '../base/turns.ts'
import { hasEnded, type Job, type JobReference, unreadJob, type Vault } from '../domain/job.ts'
import { type Outcome, outcomeOf } from '../domain/outcome.ts'
import type { WaitOptions } from './reads.ts'
import { listed } from './select-items.ts'

const hour = 3_600_000
/** How far back jobs are looked for first, in hours: last night's backup, and the night before. */
const usualHours = 48
/** How far back at the most, in hours: what Azure keeps for certain (Microsoft: Query backups using Resource Graph). */
const mostHours = 14 * 24

/** Less time than this, in milliseconds, is none: timers may be early. */
const shortest = 1_000

/** What is looked for in one vault. */
export interface Search {
  vault: Vault
  /** All items of the vault: a job that may as well be another's is nobody's. */
  index: ItemIndex
  target: ItemsTarget
  options: WaitOptions
  /** When it began, by `clock.now()`. */
  began: number
  /** Until when a job may start, by `clock.now()`; no later than `began` where none is waited for. */
  until: number
}

/** What one look came to. */
export interface Look {
  /** The jobs to follow. */
  references: JobReference[]
  /** What is decided without one. */
  outcomes: Outcome[]
  /** Items without a job that is recent enough, which may yet start. */
  missing: ProtectedItem[]
  answer: Answer
}

/**
 * Looks at the items once. The vault's own list is asked, which lags behind nothing.
 *
 * @param items those that are wanted
 * @param now milliseconds since 1970 by the service's clock, as far as it is known before it is asked
 * @throws what `listJobs` throws
 */
export async function lookForJobs(search: Search, items: ProtectedItem[], now: number): Promise<Look> {
  const { target, options, until } = search
  const left = Math.max(0, until - options.patience.clock.now())
  const since = async (hours: number, wanted: ProtectedItem[]) => {
    // Of jobs that start meanwhile, too.
    const times = { from: now - hours * hour, to: now + left + hour }
    return await newestFirst(search, wanted, times)
  }
  const near = Math.min(target.maxAgeHours ?? usualHours, mostHours)
  const recent = await since(near, items)
  const { answer } = recent
  const seenAt = answer.serviceTime
  const oldest =
    target.maxAgeHours === undefined ? Number.NEGATIVE_INFINITY : seenAt - target.maxAgeHours * hour
  const isFresh = (newest: OwnedJob | undefined): newest is OwnedJob =>
    newest !== undefined && startOf(newest) >= oldest
  const stale = items.filter((item) => !isFresh(recent.jobs.get(item)?.[0]))
  // Old jobs only explain why an item fails, which is not decided while a job may still start.
  const decides = left < shortest
  const all = decides && stale.length > 0 && near < mostHours ? await since(mostHours, stale) : recent
  const look: Look = { references: [], outcomes: [], missing: [], answer }
  for (const item of items) {
    const jobs = all.jobs.get(item) ?? recent.jobs.get(item) ?? []
    const [newest] = jobs
    if (isFresh(newest)) {
      if (newest.owners.length > 1) look.outcomes.push(nobodys(item, newest, target, seenAt))
      else look.references.push({ vault: item.vault, id: newest.job.id, item: item.id })
    } else if (decides) look.outcomes.push(notFresh(item, jobs, search, seenAt))
    else look.missing.push(item)
  }
  return look
}

/** A job, and the items that it may be of. */
interface OwnedJob {
  job: Job
  owners: ProtectedItem[]
}

/** The jobs of these items, each item's newest first. */
async function newestFirst(
  { vault, index, target, options }: Search,
  items: ProtectedItem[],
  times: { from: number; to: number },
): Promise<{ jobs: Map<ProtectedItem, OwnedJob[]>; answer: Answer }> {
  const word = target.operation.toLowerCase()
  const wanted = new Set(items)
  const { jobs, answer } = await listJobs(
    options.resourceManager,
    vault,
    times,
    (head) => operationWord(head.operation) === word && index.ownersOf(head).some((item) => wanted.has(item)),
  )
  const found = new Map<ProtectedItem, OwnedJob[]>()
  for (const job of jobs) {
    const owners = index.ownersOf(job)
    for (const item of owners.filter((one) => wanted.has(one))) {
      const known = found.get(item) ?? []
      known.push({ job, owners })
      found.set(item, known)
    }
    await rest()
  }
  for (const own of found.values()) own.sort((one, other) => startOf(other) - startOf(one))
  return { jobs: found, answer }
}

function startOf({ job }: OwnedJob): number {
  return job.startTime ?? 0
}

/** `Backup` of `Backup (Full)`. */
function operationWord(operation: string): string {
  return (operation.split('(')[0] ?? '').trim().toLowerCase()
}

/** What is known of an item's job before there is one. */
export function jobless(item: ProtectedItem, { operation }: ItemsTarget): Job {
  return { ...unreadJob({ id: '', vault: item.vault }), item: item.name, operation }
}

/** The newest job may be of another item: to take it for this one's would be a guess. */
function nobodys(item: ProtectedItem, { job, owners }: OwnedJob, target: ItemsTarget, now: number): Outcome {
  const cause =
    `The newest ${target.operation} job that may be of ${item.name} is ${job.id} ("${job.item}"), which fits ` +
    `${owners.length} items of vault ${item.vault.name}: ${listed(tellingNames(owners))}. It does not tell which of ` +
    'them it is of, so it counts for none. Follow it by operation-url or job-id instead.'
  return outcomeOf(jobless(item, target), 'error', now, { problem: { code: '', cause } })
}

/** No job that is young enough: a failure that says how old the last good one is. */
function notFresh(item: ProtectedItem, all: OwnedJob[], search: Search, now: number): Outcome {
  const { target } = search
  const own = all.filter(({ owners }) => owners.length === 1).map(({ job }) => job)
  const [newest] = own
  const good = own.find((job) => hasEnded(job) && job.status.startsWith('Completed'))
  const age = (job: Job) => `${forPeople((now - (job.startTime ?? now)) / 1000)} ago`
  const lastGood =
    good === undefined
      ? `No good one is known of the last ${mostHours / 24} days.`
      : `The last good one started ${age(good)} (job ${good.id}).`
  const found = newest === undefined ? '' : ` The newest, ${newest.status}, started ${age(newest)}.`
  const cause = `${noneStarted(item, search)}.${found} ${lastGood}`
  const job = newest === undefined ? jobless(item, target) : { ...newest, vault: item.vault }
  const ending = target.maxAgeHours === undefined ? 'error' : 'not-fresh'
  return outcomeOf(job, ending, now, { problem: { code: '', cause } })
}

/** `No Backup job of web-01 started within 12 h, nor in the 30m that this step waited for one`. */
export function noneStarted({ name }: ProtectedItem, { target, options, began, until }: Search): string {
  const none = `No ${target.operation} job of ${name} started`
  if (target.maxAgeHours === undefined) return none
  const waited = forPeople((options.patience.clock.now() - began) / 1000)
  const nor = until > began ? `, nor in the ${waited} that this step waited for one` : ''
  return `${none} within ${target.maxAgeHours} h${nor}`
}
