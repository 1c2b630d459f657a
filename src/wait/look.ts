/** What every look has in common, at an operation or at a job. */
import type { JobReader } from '../azure/read-job.ts'
import { explainProblem } from '../azure/refusal.ts'
import { type Answer, OutOfTimeError, type ResourceManager } from '../azure/resource-manager.ts'
import type { Job } from '../job.ts'
import type { Log } from '../log.ts'
import type { Ending, Problem } from '../outcome.ts'
import { type Patience, pauseWithin } from './back-off.ts'
import { pauseSeconds } from './schedule.ts'

export type WaitFor = 'completion' | 'snapshot' | 'none'

/** Told of every read, for the live log. */
export interface Watcher {
  /** @param now milliseconds since 1970 by the service's clock */
  jobRead(job: Job, now: number): void
  operationRead(operation: Job, now: number): void
}

export interface WaitOptions {
  resourceManager: ResourceManager
  jobs: JobReader
  patience: Patience
  waitFor: WaitFor
  /** Seconds: the longest pause between two reads. */
  pollInterval: number
  log: Log
  watcher: Watcher
}

/**
 * Waits for the next look.
 *
 * @param age seconds that what is looked at has been running
 * @returns false where the deadline leaves no look
 */
export function rest(age: number, answer: Answer, byPost: boolean, options: WaitOptions): Promise<boolean> {
  const { patience, pollInterval: longest } = options
  const { retryAfter, remaining } = answer
  const pause = pauseSeconds({ age, longest, retryAfter, remaining, byPost }, patience.random())
  return pauseWithin(patience, pause, retryAfter)
}

/** What an error on the way means for the wait. */
export function endingByError(error: unknown, what: string, patience: Patience): [Ending, Problem?] {
  if (patience.signal.aborted) return ['stopped']
  if (error instanceof OutOfTimeError)
    return ['timed-out', { code: '', message: `Reading ${what} failed to the last: ${error.message}` }]
  return ['error', explainProblem(error, what)]
}
