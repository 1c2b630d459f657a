/** The inputs of a night, as its workflow gives them. */
import type { World } from './model/world.ts'
import { vaultName } from './model/world.ts'
import type { OperationPlan } from './plan.ts'

/** All that are set. */
export function inputsOf(world: World): Record<string, string> {
  const { plan, secrets } = world
  const { policy, given, vaultKind, crossRegion } = plan
  const byItem = given === 'item' || given === 'all-items'
  const wholeSubscription = given === 'all-items' && plan.jobs.some(({ vault }) => vault > 0)
  const named = given !== 'job-arm-id' && !wholeSubscription
  return {
    ...targetOf(world),
    ...(wholeSubscription || named ? { 'subscription-id': world.subscription } : {}),
    ...(named ? { 'resource-group': 'rg-night', 'vault-name': vaultName(0) } : {}),
    'vault-type': vaultKind,
    ...(crossRegion && given === 'job-id' ? { 'secondary-region': 'eastus2' } : {}),
    'wait-for': policy.waitFor,
    'timeout-minutes': String(policy.timeoutMinutes),
    'poll-interval-seconds': String(policy.pollSeconds),
    'fail-on': policy.failOn,
    'cancel-job': policy.cancelJob,
    'verify-recovery-point': policy.verify,
    ...(byItem && policy.maxAgeHours !== undefined ? { 'max-age-hours': String(policy.maxAgeHours) } : {}),
    ...(byItem && policy.appearWithinMinutes !== undefined
      ? { 'appear-within-minutes': String(policy.appearWithinMinutes) }
      : {}),
    'client-id': '11111111-1111-4111-8111-111111111111',
    'tenant-id': '22222222-2222-4222-8222-222222222222',
    'client-secret': secrets[2] ?? '',
    'github-token': secrets[3] ?? '',
    'comment-key': 'null',
  }
}

function targetOf(world: World): Record<string, string> {
  const { plan } = world
  const lines = (values: string[]) => values.join('\n')
  switch (plan.given) {
    case 'job-id':
      return { 'job-id': lines(plan.jobs.map(({ id }) => id)) }
    case 'job-arm-id':
      return { 'job-id': lines(plan.jobs.map(({ id, vault }) => `${world.vaultId(vault)}/backupJobs/${id}`)) }
    case 'item':
      return { 'protected-item': lines(plan.jobs.map(({ item }) => item)) }
    case 'all-items':
      return { 'protected-item': '*' }
    case 'status-url':
      return { 'operation-url': lines(plan.operations.map((one) => operationUrl(world, one, false))) }
    case 'location-url':
      return { 'operation-url': lines(plan.operations.map((one) => operationUrl(world, one, true))) }
    case 'both-urls':
      return {
        'operation-url': lines(
          plan.operations.flatMap((one) => [false, true].map((end) => operationUrl(world, one, end))),
        ),
      }
  }
}

/** The URL that a header had; signed, as Azure's are. */
function operationUrl(world: World, operation: OperationPlan, isResult: boolean): string {
  const { plan } = world
  const host = 'https://management.azure.com'
  const query = `?api-version=2019-05-13&t=638000000000000000&c=${world.secrets[0]}&s=${world.secrets[0]}&h=${world.secrets[0]}`
  const below = `${host}/subscriptions/${world.subscription}/providers`
  const jobs = world.jobsOf(operation)
  const [first] = jobs
  if (plan.crossRegion)
    return `${below}/Microsoft.RecoveryServices/locations/eastus2/backupCrr${isResult ? 'OperationResults' : 'OperationsStatus'}/${operation.id}${query}`
  if (plan.vaultKind === 'backup')
    return `${below}/Microsoft.DataProtection/locations/westeurope/operation${isResult ? 'Results' : 'Status'}/${operation.id}${query}`
  if (jobs.length > 1 || first === undefined)
    return `${host}${world.vaultId(0)}/backupPolicies/daily/operation${isResult ? 'Results' : 's'}/${operation.id}${query}`
  return `${host}${world.itemId(first)}/operation${isResult ? 'Results' : 'sStatus'}/${operation.id}${query}`
}
