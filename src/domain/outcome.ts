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
  /** A run of another workflow goes on with it. */
  | 'handed-on'
  /** By a signal. */
  | 'stopped'
  /** The newest job is older than was asked for, or there is none. */
  | 'not-fresh'
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

/** A run that goes on with a job. */
export interface HandedOn {
  /** The file name of its workflow. */
  workflow: string
  /** Its page; undefined where GitHub does not tell it. */
  runUrl: string | undefined
}

/** How following one job, or an operation that started none, ended. */
export interface Outcome {
  /** The last known facts. */
  job: Job
  /** How the job is read; absent for an operation that started none. */
  reference?: JobReference
  ending: Ending
  /** What the look for its recovery point came to, where the job did well and that was asked for. */
  verification?: Verification
  /** What went wrong: the refusal, or what kept failing when time ran out. */
  problem: Problem | undefined
  /** Milliseconds since 1970 by the service's clock, when it was last heard. */
  seenAt: number
  /** The recovery point that the job made, where that was verified. */
  recoveryPoint?: RecoveryPoint
  /** Which run goes on with it, where the ending says so. */
  handedOn?: HandedOn
  /** Phases as they were observed. */
  observed: ObservedPhase[]
}

/**
 * An outcome, without what most have not.
 *
 * @param seenAt milliseconds since 1970 by the service's clock
 */
export function outcomeOf(job: Job, ending: Ending, seenAt: number, more: Partial<Outcome> = {}): Outcome {
  return { job, ending, problem: undefined, seenAt, observed: [], ...more }
}

/** What the look for the recovery point of a good backup came to. It says nothing of the job's own ending. */
export interface Verification {
  state:
    | 'verified'
    /** It is not there, ten minutes after the job's end. */
    | 'missing'
    /** The look for it was over before that was known. */
    | 'timed-out'
    | 'stopped'
    | 'looked'
    | 'error'
  problem?: Problem | undefined
}

/** What is not proved of a backup that did well; undefined where all is that was asked for. */
export function unproved({ verification }: Outcome): Verification | undefined {
  return verification?.state === 'verified' ? undefined : verification
}

/** Why the wait was over: by the look for the recovery point, where that came last. */
export function lastEnding(outcome: Outcome): Ending | 'missing' {
  const state = unproved(outcome)?.state
  return state === undefined || state === 'verified' ? outcome.ending : state
}

/** What went wrong, with the job or with the look for its recovery point. */
export function problemOf(outcome: Outcome): Problem | undefined {
  return unproved(outcome)?.problem ?? outcome.problem
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
export function mainError(outcome: Outcome): JobError | undefined {
  const own = outcome.job.errors[0]
  const problem = problemOf(outcome)
  const decides =
    unproved(outcome) !== undefined || outcome.ending === 'error' || outcome.ending === 'not-fresh'
  return problem !== undefined && (decides || own === undefined) ? { ...problem, recommendations: [] } : own
}
