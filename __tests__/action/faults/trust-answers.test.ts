/** Trust, attacked by what services answer: a token goes where it belongs, and nowhere that an answer points to. */
import { expect } from 'vitest'
import type { Fault, Simulator, StartOptions } from '../../../simulator/simulator.ts'
import { byFive } from '../replay.ts'
import { jobsOf, type Run, tells } from '../support.ts'
import { evil, type PublicCloud, withPublicCloud } from './support/public-cloud.ts'
import { follow, messages, requestsTo } from './support/run.ts'

const stolen = `https://${evil}/steal`

/** A test in a public cloud of its own, where every host but Microsoft's and GitHub's is a stranger. */
function attack(name: string, body: (cloud: PublicCloud) => Promise<void>): void {
  tells(name, () =>
    withPublicCloud(async (cloud) => {
      await body(cloud)
      expect(cloud.strangers()).toEqual([])
      const hosts = new Set(cloud.simulator.requests.map(({ headers }) => headers.host?.split(':')[0]))
      hosts.delete('localhost')
      hosts.delete('login.microsoftonline.com')
      hosts.delete('management.azure.com')
      expect([...hosts]).toEqual([])
      expect(cloud.simulator.requests.filter(({ path }) => path.startsWith('/steal'))).toEqual([])
    }),
  )
}

/** Follows a job by its ID, or its operation by its URL, in that cloud. */
function run({ simulator, environment, inputs }: PublicCloud, given: Record<string, string>): Promise<Run> {
  return follow(simulator, { ...inputs, 'timeout-minutes': '3', ...given }, { environment })
}

const atMicrosoft = (simulator: Simulator, url: string) =>
  url.replace(simulator.resourceManagerUrl, 'https://management.azure.com')

function expectOneError(run: Run, pattern: RegExp): void {
  expectErrors(run, [pattern])
}

/** One error for each of them, whichever comes first. */
function expectErrors(run: Run, patterns: RegExp[]): void {
  expect(run.outputs.conclusion).toBe('error')
  const errors = messages(run, 'error')
  expect(errors).toHaveLength(patterns.length)
  for (const pattern of patterns) expect(errors.filter((error) => pattern.test(error))).toHaveLength(1)
}

attack('redirects when jobs are read', async (cloud) => {
  const jobs = [301, 302, 307, 308].map((status) => ({ status, ...cloud.simulator.backup() }))
  for (const { status, jobId } of jobs)
    cloud.simulator.fault({ kind: 'redirect', status, location: stolen, path: jobId })
  const ended = await run(cloud, { 'job-id': jobs.map(({ jobResourceId }) => jobResourceId).join('\n') })
  expectErrors(
    ended,
    jobs.map(
      ({ status, jobId }) =>
        new RegExp(
          `^Azure redirects the reading of job ${jobId} elsewhere\\. A token is never sent to where a redirect points\\.\nThe answer: ${status} a redirect, which is not followed`,
        ),
    ),
  )
  expect(requestsTo(cloud.simulator, 'resource-manager')).toHaveLength(jobs.length)
})

tells('a redirect to a region’s host, which is the same cloud, is followed once', () =>
  withPublicCloud(async (cloud) => {
    const { jobResourceId, jobId } = cloud.simulator.backup({ seconds: 1 })
    const location = `https://westeurope.management.azure.com${jobResourceId}`
    cloud.simulator.fault({ kind: 'redirect', status: 307, location, path: jobId, times: 1 })
    expect((await run(cloud, { 'job-id': jobResourceId })).outputs.conclusion).toBe('success')
    const hosts = requestsTo(cloud.simulator, 'resource-manager').map(({ headers }) => headers.host)
    expect(hosts.slice(0, 2)).toEqual(['management.azure.com', 'westeurope.management.azure.com'])
    expect(cloud.strangers()).toEqual([])
  }),
)

