/** Trust, attacked by what services answer: a token goes where it belongs, and nowhere that an answer points to. */
import { expect } from 'vitest'
import type { Fault, Simulator, StartOptions } from '../../../simulator/simulator.ts'
import { type Run, tells } from '../support.ts'
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
  expect(run.outputs.conclusion).toBe('error')
  expect(messages(run, 'error')).toHaveLength(1)
  expect(messages(run, 'error')[0]).toMatch(pattern)
}

for (const status of [301, 302, 307, 308]) {
  attack(`${status} when a job is read`, async (cloud) => {
    const { jobResourceId, jobId } = cloud.simulator.backup()
    cloud.simulator.fault({ kind: 'redirect', status, location: stolen, path: jobId })
    expectOneError(
      await run(cloud, { 'job-id': jobResourceId }),
      new RegExp(
        `^Reading job ${jobId} was refused: ${status} a redirect, which is not followed .*A token is never sent to where a redirect points`,
      ),
    )
    expect(requestsTo(cloud.simulator, 'resource-manager')).toHaveLength(1)
  })
}

for (const status of [302, 307]) {
  attack(`${status} when an operation is read`, async (cloud) => {
    const { operationUrl, operationId } = cloud.simulator.backup({ signed: true })
    cloud.simulator.fault({ kind: 'redirect', status, location: stolen, path: operationId })
    const ended = await run(cloud, { 'operation-url': atMicrosoft(cloud.simulator, operationUrl) })
    expectOneError(ended, new RegExp(`${status} a redirect, which is not followed`))
  })

  attack(`${status} when a job is to be cancelled`, async (cloud) => {
    const { jobResourceId, jobId } = cloud.simulator.backup({ seconds: 3600 })
    cloud.simulator.fault({ kind: 'redirect', status, location: stolen, path: `${jobId}/cancel` })
    const ended = await run(cloud, {
      'job-id': jobResourceId,
      'cancel-job': 'always',
      'timeout-minutes': '0.5',
    })
    expect(ended.outputs.conclusion).toBe('timed-out')
    expect(messages(ended, 'warning').join()).toMatch(
      new RegExp(`was not cancelled: ${status} a redirect, which is not followed`),
    )
  })
}

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

for (const [name, jobId] of Object.entries(claims)) {
  attack(`an operation that started ${name}`, async (cloud) => {
    const { operationUrl, operationId } = cloud.simulator.backup()
    const body = { status: 'Succeeded', properties: { jobId, objectType: 'OperationStatusJobExtendedInfo' } }
    cloud.simulator.fault({ kind: 'status', status: 200, body, path: operationId })
    const ended = await run(cloud, { 'operation-url': atMicrosoft(cloud.simulator, operationUrl) })
    expect(ended.outputs.conclusion).toBe('error')
    expect(messages(ended, 'error')).toHaveLength(1)
    expect(messages(ended, 'error')[0]?.length).toBeLessThan(4_097)
    const asked = requestsTo(cloud.simulator, 'resource-manager').filter(
      ({ path }) => !path.includes(operationId),
    )
    // A job of the operation's own vault, or of the one that the ID names, at the most.
    const jobs =
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.RecoveryServices\/vaults\/[^/]+\/backupJobs\/[^/]+$/
    expect(asked.filter(({ path }) => !jobs.test(path))).toEqual([])
  })
}

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

for (const [name, body] of Object.entries(bodies)) {
  attack(`a read that answers ${name}`, async (cloud) => {
    const options: StartOptions = { seconds: 3600 }
    const { jobResourceId, jobId } = cloud.simulator.backup(options)
    cloud.simulator.fault({ kind: 'status', status: 200, body, path: jobId })
    const ended = await run(cloud, { 'job-id': jobResourceId, 'timeout-minutes': '0.5' })
    // Never a success: it counts as running, to the deadline.
    expect(ended.exitCode).toBe(1)
    expect(ended.outputs.conclusion).toBe('timed-out')
  })
}
