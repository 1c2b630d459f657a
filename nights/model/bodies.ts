/** Bodies as the service writes them (recorded; Microsoft's specification). */
import type { JobPlan, OperationPlan, Time } from '../plan.ts'
import type { JobState, World } from './world.ts'

const unset = '0001-01-01T00:00:00'

/** A job's body; in a list without tasks and sizes. */
export function jobBody(world: World, job: JobPlan, at: Time, inList = false): Record<string, unknown> {
  const state = world.jobState(job, at)
  const strange = world
    .troubles('strange-status')
    .find((one) => world.plan.jobs[one.job] === job && at >= one.at && at < one.at + one.for)
  const status = strange !== undefined && state.status === 'InProgress' ? strange.word : wordOf(world, state)
  const failed = state.status === 'Failed'
  const common = {
    operation: job.verb,
    status,
    startTime: isoOf(world, job.startsAt),
    endTime: state.endedAt === undefined ? unset : isoOf(world, state.endedAt),
    duration: 'PT0S',
  }
  const name = { name: job.id, id: `${world.vaultId(job.vault)}/backupJobs/${job.id}` }
  const sas = `https://sa.blob.core.windows.net/c/b?sv=2020&sig=${world.secrets[1]}`
  if (world.plan.vaultKind === 'backup') {
    return {
      ...name,
      type: 'Microsoft.DataProtection/backupVaults/backupJobs',
      properties: {
        ...common,
        operationCategory: job.verb,
        backupInstanceFriendlyName: job.item,
        backupInstanceId: world.itemId(job),
        dataSourceName: `${job.item}-source`,
        errorDetails: failed
          ? [
              {
                code: 'UserErrorDisk',
                message: ` The disk is gone; see ${sas} `,
                recommendedAction: ['Bring it back.'],
              },
            ]
          : null,
        extendedInfo: inList
          ? null
          : {
              dataTransferredInBytes: state.endedAt === undefined ? null : 2063,
              subTasks: [{ taskId: 1, taskName: 'Trigger Backup', taskStatus: wordOf(world, state) }],
              ...(job.verb === 'Backup' && state.endedAt !== undefined
                ? { targetRecoverPoint: { recoveryPointID: world.pointId(job) } }
                : {}),
            },
      },
    }
  }
  const tasks =
    state.snapshot === undefined
      ? []
      : [
          { taskId: 'Take Snapshot', duration: 'PT0S', status: state.snapshot },
          { taskId: 'Transfer data to vault', duration: 'PT0S', status: transferOf(state) },
        ]
  return {
    ...name,
    type: 'Microsoft.RecoveryServices/vaults/backupJobs',
    properties: {
      ...common,
      jobType: job.snapshotAt === undefined ? 'AzureStorageJob' : 'AzureIaaSVMJob',
      entityFriendlyName: job.item,
      actionsInfo: [1],
      ...(job.snapshotAt === undefined
        ? { storageAccountName: `sa${job.item}` }
        : { containerName: `iaasvmcontainerv2;rg-night;${job.item}` }),
      errorDetails: failed
        ? [
            {
              errorCode: 400095,
              errorTitle: 'UserErrorAgent',
              errorString: `No agent; see ${sas}`,
              recommendations: ['Start it.'],
            },
          ]
        : null,
      extendedInfo: inList
        ? null
        : {
            tasksList: tasks,
            propertyBag: {
              'Job Type': job.verb,
              'Template Blob Uri ': sas,
              ...(state.endedAt === undefined ? {} : { 'Backup Size': '19306 MB' }),
            },
          },
    },
  }
}

function transferOf(state: JobState): string {
  if (state.snapshot !== 'Completed') return 'NotStarted'
  return state.endedAt === undefined ? 'InProgress' : state.status === 'Failed' ? 'Failed' : 'Completed'
}

