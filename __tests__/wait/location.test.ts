import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/azure/http/answer.ts'
import { cloudOf } from '../../src/azure/http/cloud.ts'
import { parseOperationUrl } from '../../src/azure/target.ts'
import { conclude } from '../../src/domain/verdict.ts'
import { followAll } from '../../src/wait/wait.ts'
import { answer, refusal } from '../support/fake-resource-manager.ts'
import { noVault } from '../support/inputs.ts'
import { backupVaultRoot, jobId, vaultRoot, vmBody } from '../support/job-body.ts'
import { type Waiting, waiting } from '../support/wait-options.ts'

const origin = 'https://management.azure.com'
const signed = '?api-version=2016-12-01&t=1&s=U0lHTkFUVVJFU0lHTkFUVVJF'
const completed = vmBody({ status: 'Completed' })
const started = { status: 'Succeeded', properties: { jobId } }
const resultPath = `${vaultRoot}/backupFabrics/Azure/protectionContainers/c/protectedItems/i/operationResults/op1`
const policyPath = `${vaultRoot}/backupPolicies/daily/operationResults/op1`
const statusPath = `${vaultRoot}/backupOperations/op1`
const policyStatusPath = `${vaultRoot}/backupPolicies/daily/operations/op1`
const jobPath = `${vaultRoot}/backupJobs/${jobId}`

type Answers = Record<string, (count: number) => ReturnType<typeof answer> | Error>

/** Answers by path; each is told how often it was asked, from 1. */
function service(answers: Answers): Waiting {
  const counts = new Map<string, number>()
  return waiting(({ url }) => {
    const count = (counts.get(url.pathname) ?? 0) + 1
    counts.set(url.pathname, count)
    return answers[url.pathname]?.(count) ?? refusal(404, 'NotFound')
  })
}

async function follow(wait: Waiting, path = resultPath) {
  const target = parseOperationUrl(`${origin}${path}${signed}`, noVault, cloudOf('azurecloud'))
  const outcomes = await followAll([target], wait.options)
  return { outcomes, conclusions: outcomes.map(conclude), paths: wait.resourceManager.paths() }
}

