/** Restores from another tenant's vault: where their operations and jobs stand, and what is read there. */
import { describe, expect, it } from 'vitest'
import { cancelJobs } from '../../src/azure/cancel.ts'
import { cloudOf } from '../../src/azure/http/cloud.ts'
import { readJob } from '../../src/azure/job-body.ts'
import { startedJob, statusUrls } from '../../src/azure/operation.ts'
import { jobKey, jobPath } from '../../src/azure/paths.ts'
import { readsByPost, singleJobReader } from '../../src/azure/read-job.ts'
import { operationReader } from '../../src/azure/read-operation.ts'
import { itemFinder } from '../../src/azure/recovery-points.ts'
import { type OperationTarget, parseJobId, parseOperationUrl, type Target } from '../../src/azure/target.ts'
import { vaultJobReader } from '../../src/azure/vault-reader.ts'
import { readInputs } from '../../src/inputs/inputs.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { fakeLog } from '../support/fake-log.ts'
import { answer, fakeResourceManager, refusal } from '../support/fake-resource-manager.ts'
import { noVault } from '../support/inputs.ts'
import { backupVaultRoot, jobId, reference, vault, vaultRoot, vmBody } from '../support/job-body.ts'
import { fakePatience } from '../support/patience.ts'

const arm = 'https://management.azure.com'
const cloud = cloudOf('azurecloud')
const mapping = 'from-contoso'
const root = `${vaultRoot}/backupCrossTenantVaultMappings/${mapping}`
const id = '2a0f3471-0b55-46aa-9b83-024b00018851'
const item = `${root}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-prod;vm-1/protectedItems/VM;iaasvmcontainerv2;rg-prod;vm-1`
const preview = '?api-version=2026-08-31-preview'
const job: Target = { kind: 'job', reference: { vault, id: jobId, mapping } }
const mapped = { ...reference, mapping }

function operation(path: string): OperationTarget {
  const target = parseOperationUrl(`${arm}${path}${preview}`, noVault, cloud)
  if (target.kind !== 'operation') throw new Error(`${path} is a job.`)
  return target
}

/** What the inputs name, read as the step reads them. */
function targets(inputs: Record<string, string>): Target[] {
  return readInputs((name) => inputs[name] ?? '', {}).targets
}

describe('the URL of an operation below a mapping', () => {
  it.each([
    ['of an item', `${item}/operationsStatus/${id}`, false],
    ['of an item, its result', `${item}/operationResults/${id}`, true],
    ['of a validation', `${root}/backupValidateOperationsStatuses/${id}`, false],
    ['of a validation, its result', `${root}/backupValidateOperationResults/${id}`, true],
  ])('%s keeps its api-version', (_name, path, isResult) => {
    const target = operation(path)
    expect(target).toMatchObject({ id, isResult, vault, path: { mapping } })
    expect(target.url.href).toBe(`${arm}${path}${preview}`)
  })

  it('is read in odd case, and the mapping keeps its own', () => {
    const odd = item
      .replace('backupCrossTenantVaultMappings', 'BACKUPCROSSTENANTVAULTMAPPINGS')
      .replace(mapping, 'From-Contoso')
    expect(operation(`${odd}/OperationsStatus/${id}`)).toMatchObject({
      id,
      path: { mapping: 'From-Contoso' },
    })
  })

  it.each([
    ['its ARM ID', `${item}/operationsStatus/${id}`],
    ['without its first slash', `${item}/operationsStatus/${id}`.slice(1)],
  ])('may be %s, and is asked for in the preview', (_name, given) => {
    expect(targets({ 'operation-url': given })).toMatchObject([
      { kind: 'operation', id, url: { search: '?api-version=2026-03-31-preview' } },
    ])
  })

  it('is none where it can lead to no job', () => {
    for (const path of [`${root}/vaultCredentials/c/operationStatus/${id}`, `${root}/backupJobs`])
      expect(() => operation(path)).toThrow(
        /can lead to no job: it is the URL of (a vault credential|the job list)/,
      )
    expect(() => operation(root)).toThrow('is neither an operation')
  })

  it('in a Backup vault is of no mapping', () => {
    const path = `${backupVaultRoot}/backupCrossTenantVaultMappings/m/operationStatus/${id}`
    expect(operation(path).path.mapping).toBeUndefined()
  })
})

