import { describe, expect, it } from 'vitest'
import { explainProblem } from '../../../src/azure/http/refusal.ts'
import type { Subject } from '../../../src/azure/http/subject.ts'
import { CredentialError, TrustError } from '../../../src/base/errors.ts'
import { refusal } from '../../support/fake-resource-manager.ts'
import { backupVaultRoot, jobId, subscription, vaultRoot } from '../../support/job-body.ts'

const job = `${vaultRoot}/backupJobs/${jobId}`

describe('what a refusal means', () => {
  it('is said of a token that was refused twice', () => {
    expect(explainProblem(refusal(401, 'InvalidAuthenticationToken', 'Bad', job), 'job 1')).toEqual({
      code: 'InvalidAuthenticationToken',
      message:
        'Reading job 1 was refused: 401 InvalidAuthenticationToken: Bad. A new token was refused too: it is of another tenant, or of another cloud (input environment).',
    })
  })

  const noVault =
    'There is no such vault: check its name, the resource group, the subscription, and the input vault-type.'

  it.each<[Subject, string, string]>([
    [
      { kind: 'job', name: '1' },
      'job 1',
      "There is no such job (any more): check the ID, the vault and the subscription. Azure keeps jobs for a limited time. A job of a Backup vault needs vault-type: backup, one of a cross-region restore secondary-region. The ID at the end of an operation's URL is mostly not its job's: give the whole URL as operation-url.",
    ],
    [
      { kind: 'operation', name: '1' },
      'operation 1',
      'There is no such operation (any more): check the ID, the vault and the subscription. Azure keeps operations for a shorter time than jobs; with the ID of its job, give that as job-id.',
    ],
    [{ kind: 'vault', name: 'v' }, 'vault v', noVault],
    [{ kind: 'job-list', name: 'v' }, 'jobs of vault v', noVault],
    [
      { kind: 'recovery-points', name: 'VM;web-01' },
      'recovery points of VM;web-01',
      'The vault protects no such item (any more), so it shows no recovery points of it.',
    ],
    [
      { kind: 'resource-graph', name: '' },
      'Azure Resource Graph',
      'There is no such thing (any more): check the IDs and the subscription.',
    ],
  ])('is said of what is missing: %j', (subject, words, meaning) => {
    expect(explainProblem(refusal(404, 'Code', 'Gone', job, subject), 'what was followed')).toEqual({
      code: 'Code',
      message: `Reading ${words} was refused: 404 Code: Gone. ${meaning}`,
    })
  })

  it.each([
    [
      'SubscriptionNotFound',
      '',
      `There is no subscription ${subscription}, or the identity may see nothing in it`,
    ],
    ['ResourceGroupNotFound', '', `There is no resource group rg-prod in subscription ${subscription}`],
    [
      'ResourceNotFound',
      "The Resource 'Microsoft.RecoveryServices/vaults/vault-weu' under resource group 'rg-prod' was not found",
      'There is no vault vault-weu in resource group rg-prod',
    ],
  ])('is said of what is missing above: %s', (code, said, meaning) => {
    expect(explainProblem(refusal(404, code, said, job), 'job 1').message).toContain(meaning)
  })

  it('is said of a redirect', () => {
    expect(explainProblem(refusal(307, '', 'a redirect'), 'job 1').message).toBe(
      'Reading job 1 was refused: 307 a redirect. A token is never sent to where a redirect points.',
    )
  })

  it.each([400, 409, 410])('is what the service says, of status %d', (status) => {
    expect(explainProblem(refusal(status, 'Code', 'Text', job), 'job 1')).toEqual({
      code: 'Code',
      message: `Reading job 1 was refused: ${status} Code: Text.`,
    })
  })

  it('is what the credential or the trust says', () => {
    expect(explainProblem(new CredentialError('No token.'), 'job 1')).toEqual({
      code: '',
      message: 'No token.',
    })
    expect(explainProblem(new TrustError('No host.'), 'job 1')).toEqual({ code: '', message: 'No host.' })
  })

  it.each([
    [new Error('x is not a function'), 'Reading job 1 failed: x is not a function'],
    ['text', 'Reading job 1 failed: text'],
    [undefined, 'Reading job 1 failed: undefined'],
  ])('is there for anything that was thrown: %s', (error, message) => {
    expect(explainProblem(error, 'job 1')).toEqual({ code: '', message })
  })
})

describe('a 403', () => {
  const forbidden = (path: string, message = 'No') =>
    explainProblem(refusal(403, 'AuthorizationFailed', message, path), 'job 1').message

  it('names the action that the service names', () => {
    const said = `The client does not have authorization to perform action 'Microsoft.X/y/read' over scope '/z'`
    expect(forbidden(job, said)).toContain(
      'The identity lacks the role Backup Reader on the Recovery Services vault (action Microsoft.X/y/read); a new assignment takes some minutes to work.',
    )
  })

  it('names Reader for a Backup vault, which Backup Reader does not cover', () => {
    expect(forbidden(`${backupVaultRoot}/backupJobs/1`)).toContain(
      'lacks the role Reader on the Backup vault (action Microsoft.DataProtection/backupVaults/backupJobs/read)',
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
    expect(forbidden(path)).toContain(`lacks the role ${role} (action `)
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
