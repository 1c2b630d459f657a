/** The loop: follows targets to their ends. Time, chance and the service are parameters. */
import { jobKey } from '../azure/paths.ts'
import { readsByPost } from '../azure/read-job.ts'
import type { Target } from '../azure/target.ts'
import { cut, plain } from '../base/text.ts'
import {
  elapsedSeconds,
  hasEnded,
  isKnownStatus,
  type Job,
  type JobReference,
  snapshotCompleted,
  snapshotPhases,
  unreadJob,
} from '../domain/job.ts'
import type { Ending, ObservedPhase, Outcome, Problem } from '../domain/outcome.ts'
import { findNewestJobs } from './items.ts'
import { endingByError, sinceRead, type WaitFor, type WaitOptions, waitForNextLook } from './look.ts'
import { followOperation } from './operation.ts'
import { observePhases } from './phases.ts'
import { verifyRecoveryPoint } from './recovery-point.ts'

/** Follows all targets, each to its end, and each job once. Never throws: what goes wrong with one is its outcome. */
export async function followAll(targets: Target[], options: WaitOptions): Promise<Outcome[]> {
  const known = targets.flatMap((target) => (target.kind === 'job' ? [target.reference] : []))
  if (known.length > 0) options.found(known)
  const fresh = eachJobOnce()
  const outcomes = await Promise.all(targets.map((target) => follow(target, fresh, options)))
  return outcomes.flat()
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
async function follow(
  target: Target,
  fresh: (references: JobReference[]) => JobReference[],
  options: WaitOptions,
): Promise<Outcome[]> {
  if (target.kind === 'job')
    return await Promise.all(fresh([target.reference]).map((one) => followToEnd(one, options)))
  const find = target.kind === 'items' ? findNewestJobs(target, options) : followOperation(target, options)
  const { references: all, outcomes } = await find
  const references = fresh(all)
  if (references.length > 0) options.found(references)
  const jobs = await Promise.all(references.map((reference) => followToEnd(reference, options)))
  return [...jobs, ...(await Promise.all(outcomes.map((outcome) => verified(outcome, options))))]
}

async function followToEnd(reference: JobReference, options: WaitOptions): Promise<Outcome> {
  return await verified(await followJob(reference, options), options)
}

async function verified(outcome: Outcome, options: WaitOptions): Promise<Outcome> {
  return options.verifyRecoveryPoint ? await verifyRecoveryPoint(outcome, options) : outcome
}

async function followJob(reference: JobReference, options: WaitOptions): Promise<Outcome> {
  const { jobs, patience, watcher, log } = options
  const watchedFrom = patience.clock.now()
  const advise = adviser(reference, options)
  const leave = jobs.enter(reference)
  let job = unreadJob(reference)
  let seenAt = patience.clock.date()
  let readAt: number | undefined
  let observed: ObservedPhase[] = []
  let pause = 0
  const end = (ending: Ending, problem?: Problem): Outcome => ({
    job,
    reference,
    ending,
    problem,
    seenAt,
    ...sinceRead(readAt, patience.clock),
    observed,
  })
  try {
    for (;;) {
      const { answer, round, warning, ...reading } = await jobs.read(reference, pause)
      job = reading.job
      if (warning !== undefined) log.warning(plain(warning), 'Jobs are read one by one')
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
      const rested = await waitForNextLook(options, next)
      if (rested === undefined) return end('timed-out')
      pause = rested
    }
  } catch (error) {
    return end(...endingByError(error, `job ${reference.id}`, patience))
  } finally {
    leave()
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
function adviser(reference: JobReference, { log, waitFor }: WaitOptions) {
  let warned = false
  let reads = 0
  let noticed = waitFor !== 'snapshot'
  return (job: Job, ending: Ending | undefined) => {
    reads += 1
    if (!warned && !isKnownStatus(job.status)) {
      warned = true
      log.warning(
        `Job ${reference.id} has the status "${plain(cut(job.status, 100))}", which this action does not know. It counts as running, never as success.`,
        'Unknown job status',
      )
    }
    // A task list may come a read later than the job.
    if (
      !noticed &&
      snapshotPhases(job).length === 0 &&
      (reads > 1 || ending !== undefined || job.phases.length > 0)
    ) {
      noticed = true
      log.notice(
        `Job ${reference.id} has no snapshot phase (it is no VM backup), so it is waited for to its end.`,
        'No snapshot to wait for',
      )
    }
  }
}
