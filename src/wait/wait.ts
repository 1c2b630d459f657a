/** The loop: follows targets to their ends. Time, chance and the service are parameters. */
import { jobKey } from '../azure/paths.ts'
import { readsByPost } from '../azure/read-job.ts'
import { type ItemFinder, itemFinder } from '../azure/recovery-points.ts'
import type { Target } from '../azure/target.ts'
import { rest } from '../base/turns.ts'
import {
  elapsedSeconds,
  hasEnded,
  isKnownStatus,
  type Job,
  type JobReference,
  snapshotCompleted,
  snapshotPhases,
  unknownStatus,
  unreadJob,
} from '../domain/job.ts'
import { type Ending, type ObservedPhase, type Outcome, outcomeOf, type Problem } from '../domain/outcome.ts'
import type { FoundJobs } from './appear.ts'
import { findNewestJobs } from './items.ts'
import { followOperation, type Started } from './operation.ts'
import { observePhases } from './phases.ts'
import { endingByError, sinceRead, type WaitFor, type WaitOptions, waitForNextRead } from './reads.ts'
import { verifyRecoveryPoint } from './recovery-point.ts'

/** Follows all targets, each to its end, and each job once. Never throws: what goes wrong with one is its outcome. */
export async function followAll(targets: Target[], options: WaitOptions): Promise<Outcome[]> {
  const known = targets.flatMap((target) => (target.kind === 'job' ? [target.reference] : []))
  if (known.length > 0) options.found(known)
  const shared = {
    fresh: eachJobOnce(),
    items: itemFinder(options.resourceManager, options.patience.clock.now),
  }
  const outcomes = await Promise.all(targets.map((target) => follow(target, shared, options)))
  return outcomes.flat()
}

/** What the targets of a run share. */
interface Shared {
  /** Those that are not followed yet. */
  fresh: (references: JobReference[]) => JobReference[]
  items: ItemFinder
}

/** Leaves out what is followed already: the two URLs of one operation name the same job. */
function eachJobOnce(): (references: JobReference[]) => JobReference[] {
  const followed = new Set<string>()
  return (references) =>
    references.filter((reference) => {
      const key = jobKey(reference)
      if (followed.has(key)) return false
      followed.add(key)
      return true
    })
}

/** Follows one target; several outcomes where it stands for several jobs. */
async function follow(target: Target, { fresh, items }: Shared, options: WaitOptions): Promise<Outcome[]> {
  const verified = async (outcome: Outcome) =>
    options.verifyRecoveryPoint !== 'false' ? await verifyRecoveryPoint(outcome, items, options) : outcome
  const followAllOf = async (references: JobReference[]) => {
    // All are known before the first is read: many are read together.
    const leaves = references.map((reference) => options.jobs.enter(reference))
    const following: Promise<Outcome>[] = []
    for (const [index, reference] of references.entries()) {
      following.push(followJob(reference, options).finally(leaves[index]).then(verified))
      await rest()
    }
    return await Promise.all(following)
  }
  if (target.kind === 'job') return await followAllOf(fresh([target.reference]))
  const followFound = async (found: Started & Partial<FoundJobs>): Promise<Outcome[]> => {
    const references = fresh(found.references)
    if (references.length > 0) options.found(references)
    const parts = [
      followAllOf(references),
      Promise.all(found.outcomes.map(verified)),
      // Jobs that start later are followed from then on, beside those that are there.
      ...(found.later ?? []).map(async (more) => await followFound(await more)),
    ]
    return (await Promise.all(parts)).flat()
  }
  return await followFound(
    target.kind === 'items' ? await findNewestJobs(target, options) : await followOperation(target, options),
  )
}

async function followJob(given: JobReference, options: WaitOptions): Promise<Outcome> {
  const { jobs, patience, watcher } = options
  const watchedFrom = patience.clock.now()
  const advise = adviser(given, options)
  let reference = given
  let job = unreadJob(given)
  let seenAt = patience.clock.date()
  let readAt: number | undefined
  let observed: ObservedPhase[] = []
  let pause = 0
  const end = (ending: Ending, problem?: Problem): Outcome =>
    outcomeOf(job, ending, seenAt, { reference, problem, observed, ...sinceRead(readAt, patience.clock) })
  try {
    for (;;) {
      const { answer, round, ...read } = await jobs.read(reference, pause)
      job = read.job
      reference = read.reference ?? reference
      seenAt = answer.serviceTime
      readAt = patience.clock.now()
      observed = observePhases(observed, job, seenAt)
      watcher.jobRead(job, seenAt)
      const ending = endingOf(job, options.waitFor)
      advise(job, ending)
      if (ending !== undefined) return end(ending)
      const watched = (patience.clock.now() - watchedFrom) / 1000
      const age = round?.age ?? Math.max(watched, elapsedSeconds(job, seenAt) ?? 0)
      const next = { age, answer, byPost: readsByPost(reference), random: round?.random ?? patience.random() }
      const rested = await waitForNextRead(options, next)
      if (rested === undefined) return end('timed-out')
      pause = rested
    }
  } catch (error) {
    return end(...endingByError(error, `job ${reference.id}`, patience))
  }
}

/** A job's own end decides first, its snapshot only while it runs: a job that is being cancelled is no success. */
function endingOf(job: Job, waitFor: WaitFor): Ending | undefined {
  if (hasEnded(job)) return 'ended'
  if (waitFor === 'none') return 'looked'
  return waitFor === 'snapshot' && job.status === 'InProgress' && snapshotCompleted(job)
    ? 'snapshot'
    : undefined
}

/** Says once what a person should know of a job that runs: an unknown status, a snapshot that never comes. */
function adviser({ id }: JobReference, { log, waitFor }: WaitOptions) {
  let reads = 0
  return (job: Job, ending: Ending | undefined) => {
    reads += 1
    if (!isKnownStatus(job.status))
      log.once(`status of job ${id}`, () =>
        log.warning(unknownStatus(`Job ${id}`, job.status), 'Unknown job status'),
      )
    if (waitFor !== 'snapshot' || snapshotPhases(job).length > 0) return
    // A task list may come a read later than the job.
    if (reads > 1 || ending !== undefined || job.phases.length > 0)
      log.once(`snapshot of job ${id}`, () =>
        log.notice(
          `Job ${id} has no snapshot phase (it is no VM backup), so it is waited for to its end.`,
          'No snapshot to wait for',
        ),
      )
  }
}
