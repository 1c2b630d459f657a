/** What every read has in common, of an operation or of a job. */

import { explainProblem } from '../azure/http/refusal.ts'
import { type Answer, OutOfTimeError, type ResourceManager } from '../azure/http/resource-manager.ts'
import type { JobReader } from '../azure/read-job.ts'
import type { Clock } from '../base/clock.ts'
import { pauseSeconds } from '../base/pace.ts'
import { type Patience, pauseWithin } from '../base/patience.ts'
import type { Job, JobReference, Vault } from '../domain/job.ts'
import type { Outcome, Problem } from '../domain/outcome.ts'
import type { Log } from '../runner/log.ts'

/** The input `wait-for`. */
export type WaitFor = 'completion' | 'snapshot' | 'none'

/** The input `verify-recovery-point`: whether a good backup's recovery point has to be there, and to be healthy. */
export type VerifyRecoveryPoint = 'false' | 'true' | 'healthy'

/** Told of every read, for the live log. */
export interface Watcher {
  /** @param now milliseconds since 1970 by the service's clock */
  jobRead(job: Job, now: number): void
  /** @param id the operation's, which its facts have not: it is no job */
  operationRead(operation: Job, now: number, id: string): void
  /** Told after every look that found no job of some items. */
  itemsAwaited(awaited: AwaitedItems, now: number): void
}

/** Items of one vault whose jobs have yet to start. */
export interface AwaitedItems {
  vault: Vault
  names: string[]
  operation: string
  maxAgeHours: number | undefined
  /** Milliseconds since 1970 by the service's clock. */
  until: number
}

/** What all waits of a run share. */
export interface WaitOptions {
  resourceManager: ResourceManager
  jobs: JobReader
  patience: Patience
  waitFor: WaitFor
  /** Seconds: the longest pause between two reads. */
  pollInterval: number
  log: Log
  verifyRecoveryPoint: VerifyRecoveryPoint
  watcher: Watcher
  /** Called with jobs that are followed from now on. */
  found: (references: JobReference[]) => void
}

/** What the pause before the next read of a thing depends on. */
export interface NextRead {
  /** Seconds that it has been running. */
  age: number
  answer: Answer
  /** Whether reading it spends the write quota. */
  byPost: boolean
  /** 0 to 1; those who share it are read together. */
  random: number
}

/**
 * Waits for the next read.
 *
 * @returns the seconds waited; undefined where the deadline leaves no read
 */
export async function waitForNextRead(
  options: WaitOptions,
  { age, answer, byPost, random }: NextRead,
): Promise<number | undefined> {
  const { patience, pollInterval: longest } = options
  const { retryAfter, remaining } = answer
  const pause = pauseSeconds({ age, longest, retryAfter, remaining, byPost }, random)
  // At the deadline it is shorter, and the last read is to be as fresh.
  const left = Math.max(0, (patience.deadline - patience.clock.now()) / 1000)
  return (await pauseWithin(patience, pause, retryAfter)) ? Math.min(pause, left) : undefined
}

/**
 * How long ago the last good read was, for an outcome.
 *
 * @param readAt by `clock.now()`; undefined where there was none
 */
export function sinceRead(readAt: number | undefined, clock: Clock): Pick<Outcome, 'secondsSinceRead'> {
  return readAt === undefined ? {} : { secondsSinceRead: (clock.now() - readAt) / 1000 }
}

/** What an error on the way means for the wait. */
export function endingByError(
  error: unknown,
  what: string,
  patience: Patience,
): ['stopped' | 'timed-out' | 'error', Problem?] {
  if (patience.signal.aborted) return ['stopped']
  if (error instanceof OutOfTimeError)
    return ['timed-out', { code: '', cause: `Reading ${what} failed to the last: ${error.message}` }]
  return ['error', explainProblem(error, what)]
}
