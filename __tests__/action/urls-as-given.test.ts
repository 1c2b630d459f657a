/** URLs are followed as they were given, whatever they look like, and their query is shown nowhere. */
import { expect } from 'vitest'
import { asked, follow, jobsOf, type Run, simulate, start, type Trigger, tells } from './support.ts'

const simulator = await simulate()
const arm = simulator.resourceManagerUrl
const quick = { seconds: 20, snapshotSeconds: 5, operationSeconds: 8 }

/** For those whose URL does not name the vault. */
const vaultInputs = { 'resource-group': 'rg-prod', 'vault-name': 'vault-prod' }

function expectSuccess(run: Run, trigger: Trigger): void {
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    'job-id': trigger.jobId,
    'vault-name': trigger.vaultName,
    'resource-group': trigger.resourceGroup,
  })
}

/** A URL, and the operation of its own that it is of. */
interface Given {
  url: string
  trigger: Trigger
}

/**
 * What is asked for first: the URL as it is, or, in place of a Location URL of a Recovery Services vault, the status
 * that the vault has under the same ID.
 */
function firstUrl({ url, trigger }: Given): string {
  const isLocation = /\/operationResults\//i.test(url) && /RecoveryServices\/vaults/i.test(url)
  return isLocation
    ? `${arm}${trigger.vaultId}/backupOperations/${trigger.operationId}?api-version=2025-02-01`
    : url
}

/** Follows all of them in one step; each leads to its job and is asked for as it is. */
async function followAll(all: Given[], inputs: Record<string, string> = {}): Promise<Run> {
  const run = await follow(simulator, { 'operation-url': all.map(({ url }) => url).join('\n'), ...inputs })
  expect(run.outputs.conclusion).toBe('success')
  expect(jobsOf(run)).toHaveLength(all.length)
  for (const { url, trigger } of all) {
    const { jobId, vaultName, resourceGroup } = trigger
    const told = jobsOf(run).find((job) => job.jobId === jobId)
    expect(told, url).toMatchObject({ conclusion: 'success', vaultName, resourceGroup })
    expect(asked(simulator, trigger)[0]?.url).toBe(firstUrl({ url, trigger }))
  }
  return run
}

/** Everything of a run that a person, a next step or the runner's log sees. */
const shown = (run: Run) => [run.stdout, run.stderr, run.summary, ...Object.values(run.outputs)].join('\n')

const headers = ['operationUrl', 'locationUrl'] as const

tells('a signed URL is followed to the letter and not shown', async () => {
  const all = ['vm-backup', 'disk-restore', 'vm-cross-region-restore'].flatMap((kind) =>
    headers.map((header) => {
      const trigger = start(simulator, kind, { ...quick, signed: true })
      return { url: trigger[header], trigger }
    }),
  )
  const run = await followAll(all, vaultInputs)
  for (const { url, trigger } of all) {
    expect(url.length).toBeGreaterThan(3_000)
    const [, ...others] = asked(simulator, trigger)
    // What the action makes up itself is not signed.
    expect(others.filter((one) => one.url !== url && /[?&][tcsh]=/.test(one.url))).toEqual([])
    const secrets = new URL(url).searchParams
    for (const name of ['t', 'c', 's', 'h']) expect(shown(run)).not.toContain(secrets.get(name))
  }
})

tells('a signed URL whose job cannot be read is not shown in the error', async () => {
  const trigger = start(simulator, 'vm-backup', { ...quick, signed: true })
  simulator.fault({ kind: 'denied', path: trigger.operationId })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl })
  expect(run.outputs.conclusion).toBe('error')
  expect(shown(run)).not.toContain(new URL(trigger.operationUrl).searchParams.get('s'))
})

tells('a malformed query, semicolons and a preview version are left alone', async () => {
  const old = { ...quick, malformedQuery: true, apiVersion: '2016-12-01' }
  const malformed = headers.map((header) => {
    const trigger = start(simulator, 'file-share-backup', old)
    expect(trigger[header]).toContain('?fabricName=Azure?api-version=2016-12-01')
    return { url: trigger[header], trigger }
  })
  const raw = start(simulator, 'vm-backup', { ...quick, apiVersion: '2019-05-13-preview' })
  const escaped = start(simulator, 'vm-backup', quick)
  await followAll([
    ...malformed,
    { url: raw.operationUrl, trigger: raw },
    { url: escaped.operationUrl.replaceAll(';', '%3B'), trigger: escaped },
  ])
  const { path, query } = asked(simulator, raw)[0] ?? {}
  expect(path).toContain('/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-prod;web-01/')
  expect(query).toBe('?api-version=2019-05-13-preview')
})

