/** How following one target ended. */
import type { Job, JobError, JobReference, RecoveryPoint } from './job.ts'

/** Why the wait for a job, or for an operation that started none, was over. */
export type Ending =
  /** It came to its own end. */
  | 'ended'
  /** Its snapshot was taken, and that was waited for. */
  | 'snapshot'
  /** It was looked at once. */
  | 'looked'
  | 'timed-out'
  /** By a signal. */
  | 'stopped'
  /** The newest job is older than was asked for, or there is none. */
  | 'not-fresh'
  /** The job ended well and its recovery point is not there. */
  | 'no-recovery-point'
  /** It cannot be followed: refused by the service, or no token. */
  | 'error'

/** What kept the action from following a job. */
export interface Problem {
  /** The service's code; empty where there is none. */
  code: string
  /** What was found and what to do. */
  message: string
  /** What is wrong with each wrong input, where that is why nothing was followed. */
  wrongInputs?: readonly string[]
}

/** How following one job, or an operation that started none, ended. */
export interface Outcome {
  /** The last known facts. */
  job: Job
  /** How the job is read; absent for an operation that started none. */
  reference?: JobReference
  ending: Ending
  /** Set where the job itself did well: the ending and the problem are of the look for its recovery point. */
  unverified?: true
  /** What went wrong: the refusal, or what kept failing when time ran out. */
  problem: Problem | undefined
  /** Milliseconds since 1970 by the service's clock, when it was last heard. */
  seenAt: number
  /** The recovery point that the job made, where that was verified. */
  recoveryPoint?: RecoveryPoint
  /** Phases as they were observed. */
  observed: ObservedPhase[]
}

/** A phase as the reads saw it, in milliseconds since 1970 by the service's clock. */
export interface ObservedPhase {
  name: string
  status: string
  /** Undefined where no read saw it running. */
  startedAt: number | undefined
  endedAt: number | undefined
}

/**
 * The error to tell of, where code, message and recommendations are of one and the same: what this action found, where
 * that is the reason for how it ended, or else the job's own first error.
 */
export function mainError({ job, ending, problem, unverified }: Outcome): JobError | undefined {
  const own = job.errors[0]
  const decides = unverified || ending === 'error' || ending === 'not-fresh' || ending === 'no-recovery-point'
  return problem !== undefined && (decides || own === undefined) ? { ...problem, recommendations: [] } : own
}
