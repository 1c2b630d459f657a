/** Where a job stands at a moment: pure functions of its plan and the time. */

import { type Instant, ticksBetween } from './values.ts'
import type { Job } from './world.ts'

/** A job at a moment. */
export interface View {
  status: string
  /** Whether it is over; a status word that nobody knows is never over. */
  ended: boolean
  /** Its end, or the moment. */
  at: Instant
  /** Ticks of 100 nanoseconds since its start. */
  elapsedTicks: number
  /** How far along its plan it is, 0 to 1. */
  progress: number
}

/** A phase of a job, from and to a part of its planned time (0 to 1; more than 1 is never reached). */
export interface Phase {
  name: string
  from: number
  to: number
}

// Both vault types' words (reference/azure-backup-api.md 2.5 and 4.3).
const OVER = /^(completed(withwarnings)?|succeeded|success(withwarnings?)?|failed|cancell?ed)$/i
const DEFAULT_CANCEL_SECONDS = 30
// The recorded VM backup took 71 min 17 s, its snapshot this long.
const SNAPSHOT_SECONDS = 470

/** Where the job stands, at simulated milliseconds since the epoch. */
export function viewOf(job: Job, now: number): View {
  const end = endOf(job)
  const over = now >= end.at.ms
  const cancelling = !over && job.cancelledAt !== undefined && now >= job.cancelledAt
  const status = over ? end.status : cancelling ? 'Cancelling' : (job.options.runs ?? 'InProgress')
  const ended = over && OVER.test(end.status)
  const at = ended ? end.at : { ms: Math.floor(now), ticks: job.endsAt.ticks }
  const elapsedTicks = ticksBetween(job.startedAt, at)
  const planned = job.plannedSeconds * 10_000_000
  return {
    status,
    ended,
    at,
    elapsedTicks,
    progress: planned === 0 ? 1 : Math.min(1, elapsedTicks / planned),
  }
}

/** The word for a phase of a job that stands there. */
export function phaseStatus(phase: Phase, view: View): string {
  const { status, ended, progress } = view
  if (ended && /^(completed|succeeded|success)$/i.test(status)) return 'Completed'
  if (ended && /warning/i.test(status)) return phase.to < 1 ? 'Completed' : 'CompletedWithWarnings'
  if (progress < phase.from) return 'NotStarted'
  // What failed was at work on its last phase, even if it had used up all of its time.
  if (progress >= phase.to && !(ended && phase.to >= 1)) return 'Completed'
  return ended ? status : 'InProgress'
}

/** Whether a request to cancel still has something to stop. */
export function isRunning(job: Job, now: number): boolean {
  return !viewOf(job, now).ended && job.cancelledAt === undefined
}

/** When and how the job ends, as things stand. */
export function endOf(job: Job): { at: Instant; status: string } {
  if (job.cancelledAt !== undefined) {
    const ms = job.cancelledAt + (job.options.cancelSeconds ?? DEFAULT_CANCEL_SECONDS) * 1000
    // A job that ends by itself before it could be stopped wins the race.
    if (ms < job.endsAt.ms)
      return { at: { ms: Math.floor(ms), ticks: job.endsAt.ticks }, status: 'Cancelled' }
  }
  return { at: job.endsAt, status: job.ends }
}

/** The part of its planned time (0 to 1, or more for never) after which the snapshot is taken. */
export function snapshotPart(job: Job): number {
  // A shorter job has a shorter snapshot, unless it is said how long.
  const seconds = job.options.snapshotSeconds ?? (SNAPSHOT_SECONDS / 4277) * job.plannedSeconds
  return job.plannedSeconds === 0 ? 1 : seconds / job.plannedSeconds
}
