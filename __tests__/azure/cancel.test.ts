import { describe, expect, it } from 'vitest'
import { cancelJobs } from '../../src/azure/cancel.ts'
import { Fault } from '../../src/azure/http/answer.ts'
import type { ResourceManager } from '../../src/azure/http/resource-manager.ts'
import type { Log } from '../../src/runner/log.ts'
import { fakeLog } from '../support/fake-log.ts'
import { answer, fakeResourceManager, refusal } from '../support/fake-resource-manager.ts'
import { backupVault, jobId, reference, vaultRoot } from '../support/job-body.ts'
import { fakePatience } from '../support/patience.ts'

const options = (resourceManager: ResourceManager, log: Log, limit = 5_000) => {
  const { clock, random } = fakePatience(3600)
  return { resourceManager, log, clock, random, limit }
}

async function cancel(
  given = [reference],
  response: ReturnType<typeof answer> | Error = answer(undefined, { status: 202 }),
) {
  const log = fakeLog()
  const resourceManager = fakeResourceManager(() => response)
  const told: string[] = []
  const done = await cancelJobs(given, {
    ...options(resourceManager, log),
    told: (_reference, cancellation) => told.push(cancellation),
  })
  return { done, log, resourceManager, told }
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

  it('is told as far as it is known', async () => {
    expect((await cancel()).told).toEqual(['unanswered', 'asked'])
    expect((await cancel([reference], refusal(403, 'AuthorizationFailed', 'No'))).told).toEqual([
      'unanswered',
      'refused',
    ])
    expect((await cancel([reference], new Error('connection reset'))).told).toEqual(['unanswered'])
    expect((await cancel([{ ...reference, vault: backupVault }])).told).toEqual(['impossible'])
  })

  it('that is refused in words that would be a command is told as plain text', async () => {
    const { log } = await cancel([reference], refusal(409, 'No', 'a\u202e##[error]b\u2028::warning::c'))
    const [said = ''] = log.of('warning')
    expect(said).toContain('409 No')
    expect(said).not.toMatch(/##\[|[\u202e\u2028]/)
  })

  it('that did not get through is a warning, and left to do', async () => {
    const { done, log } = await cancel([reference], new Error('connection reset'))
    expect(done).toBe(false)
    expect(log.of('warning')).toEqual([`Job ${jobId} was not cancelled: connection reset`])
  })

  it('is asked for again after a fault, while there is time', async () => {
    const log = fakeLog()
    let sent = 0
    const resourceManager = fakeResourceManager(() => {
      sent += 1
      return sent < 3 ? new Fault('503 ServerBusy', 503) : answer(undefined, { status: 202 })
    })
    expect(await cancelJobs([reference], options(resourceManager, log, 60_000))).toBe(true)
    expect(sent).toBe(3)
    expect(log.of('fault')).toEqual([
      `Asking to cancel job ${jobId} failed, next try in 2 s: 503 ServerBusy`,
      `Asking to cancel job ${jobId} failed, next try in 4 s: 503 ServerBusy`,
    ])
    expect(log.of('warning')).toEqual([])
  })

  it('is given up where the next try would come too late', async () => {
    const { done, log, resourceManager } = await cancel([reference], new Fault('429 Busy', 429, 30))
    expect(done).toBe(false)
    expect(resourceManager.requests).toHaveLength(1)
    expect(log.of('warning')).toEqual([`Job ${jobId} was not cancelled: 429 Busy`])
  })

  it('without an answer says that nobody knows', async () => {
    const { log } = await cancel([reference], new DOMException('x', 'TimeoutError'))
    expect(log.of('warning')).toEqual([
      `Job ${jobId} was not cancelled: no answer within 5 s; look whether Azure cancelled it all the same.`,
    ])
  })

  it('of several goes on past one that fails', async () => {
    const others = ['1', '2', '3'].map((id) => ({ ...reference, id }))
    const log = fakeLog()
    const resourceManager = fakeResourceManager(({ url }) =>
      url.pathname.includes('/2/') ? new Error('no') : answer(undefined, { status: 202 }),
    )
    expect(await cancelJobs(others, options(resourceManager, log))).toBe(false)
    expect(resourceManager.requests).toHaveLength(3)
    expect(log.of('info')).toHaveLength(2)
  })
})
