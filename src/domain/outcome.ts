/** How following one target ended. */
import type { Explanation } from '../base/errors.ts'
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
export interface Problem extends Explanation {
  /** The service's code; empty where there is none. */
  code: string
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

/** What became of the request to cancel a job. */
export type Cancellation =
  /** Azure took it: the job may still come to its own end first (spec: TriggerCancelJob). */
  | 'asked'
  /** No answer had come when the report was written. */
  | 'unanswered'
  | 'refused'
  /** Azure has no way to cancel a job of this kind. */
  | 'impossible'

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
  /** Seconds from the last good read to the end of the wait; absent where there was none. */
  secondsSinceRead?: number
  /** What became of the request to cancel the job, where this step sent one. */
  cancellation?: Cancellation
  /** The recovery point that the job made, where that was verified. */
  recoveryPoint?: RecoveryPoint
  /** The wait was for a job to start, and none had. */
  noJobYet?: true
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

/** Outcomes that have something in common: one at least. */
export type Group = [Outcome, ...Outcome[]]

/** Outcomes by what they have in common, in the order of their first ones. */
export function groupBy(outcomes: Outcome[], key: (outcome: Outcome) => string): Group[] {
  return [...Map.groupBy(outcomes, key).values()] as Group[]
}

/** What the look for the recovery point of a good backup came to. It says nothing of the job's own ending. */
export interface Verification {
  state:
    | 'verified'
    /** It is not there, ten minutes after the job's end. */
    | 'missing'
    /** It is there, and not known to be healthy, as was asked for. */
    | 'unhealthy'
    /** The look for it was over before that was known. */
    | 'timed-out'
    | 'stopped'
    | 'looked'
    | 'error'
  /** What went wrong; where it is verified, what its threat status says against it. */
  problem?: Problem | undefined
  /** Whether it was to be healthy too. */
  healthy?: boolean
}

/** What is not proved of a backup that did well; undefined where all is that was asked for. */
export function unproved({ verification }: Outcome): Verification | undefined {
  return verification?.state === 'verified' ? undefined : verification
}

/** Why the wait was over: by the look for the recovery point, where that came last. */
export function lastEnding(outcome: Outcome): Ending | 'missing' | 'unhealthy' {
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

/** What is to be told first: what this action found, where that decided or where there is nothing else. */
export function mainProblem(outcome: Outcome): Problem | undefined {
  const decides =
    unproved(outcome) !== undefined || outcome.ending === 'error' || outcome.ending === 'not-fresh'
  return decides || outcome.job.errors.length === 0 ? problemOf(outcome) : undefined
}

/** The job's own first error, where that is to be told first. */
export function mainError(outcome: Outcome): JobError | undefined {
  return mainProblem(outcome) === undefined ? outcome.job.errors[0] : undefined
}
