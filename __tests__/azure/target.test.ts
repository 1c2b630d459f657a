import { describe, expect, it } from 'vitest'
import { cloudOf } from '../../src/azure/http/cloud.ts'
import { parseOperationUrl, type Target } from '../../src/azure/target.ts'
import { namedVault, noVault } from '../support/inputs.ts'
import { backupVault, backupVaultRoot, jobId, subscription, vault, vaultRoot } from '../support/job-body.ts'

const cloud = cloudOf('azurecloud')
const arm = 'https://management.azure.com'
const id = '2a0f3471-0b55-46aa-9b83-024b00018851'
const item = `${vaultRoot}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-prod;vm-web-01/protectedItems/VM;iaasvmcontainerv2;rg-prod;vm-web-01`
const location = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/eastus2euap`
const backupLocation = `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/westeurope`
const group = `/subscriptions/${subscription}/resourceGroups/rg-prod/providers/Microsoft.DataProtection`
const base64 =
  'YWRhYzE1NWYtYjEwNS00NGIzLTkzN2EtYjIxZThjNzNjOTY3OzI4MWU5MDBhLTJiMDAtNDAxMi1hMmVmLTJhNTNhMDYyODBjNg=='

function parse(path: string, inputs = noVault): Target {
  return parseOperationUrl(path.startsWith('/') ? `${arm}${path}` : path, inputs, cloud)
}

describe('the URL of an operation in a Recovery Services vault', () => {
  it.each([
    ['of the vault', `${vaultRoot}/backupOperations/${id}`, false],
    ['of the vault, its result', `${vaultRoot}/backupOperationResults/${id}`, true],
    ['of an item', `${item}/operationsStatus/${id}`, false],
    ['of an item, its result', `${item}/operationResults/${id}`, true],
    [
      'of a container, its result',
      `${vaultRoot}/backupFabrics/Azure/protectionContainers/c;a;b/operationResults/${id}`,
      true,
    ],
    ['of a fabric, its result', `${vaultRoot}/backupFabrics/Azure/operationResults/${id}`, true],
    ['of a policy', `${vaultRoot}/backupPolicies/daily/operations/${id}`, false],
    ['of a policy, its result', `${vaultRoot}/backupPolicies/daily/operationResults/${id}`, true],
    ['of a validation', `${vaultRoot}/backupValidateOperationsStatuses/${id}`, false],
    ['of a validation, its result', `${vaultRoot}/backupValidateOperationResults/${id}`, true],
    ['in the singular', `${vaultRoot}/operationResult/${id}`, true],
  ])('%s is followed as one', (_name, path, isResult) => {
    const given = `${arm}${path}?api-version=2016-12-01`
    const target = parse(given)
    expect(target).toMatchObject({ kind: 'operation', id, isResult, vault })
    expect(target.kind === 'operation' && target.url.href).toBe(given)
  })

  it('names the vault in any case', () => {
    const given = `/Subscriptions/${subscription}/resourcegroups/RG-Prod/providers/microsoft.recoveryservices/Vaults/Vault-WEU/BackupOperations/${id}`
    expect(parse(given)).toMatchObject({
      kind: 'operation',
      id,
      vault: {
        kind: 'recovery-services',
        subscriptionId: subscription,
        resourceGroup: 'RG-Prod',
        name: 'Vault-WEU',
      },
    })
  })

  it('takes the vault from the URL rather than from the inputs', () => {
    expect(parse(`${vaultRoot}/backupOperations/${id}`, namedVault)).toMatchObject({ vault })
  })

  it('is found behind the doubled "subscriptions" that Microsoft documents', () => {
    const given = `/subscriptions//subscriptions/${subscription}/resourceGroups/rg-prod/providers/microsoft.recoveryservices/vaults/vault-weu/backupFabrics/Azure/protectionContainers/c/protectedItems/i/operationResults/${id}?api-version=2016-12-01`
    const target = parse(given)
    expect(target).toMatchObject({ kind: 'operation', id, isResult: true, vault })
    expect(target.kind === 'operation' && target.url.href).toBe(`${arm}${given}`)
  })

  it('may be at a region of the cloud', () => {
    const given = `https://westeurope.management.azure.com${item}/operationsStatus/${id}?api-version=2025-02-01`
    const target = parse(given)
    expect(target.kind === 'operation' && target.url.href).toBe(given)
  })
})

describe('the ARM ID of an operation', () => {
  const searchOf = (given: string, inputs = noVault) => {
    const target = parseOperationUrl(given, inputs, cloud)
    return target.kind === 'operation' &&
      target.url.href === `${arm}${given.split('?')[0]}${target.url.search}`
      ? target.url.search
      : undefined
  }
  const mapped = `${vaultRoot}/backupCrossTenantVaultMappings/m`

  it.each([
    ['a Recovery Services vault', `${vaultRoot}/backupOperations/${id}`, '2025-02-01'],
    ['another tenant', `${mapped}/backupValidateOperationsStatuses/${id}`, '2026-03-31-preview'],
    ['another region', `${location}/backupCrrOperationsStatus/${id}`, '2023-01-15'],
    ['a Backup vault', `${backupVaultRoot}/operationStatus/${id}`, '2025-07-01'],
    ['a Backup vault’s location', `${backupLocation}/operationStatus/${id}`, '2025-07-01'],
  ])('of %s is asked for in an api-version that there is', (_name, given, version) => {
    expect(searchOf(given, namedVault)).toBe(`?api-version=${version}`)
  })

  it('keeps one that it has', () => {
    expect(searchOf(`${vaultRoot}/backupOperations/${id}?api-version=2016-12-01`)).toBe(
      '?api-version=2016-12-01',
    )
  })
})

