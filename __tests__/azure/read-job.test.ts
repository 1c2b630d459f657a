import { describe, expect, it } from 'vitest'
import { readsByPost, singleJobReader } from '../../src/azure/read-job.ts'
import { answer, fakeResourceManager, refusal } from '../support/fake-resource-manager.ts'
import {
  backupVault,
  backupVaultRoot,
  diskBody,
  jobId,
  reference,
  subscription,
  vault,
  vaultRoot,
  vmBody,
} from '../support/job-body.ts'

const origin = 'https://management.azure.com'

describe('a job of a Recovery Services vault', () => {
  it('is read in its vault, at the action’s own api-version', async () => {
    const resourceManager = fakeResourceManager(() =>
      answer(vmBody({ status: 'Completed' }), { retryAfter: 7 }),
    )
    const { job, answer: given } = await singleJobReader(resourceManager).read(reference, 0)
    expect(resourceManager.requests).toEqual([
      {
        url: new URL(`${origin}${vaultRoot}/backupJobs/${jobId}?api-version=2025-02-01`),
        what: { kind: 'job', name: jobId },
        whyNot: expect.any(Function),
      },
    ])
    expect(job).toMatchObject({ id: jobId, vault, status: 'Completed', item: 'vm-web-01' })
    expect(given.retryAfter).toBe(7)
  })

  it('has its names escaped in the URL', async () => {
    const resourceManager = fakeResourceManager(() => answer(vmBody()))
    const odd = { vault: { ...vault, resourceGroup: 'rg (1)/x?' }, id: '1' }
    await singleJobReader(resourceManager).read(odd, 0)
    expect(resourceManager.paths()).toEqual([
      `/subscriptions/${subscription}/resourceGroups/rg%20(1)%2Fx%3F/providers/Microsoft.RecoveryServices/vaults/vault-weu/backupJobs/1`,
    ])
  })

  it('is read by POST in the secondary region where it runs across regions', async () => {
    const resourceManager = fakeResourceManager(() => answer(vmBody({ operation: 'CrossRegionRestore' })))
    const { job } = await singleJobReader(resourceManager).read({ ...reference, region: 'eastus2' }, 0)
    expect(resourceManager.requests).toEqual([
      {
        url: new URL(
          `${origin}/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/eastus2/backupCrrJob?api-version=2023-01-15`,
        ),
        method: 'POST',
        body: { resourceId: vaultRoot, jobName: jobId },
        what: { kind: 'job', name: jobId },
        leastPause: 30,
        whyNot: expect.any(Function),
      },
    ])
    expect(job).toMatchObject({ id: jobId, vault, operation: 'CrossRegionRestore' })
  })

  it('passes on a refusal', async () => {
    const refused = refusal(403, 'AuthorizationFailed')
    const resourceManager = fakeResourceManager(() => refused)
    await expect(singleJobReader(resourceManager).read(reference, 0)).rejects.toMatchObject({
      name: 'RefusedError',
      status: 403,
    })
  })
})

describe('a job of a Backup vault', () => {
  const job = { vault: backupVault, id: jobId }
  const vaultBody = { location: 'West Europe', name: 'bvault-weu' }

  function service() {
    return fakeResourceManager(({ url }) =>
      url.pathname === backupVaultRoot ? answer(vaultBody) : answer(diskBody()),
    )
  }

  it('is read in its vault', async () => {
    const resourceManager = service()
    await singleJobReader(resourceManager).read(job, 0)
    expect(resourceManager.requests.map(({ url, method }) => [url.href, method])).toEqual([
      [`${origin}${backupVaultRoot}/backupJobs/${jobId}?api-version=2025-07-01`, undefined],
    ])
  })

  it('is read in its vault too where the operation’s region is the vault’s own, in any spelling', async () => {
    const resourceManager = service()
    const reader = singleJobReader(resourceManager)
    const read = await reader.read({ ...job, region: 'westeurope' }, 0)
    await reader.read({ ...job, region: 'WestEurope' }, 0)
    // It is no cross-region job, whoever looks at it next.
    expect(read.reference).toEqual(job)
    expect(resourceManager.paths()).toEqual([
      backupVaultRoot,
      `${backupVaultRoot}/backupJobs/${jobId}`,
      `${backupVaultRoot}/backupJobs/${jobId}`,
    ])
  })

  it('is read by POST in another region, with the vault’s own beside it', async () => {
    const resourceManager = service()
    const read = await singleJobReader(resourceManager).read({ ...job, region: 'northeurope' }, 0)
    expect(read.reference).toEqual({ ...job, region: 'northeurope' })
    expect(resourceManager.requests[1]).toEqual({
      url: new URL(
        `${origin}/subscriptions/${subscription}/resourceGroups/rg-prod/providers/Microsoft.DataProtection/locations/northeurope/fetchCrossRegionRestoreJob?api-version=2025-07-01`,
      ),
      method: 'POST',
      body: { jobId, sourceBackupVaultId: backupVaultRoot, sourceRegion: 'westeurope' },
      what: { kind: 'job', name: jobId },
      leastPause: 30,
      whyNot: expect.any(Function),
    })
  })

  it('asks for the vault’s region again where the first answer failed', async () => {
    let asked = 0
    const resourceManager = fakeResourceManager(({ url }) => {
      if (url.pathname !== backupVaultRoot) return answer(diskBody())
      asked += 1
      return asked === 1 ? refusal(403) : answer(vaultBody)
    })
    const reader = singleJobReader(resourceManager)
    await expect(reader.read({ ...job, region: 'westeurope' }, 0)).rejects.toThrow('403')
    await reader.read({ ...job, region: 'westeurope' }, 0)
    expect(asked).toBe(2)
  })
})

describe('readsByPost', () => {
  it('holds for cross-region jobs alone', () => {
    expect(readsByPost(reference)).toBe(false)
    expect(readsByPost({ ...reference, region: 'eastus2' })).toBe(true)
  })
})
