/** URLs that lead to no job, and URLs of jobs themselves (reference, 1.2 and 4.2). */
import { expect } from 'vitest'
import { askedFor, follow, jobsOf, simulate, start, type Trigger, tells } from './support.ts'

const simulator = await simulate()
const arm = simulator.resourceManagerUrl
const quick = { seconds: 20, snapshotSeconds: 5, operationSeconds: 8 }
const version = '?api-version=2025-02-01'

const jobRead = ({ jobResourceId }: Trigger, query = version) => `GET ${jobResourceId}${query}`

// The service gives these for operations that start no job; their results are a 204 or a 200 with something else.
// The status of an operation in a Recovery Services vault is read first, and its Location last, which may know more.
const jobless: [name: string, kind: string, url: 'operationUrl' | 'locationUrl', status: string[]][] = [
  ['backupValidateOperationsStatuses', 'validate', 'operationUrl', []],
  [
    'backupValidateOperationResults',
    'validate',
    'locationUrl',
    [`backupValidateOperationsStatuses/ID${version}`],
  ],
  ['protectionContainers/…/operationResults', 'register', 'locationUrl', [`backupOperations/ID${version}`]],
  ['backupFabrics/…/operationResults', 'refresh', 'locationUrl', [`backupOperations/ID${version}`]],
  ['operationStatus of a protected data source', 'backup-instance', 'operationUrl', []],
]

for (const [name, kind, url, further] of jobless) {
  tells(`follows ${name}, which leads to no job`, async () => {
    const trigger = start(simulator, kind, { operationSeconds: 8 })
    const run = await follow(simulator, { 'operation-url': trigger[url] })
    const statuses = further.map(
      (status) => `GET ${trigger.vaultId}/${status.replace('ID', trigger.operationId)}`,
    )
    expect(askedFor(simulator, trigger)).toEqual([...statuses, `GET ${trigger[url].replace(arm, '')}`])
    expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Succeeded', 'job-id': '' })
    expect(jobsOf(run)).toHaveLength(1)
  })
}

tells('takes the URL of a job as that job', async () => {
  const trigger = start(simulator, 'vm-backup', quick)
  const run = await follow(simulator, { 'operation-url': `${trigger.jobUrl}?api-version=2016-12-01` })
  expect(askedFor(simulator, trigger)).toEqual([jobRead(trigger)])
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': trigger.jobId })
})

tells('takes the URL of the cancellation of a job as that job', async () => {
  const trigger = start(simulator, 'vm-backup', { ...quick, ends: 'Cancelled' })
  const url = `${trigger.jobUrl}/operationsStatus/${crypto.randomUUID()}?api-version=2019-05-13-preview`
  const run = await follow(simulator, { 'operation-url': url })
  expect(askedFor(simulator, trigger)).toEqual([jobRead(trigger)])
  expect(run.outputs).toMatchObject({ conclusion: 'cancelled', 'job-id': trigger.jobId })
})

tells('takes the URL of a Backup vault’s job as that job', async () => {
  const trigger = start(simulator, 'disk-backup', quick)
  const run = await follow(simulator, { 'operation-url': trigger.jobUrl })
  expect(askedFor(simulator, trigger)).toEqual([jobRead(trigger, '?api-version=2025-07-01')])
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'vault-name': 'backup-vault-prod' })
})

tells('takes the URL of a job in another region as that job, with the vault', async () => {
  const trigger = start(simulator, 'vm-cross-region-restore', quick)
  const location = `/subscriptions/${trigger.subscriptionId}/providers/Microsoft.RecoveryServices/locations/northeurope`
  const run = await follow(simulator, {
    'operation-url': `${arm}${location}/backupJobs/${trigger.jobId}`,
    'resource-group': trigger.resourceGroup,
    'vault-name': trigger.vaultName,
  })
  expect(askedFor(simulator, trigger)).toEqual([`POST ${location}/backupCrrJob?api-version=2023-01-15`])
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': trigger.jobId })
})
