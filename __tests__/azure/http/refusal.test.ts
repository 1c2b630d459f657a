import { describe, expect, it } from 'vitest'
import { explainProblem } from '../../../src/azure/http/refusal.ts'
import { RefusedError } from '../../../src/azure/http/resource-manager.ts'
import type { Subject } from '../../../src/azure/http/subject.ts'
import { CredentialError, TrustError } from '../../../src/base/errors.ts'
import { refusal } from '../../support/fake-resource-manager.ts'
import { backupVaultRoot, jobId, subscription, vaultRoot } from '../../support/job-body.ts'

const job = `${vaultRoot}/backupJobs/${jobId}`

describe('what a refusal means', () => {
  it('is said of a token that was refused twice', () => {
    expect(explainProblem(refusal(401, 'InvalidAuthenticationToken', 'Bad', job), 'job 1')).toEqual({
      code: 'InvalidAuthenticationToken',
      cause:
        'Azure takes no token of this identity for job 1. A new token was refused too: it is of another tenant, or of another cloud (input environment).',
      cure: 'Check tenant-id and environment against the subscription.',
      said: '401 InvalidAuthenticationToken: Bad',
    })
  })

  it('is said of a token of another tenant, with both tenants to compare', () => {
    const [own, wanted] = ['11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222']
    const said =
      `The access token is from the wrong issuer 'https://sts.windows.net/${own}/'. It must match the tenant ` +
      `'https://sts.windows.net/${wanted}/' associated with this subscription.`
    expect(
      explainProblem(refusal(401, 'InvalidAuthenticationTokenTenant', said, job), 'job 1'),
    ).toMatchObject({
      cause: expect.stringMatching(/^The token is of another tenant than the subscription/),
      cure: expect.stringContaining('Set tenant-id'),
      facts: [
        ['Tenant of the token', own],
        ['Tenant of the subscription', wanted],
      ],
    })
  })

  it.each([
    ['No issuer is named.', []],
    [
      "The issuer 'https://sts.windows.net/11111111-1111-1111-1111-111111111111/' is wrong.",
      [['Tenant of the token', '11111111-1111-1111-1111-111111111111']],
    ],
  ])('is said of it with those tenants that the service names: %s', (said, facts) => {
    const problem = explainProblem(refusal(401, 'InvalidAuthenticationTokenTenant', said, job), 'job 1')
    expect(problem.facts).toEqual(facts)
  })

  it('is said of a token for another cloud', () => {
    const problem = explainProblem(refusal(401, 'InvalidAuthenticationTokenAudience', 'No', job), 'job 1')
    expect(problem).toMatchObject({
      cause:
        'The token is for another cloud than the one that was asked for job 1. A new token was refused too.',
      cure: 'Set the input environment, or resource-manager-url, to the cloud of the subscription.',
    })
  })

  it('is said of a subscription that is not registered, with the command that does it', () => {
    const said = "The subscription is not registered to use namespace 'Microsoft.RecoveryServices'."
    expect(explainProblem(refusal(409, 'MissingSubscriptionRegistration', said, job), 'job 1')).toEqual({
      code: 'MissingSubscriptionRegistration',
      cause:
        'The subscription is not registered for Microsoft.RecoveryServices, so nothing can be read there.',
      cure: 'Register it once, as someone who may; that takes some minutes. Or check subscription-id: nothing was backed up there yet.',
      commands: [
        `az provider register --namespace Microsoft.RecoveryServices --subscription ${subscription}`,
      ],
      said: `409 MissingSubscriptionRegistration: ${said}`,
    })
  })

  it.each([
    ['SubscriptionNotRegistered', true],
    ['MissingSubscriptionRegistration', true],
    ['MissingSubscriptionRegistrationState', false],
    ['NoMissingSubscriptionRegistration', false],
  ])('is a missing registration only by its own codes: %s', (code, expected) => {
    const doubled = `/subscriptions/${job}`
    expect(explainProblem(refusal(409, code, 'No', doubled), 'job 1').commands).toEqual(
      expected
        ? [`az provider register --namespace Microsoft.RecoveryServices --subscription ${subscription}`]
        : undefined,
    )
  })

  it.each([400, 404])(
    'is said of a type that is not in that api-version, whatever the status (%d)',
    (status) => {
      const said = "The resource type could not be found for api version '2025-02-01'."
      expect(explainProblem(refusal(status, 'InvalidResourceType', said, job), 'job 1')).toEqual({
        code: 'InvalidResourceType',
        cause: `Azure refused to read job 1: InvalidResourceType: ${said}`,
        cure: 'Check the inputs environment and resource-manager-url. A URL that was given keeps its api-version.',
        said: `${status} InvalidResourceType: ${said}`,
      })
      const below = `${vaultRoot}/backupCrossTenantVaultMappings/m/backupJobs/${jobId}`
      expect(explainProblem(refusal(status, 'InvalidResourceType', said, below), 'job 1').cure).toBe(
        'Cross-tenant restores are a preview: this cloud or region does not have it, or not in that API version.',
      )
    },
  )

  const noVault =
    'There is no such vault: check its name, the resource group, the subscription, and the input vault-type.'

  it.each<[Subject['kind'], string, RegExp?]>([
    [
      'job',
      'There is no such job (any more): check the ID, the vault and the subscription.',
      /^Azure keeps jobs for a limited time\..* vault-type: backup, .* secondary-region\. .* give the whole URL as operation-url\.$/,
    ],
    [
      'operation',
      'There is no such operation (any more): check the ID, the vault and the subscription.',
      /^Azure keeps operations for a shorter time than jobs; with the ID of its job, give that as job-id\.$/,
    ],
    ['vault', noVault],
    ['job-list', noVault],
    ['recovery-points', 'The vault protects no such item (any more), so it shows no recovery points of it.'],
    ['resource-graph', 'There is no such thing (any more): check the IDs and the subscription.'],
  ])('is told of a missing %s by what was asked for', (kind, cause, cure) => {
    expect(explainProblem(refusal(404, 'Code', 'Gone', job, { kind, name: 'x' }), 'y')).toEqual({
      code: 'Code',
      cause,
      ...(cure === undefined ? {} : { cure: expect.stringMatching(cure) }),
      said: '404 Code: Gone',
    })
  })

  it.each([
    [
      'SubscriptionNotFound',
      'Gone',
      `There is no subscription ${subscription} in the tenant of this identity.`,
      'Check subscription-id, tenant-id and the input environment.',
    ],
    [
      'ResourceGroupNotFound',
      'Gone',
      `There is no resource group rg-prod in subscription ${subscription}.`,
      'Check resource-group and subscription-id.',
    ],
    [
      'ResourceNotFound',
      "The Resource 'Microsoft.RecoveryServices/vaults/vault-weu' under resource group 'rg-prod' was not found",
      'There is no vault vault-weu in resource group rg-prod.',
      'Check its name, the resource group, the subscription, and the input vault-type.',
    ],
  ])('is told of what is missing above: %s', (code, said, cause, cure) => {
    expect(explainProblem(refusal(404, code, said, job), 'x')).toMatchObject({ code, cause, cure })
  })

  it.each([300, 307, 399])('is said of a redirect, of status %d', (status) => {
    expect(explainProblem(refusal(status, '', 'a redirect'), 'job 1')).toEqual({
      code: '',
      cause: 'Azure redirects the reading of job 1 elsewhere.',
      cure: 'A token is never sent to where a redirect points.',
      said: `${status} a redirect`,
    })
  })

  it.each([400, 409, 410])('is what the service says, of status %d', (status) => {
    expect(explainProblem(refusal(status, 'Code', 'Text', job), 'job 1')).toEqual({
      code: 'Code',
      cause: 'Azure refused to read job 1: Code: Text.',
      said: `${status} Code: Text`,
    })
  })

  it.each([
    ['Conflict', '', 'Conflict'],
    ['', 'Not now. Later.', 'Not now. Later'],
    ['Code', 'One. Two', 'Code: One. Two'],
    ['', '', '409'],
  ])('is what there is of code "%s" and message "%s"', (code, said, told) => {
    expect(explainProblem(refusal(409, code, said, job), 'x').cause).toBe(
      `Azure refused to read job 1: ${told}.`,
    )
  })

  it('is the status alone where a refusal is no JSON', () => {
    const error = new RefusedError(400, '400', job, undefined, { kind: 'job', name: '1' })
    expect(explainProblem(error, 'x')).toEqual({
      code: '',
      cause: 'Azure refused to read job 1: 400.',
      said: '400',
    })
  })

  it.each([403, 407])('is a proxy in place of Azure, where status %d has no JSON', (status) => {
    const problem = explainProblem(
      new RefusedError(status, String(status), job, undefined, { kind: 'job', name: '1' }),
      'job 1',
    )
    expect(problem.cause).toBe(
      `A proxy or firewall answered in place of Azure, with status ${status} and no JSON.`,
    )
    expect(problem.cure).toBe(
      'Let it pass requests to Azure Resource Manager, or name that host in NO_PROXY.',
    )
    expect(problem.commands).toBeUndefined()
  })

  it('is what the credential or the trust says', () => {
    const said = { cause: 'No token.', cure: 'Get one.', commands: ['az login'] }
    expect(explainProblem(new CredentialError(said), 'job 1')).toEqual({ code: '', ...said })
    expect(explainProblem(new TrustError('No host.'), 'job 1')).toEqual({ code: '', cause: 'No host.' })
  })

  it.each([
    [new Error('x is not a function'), 'Reading job 1 failed: x is not a function'],
    ['text', 'Reading job 1 failed: text'],
    [undefined, 'Reading job 1 failed: undefined'],
  ])('is there for anything that was thrown: %s', (error, cause) => {
    expect(explainProblem(error, 'job 1')).toEqual({ code: '', cause })
  })
})

