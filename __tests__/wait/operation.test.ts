import { describe, expect, it } from 'vitest'
import { cloudOf } from '../../src/azure/http/cloud.ts'
import { parseOperationUrl, type Target } from '../../src/azure/target.ts'
import { conclude } from '../../src/domain/verdict.ts'
import { followAll } from '../../src/wait/wait.ts'
import { answer, refusal } from '../support/fake-resource-manager.ts'
import { noVault } from '../support/inputs.ts'
import { backupVaultRoot, diskBody, jobId, subscription, vaultRoot, vmBody } from '../support/job-body.ts'
import { at, type Waiting, waiting } from '../support/wait-options.ts'

const origin = 'https://management.azure.com'
const signed = '?api-version=2016-12-01&t=1&s=U0lHTkFUVVJFU0lHTkFUVVJF'
const completed = vmBody({ status: 'Completed' })
const started = { status: 'Succeeded', properties: { jobId } }
const jobPath = `${vaultRoot}/backupJobs/${jobId}`

const target = (path: string): Target =>
  parseOperationUrl(`${origin}${path}${signed}`, noVault, cloudOf('azurecloud'))
const operation = target(`${vaultRoot}/backupOperations/op1`)

async function follow(wait: Waiting, given: Target = operation) {
  const outcomes = await followAll([given], wait.options)
  return {
    outcomes,
    conclusions: outcomes.map(conclude),
    hrefs: wait.resourceManager.requests.map(({ url }) => url.href),
  }
}

/** Answers the operation by its body, and any job as completed. */
const answering = (body: unknown) =>
  waiting(({ url }) => answer(url.pathname.includes('/backupJobs/') ? completed : body))

describe('two URLs of one operation', () => {
  it('are one job, which is followed once', async () => {
    const wait = answering(started)
    const twice = [operation, target(`${vaultRoot}/backupOperationResults/op1`)]
    const outcomes = await followAll(twice, wait.options)
    expect(outcomes.map(conclude)).toEqual(['success'])
    expect(wait.found).toHaveLength(1)
    expect(wait.resourceManager.paths().filter((path) => path === jobPath)).toHaveLength(1)
  })

  it('are two jobs where they are of two vaults', async () => {
    const wait = answering(started)
    const other = target(`${vaultRoot.replace('vault-weu', 'vault-neu')}/backupOperations/op1`)
    expect(await followAll([operation, other], wait.options)).toHaveLength(2)
  })
})

describe('an operation that starts a job', () => {
  it('is asked for with its query until it has, and the job is followed then', async () => {
    const wait = waiting(({ url }, seconds) =>
      url.pathname === jobPath ? answer(completed) : at(seconds, [0, { status: 'Inprogress' }], [5, started]),
    )
    const { outcomes, conclusions, hrefs } = await follow(wait)
    expect(conclusions).toEqual(['success'])
    expect(outcomes[0]?.job.id).toBe(jobId)
    expect(new Set(hrefs.slice(0, -1))).toEqual(
      new Set([`${origin}${vaultRoot}/backupOperations/op1${signed}`]),
    )
    expect(hrefs.at(-1)).toBe(`${origin}${jobPath}?api-version=2025-02-01`)
    expect(wait.watched.operation).toEqual(['InProgress', 'InProgress', 'Succeeded'])
    expect(wait.found).toEqual([{ id: jobId, vault: expect.objectContaining({ name: 'vault-weu' }) }])
  })

  it('may start several, which are all followed', async () => {
    const wait = waiting(({ url }) => {
      if (url.pathname.endsWith('/1')) return answer(completed)
      if (url.pathname.endsWith('/2')) return answer(vmBody({ status: 'Failed' }))
      return answer({ status: 'Succeeded', properties: { jobIds: ['1', '2'] } })
    })
    const { conclusions } = await follow(wait)
    expect(conclusions).toEqual(['success', 'failure'])
  })

  it('may start a job in the vault that the job’s own ID names', async () => {
    const odd = `${backupVaultRoot.replace('resourceGroups', 'resourcegroups')}/backupJobs/${jobId}`
    const wait = waiting(({ url }) =>
      answer(
        url.pathname.includes('/backupJobs/')
          ? diskBody({ status: 'Completed' })
          : { status: 'Succeeded', properties: { jobId: odd } },
      ),
    )
    const location = `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/weu/operationStatus/MQ==`
    const { conclusions, hrefs } = await follow(wait, target(location))
    expect(conclusions).toEqual(['success'])
    expect(hrefs.at(-1)).toBe(`${origin}${backupVaultRoot}/backupJobs/${jobId}?api-version=2025-07-01`)
  })

  it('may not say in which vault', async () => {
    const location = `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/weu/operationStatus/MQ==`
    const { outcomes, conclusions } = await follow(answering(started), target(location))
    expect(conclusions).toEqual(['error'])
    expect(outcomes[0]?.problem?.message).toBe(
      `The operation started job ${jobId} but does not say in which vault; set resource-group and vault-name too.`,
    )
  })
})

describe('an operation that starts a job and tells of errors', () => {
  it('is a failure beside the job', async () => {
    const { conclusions } = await follow(answering({ ...started, error: { code: 'E', message: 'M' } }))
    expect(conclusions.sort()).toEqual(['failure', 'success'])
  })
})

