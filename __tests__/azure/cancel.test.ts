import { describe, expect, it } from 'vitest'
import { cancelJobs } from '../../src/azure/cancel.ts'
import { fakeLog } from '../support/fake-log.ts'
import { answer, fakeResourceManager, refusal } from '../support/fake-resource-manager.ts'
import { backupVault, jobId, reference, vaultRoot } from '../support/job-body.ts'

async function cancel(
  given = [reference],
  response: ReturnType<typeof answer> | Error = answer(undefined, { status: 202 }),
) {
  const log = fakeLog()
  const resourceManager = fakeResourceManager(() => response)
  const done = await cancelJobs(given, resourceManager, log, 5_000)
  return { done, log, resourceManager }
}

describe('the cancellation of a job', () => {
  it('is asked for once, by POST', async () => {
    const { done, log, resourceManager } = await cancel()
    expect(done).toBe(true)
    expect(resourceManager.requests.map(({ url, method }) => [method, url.href])).toEqual([
      ['POST', `https://management.azure.com${vaultRoot}/backupJobs/${jobId}/cancel?api-version=2025-02-01`],
    ])
    expect(log.of('info')).toEqual([
      `Azure was asked to cancel job ${jobId}; it may still come to its own end first.`,
    ])
  })

  it.each([
    [{ ...reference, vault: backupVault }, 'jobs of Backup vaults'],
    [{ ...reference, region: 'eastus2' }, 'cross-region jobs'],
  ])('is not asked for where Azure has none (%#)', async (given, kind) => {
    const { done, log, resourceManager } = await cancel([given])
    expect(done).toBe(true)
    expect(resourceManager.requests).toEqual([])
    expect(log.of('warning')).toEqual([`Job ${jobId} goes on: Azure offers no way to cancel ${kind}.`])
  })

  it('that is refused is a warning that names the role, and done with', async () => {
    const { done, log } = await cancel([reference], refusal(403, 'AuthorizationFailed', 'No'))
    expect(done).toBe(true)
    expect(log.of('warning')).toEqual([
      `Job ${jobId} was not cancelled: 403 AuthorizationFailed: No. Cancelling takes the role Backup Operator (action Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action).`,
    ])
  })

  it('that did not get through is a warning, and left to do', async () => {
    const { done, log } = await cancel([reference], new Error('connection reset'))
    expect(done).toBe(false)
    expect(log.of('warning')).toEqual([`Job ${jobId} was not cancelled: connection reset`])
  })

  it('of several goes on past one that fails', async () => {
    const others = ['1', '2', '3'].map((id) => ({ ...reference, id }))
    const log = fakeLog()
    const resourceManager = fakeResourceManager(({ url }) =>
      url.pathname.includes('/2/') ? new Error('no') : answer(undefined, { status: 202 }),
    )
    expect(await cancelJobs(others, resourceManager, log, 5_000)).toBe(false)
    expect(resourceManager.requests).toHaveLength(3)
    expect(log.of('info')).toHaveLength(2)
  })
})