describe('a 403', () => {
  const forbidden = (path: string, message = 'No') =>
    explainProblem(refusal(403, 'AuthorizationFailed', message, path), 'job 1').cause

  it('names the action that the service names', () => {
    const said = `The client does not have authorization to perform action 'Microsoft.X/y/read' over scope '/z'`
    expect(forbidden(job, said)).toBe(
      'The identity lacks the role Backup Reader on the Recovery Services vault vault-weu (action Microsoft.X/y/read), so job 1 cannot be read.',
    )
  })

  it('has the command that gives the role to the identity that was refused', () => {
    const objectId = '0a0a0a0a-1111-4222-8333-444444444444'
    const said = `The client 'c' with object id '${objectId}' does not have authorization to perform action 'A/b/read' over scope '/s'.`
    const command = (text: string, path = job) =>
      explainProblem(refusal(403, 'AuthorizationFailed', text, path), 'job 1').commands
    expect(command(said)).toEqual([
      `az role assignment create --assignee-object-id ${objectId} --assignee-principal-type ServicePrincipal --role 'Backup Reader' --scope ${vaultRoot}`,
    ])
    expect(command('No')?.[0]).toContain('--assignee-object-id OBJECT_ID_OF_THE_IDENTITY ')
    const location = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/eastus2/backupCrrJob`
    expect(command(said, location)?.[0]).toMatch(new RegExp(` --scope /subscriptions/${subscription}$`))
    const odd = job.replace('vault-weu', "v'$(id)")
    expect(command(said, odd)?.[0]).toContain(`/vaults/v'\\''$(id)'`)
    expect(command(said, '/providers/Microsoft.ResourceGraph/resources')).toBeUndefined()
    // As Microsoft documents a Location.
    expect(command(said, `/subscriptions/${job}`)?.[0]).toMatch(new RegExp(` --scope ${vaultRoot}$`))
  })

  it('says that a new role takes some minutes', () => {
    expect(explainProblem(refusal(403, 'AuthorizationFailed', 'No', job), 'job 1').cure).toBe(
      'Assign the role; a new assignment takes some minutes to work.',
    )
  })

  it('is a missing role by any code that only contains that of a policy', () => {
    expect(explainProblem(refusal(403, 'NotRequestDisallowedByPolicy', 'No', job), 'x').cause).toContain(
      'lacks the role',
    )
  })

  it.each([
    ['DenyAssignmentAuthorizationFailed', 'No', /^A deny assignment forbids this identity to read job 1/],
    [
      'AuthorizationFailed',
      'The client has permission, however the access is denied because of the deny assignment with name x.',
      /^A deny assignment forbids/,
    ],
    ['RequestDisallowedByPolicy', 'No', /^An Azure Policy disallows reading job 1/],
    [
      'RequestDisallowedByAzure',
      'No',
      /^A policy of Azure disallows reading job 1 \(RequestDisallowedByAzure\)/,
    ],
    ['ReadOnlyDisabledSubscription', 'No', /^The subscription is disabled/],
    ['DisabledSubscription', 'No', /^The subscription is disabled/],
    ['DisabledAzureSubscription', 'No', /^The subscription is disabled/],
    ['SubscriptionDisabled', 'No', /^The subscription is disabled/],
    ['SubscriptionIsDisabled', 'No', /^The subscription is disabled/],
    ['PublicNetworkAccessDenied', 'No', /^Public network access is disabled/],
    ['Forbidden', 'Public network access on this vault is disabled.', /^Public network access is disabled/],
  ])('is told as what it is, not as a missing role: %s', (code, said, cause) => {
    const problem = explainProblem(refusal(403, code, said, job), 'job 1')
    expect(problem).toMatchObject({ code, cause: expect.stringMatching(cause) })
    expect(problem.cure).not.toBe('')
    expect(problem.commands).toBeUndefined()
    expect(problem.cause).not.toContain('lacks the role')
  })

  it('names Reader for a Backup vault, which Backup Reader does not cover', () => {
    expect(forbidden(`${backupVaultRoot}/backupJobs/1`)).toMatch(
      /lacks the role Reader on the Backup vault \S+ \(action Microsoft\.DataProtection\/backupVaults\/backupJobs\/read\)/,
    )
  })

  it.each([
    ['Backup Reader on the Recovery Services vault', job],
    ['Reader on the Backup vault', `${backupVaultRoot}/operationStatus/1`],
    [
      'Backup Reader on the subscription',
      `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/eastus2/backupCrrJob`,
    ],
    [
      'Reader on the subscription',
      `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/eastus2/operationStatus/1`,
    ],
    // Reader may not send POSTs, though this one only reads (reference, section 9).
    [
      'Backup Reader on the subscription',
      `/subscriptions/${subscription}/resourceGroups/g/providers/Microsoft.DataProtection/locations/e/fetchCrossRegionRestoreJob`,
    ],
  ])('names the role %s', (role, path) => {
    expect(forbidden(path)).toMatch(new RegExp(`lacks the role ${role}( [\\w-]+)? \\(action `))
  })

  const rsvLocation = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/eastus2`
  const dpGroup = `/subscriptions/${subscription}/resourceGroups/g/providers/Microsoft.DataProtection`
  const dpLocation = `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/eastus2`
  const item = `${vaultRoot}/backupFabrics/Azure/protectionContainers/c;a/protectedItems/VM;a`
  const rsv = 'Microsoft.RecoveryServices'
  const vaults = `${rsv}/Vaults`
  const dp = 'Microsoft.DataProtection'

  // Reference, section 9: azure-docs, role-based-access-control.
  it.each([
    [job, `${vaults}/backupJobs/read`],
    [`${vaultRoot}/backupJobs`, `${vaults}/backupJobs/read`],
    [`${job}/cancel`, `${vaults}/backupJobs/cancel/action`],
    ['/providers/Microsoft.ResourceGraph/resources', 'Microsoft.ResourceGraph/resources/action'],
    [`${vaultRoot}/backupOperations/1`, `${vaults}/backupOperations/read`],
    [`${vaultRoot}/backupOperationResults/1`, `${vaults}/backupOperationResults/read`],
    [
      `${item}/operationsStatus/1`,
      `${vaults}/backupFabrics/protectionContainers/protectedItems/operationsStatus/read`,
    ],
    [
      `${item}/operationResults/1`,
      `${vaults}/backupFabrics/protectionContainers/protectedItems/operationResults/read`,
    ],
    [`${vaultRoot}/backupPolicies/daily/operations/1`, `${vaults}/backupPolicies/operations/read`],
    [`${rsvLocation}/backupCrrJob`, `${rsv}/locations/backupCrrJob/action`],
    [`${rsvLocation}/backupCrrOperationsStatus/1`, `${rsv}/locations/backupCrrOperationsStatus/read`],
    [`${rsvLocation}/backupCrrOperationResults/1`, `${rsv}/locations/backupCrrOperationResults/read`],
    [`${backupVaultRoot}/backupJobs/1`, `${dp}/backupVaults/backupJobs/read`],
    [`${backupVaultRoot}/operationStatus/1`, `${dp}/backupVaults/operationStatus/read`],
    [`${dpLocation}/operationStatus/1`, `${dp}/locations/operationStatus/read`],
    [`${dpLocation}/operationResults/1`, `${dp}/locations/operationResults/read`],
    [
      `${dpGroup}/locations/eastus2/fetchCrossRegionRestoreJob`,
      `${dp}/locations/fetchCrossRegionRestoreJob/action`,
    ],
    [backupVaultRoot, `${dp}/backupVaults/read`],
  ])('of %s, where the service names none, names %s', (path, action) => {
    expect(forbidden(path)).toContain(`(action ${action})`)
  })
})