tells('an operation’s ID may end in = or in %3D', async () => {
  const all = ['postgres-backup', 'vm-cross-region-restore'].map((kind) => {
    const trigger = start(simulator, kind, quick)
    expect(trigger.operationId).toMatch(/=$/)
    const url = trigger.operationUrl.replace(/=+(?=\?)/, (signs) => '%3D'.repeat(signs.length))
    expect(url).not.toBe(trigger.operationUrl)
    return { url, trigger }
  })
  await followAll(all, vaultInputs)
})

tells('a URL may be in odd case, and so may the job’s ID', async () => {
  const all = ['vm-backup', 'aks-backup'].flatMap((kind) =>
    headers.map((header) => {
      const trigger = start(simulator, kind, { ...quick, oddCase: true, bareJobId: false })
      expect(trigger[header]).toContain('/Subscriptions/')
      return { url: trigger[header], trigger }
    }),
  )
  await followAll(all)
})

tells('a job’s ARM ID may be in odd case, and may have a query', async () => {
  const trigger = start(simulator, 'vm-backup', quick)
  const odd = trigger.jobResourceId
    .replace('/subscriptions/', '/Subscriptions/')
    .replace('/resourceGroups/', '/resourcegroups/')
    .replace('/Microsoft.RecoveryServices/', '/microsoft.recoveryservices/')
    .replace('/vaults/', '/Vaults/')
    .replace('/backupJobs/', '/BackupJobs/')
  const run = await follow(simulator, { 'job-id': `${odd}?api-version=2021-10-01` })
  expectSuccess(run, trigger)
})

tells('a Backup vault’s job is known by its ARM ID too', async () => {
  const trigger = start(simulator, 'disk-backup', quick)
  const run = await follow(simulator, {
    'job-id': trigger.jobResourceId.replace('/backupVaults/', '/Backupvaults/'),
  })
  expectSuccess(run, trigger)
})

tells('a documented Location with the subscription twice is followed', async () => {
  const trigger = start(simulator, 'vm-restore', quick)
  // Where the vault does not know the operation, as with refreshContainers, the Location is read.
  simulator.fault({ kind: 'status', status: 404, path: `backupOperations/${trigger.operationId}`, times: 1 })
  const twice = `${arm}/subscriptions//subscriptions/`
  const given = trigger.locationUrl.replace(`${arm}/subscriptions/`, twice)
  simulator.override((request) => {
    if (request.url === given)
      request.path = request.path.replace('/subscriptions//subscriptions', '/subscriptions')
    return undefined
  })
  const run = await follow(simulator, { 'operation-url': given })
  expectSuccess(run, trigger)
  expect(asked(simulator, trigger)[1]?.url).toBe(given)
})

tells('and its recovery point is asked for at the item, not at that path', async () => {
  const trigger = start(simulator, 'vm-backup', quick)
  const given = trigger.operationUrl.replace(`${arm}/subscriptions/`, `${arm}/subscriptions//subscriptions/`)
  simulator.override((request) => {
    if (request.url === given)
      request.path = request.path.replace('/subscriptions//subscriptions', '/subscriptions')
    return undefined
  })
  const run = await follow(simulator, { 'operation-url': given, 'verify-recovery-point': 'true' })
  expectSuccess(run, trigger)
  expect(run.outputs['recovery-point-id']).toMatch(/^\d+$/)
})

tells('the two URLs of one operation are one job', async () => {
  const trigger = start(simulator, 'disk-backup', quick)
  const both = `${trigger.operationUrl}\n${trigger.locationUrl}`
  const run = await follow(simulator, { 'operation-url': both })
  expectSuccess(run, trigger)
  expect(JSON.parse(run.outputs.jobs ?? '')).toHaveLength(1)
})

tells('blanks and empty lines around a URL do not matter', async () => {
  const trigger = start(simulator, 'vm-backup', quick)
  const run = await follow(simulator, { 'operation-url': `\n  ${trigger.operationUrl}  \r\n\n` })
  expectSuccess(run, trigger)
})