describe('the ARM ID of a job below a mapping', () => {
  const own = `${root}/backupJobs/${jobId}`

  it.each([
    ['as it is', own],
    ['with a query', `${own}?api-version=2026-03-31-preview`],
    ['with a slash at its end', `${own}/`],
    ['without its first slash', own.slice(1)],
    ['with the host', `${arm}${own}`],
    ['with the host but no scheme', `management.azure.com${own}`],
    ['at a region', `https://westeurope.management.azure.com${own}`],
    ['escaped once', encodeURIComponent(own)],
    ['in odd case', own.replace('backupCrossTenantVaultMappings', 'BackupCrosstenantVaultmappings')],
  ])('is read %s, as job-id and as operation-url', (_name, given) => {
    for (const input of ['job-id', 'operation-url']) expect(targets({ [input]: given })).toEqual([job])
  })

  it('has the name of its mapping unescaped, and escaped on the way out', () => {
    const given = `${vaultRoot}/backupCrossTenantVaultMappings/ab%C3%BC/backupJobs/${jobId}`
    const parsed = parseJobId(given, noVault, cloud)
    expect(parsed).toMatchObject({ reference: { mapping: 'abü' } })
    expect(parsed.kind === 'job' && jobPath(parsed.reference)).toBe(given)
  })

  it('leads back to that very job', () => {
    expect(targets({ 'job-id': jobPath(mapped) })).toEqual([job])
  })

  it.each([
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    'a%2Fb',
    'a%2f..%2f..',
    'a%3Fb',
    'a%23b',
    'a%00b',
    'a%5Cb',
    'a%20b',
    '%252e',
    'a'.repeat(261),
  ])('is refused with %s as its mapping', (name) => {
    const given = `${vaultRoot}/backupCrossTenantVaultMappings/${name}/backupJobs/${jobId}`
    expect(() => parseJobId(given, noVault, cloud)).toThrow(/^Input job-id: /)
  })

  it.each(['a%2Fb', 'a%3Fb', 'a%252e%252e%252fb', 'a%7Cb'])(
    'is refused with %s as the mapping of an operation',
    (name) => {
      const path = `${vaultRoot}/backupCrossTenantVaultMappings/${name}/backupValidateOperationsStatuses/${id}`
      expect(() => operation(path)).toThrow('is not the name of a cross-tenant vault mapping.')
    },
  )
})

describe('several', () => {
  const below = (name: string, path: string) => `${vaultRoot}/backupCrossTenantVaultMappings/${name}/${path}`

  it('jobs of one ID below two mappings and in the vault are three jobs', () => {
    const given = [
      below('a', `backupJobs/${jobId}`),
      below('b', `backupJobs/${jobId}`),
      `${vaultRoot}/backupJobs/${jobId}`,
    ]
    expect(targets({ 'job-id': given.join('\n') })).toHaveLength(3)
    const keys = [{ ...mapped, mapping: 'a' }, { ...mapped, mapping: 'b' }, reference].map(jobKey)
    expect(new Set(keys).size).toBe(3)
  })

  it('ways to write one job are one', () => {
    const given = [below('a', `backupJobs/${jobId}`), below('A', `backupJobs/${jobId.toUpperCase()}`)]
    expect(targets({ 'job-id': given.join('\n') })).toHaveLength(1)
  })

  it('operations of one ID below two mappings are two, the two URLs of one are one', () => {
    const status = (name: string) =>
      `${arm}${below(name, `backupValidateOperationsStatuses/${id}`)}${preview}`
    const result = `${arm}${below('a', `backupValidateOperationResults/${id}`)}${preview}`
    const found = targets({ 'operation-url': [result, status('a'), status('b')].join('\n') })
    expect(found).toMatchObject([{ isResult: false, path: { mapping: 'a' } }, { path: { mapping: 'b' } }])
  })
})

