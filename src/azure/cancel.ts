/** Asking Azure to cancel a job. */

import { errorMessage } from '../errors.ts'
import type { JobReference } from '../job.ts'
import type { Log } from '../log.ts'
import { withVersion } from './operation.ts'
import { jobPath } from './paths.ts'
import { RefusedError, type ResourceManager } from './resource-manager.ts'
import { apiVersions } from './versions.ts'

/**
 * Asks once for each job. A 202 means "asked": the job may still come to its own end first (spec:
 * TriggerCancelJob). What cannot be cancelled is a warning and never an error.
 *
 * @param limit milliseconds for each
 * @returns whether all were asked
 */
export async function cancelJobs(
  references: JobReference[],
  resourceManager: ResourceManager,
  log: Log,
  limit: number,
): Promise<boolean> {
  const asked = await Promise.all(
    references.map((reference) => cancelJob(reference, resourceManager, log, limit)),
  )
  return asked.every((done) => done)
}

async function cancelJob(
  reference: JobReference,
  resourceManager: ResourceManager,
  log: Log,
  limit: number,
): Promise<boolean> {
  const { id, vault, region } = reference
  const title = 'Job not cancelled'
  if (vault.kind === 'backup' || region !== undefined) {
    const kind = region === undefined ? 'jobs of Backup vaults' : 'cross-region jobs'
    log.warning(`Job ${id} goes on: Azure offers no way to cancel ${kind}.`, title)
    return true
  }
  const url = withVersion(
    `${jobPath(reference)}/cancel`,
    resourceManager.origin,
    apiVersions.recoveryServices,
  )
  try {
    await resourceManager.send(
      { url, method: 'POST', what: `the cancellation of job ${id}` },
      AbortSignal.timeout(limit),
    )
    log.info(`Azure was asked to cancel job ${id}; it may still come to its own end first.`)
    return true
  } catch (error) {
    log.warning(`Job ${id} was not cancelled: ${whyNot(error)}`, title)
    return error instanceof RefusedError
  }
}

function whyNot(error: unknown): string {
  if (!(error instanceof RefusedError)) return errorMessage(error)
  const hint =
    error.status === 403
      ? ' Cancelling takes the role Backup Operator (action Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action).'
      : ''
  return `${error.message}.${hint}`
}
