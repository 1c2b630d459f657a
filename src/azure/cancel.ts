/** Asking Azure to cancel a job. */
import type { Clock } from '../base/clock.ts'
import { errorMessage } from '../base/errors.ts'
import { backOffSeconds } from '../base/patience.ts'
import { plain } from '../base/text.ts'
import type { JobReference } from '../domain/job.ts'
import type { Cancellation } from '../domain/outcome.ts'
import type { Log } from '../runner/log.ts'
import { Fault, RefusedError, type ResourceManager } from './http/resource-manager.ts'
import { withVersion } from './operation.ts'
import { jobPath } from './paths.ts'
import { apiVersions } from './versions.ts'

/** How to ask, and for how long. */
export interface CancelOptions {
  resourceManager: ResourceManager
  log: Log
  clock: Clock
  /** 0 to 1. */
  random: () => number
  /** Milliseconds for all of them. */
  limit: number
  /** Told what became of the request, as soon as that is known. */
  told?: (reference: JobReference, cancellation: Cancellation) => void
}

/**
 * Asks for each job, and again after a fault: what is asked for twice is refused the second time, and no harm done.
 * A 202 means "asked": the job may still come to its own end first (spec: TriggerCancelJob). What cannot be
 * cancelled is a warning and never an error.
 *
 * @returns whether all were asked
 */
export async function cancelJobs(references: JobReference[], options: CancelOptions): Promise<boolean> {
  const { clock, limit } = options
  const ended = new AbortController()
  const late = () => ended.abort(new DOMException('no answer in time', 'TimeoutError'))
  const cancel = clock.after(limit, late)
  try {
    const asked = await Promise.all(references.map((one) => cancelJob(one, ended.signal, options)))
    return asked.every((done) => done)
  } finally {
    cancel()
  }
}

async function cancelJob(
  reference: JobReference,
  signal: AbortSignal,
  { resourceManager, log, clock, random, limit, told = () => {} }: CancelOptions,
): Promise<boolean> {
  const { id, vault, region, mapping } = reference
  const title = 'Job not cancelled'
  if (vault.kind === 'backup' || region !== undefined || mapping !== undefined) {
    const kind =
      mapping !== undefined
        ? 'cross-tenant jobs'
        : region === undefined
          ? 'jobs of Backup vaults'
          : 'cross-region jobs'
    told(reference, 'impossible')
    log.warning(`Job ${id} goes on: Azure offers no way to cancel ${kind}.`, title)
    return true
  }
  told(reference, 'unanswered')
  const deadline = clock.now() + limit
  for (let faults = 1; ; faults += 1) {
    try {
      const url = withVersion(
        `${jobPath(reference)}/cancel`,
        resourceManager.origin,
        apiVersions.recoveryServices,
      )
      await resourceManager.send({ url, method: 'POST', what: { kind: 'cancellation', name: id } }, signal)
      told(reference, 'asked')
      log.info(`Azure was asked to cancel job ${id}; it may still come to its own end first.`)
      return true
    } catch (error) {
      const pause =
        error instanceof Fault ? backOffSeconds(faults, error.retryAfter, random()) : Number.POSITIVE_INFINITY
      if (clock.now() + pause * 1000 >= deadline) {
        if (error instanceof RefusedError) told(reference, 'refused')
        log.warning(`Job ${id} was not cancelled: ${plain(whyNot(error, limit))}`, title)
        return error instanceof RefusedError
      }
      log.fault(
        `Asking to cancel job ${id} failed, next try in ${Math.ceil(pause)} s: ${errorMessage(error)}`,
      )
      await clock.sleep(pause * 1000)
    }
  }
}

function whyNot(error: unknown, limit: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `no answer within ${limit / 1000} s; look whether Azure cancelled it all the same.`
  if (!(error instanceof RefusedError)) return errorMessage(error)
  const hint =
    error.status === 403
      ? ' Cancelling takes the role Backup Operator (action Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action).'
      : ''
  return `${error.message}.${hint}`
}
