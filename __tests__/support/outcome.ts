import { readJob } from '../../src/azure/job-body.ts'
import { type Job, unreadJob } from '../../src/domain/job.ts'
import type { Ending, Outcome } from '../../src/domain/outcome.ts'
import { start } from './fake-clock.ts'
import { jobId, vault, vmBody } from './job-body.ts'

/** A VM backup's job, as it is read from a body. */
export function vmJob(properties?: Record<string, unknown>, extended?: Record<string, unknown>): Job {
  return readJob(vmBody(properties, extended), jobId, vault)
}

/** A job of a status and nothing else. */
export function bareJob(status: string, given: Partial<Job> = {}): Job {
  return { ...unreadJob({ id: jobId, vault }), status, ...given }
}

/** How following a job ended; it was heard of an hour and a half after it started. */
export function outcomeOf(job: Job, ending: Ending = 'ended', given: Partial<Outcome> = {}): Outcome {
  return { job, ending, problem: undefined, seenAt: start + 5_400_000, observed: [], ...given }
}