attack('redirects when operations are read', async (cloud) => {
  const operations = [302, 307].map((status) => ({ status, ...cloud.simulator.backup({ signed: true }) }))
  for (const { status, operationId } of operations)
    cloud.simulator.fault({ kind: 'redirect', status, location: stolen, path: operationId })
  const urls = operations.map(({ operationUrl }) => atMicrosoft(cloud.simulator, operationUrl))
  expectErrors(
    await run(cloud, { 'operation-url': urls.join('\n') }),
    operations.map(
      ({ status, operationId }) =>
        new RegExp(`${operationId} [\\s\\S]*${status} a redirect, which is not followed`),
    ),
  )
})

attack('redirects when jobs are to be cancelled', async (cloud) => {
  const jobs = [302, 307].map((status) => ({ status, ...cloud.simulator.backup({ seconds: 3600 }) }))
  for (const { status, jobId } of jobs)
    cloud.simulator.fault({ kind: 'redirect', status, location: stolen, path: `${jobId}/cancel` })
  const ended = await run(cloud, {
    'job-id': jobs.map(({ jobResourceId }) => jobResourceId).join('\n'),
    'cancel-job': 'always',
    'timeout-minutes': '0.5',
  })
  expect(ended.outputs.conclusion).toBe('timed-out')
  for (const { status, jobId } of jobs)
    expect(messages(ended, 'warning').join('\n')).toMatch(
      new RegExp(`${jobId} was not cancelled: ${status} a redirect, which is not followed`),
    )
})

for (const status of [302, 307]) {
  attack(`${status} when Entra is asked by client secret`, async (cloud) => {
    const { jobResourceId } = cloud.simulator.backup()
    cloud.simulator.fault({ kind: 'redirect', status, location: stolen, server: 'entra' })
    const secret = { 'client-secret': cloud.simulator.identity.clientSecret }
    expectOneError(
      await run(cloud, { 'job-id': jobResourceId, ...secret }),
      new RegExp(`^Entra refused .*: ${status} a redirect, which is not followed`),
    )
  })

  attack(`${status} when GitHub is asked for an ID token`, async (cloud) => {
    const { jobResourceId } = cloud.simulator.backup()
    cloud.simulator.fault({ kind: 'redirect', status, location: stolen, server: 'oidc' })
    expectOneError(
      await run(cloud, { 'job-id': jobResourceId }),
      new RegExp(`^GitHub issued no ID token .*: ${status} a redirect, which is not followed`),
    )
  })
}

attack('headers of an answer that name another host', async (cloud) => {
  const { locationUrl, operationId } = cloud.simulator.backup({ seconds: 1 })
  const headers = {
    Location: stolen,
    'Azure-AsyncOperation': stolen,
    'Content-Location': stolen,
    Refresh: `0; url=${stolen}`,
    Link: `<${stolen}>`,
  }
  const fault: Fault = {
    kind: 'status',
    status: 202,
    headers: { ...headers, 'Retry-After': '1' },
    path: operationId,
    times: 3,
  }
  cloud.simulator.fault(fault)
  const ended = await run(cloud, { 'operation-url': atMicrosoft(cloud.simulator, locationUrl) })
  expect(ended.outputs.conclusion).toBe('success')
})

/** Jobs that an operation may claim to have started: nothing but a job of Azure Backup is ever asked for. */
const claims: Record<string, unknown> = {
  'a URL': stolen,
  'a URL with a path like a job’s': `https://${evil}/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/a1`,
  'an ID of another provider':
    '/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a/listKeys/1',
  dots: '..',
  'dots and slashes': 'x/../../..',
  'a query': 'a1?x=y',
  'CR and LF': 'a1\r\nX-Evil: y',
  NUL: 'a1\0',
  '10,000 characters': 'a1'.repeat(5_000),
}

