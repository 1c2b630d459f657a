import type { Workload } from '../sources/workloads.ts'
import { phaseStatus, viewOf } from '../world/timeline.ts'
import { isoDuration, isoInstant, timeSpan } from '../world/values.ts'
import { type Job, jobPath, type World } from '../world/world.ts'
import { type Action, detailsOf } from './details.ts'

/** The job as a single GET gives it; the order of fields is the recordings'. */
export function recoveryServicesJob(
  world: World,
  workload: Workload,
  action: Action,
  job: Job,
): Record<string, unknown> {
  const { options } = job
  const view = viewOf(job, world.clock.now())
  const details = detailsOf(world, workload, action, job, view)
  const spell = options.timeSpan ? timeSpan : isoDuration
  const none = options.timeSpan ? '00:00:00' : 'PT0S'
  const { taskExecutionDetails, ...extended } = details.extended ?? {}
  const errors = errorsOf(job, view, workload)
  const tasksList = details.phases.map((phase) => ({
    taskId: phase.name,
    // Only VM jobs' tasks have one, and it stays zero to the end (recorded).
    ...(workload.name === 'vm' ? { duration: none } : {}),
    status: phaseStatus(phase, view),
    ...(taskExecutionDetails === undefined ? {} : { taskExecutionDetails }),
  }))
  return {
    ...envelope(job),
    properties: {
      jobType: workload.jobType,
      duration: spell(view.elapsedTicks),
      // Numbers in a vault's own region, words in the other (recorded).
      ...(details.cancellable
        ? { actionsInfo: job.secondaryRegion === undefined ? [1] : ['Cancellable'] }
        : {}),
      ...workload.facts(job.vault, job.item, options.container),
      ...(errors === null || errors.length === 0 ? {} : { errorDetails: errors }),
      extendedInfo: { tasksList, propertyBag: details.bag, ...extended, ...options.extendedInfo },
      ...details.properties,
      entityFriendlyName: workload.entity(job.item, options.container),
      backupManagementType: workload.backupManagementType,
      operation: details.operation,
      status: view.status,
      startTime: isoInstant(job.startedAt),
      ...(view.ended ? { endTime: isoInstant(view.at) } : {}),
      activityId: job.activityId,
      ...options.properties,
    },
  }
}

/** The job as a list gives it: without extendedInfo (recorded). */
export function listItem(body: Record<string, unknown>): Record<string, unknown> {
  const { extendedInfo: _left, ...properties } = body.properties as Record<string, unknown>
  return { ...body, properties }
}

function envelope(job: Job): Record<string, unknown> {
  const id =
    job.secondaryRegion === undefined
      ? jobPath(job)
      : `/subscriptions/${job.vault.subscriptionId}/providers/Microsoft.RecoveryServices/locations/${job.secondaryRegion}/backupJobs/${job.id}`
  const below = job.mapping === undefined ? '' : 'backupCrossTenantVaultMappings/'
  return {
    id: job.options.oddCase
      ? id.replace('/subscriptions/', '/Subscriptions/').replace('/resourceGroups/', '/resourcegroups/')
      : id,
    name: job.id,
    type: `Microsoft.RecoveryServices/vaults/${below}backupJobs`,
  }
}

function errorsOf(job: Job, view: { ended: boolean; status: string }, workload: Workload): unknown[] | null {
  if (job.options.errors !== undefined) return view.ended ? job.options.errors : null
  if (!view.ended) return null
  if (view.status === 'Failed') return [workload.error]
  if (view.status !== 'CompletedWithWarnings') return null
  // Text: Microsoft, Troubleshoot backup failures on Azure virtual machines; the number is made up.
  return [
    {
      errorCode: 400151,
      errorTitle: 'UserErrorFsFreezeFailed',
      errorString:
        'Failed to freeze one or more mount points of the VM to take a file-system consistent snapshot.',
      recommendations: ['Check the file-system state of all mounted devices using fsck, then retry.'],
    },
  ]
}
