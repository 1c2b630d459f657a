import { describe, expect, it } from 'vitest'
import { cloudOf } from '../../src/azure/http/cloud.ts'
import { isJobName, parseJobId as parse, type VaultInputs } from '../../src/azure/target.ts'
import { namedVault, noVault } from '../support/inputs.ts'
import { backupVault, backupVaultRoot, jobId, subscription, vault, vaultRoot } from '../support/job-body.ts'

const parseJobId = (id: string, inputs: VaultInputs) => parse(id, inputs, cloudOf('azurecloud'))
const inputVault = {
  kind: 'recovery-services',
  subscriptionId: subscription,
  resourceGroup: 'rg-input',
  name: 'vault-input',
}

describe('a name as job-id', () => {
  it.each([
    ['a GUID', jobId],
    ['a GUID in capitals', jobId.toUpperCase()],
    ['the spec’s GUID of seven digits first', 'c60cb49-63e8-4b21-b9bd-26277b3fdfae'],
    ['one digit', '7'],
    ['64 characters', `${'a'.repeat(63)}1`],
  ])('is taken as it is, in the vault of the inputs: %s', (_name, name) => {
    expect(parseJobId(name, namedVault)).toEqual({ kind: 'job', reference: { vault: inputVault, id: name } })
  })

  it('is one of a Backup vault where the inputs say so', () => {
    expect(parseJobId(jobId, { ...namedVault, kind: 'backup' })).toEqual({
      kind: 'job',
      reference: { vault: { ...inputVault, kind: 'backup' }, id: jobId },
    })
  })

  it('is one of a cross-region job with secondary-region', () => {
    expect(parseJobId(jobId, { ...namedVault, secondaryRegion: 'eastus2' })).toEqual({
      kind: 'job',
      reference: { vault: inputVault, id: jobId, region: 'eastus2' },
    })
  })
})

describe('a full ARM ID as job-id', () => {
  it.each([
    ['as az prints it', `${vaultRoot}/backupJobs/${jobId}`],
    ['with a slash at its end', `${vaultRoot}/backupJobs/${jobId}/`],
    ['with a query', `${vaultRoot}/backupJobs/${jobId}?api-version=2025-02-01`],
    [
      'in odd case',
      `${vaultRoot.replace('/subscriptions/', '/Subscriptions/').replace('resourceGroups', 'resourcegroups').replace('Microsoft.RecoveryServices', 'microsoft.recoveryservices')}/BACKUPJOBS/${jobId}`,
    ],
  ])('says the vault: %s', (_name, id) => {
    for (const inputs of [noVault, namedVault]) {
      expect(parseJobId(id, inputs)).toStrictEqual({ kind: 'job', reference: { vault, id: jobId } })
    }
  })

  it('of a Backup vault does, in the spelling of some operations', () => {
    const odd = backupVaultRoot
      .replace('resourceGroups', 'resourcegroups')
      .replace('backupVaults', 'BackupVaults')
    expect(parseJobId(`${odd}/backupJobs/${jobId}`, noVault)).toEqual({
      kind: 'job',
      reference: { vault: backupVault, id: jobId },
    })
  })

  it('of a cross-region job says the region, and the inputs the vault', () => {
    const id = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/eastus2/backupJobs/${jobId}`
    expect(parseJobId(id, { ...namedVault, subscriptionId: '' })).toEqual({
      kind: 'job',
      reference: { vault: inputVault, id: jobId, region: 'eastus2' },
    })
  })

  it('says of itself that it is no cross-region job, whatever secondary-region says', () => {
    const { reference } = parseJobId(`${vaultRoot}/backupJobs/${jobId}`, {
      ...namedVault,
      secondaryRegion: 'eastus2',
    }) as { reference: object }
    expect(reference).toEqual({ vault, id: jobId })
  })

  it('may have escapes in its names', () => {
    const id = `/subscriptions/${subscription}/resourceGroups/rg%20(1)/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/${jobId}`
    expect(parseJobId(id, noVault)).toMatchObject({ reference: { vault: { resourceGroup: 'rg (1)' } } })
  })
})

describe('isJobName', () => {
  it.each(['', 'abc', 'a b1', '1;2', '../1', 'é1', '1\n', '%31'])('is not met by %j', (name) => {
    expect(isJobName(name)).toBe(false)
  })
})
