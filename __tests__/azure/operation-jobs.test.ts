import { describe, expect, it } from 'vitest'
import { cloudOf } from '../../src/azure/http/cloud.ts'
import { startedJob, statusUrls } from '../../src/azure/operation.ts'
import { type OperationTarget, parseOperationUrl } from '../../src/azure/target.ts'
import { namedVault, noVault } from '../support/inputs.ts'
import { backupVault, backupVaultRoot, jobId, subscription, vault, vaultRoot } from '../support/job-body.ts'

const origin = 'https://management.azure.com'
const signed = '?api-version=2016-12-01&t=1&c=Q0VSVElGSUNBVEVDRVJU&s=U0lHTkFUVVJFU0lHTkFU&h=1'

function target(path: string, inputs = noVault): OperationTarget {
  const parsed = parseOperationUrl(`${origin}${path}${signed}`, inputs, cloudOf('azurecloud'))
  if (parsed.kind !== 'operation') throw new Error(`${path} is a job.`)
  return parsed
}

describe('the job that an operation started', () => {
  const crossRegion = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/eastus2`
  const backupLocation = `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/westus`
  const inputVault = { ...vault, resourceGroup: 'rg-input', name: 'vault-input' }

  it.each([
    [
      'a bare ID, in the operation’s vault',
      jobId,
      target(`${vaultRoot}/backupOperations/1`),
      { id: jobId, vault },
    ],
    [
      'a full ID in odd case',
      `${backupVaultRoot.replace('resourceGroups', 'resourcegroups').replace('backupVaults', 'BackupVaults')}/backupJobs/${jobId}/`,
      target(`${backupLocation}/operationStatus/1`),
      { id: jobId, vault: backupVault },
    ],
    [
      'a bare ID of a cross-region operation',
      jobId,
      target(`${crossRegion}/backupCrrOperationsStatus/1`, namedVault),
      { id: jobId, vault: inputVault, region: 'eastus2' },
    ],
    [
      'a bare ID of a Backup vault’s location, in the inputs’ vault',
      jobId,
      target(`${backupLocation}/operationStatus/1`, namedVault),
      { id: jobId, vault: { ...inputVault, kind: 'backup' }, region: 'westus' },
    ],
    [
      'a bare ID of which no vault is known',
      jobId,
      target(`${backupLocation}/operationStatus/1`),
      { id: jobId, vault: undefined },
    ],
  ])('is read from %s', (_name, id, operation, expected) => {
    expect(startedJob(id, operation)).toStrictEqual(expected)
  })
})

describe('the item of a job that an operation started', () => {
  const names =
    'backupFabrics/Azure/protectionContainers/VMAppContainer;compute;rg-a;sql-01/protectedItems/SQLDataBase;mssqlserver;my#db'
  const id = `${vaultRoot}/${names}`
  const escaped = names.replaceAll(';', '%3B').replace('#', '%23')
  const itemOf = (path: string) => startedJob(jobId, target(path))

  it.each([
    ['as it is', `${vaultRoot}/${escaped}/operationsStatus/1`],
    ['which begins as documented', `/subscriptions/${vaultRoot}/${escaped}/operationsStatus/1`],
  ])('is its ARM ID, from a URL %s', (_name, path) => {
    expect(itemOf(path)).toEqual({ id: jobId, vault, item: id })
  })

  it.each([
    [
      'the vault',
      `/subscriptions/${subscription}/resourceGroups/rg-prod/providers/Microsoft.DataProtection/backupInstances/b/operationResults/1`,
    ],
    ['an item', `${vaultRoot}/backupFabrics/Azure/operationResults/1`],
    ['one, but an operation that is called as one', `${vaultRoot}/backupOperations/protectedItems`],
  ])('is none where the URL does not name %s', (_name, path) => {
    expect(startedJob(jobId, target(path, namedVault))).not.toHaveProperty('item')
  })

  it('is an instance of a Backup vault, too', () => {
    expect(itemOf(`${backupVaultRoot}/backupInstances/disk-1/operationResults/1`)).toMatchObject({
      item: `${backupVaultRoot}/backupInstances/disk-1`,
    })
  })
})

describe('where the status is asked for when a Location URL names no job', () => {
  const group = `/subscriptions/${subscription}/resourceGroups/rg-prod/providers/Microsoft.DataProtection`
  const backupLocation = `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/westus`
  const crossRegion = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/eastus2`
  const rsv = '?api-version=2025-02-01'
  const dp = '?api-version=2025-07-01'

  it.each([
    [
      `${vaultRoot}/backupFabrics/Azure/operationResults/1`,
      noVault,
      [`${vaultRoot}/backupOperations/1${rsv}`],
    ],
    [
      `${vaultRoot}/backupValidateOperationResults/1`,
      noVault,
      [`${vaultRoot}/backupValidateOperationsStatuses/1${rsv}`, `${vaultRoot}/backupOperations/1${rsv}`],
    ],
    [
      `${vaultRoot}/backupPolicies/daily/operationResults/1`,
      noVault,
      [`${vaultRoot}/backupOperations/1${rsv}`, `${vaultRoot}/backupPolicies/daily/operations/1${rsv}`],
    ],
    [
      `${crossRegion}/backupCrrOperationResults/MQ==`,
      namedVault,
      [`${crossRegion}/backupCrrOperationsStatus/MQ%3D%3D?api-version=2023-01-15`],
    ],
    [
      `${backupVaultRoot}/backupInstances/b/operationResults/MQ==`,
      noVault,
      [`${backupVaultRoot}/operationStatus/MQ%3D%3D${dp}`],
    ],
    [`${backupLocation}/operationResults/1`, noVault, [`${backupLocation}/operationStatus/1${dp}`]],
    [
      `${backupLocation}/operationResults/1`,
      namedVault,
      [
        `${backupLocation}/operationStatus/1${dp}`,
        `/subscriptions/${subscription}/resourceGroups/rg-input/providers/Microsoft.DataProtection/backupVaults/vault-input/operationStatus/1${dp}`,
      ],
    ],
    // Neither its vault nor its location: there is nothing to ask.
    [
      `/subscriptions/${subscription}/resourceGroups/g/providers/Microsoft.RecoveryServices/operationResults/1`,
      namedVault,
      [],
    ],
    [`${group}/backupInstances/b/operationResults/1`, noVault, [`${group}/operationStatus/1${dp}`]],
  ])('%s', (path, inputs, expected) => {
    expect(statusUrls(target(path, inputs), origin).map(({ href }) => href)).toEqual(
      expected.map((one) => `${origin}${one}`),
    )
  })
})
