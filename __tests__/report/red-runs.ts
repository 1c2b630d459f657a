/** Kinds of red run, with what has to be read of each at once. */
import { explainProblem } from '../../src/azure/http/refusal.ts'
import { RefusedError } from '../../src/azure/http/resource-manager.ts'
import { vaultId } from '../../src/azure/paths.ts'
import { unreadJob } from '../../src/domain/job.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import * as sample from './samples.ts'
import { outcomeOf, vault } from './samples.ts'

const id = '8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11'

/** A job that Azure refused to show. */
function refused(
  status: number,
  code: string,
  message: string,
  body: unknown = { error: { code, message } },
): Outcome {
  const said = [status, [code, message].filter((part) => part !== '').join(': ')].join(' ').trim()
  const error = new RefusedError(status, said, `${vaultId(vault)}/backupJobs/${id}`, body, {
    kind: 'job',
    name: id,
  })
  return outcomeOf(unreadJob({ id, vault }), { ending: 'error', problem: explainProblem(error, `job ${id}`) })
}

export interface RedRun {
  name: string
  outcome: Outcome
  /** What has to be read of it at once. */
  cause: string
  /** What is to be pasted or compared, each in a block of its own. */
  blocks?: string[]
}

export const redRuns: RedRun[] = [
  {
    name: 'a wrong input',
    outcome: sample.wrongInput,
    cause: 'Input timeout-minutes is "0"; expected a number greater than 0',
  },
  {
    name: 'no ID token',
    outcome: outcomeOf(unreadJob({ id, vault }), {
      ending: 'error',
      problem: {
        code: '',
        cause: 'GitHub gives this job no ID token: the permission is missing.',
        cure: 'Add "permissions: id-token: write" to the job.',
      },
    }),
    cause: 'no ID token: the permission is missing',
  },
  {
    name: 'no federated credential that fits',
    outcome: sample.federated,
    cause: 'No federated credential of the application fits',
    blocks: [
      'https://token.actions.githubusercontent.com',
      'repo:octo-org/octo-repo:environment:production',
      'api://AzureADTokenExchange',
      'az ad app federated-credential create ',
    ],
  },
  {
    name: 'a token of another tenant',
    outcome: refused(
      401,
      'InvalidAuthenticationTokenTenant',
      "The access token is from the wrong issuer 'https://sts.windows.net/11111111-1111-1111-1111-111111111111/'. It must " +
        "match the tenant 'https://sts.windows.net/22222222-2222-2222-2222-222222222222/' associated with this subscription.",
    ),
    cause: 'The token is of another tenant than the subscription',
    blocks: ['22222222-2222-2222-2222-222222222222'],
  },
  {
    name: 'a missing role',
    outcome: sample.refused,
    cause: 'lacks the role Backup Reader on the Recovery Services vault kv-backup-weu',
    blocks: [
      "az role assignment create --assignee-object-id d9a4b2f1-1111-4000-8000-2b7f4f0c1d11 --assignee-principal-type ServicePrincipal --role 'Backup Reader' --scope /subscriptions/",
    ],
  },
  {
    name: 'a deny assignment',
    outcome: refused(403, 'DenyAssignmentAuthorizationFailed', 'No'),
    cause: 'A deny assignment forbids this identity to read job',
  },
  {
    name: 'a policy',
    outcome: refused(403, 'RequestDisallowedByAzure', 'No'),
    cause: 'A policy of Azure disallows reading job',
  },
  {
    name: 'a disabled subscription',
    outcome: refused(403, 'ReadOnlyDisabledSubscription', 'No'),
    cause: 'The subscription is disabled',
  },
  {
    name: 'public network access disabled',
    outcome: refused(403, 'PublicNetworkAccessDenied', 'No'),
    cause: 'Public network access is disabled',
  },
  {
    name: "a proxy's page",
    outcome: refused(403, '', '', null),
    cause: 'A proxy or firewall answered in place of Azure',
  },
  {
    name: 'a subscription that is not registered',
    outcome: refused(409, 'MissingSubscriptionRegistration', 'No'),
    cause: 'The subscription is not registered for Microsoft.RecoveryServices',
    blocks: ['az provider register --namespace Microsoft.RecoveryServices --subscription '],
  },
  {
    name: 'a job that is not there',
    outcome: refused(404, 'ResourceNotFound', 'Gone'),
    cause: 'There is no such job (any more)',
  },
  { name: 'a failed job', outcome: sample.failed, cause: 'VM is in Failed Provisioning State (code 400160)' },
  {
    name: 'a failed job with a nested error',
    outcome: sample.nested,
    cause: 'Root cause: LinkedAuthorizationFailed',
  },
  { name: 'an operation that failed', outcome: sample.operationFailed, cause: 'BMSUserErrorObjectLocked' },
  { name: 'a cancelled job', outcome: sample.cancelled, cause: 'was cancelled after 21m 24s' },
  {
    name: 'the deadline',
    outcome: sample.timedOut,
    cause: 'did not end in time; its last known status is InProgress',
  },
  { name: 'an outage', outcome: sample.outage, cause: 'last known status is InProgress, 40m ago' },
  {
    name: 'the deadline, with a cancellation',
    outcome: { ...sample.timedOut, cancellation: 'asked' },
    cause: 'did not end in time; its last known status is InProgress; its cancellation was asked for',
  },
  { name: 'a signal', outcome: sample.stopped, cause: 'was stopped; its last known status is InProgress' },
  { name: 'a backup that is too old', outcome: sample.tooOld, cause: 'the newest job is too old' },
  { name: 'no backup yet', outcome: sample.notFresh, cause: 'there is no job yet' },
  { name: 'no recovery point', outcome: sample.withoutPoint, cause: 'its recovery point is not there' },
  {
    name: 'a recovery point that may not be read',
    outcome: sample.unverified,
    cause: 'its recovery point could not be verified',
  },
]