describe('an operation that names a job in a way that cannot be read', () => {
  it('is an error, beside the jobs that it names well', async () => {
    const { outcomes, conclusions } = await follow(
      answering({ status: 'Succeeded', properties: { jobIds: [jobId, {}] } }),
    )
    expect(conclusions).toEqual(['success', 'error'])
    expect(outcomes[1]?.problem?.message).toMatch(/^The operation names a job in a way that cannot be read, /)
    expect((await follow(answering({ status: 'Succeeded', properties: { jobId: {} } }))).conclusions).toEqual(
      ['error'],
    )
  })
})

describe('jobs that an operation could not start', () => {
  const failedJobsError = { 'vm-a': 'The VM is gone.' }

  it('are failures by the item’s name, beside those that it started', async () => {
    const body = { status: 'Succeeded', properties: { jobIds: [jobId], failedJobsError } }
    const { outcomes, conclusions } = await follow(answering(body))
    expect(conclusions).toEqual(['success', 'failure'])
    expect(outcomes[1]?.job).toMatchObject({
      item: 'vm-a',
      status: 'Failed',
      errors: [{ message: 'The VM is gone.' }],
    })
  })

  it('are failures where it started none', async () => {
    const body = { status: 'Succeeded', properties: { jobIds: [], failedJobsError } }
    const { conclusions } = await follow(answering(body))
    expect(conclusions).toEqual(['failure'])
  })
})

describe('an operation that ends without a job', () => {
  it.each([
    ['succeeded', { status: 'Succeeded' }, 'success'],
    [
      'succeeded and tells of its type alone',
      { status: 'Succeeded', properties: { objectType: 'X' } },
      'success',
    ],
    ['failed', { status: 'Failed', error: { code: 'E', message: 'M' } }, 'failure'],
    ['failed without saying why', { status: 'Failed' }, 'failure'],
    ['was cancelled', { status: 'Canceled' }, 'cancelled'],
    [
      'succeeded as a validation that found errors',
      {
        status: 'Succeeded',
        properties: { validateOperationResponse: { validationResults: [{ code: 'E', message: 'M' }] } },
      },
      'failure',
    ],
  ])('because it %s', async (_name, body, expected) => {
    const { outcomes, conclusions } = await follow(answering(body))
    expect(conclusions).toEqual([expected])
    expect(outcomes[0]).toMatchObject({ ending: 'ended', job: { id: '', status: body.status } })
  })

  it('is not asked for again', async () => {
    const wait = answering({ status: 'Failed' })
    await follow(wait)
    expect(wait.times).toEqual([0])
  })
})

describe('an operation that does not end', () => {
  it('times out', async () => {
    const wait = waiting(() => answer({ status: 'InProgress' }), { seconds: 100 })
    const { outcomes, conclusions } = await follow(wait)
    expect(conclusions).toEqual(['timed-out'])
    expect(outcomes[0]?.job.status).toBe('InProgress')
    expect(wait.times.at(-1)).toBe(100)
  })

  it.each(['Invalid', 'Completed', 'SucceededSoon'])(
    'counts as running with the status %s, and says so once',
    async (status) => {
      const wait = waiting(() => answer({ status }), { seconds: 60 })
      const { conclusions } = await follow(wait)
      expect(conclusions).toEqual(['timed-out'])
      expect(wait.log.of('warning')).toEqual([
        `Operation op1 has the status "${status}", which this action does not know. It counts as running, never as success.`,
      ])
    },
  )

  it('is looked at once with wait-for: none', async () => {
    const wait = waiting(() => answer({ status: 'InProgress' }), { waitFor: 'none' })
    const { conclusions } = await follow(wait)
    expect(conclusions).toEqual(['pending'])
    expect(wait.times).toEqual([0])
  })

  it('is left at a signal', async () => {
    const wait = waiting(() => answer({ status: 'InProgress' }))
    wait.clock.at(30, () => wait.patience.stop())
    const { outcomes } = await follow(wait)
    expect(outcomes.map(({ ending }) => ending)).toEqual(['stopped'])
    expect(wait.clock.elapsed()).toBe(30)
  })

  it('is asked for as rarely as Retry-After says', async () => {
    const wait = waiting(({ url }, _seconds, count) =>
      url.pathname === jobPath
        ? answer(completed)
        : count === 1
          ? answer({ status: 'InProgress' }, { retryAfter: 60 })
          : answer(started),
    )
    await follow(wait)
    expect(wait.times).toEqual([0, 61.5, 61.5])
  })
})

describe('an operation that is refused', () => {
  it('is an error of its own', async () => {
    const { outcomes, conclusions } = await follow(waiting(() => refusal(404, 'NotFound', 'Gone')))
    expect(conclusions).toEqual(['error'])
    expect(outcomes[0]?.problem).toEqual({
      code: 'NotFound',
      message: expect.stringContaining('There is no such operation (any more)'),
    })
  })

  it('leaves the others to be followed', async () => {
    const wait = waiting(({ url }) =>
      url.pathname.includes('/backupOperations/') ? refusal(403) : answer(completed),
    )
    const other = parseOperationUrl(`${origin}${jobPath}`, noVault, cloudOf('azurecloud'))
    const outcomes = await followAll([operation, other], wait.options)
    expect(outcomes.map(conclude)).toEqual(['error', 'success'])
  })
})