function wordOf(world: World, { status }: JobState): string {
  if (!world.plan.oldWords) return status
  return { InProgress: 'Started', Completed: 'Succeeded', Cancelled: 'Canceled' }[status as string] ?? status
}

/** An operation's status. */
export function operationBody(world: World, operation: OperationPlan, at: Time): Record<string, unknown> {
  const status = world.operationStatus(operation, at)
  const common = { id: operation.id, name: operation.id, startTime: isoOf(world, -5_000) }
  if (status === 'InProgress')
    return { ...common, status: world.plan.vaultKind === 'backup' ? 'Inprogress' : status, endTime: unset }
  const endTime = isoOf(world, -5_000)
  if (status !== 'Succeeded') {
    const error = { code: 'UserErrorOperation', message: 'The operation could not be started.' }
    return { ...common, status, endTime, error }
  }
  const properties = namesOf(world, operation)
  return { ...common, status, endTime, ...(properties === undefined ? {} : { properties }) }
}

/** What says which jobs an operation has started. */
export function namesOf(world: World, operation: OperationPlan): Record<string, unknown> | undefined {
  const jobs = world.jobsOf(operation)
  const [first] = jobs
  if (operation.names === 'unreadable')
    return { jobId: { value: 'none' }, objectType: 'OperationStatusJobExtendedInfo' }
  if (operation.names === 'none' || (first === undefined && operation.failedItems === 0)) return undefined
  const ids = jobs.map((job) =>
    operation.names === 'arm'
      ? `${world.vaultId(job.vault)}/backupJobs/${job.id}`.replace('/subscriptions/', '/Subscriptions/')
      : job.id,
  )
  if (ids.length === 1 && operation.failedItems === 0)
    return { jobId: ids[0], objectType: 'OperationStatusJobExtendedInfo' }
  const failed = Array.from({ length: operation.failedItems }, (_, index) => [
    `lost-${index}`,
    'It is not there.',
  ])
  return {
    jobIds: ids,
    failedJobsError: Object.fromEntries(failed),
    objectType: 'OperationStatusJobsExtendedInfo',
  }
}

/** A recovery point of a job that has ended; its threat status is told in newer api-versions (spec: RecoveryPoint). */
export function pointBody(
  world: World,
  job: Pick<JobPlan, 'id' | 'startsAt' | 'threat'>,
  version = '',
  now = 0,
): Record<string, unknown> {
  const { threat } = job
  const isTold = threat !== undefined && threat.at <= now && version >= '2026-07-01'
  const at = isoOf(world, job.startsAt + 1_000)
  const id = world.pointId(job)
  return world.plan.vaultKind === 'backup'
    ? {
        name: id,
        properties: { recoveryPointId: id, recoveryPointTime: at, recoveryPointType: 'Incremental' },
      }
    : {
        name: id,
        properties: {
          recoveryPointTime: at,
          recoveryPointType: 'AppConsistent',
          recoveryPointTierDetails: [{ type: 'InstantRP', status: 'Valid' }],
          ...(isTold ? { threatStatus: threat.status } : {}),
        },
      }
}

/** A protected item or a backup instance, as Resource Graph has it. */
export function itemRow(world: World, job: JobPlan): Record<string, unknown> {
  const id = world.itemId(job)
  const container = /protectionContainers\/([^/]+)/.exec(id)?.[1]
  return {
    id,
    name: id.split('/').at(-1),
    type:
      world.plan.vaultKind === 'backup'
        ? 'microsoft.dataprotection/backupvaults/backupinstances'
        : 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems',
    properties:
      world.plan.vaultKind === 'backup'
        ? { friendlyName: job.item, currentProtectionState: 'ProtectionConfigured' }
        : { friendlyName: job.item, containerName: container, protectionState: 'Protected' },
  }
}

/** As Azure Backup writes times: UTC with seven digits of a second. */
export function isoOf(world: World, at: Time): string {
  return new Date(world.clock.epochOf(at)).toISOString().replace('Z', '4567Z')
}