describe('the URL of a cross-region operation', () => {
  it.each([
    ['backupCrrOperationsStatus', 'MjU3OTEw=', 'MjU3OTEw=', false],
    ['backupCrrOperationResults', 'MjU3OTEw=', 'MjU3OTEw=', true],
    ['backupCrrOperationsStatus', 'MjU3OTEw%3D', 'MjU3OTEw=', false],
  ])('%s/%s leads to the vault of the inputs', (word, written, read, isResult) => {
    expect(parse(`${location}/${word}/${written}`, namedVault)).toMatchObject({
      kind: 'operation',
      id: read,
      isResult,
      path: { location: 'eastus2euap', vault: undefined },
      vault: {
        kind: 'recovery-services',
        subscriptionId: subscription,
        resourceGroup: 'rg-input',
        name: 'vault-input',
      },
    })
  })
})

describe('the URL of an operation in a Backup vault', () => {
  it.each([
    ['of the vault', `${backupVaultRoot}/operationStatus/${base64}`, false, backupVault],
    ['of the location', `${backupLocation}/operationStatus/${base64}`, false, undefined],
    ['of the location, its result', `${backupLocation}/operationResults/${base64}`, true, undefined],
    ['of the resource group', `${group}/operationStatus/${base64}`, false, undefined],
    [
      'of an instance, its result',
      `${backupVaultRoot}/backupInstances/bi/operationResults/${base64}`,
      true,
      backupVault,
    ],
    [
      'of an instance without a vault (spec), its result',
      `${group}/backupInstances/bi/operationResults/${base64}`,
      true,
      undefined,
    ],
  ])('%s is followed as one', (_name, path, isResult, expected) => {
    const target = parse(`${path}?api-version=2025-07-01`)
    expect(target).toMatchObject({ kind: 'operation', id: base64, isResult, vault: expected })
    expect(target.kind === 'operation' && target.path.kind).toBe('backup')
  })
})

describe('URLs as they were recorded', () => {
  const signed =
    `?api-version=2023-11-01&t=638446947641055547&c=${'MIIHhzCCBm'.repeat(230)}` +
    `&s=${'ab-_9'.repeat(69)}&h=${'Zk3xQ'.repeat(8)}`

  it.each([
    ['raw semicolons', `${item}/operationsStatus/${id}?api-version=2019-05-13-preview`],
    ['escaped semicolons', `${item.replaceAll(';', '%3B')}/operationsStatus/${id}?api-version=2025-02-01`],
    ['two question marks', `${item}/operationsStatus/${id}?fabricName=Azure?api-version=2016-12-01`],
    ['a signature of 3,000 characters', `${backupVaultRoot}/operationStatus/${base64}${signed}`],
    ['no query', `${vaultRoot}/backupOperations/${id}`],
  ])('are followed to the letter: %s', (_name, path) => {
    const target = parse(path)
    expect(target.kind === 'operation' && target.url.href).toBe(`${arm}${path}`)
  })

  it('are that long', () => {
    expect(`${arm}${backupVaultRoot}/operationStatus/${base64}${signed}`.length).toBeGreaterThan(3_000)
  })
})

describe('the URL of a job', () => {
  it.each([
    ['itself', `${vaultRoot}/backupJobs/${jobId}?api-version=2025-02-01`],
    [
      'being cancelled',
      `${vaultRoot}/backupJobs/${jobId}/operationsStatus/${id}?api-version=2019-05-13-preview`,
    ],
    ['being cancelled, the result', `${vaultRoot}/backupJobs/${jobId}/operationResults/${id}`],
  ])('%s is taken for that job', (_name, path) => {
    expect(parse(path)).toStrictEqual({ kind: 'job', reference: { vault, id: jobId } })
  })

  it('of a Backup vault is too', () => {
    expect(parse(`${backupVaultRoot}/backupJobs/${jobId}`)).toEqual({
      kind: 'job',
      reference: { vault: backupVault, id: jobId },
    })
  })

  it('below a location is that of a cross-region job of the inputs’ vault', () => {
    expect(parse(`${location}/backupJobs/${jobId}`, namedVault)).toEqual({
      kind: 'job',
      reference: {
        vault: {
          kind: 'recovery-services',
          subscriptionId: subscription,
          resourceGroup: 'rg-input',
          name: 'vault-input',
        },
        id: jobId,
        region: 'eastus2euap',
      },
    })
  })
})