attack(`operations that started ${Object.keys(claims).join(', ')}`, async (cloud) => {
  const operations = Object.values(claims).map((claim) => ({ claim, ...cloud.simulator.backup() }))
  for (const { claim: jobId, operationId } of operations) {
    const body = { status: 'Succeeded', properties: { jobId, objectType: 'OperationStatusJobExtendedInfo' } }
    cloud.simulator.fault({ kind: 'status', status: 200, body, path: operationId })
  }
  const urls = operations.map(({ operationUrl }) => atMicrosoft(cloud.simulator, operationUrl))
  // Pauses side by side each set the leaping clock ahead: two jobs that may yet appear take twice their two minutes.
  const inputs = { 'operation-url': urls.join('\n'), 'timeout-minutes': '30' }
  const ended = await run(cloud, inputs)
  expect(jobsOf(ended).map(({ conclusion }) => conclusion)).toEqual(operations.map(() => 'error'))
  // Two are called `..` in the same words and two are not there: each pair is one cause.
  const errors = messages(ended, 'error')
  expect(errors).toHaveLength(operations.length - 2)
  for (const error of errors) expect(error.length).toBeLessThan(4_097)
  const ids = new Set(operations.map(({ operationId }) => operationId))
  const asked = requestsTo(cloud.simulator, 'resource-manager').filter(
    ({ path }) => !ids.has(path.split('/').at(-1) ?? ''),
  )
  // A job of the operation's own vault, or of the one that the ID names, at the most.
  const jobs =
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.RecoveryServices\/vaults\/[^/]+\/backupJobs\/[^/]+$/
  expect(asked.filter(({ path }) => !jobs.test(path))).toEqual([])
})

attack('operations that started a job below a mapping that is a path', async (cloud) => {
  const mappings = ['..', '%2e%2e', 'a%2F..%2F..', 'm%3Fx=y', 'a%23b']
  const operations = mappings.map((mapping) => ({
    mapping,
    ...cloud.simulator.start('vm-cross-tenant-restore'),
  }))
  for (const { mapping, operationId, vaultId, jobId } of operations) {
    const id = `${vaultId}/backupCrossTenantVaultMappings/${mapping}/backupJobs/${jobId}`
    const body = { status: 'Succeeded', properties: { jobId: id } }
    cloud.simulator.fault({ kind: 'status', status: 200, body, path: operationId })
  }
  const urls = operations.map(({ operationUrl }) => atMicrosoft(cloud.simulator, operationUrl))
  const ended = await run(cloud, { 'operation-url': urls.join('\n') })
  expect(jobsOf(ended).map(({ conclusion }) => conclusion)).toEqual(operations.map(() => 'error'))
  expect(messages(ended, 'error').join('\n')).toContain("which is not a job's name")
  const asked = requestsTo(cloud.simulator, 'resource-manager').map(({ path }) => path)
  expect(new Set(asked)).toEqual(new Set(urls.map((url) => new URL(url).pathname)))
})

/** Answers that are no job: shown as the text that they are, and no crash. */
const bodies: Record<string, unknown> = {
  'an array': [],
  'a number': 7,
  null: null,
  'a job without properties': {},
  'a job whose properties are text': { properties: 'Completed' },
  'a prototype': JSON.parse(
    '{"__proto__":{"status":"Completed"},"properties":{"__proto__":{"status":"Completed"}}}',
  ),
  'a status that is an object': { properties: { status: { toString: 'Completed' } } },
}

// Up to five jobs of a vault are read one by one.
for (const part of byFive(Object.entries(bodies))) {
  attack(`reads that answer ${part.map(([name]) => name).join(', ')}`, async (cloud) => {
    const options: StartOptions = { seconds: 3600 }
    const jobs = part.map(([name, body]) => ({ name, body, ...cloud.simulator.backup(options) }))
    for (const { body, jobId } of jobs)
      cloud.simulator.fault({ kind: 'status', status: 200, body, path: jobId })
    const ids = jobs.map(({ jobResourceId }) => jobResourceId).join('\n')
    const ended = await run(cloud, { 'job-id': ids, 'timeout-minutes': '0.5' })
    // Never a success: it counts as running, to the deadline.
    expect(ended.exitCode).toBe(1)
    for (const { name, jobId } of jobs)
      expect(
        jobsOf(ended).find((told) => told.jobId === jobId),
        name,
      ).toMatchObject({ conclusion: 'timed-out' })
  })
}
