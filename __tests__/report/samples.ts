/** Outcomes to report on: one of every kind, and hostile ones. The preview shows the same. */
import { explainProblem } from '../../src/azure/http/refusal.ts'
import { RefusedError } from '../../src/azure/http/resource-manager.ts'
import { vaultId } from '../../src/azure/paths.ts'
import { size } from '../../src/base/read.ts'
import { type Job, type Threat, unreadJob, type Vault } from '../../src/domain/job.ts'
import type { ObservedPhase, Outcome, Problem, Verification } from '../../src/domain/outcome.ts'
import { healthProblem } from '../../src/wait/health.ts'

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

const lacking =
  "The client 'd9a4b2f1-0000-4000-8000-2b7f4f0c1d11' with object id 'd9a4b2f1-1111-4000-8000-2b7f4f0c1d11' does not have " +
  `authorization to perform action 'Microsoft.RecoveryServices/vaults/backupJobs/read' over scope '${vaultId(vault)}'.`

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

/** As the service gives it (recorded): a number for a code, no title, and what it means in the text. */
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
        code: '400160',
        message: 'VM is in Failed Provisioning State.',
        recommendations: ['Please make sure that the VM is in Running or Shut-down state.'],
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

/** With a name for a code, and addresses to go on from. */
export const named = outcomeOf({
  ...failed.job,
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
})

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

const silence: Problem = {
  code: '',
  cause: 'Azure could not be asked for job 8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11 to the last: 503 ServerBusy.',
  cure: 'This says nothing of the job itself.',
}

/** Reads failed for the last forty minutes. */
export const outage = outcomeOf(running, {
  ending: 'timed-out',
  seenAt: at('2026-02-11T07:28:36'),
  secondsSinceRead: 2_400,
  problem: silence,
})

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
      ...explainProblem(
        new RefusedError(
          403,
          `403 AuthorizationFailed: ${lacking}`,
          `${vaultId(vault)}/backupJobs/8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11`,
          { error: { code: 'AuthorizationFailed', message: lacking } },
          { kind: 'job', name: '8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11' },
        ),
        'job 8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11',
      ),
    },
  },
)

/** No federated credential fits the ID token of a job in an environment. */
export const federated = outcomeOf(
  { ...unreadJob({ id: '8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11', vault }) },
  {
    ending: 'error',
    problem: {
      code: '',
      cause: "No federated credential of the application fits this job's ID token.",
      cure: 'Give the application one with the values below.',
      facts: [
        ['Issuer', 'https://token.actions.githubusercontent.com'],
        ['Subject', 'repo:octo-org/octo-repo:environment:production'],
        ['Audience', 'api://AzureADTokenExchange'],
      ],
      commands: ['az ad app federated-credential create --id 1 --parameters \'{"name":"github-actions"}\''],
      said: 'Entra refused the GitHub OIDC credential: AADSTS700213: No matching federated identity record found.',
    },
  },
)

const wrong = ['Input timeout-minutes is "0"; expected a number greater than 0, such as 90.']

export const wrongInput = outcomeOf(
  { ...unreadJob({ id: '', vault: undefined }) },
  { ending: 'error', problem: { code: '', cause: wrong.join(' '), wrongInputs: wrong } },
)

const recoveryPoint = {
  id: '1234567890',
  time: at('2026-02-11T02:18:40'),
  type: 'AppConsistent (InstantRP, HardenedRP)',
}

export const verified = outcomeOf({ size: size('19306 MB') }, { recoveryPoint })

export const withoutPoint = outcomeOf(
  {},
  { verification: { state: 'missing', problem: { code: '', cause: 'No recovery point is there.' } } },
)

const threat = {
  title: 'Suspicious file encryption activity',
  severity: 'High',
  state: 'Active',
  time: at('2026-02-11T01:10:00'),
}

const vmItem = `${vaultId(vault)}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-prod;vm-web-1/protectedItems/VM;iaasvmcontainerv2;rg-prod;vm-web-1`

/** A good backup whose point has a threat status other than Healthy. */
export function withHealth(status: string, threats: Threat[] = [], wanted = true): Outcome {
  const point = { ...recoveryPoint, health: { status, threats } }
  const outcome = outcomeOf({ size: size('19306 MB') }, { recoveryPoint: point })
  const problem = healthProblem(point, vmItem, outcome.job, wanted)
  const verification: Verification = wanted
    ? { state: 'unhealthy', problem, healthy: true }
    : { state: 'verified', problem }
  return { ...outcome, verification }
}

export const unhealthy = withHealth('UnHealthy', [threat])
export const unscanned = withHealth('')
export const doubted = withHealth('Warning', [{ ...threat, severity: 'Warning' }], false)

export const unverified = outcomeOf(
  { size: size('19306 MB') },
  {
    verification: {
      state: 'error',
      problem: {
        code: 'AuthorizationFailed',
        cause:
          'The identity lacks the role Backup Reader on the Recovery Services vault kv-backup-weu, so recovery points cannot be read.',
      },
    },
  },
)

export const notFresh = outcomeOf(
  { ...unreadJob({ id: '', vault }), operation: 'Backup', item: 'vm-web-1' },
  {
    ending: 'not-fresh',
    problem: { code: '', cause: 'No Backup job of vm-web-1 started within 24 h. No good one is known.' },
  },
)

export const notStarted = outcomeOf(
  { ...unreadJob({ id: '', vault }), operation: 'Backup', item: 'vm-web-1' },
  {
    ending: 'timed-out',
    noJobYet: true,
    problem: {
      code: '',
      cause:
        'No Backup job of vm-web-1 started within 12 h, nor in the 30m that this step waited for one: timeout-minutes was ' +
        'over before the 1h of appear-within-minutes.',
    },
  },
)

export const tooOld = outcomeOf(
  {},
  {
    ending: 'not-fresh',
    problem: {
      code: '',
      cause: 'No Backup job of vm-web-1 started within 24 h. The newest, Completed, started 1d 7h ago.',
    },
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