describe('the status under the same ID', () => {
  it('is read from the start in place of a Location URL, whose pauses are a minute', async () => {
    const wait = service({
      [resultPath]: () => answer(undefined, { status: 202, retryAfter: 60 }),
      [statusPath]: (count) => answer(count < 3 ? { status: 'InProgress' } : started),
      [jobPath]: () => answer(completed),
    })
    const { conclusions, paths } = await follow(wait)
    expect(conclusions).toEqual(['success'])
    expect(paths).toEqual([statusPath, statusPath, statusPath, jobPath])
    expect(wait.clock.elapsed()).toBeLessThan(15)
  })

  it('is given up with the deadline where it never answers', async () => {
    const wait = service({ [resultPath]: () => answer(undefined, { status: 202 }) })
    wait.options.resourceManager.send = (_request, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    wait.clock.limitsLeap = true
    wait.options.patience.deadline = wait.clock.now() + 10_000
    expect((await follow(wait)).conclusions).toEqual(['timed-out'])
    expect(wait.clock.elapsed()).toBeLessThan(12)
  })

  it('is left alone for as long as a fault asked for, though the Location URL ends before', async () => {
    const wait = service({
      [resultPath]: () => answer(undefined, { status: 204 }),
      [statusPath]: (count) => (count === 1 ? new Fault('429', 429, 100) : answer(started)),
      [jobPath]: () => answer(completed),
    })
    const { conclusions, paths } = await follow(wait)
    expect(conclusions).toEqual(['success'])
    expect(paths).toEqual([statusPath, resultPath, statusPath, jobPath])
    expect(wait.clock.elapsed()).toBeGreaterThanOrEqual(100)
  })

  it('leaves the Location URL where it faults or is refused, and is asked again before each of its reads', async () => {
    const wait = service({
      [resultPath]: () => answer(undefined, { status: 202 }),
      [statusPath]: (count) =>
        count === 1 ? new Fault('503', 503) : count === 2 ? refusal(403, 'No') : answer(started),
      [jobPath]: () => answer(completed),
    })
    const { conclusions, paths } = await follow(wait)
    expect(conclusions).toEqual(['success'])
    expect(paths).toEqual([statusPath, resultPath, statusPath, resultPath, statusPath, jobPath])
  })

  it('is not asked for early of a Backup vault, whose Location URL names the job', async () => {
    const location = `${backupVaultRoot}/operationResults/op1`
    const wait = service({ [location]: () => answer({ jobId }) })
    expect((await follow(wait, location)).paths[0]).toBe(location)
  })

  it('that never knows the ID of a refreshContainers leaves the word to its Location URL', async () => {
    const refresh = `${vaultRoot}/backupFabrics/Azure/operationResults/op1`
    const wait = service({
      [refresh]: (count) => answer(undefined, count < 2 ? { status: 202, retryAfter: 60 } : { status: 204 }),
    })
    const { outcomes, conclusions, paths } = await follow(wait, refresh)
    expect(conclusions).toEqual(['success'])
    expect(outcomes[0]?.job).toMatchObject({ id: '', status: 'Succeeded' })
    expect(paths).toEqual([statusPath, refresh, statusPath, refresh])
    expect(wait.log.of('info')).toEqual(['Operation op1 ended and named no job.'])
  })
})

describe('a Location URL', () => {
  it('is asked for, body or not, for as long as it says 202', async () => {
    const wait = service({
      [resultPath]: (count) =>
        count < 3 ? answer(undefined, { status: 202 }) : answer(undefined, { status: 204 }),
      [statusPath]: (count) => (count < 4 ? refusal(404, 'NotFound') : answer(started)),
      [jobPath]: () => answer(completed),
    })
    const { conclusions, paths } = await follow(wait)
    expect(conclusions).toEqual(['success'])
    const both = [statusPath, resultPath]
    expect(paths).toEqual([...both, ...both, ...both, statusPath, jobPath])
    expect(wait.resourceManager.requests[1]).toMatchObject({ mayBeEmpty: true })
  })

  it('that ends in a body with a job needs no status', async () => {
    const wait = service({
      [resultPath]: () => answer({ jobId, objectType: 'OperationJobExtendedInfo' }),
      [jobPath]: () => answer(completed),
    })
    const { conclusions, paths } = await follow(wait)
    expect(conclusions).toEqual(['success'])
    expect(paths).toEqual([statusPath, resultPath, jobPath])
  })

  it.each([{}, [], ' ', { id: jobId }, [jobId], true])('that names a job as %j is an error', async (odd) => {
    const wait = service({ [resultPath]: () => answer({ jobId: odd }) })
    const { outcomes, conclusions } = await follow(wait)
    expect(conclusions).toEqual(['error'])
    expect(outcomes[0]?.problem?.cause).toMatch(/^The operation names a job in a way that cannot be read, /)
  })

  it.each([
    ['in 204', answer(undefined, { status: 204 })],
    ['in 200 without a body', answer(undefined)],
    [
      'in the protected item',
      answer({ id: '/x', name: 'vm', properties: { lastBackupStatus: 'Completed' } }),
    ],
    ['in a body that names no job', answer({ objectType: 'OperationJobExtendedInfo' })],
  ])('that ends %s is told by the status under the same ID, without the signed query', async (_name, end) => {
    const wait = service({
      [resultPath]: () => end,
      [statusPath]: (count) => (count < 2 ? refusal(404, 'NotFound') : answer(started)),
      [jobPath]: () => answer(completed),
    })
    const { conclusions } = await follow(wait)
    expect(conclusions).toEqual(['success'])
    expect(wait.resourceManager.requests[2]?.url.search).toBe('?api-version=2025-02-01')
  })

  it('that ends while the status still says running goes on by the status', async () => {
    const wait = service({
      [resultPath]: () => answer(undefined, { status: 204 }),
      [statusPath]: (count) => {
        if (count < 2) return new Fault('503', 503)
        return answer(count < 4 ? { status: 'InProgress' } : started)
      },
      [jobPath]: () => answer(completed),
    })
    const { conclusions, paths } = await follow(wait)
    expect(conclusions).toEqual(['success'])
    expect(paths).toEqual([statusPath, resultPath, statusPath, statusPath, statusPath, jobPath])
  })

  it('has a second place to ask where the first does not know the operation, and keeps to it', async () => {
    const wait = service({
      [policyPath]: () => answer(undefined, { status: 204 }),
      [policyStatusPath]: (count) => answer(count < 2 ? { status: 'InProgress' } : { status: 'Succeeded' }),
    })
    const { conclusions, paths } = await follow(wait, policyPath)
    expect(conclusions).toEqual(['success'])
    expect(paths).toEqual([statusPath, policyPath, statusPath, policyStatusPath, policyStatusPath])
  })

  it('of an operation whose status is nowhere is an error, not a success', async () => {
    const wait = service({ [resultPath]: () => answer(undefined, { status: 204 }) })
    const { outcomes, conclusions } = await follow(wait)
    expect(conclusions).toEqual(['error'])
    expect(outcomes[0]?.problem?.cause).toBe(
      'Reading operation op1 failed: it ended and named no job, and the vault has no status of it (404 NotFound). If it started a job, give that as job-id.',
    )
  })
})

describe('a Location URL that answers with the request’s own error', () => {
  const refused = refusal(400, 'UserErrorVmNotFound', 'The VM is gone.')

  it('is a failure where the status says so, with that error where the status has none', async () => {
    const wait = service({ [resultPath]: () => refused, [statusPath]: () => answer({ status: 'Failed' }) })
    const { outcomes, conclusions } = await follow(wait)
    expect(conclusions).toEqual(['failure'])
    expect(outcomes[0]?.job.errors).toEqual([
      { code: 'UserErrorVmNotFound', message: 'The VM is gone.', recommendations: [] },
    ])
  })

  it('keeps the status’s own error', async () => {
    const wait = service({
      [resultPath]: () => refused,
      [statusPath]: () => answer({ status: 'Failed', error: { code: 'Own', message: 'Text.' } }),
    })
    const { outcomes } = await follow(wait)
    expect(outcomes[0]?.job.errors).toMatchObject([{ code: 'Own' }])
  })

  it('is an error where the status says that it succeeded without a job', async () => {
    const wait = service({ [resultPath]: () => refused, [statusPath]: () => answer({ status: 'Succeeded' }) })
    const { outcomes, conclusions } = await follow(wait)
    expect(conclusions).toEqual(['error'])
    expect(outcomes[0]?.problem?.code).toBe('UserErrorVmNotFound')
  })

  it('is followed on where the status tells of a job', async () => {
    const wait = service({
      [resultPath]: () => refused,
      [statusPath]: () => answer(started),
      [jobPath]: () => answer(completed),
    })
    expect((await follow(wait)).conclusions).toEqual(['success'])
  })

  it('is that error where the status is nowhere', async () => {
    const wait = service({ [resultPath]: () => refused })
    const { outcomes, conclusions } = await follow(wait)
    expect(conclusions).toEqual(['error'])
    expect(outcomes[0]?.problem?.code).toBe('UserErrorVmNotFound')
  })

  it.each([401, 403, 404, 307])('of status %d is no word on the operation', async (status) => {
    const wait = service({ [resultPath]: () => refusal(status, 'Code') })
    const { conclusions, paths } = await follow(wait)
    expect(conclusions).toEqual(['error'])
    expect(paths).toEqual([statusPath, resultPath])
  })
})
