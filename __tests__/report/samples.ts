/** Outcomes to report on: one of every kind, and hostile ones. The preview shows the same. */
import { size } from '../../src/base/read.ts'
import { type Job, unreadJob, type Vault } from '../../src/domain/job.ts'
import type { ObservedPhase, Outcome } from '../../src/domain/outcome.ts'

export const vault: Vault = {
  kind: 'recovery-services',
  subscriptionId: '0b1f6471-1bf0-4dda-aec3-cb9272f09590',
  resourceGroup: 'rg-prod',
  name: 'kv-backup-weu',
}

const backupVault: Vault = { ...vault, kind: 'backup', name: 'bv-databases' }

export const at = (text: string) => Date.parse(`${text}Z`)
const start = at('2026-02-11T02:18:36')
const end = at('2026-02-11T03:29:53')

/** An outcome with these facts; the rest is a VM's backup that went well. */
export function outcomeOf(job: Partial<Job> = {}, rest: Partial<Omit<Outcome, 'job'>> = {}): Outcome {
  return {
    job: {
      ...unreadJob({ id: '8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11', vault }),
      operation: 'Backup',
      item: 'vm-web-1',
      status: 'Completed',
      startTime: start,
      endTime: end,
      durationSeconds: (end - start) / 1000,
      ...job,
    },
    ending: 'ended',
    problem: undefined,
    seenAt: end + 4_000,
    observed: [],
    ...rest,
  }
}

const snapshot: ObservedPhase = {
  name: 'Take Snapshot',
  status: 'Completed',
  startedAt: start,
  endedAt: at('2026-02-11T02:26:40'),
}
const transfer: ObservedPhase = {
  name: 'Transfer data to vault',
  status: 'Completed',
  startedAt: at('2026-02-11T02:26:40'),
  endedAt: end,
}
const phasesOf = (observed: ObservedPhase[]) => observed.map(({ name, status }) => ({ name, status }))

const running = { endTime: undefined, durationSeconds: undefined, status: 'InProgress' }
const runningPhases: ObservedPhase[] = [snapshot, { ...transfer, status: 'InProgress', endedAt: undefined }]

export const good = outcomeOf(
  {
    size: size('19306 MB'),
    phases: phasesOf([snapshot, transfer]),
    properties: { 'VM Name': 'vm-web-1', 'Backup Size': '19306 MB' },
  },
  { observed: [snapshot, transfer] },
)

export const failed = outcomeOf(
  {
    status: 'Failed',
    endTime: at('2026-02-11T02:30:12'),
    durationSeconds: 696,
    activityId: 'ea63be60-8ae0-11ec-9ef1-b07b250bf939',
    phases: [
      { name: 'Take Snapshot', status: 'Failed' },
      { name: 'Transfer data to vault', status: 'NotStarted' },
    ],
    properties: { 'VM Name': 'vm-web-1' },
    errors: [
      {
        code: 'UserErrorGuestAgentStatusUnavailable',
        message: 'VM agent is unable to communicate with the Azure Backup Service.',
        recommendations: [
          'Ensure the VM has network connectivity and the VM agent is the latest and running.',
          'For more information, see https://aka.ms/guestagent-status-unavailable.',
        ],
      },
    ],
  },
  {
    observed: [
      { ...snapshot, status: 'Failed', endedAt: at('2026-02-11T02:30:12') },
      { ...transfer, status: 'NotStarted', startedAt: undefined, endedAt: undefined },
    ],
  },
)

export const nested = outcomeOf({
  vault: backupVault,
  item: 'srv\\bugbashdb3',
  status: 'Failed',
  errors: [
    {
      code: 'UserErrorRestoreFailed',
      message: 'The restore failed.',
      recommendations: ['Grant the vault the role on the target.'],
      cause: {
        code: 'LinkedAuthorizationFailed',
        message: 'The vault has no access to the storage account.',
      },
    },
  ],
})

export const warned = outcomeOf(
  {
    status: 'CompletedWithWarnings',
    size: size('32 GB'),
    errors: [
      {
        code: '900001',
        message: 'The snapshot is crash-consistent only.',
        recommendations: ['Look at VSS.'],
      },
    ],
    phases: phasesOf([snapshot, { ...transfer, status: 'CompletedWithWarnings' }]),
  },
  { observed: [snapshot, { ...transfer, status: 'CompletedWithWarnings' }] },
)

export const cancelled = outcomeOf({
  status: 'Cancelled',
  endTime: at('2026-02-11T02:40:00'),
  durationSeconds: 1284,
})

export const timedOut = outcomeOf(
  { ...running, percent: 45, phases: phasesOf(runningPhases) },
  { ending: 'timed-out', seenAt: at('2026-02-11T08:08:36'), observed: runningPhases },
)

export const stopped = outcomeOf(running, { ending: 'stopped', seenAt: at('2026-02-11T02:29:00') })

export const looked = outcomeOf(running, { ending: 'looked', seenAt: at('2026-02-11T02:29:00') })

export const handedOn = outcomeOf(running, {
  ending: 'handed-on',
  seenAt: at('2026-02-11T02:29:00'),
  handedOn: { workflow: 'follow.yml', runUrl: 'https://github.com/octo-org/octo-repo/actions/runs/2' },
})

export const snapshotTaken = outcomeOf(
  { ...running, phases: phasesOf(runningPhases) },
  { ending: 'snapshot', seenAt: at('2026-02-11T02:26:44'), observed: runningPhases },
)

export const refused = outcomeOf(
  { ...unreadJob({ id: '8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11', vault }) },
  {
    ending: 'error',
    problem: {
      code: 'AuthorizationFailed',
      message:
        'Reading job 8eece52b was refused: 403 AuthorizationFailed. The identity lacks the role Backup Reader on the Recovery Services vault.',
    },
  },
)

const recoveryPoint = {
  id: '1234567890',
  time: at('2026-02-11T02:18:40'),
  type: 'AppConsistent (InstantRP, HardenedRP)',
}

export const verified = outcomeOf({ size: size('19306 MB') }, { recoveryPoint })

export const withoutPoint = outcomeOf(
  {},
  { verification: { state: 'missing', problem: { code: '', message: 'No recovery point is there.' } } },
)

export const unverified = outcomeOf(
  { size: size('19306 MB') },
  {
    verification: {
      state: 'error',
      problem: {
        code: 'AuthorizationFailed',
        message:
          'Reading recovery points was refused: 403 AuthorizationFailed. The identity lacks the role Backup Reader on the Recovery Services vault.',
      },
    },
  },
)

export const notFresh = outcomeOf(
  { ...unreadJob({ id: '', vault }), operation: 'Backup', item: 'vm-web-1' },
  {
    ending: 'not-fresh',
    problem: { code: '', message: 'No Backup job of vm-web-1 started within 24 h. No good one is known.' },
  },
)

export const operationFailed = outcomeOf({
  ...unreadJob({ id: '', vault }),
  status: 'Failed',
  errors: [
    { code: 'BMSUserErrorObjectLocked', message: 'Another operation is in progress.', recommendations: [] },
  ],
})

export const operationWithoutJob = outcomeOf({ ...unreadJob({ id: '', vault }), status: 'Succeeded' })