describe('the job that an operation below a mapping started', () => {
  const started = (named: string) => startedJob(named, operation(`${item}/operationsStatus/${id}`))

  it('is below the same mapping by its bare ID', () => {
    expect(started(jobId)).toEqual({ id: jobId, vault, mapping, item })
  })

  it('is where its ARM ID says', () => {
    expect(started(`${root.replace(mapping, 'other')}/backupJobs/${jobId}`)).toMatchObject({
      mapping: 'other',
    })
    expect(started(`${vaultRoot}/backupJobs/${jobId}`)).not.toHaveProperty('mapping')
  })

  it.each(['..', 'a%2F..', 'a%3Fb', '\ud800'])('is none below a mapping that is called %s', (name) => {
    const named = `${root.replace(mapping, name)}/backupJobs/${jobId}`
    expect(started(named)).toEqual({ id: named, vault: undefined })
  })
})

it.each([
  [`${item}/operationResults/${id}`, `${item.replaceAll(';', '%3B')}/operationsStatus/${id}`],
  [`${root}/backupValidateOperationResults/${id}`, `${root}/backupValidateOperationsStatuses/${id}`],
])('the status of a Location URL is below the same mapping, and there alone: %s', (path, expected) => {
  expect(statusUrls(operation(path), arm).map(({ href }) => href)).toEqual([
    `${arm}${expected}?api-version=2026-03-31-preview`,
  ])
})

it('a Location URL that ends without a job is no success while its status is nowhere', async () => {
  const target = operation(`${root}/backupFabrics/Azure/operationResults/${id}`)
  const resourceManager = fakeResourceManager(({ url }) =>
    url.pathname === target.url.pathname
      ? answer(undefined, { status: 204 })
      : refusal(404, 'ResourceNotFound', 'No'),
  )
  const read = operationReader(target, { resourceManager, log: fakeLog(), patience: fakePatience(3600) })
  await expect(read()).rejects.toThrow('it ended and named no job, and the vault has no status of it')
})

describe('a job below a mapping', () => {
  it('is read there, by GET, in the preview', async () => {
    const resourceManager = fakeResourceManager(() => answer(vmBody({ operation: 'Restore' })))
    const { job: read } = await singleJobReader(resourceManager).read(mapped, 0)
    expect(resourceManager.requests.map(({ url, method }) => [method, url.href])).toEqual([
      [undefined, `${arm}${root}/backupJobs/${jobId}?api-version=2026-03-31-preview`],
    ])
    expect(read).toMatchObject({ id: jobId, vault, operation: 'Restore' })
    expect(readsByPost(mapped)).toBe(false)
  })

  it('is never read from the list of the vault, nor counts among those that are', async () => {
    const resourceManager = fakeResourceManager(() => answer(vmBody()))
    const single = singleJobReader(resourceManager)
    const reader = vaultJobReader(resourceManager, single, new FakeClock(), () => 0.5, fakeLog())
    const below = Array.from({ length: 20 }, (_, index) => ({ ...mapped, id: `job-${index}` }))
    const leave = [...below, reference].map((one) => reader.enter(one))
    for (const one of [...below, reference]) await reader.read(one, 0)
    expect(resourceManager.paths()).toEqual([
      ...below.map((one) => `${root}/backupJobs/${one.id}`),
      `${vaultRoot}/backupJobs/${jobId}`,
    ])
    for (const left of leave) left()
  })

  it('is not cancelled, for Azure has no way to, and that is said', async () => {
    const resourceManager = fakeResourceManager(() => answer(undefined, { status: 202 }))
    const { clock, random } = fakePatience(3600)
    const log = fakeLog()
    const told: string[] = []
    const options = { resourceManager, log, clock, random, limit: 5_000 }
    expect(await cancelJobs([mapped], { ...options, told: (_reference, fate) => told.push(fate) })).toBe(true)
    expect(told).toEqual(['impossible'])
    expect(resourceManager.requests).toEqual([])
    expect(log.of('warning')).toEqual([
      `Job ${jobId} goes on: Azure offers no way to cancel cross-tenant jobs.`,
    ])
  })

  it('has no item in this vault, whatever the names of those that are there', async () => {
    const resourceManager = fakeResourceManager(() => answer({ data: [] }))
    const read = readJob(vmBody(), jobId, vault)
    expect(await itemFinder(resourceManager, () => 0).itemOf(read, mapped)).toBeUndefined()
    expect(resourceManager.requests).toEqual([])
  })
})
