/** What is said when no token can be had, or the service takes none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { type Run, type Simulator, simulate, tells } from '../support.ts'
import { faultsOf, follow, messages, requestsTo } from './support/run.ts'

const speed = 100
const simulator = await simulate({ speed })
const strict = await simulate({ speed, federatedSubject: 'repo:octo-org/octo-repo:environment:production' })
const folder = mkdtempSync(join(tmpdir(), 'events-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const oidc = {}
const secret = { 'client-secret': simulator.identity.clientSecret }
const managed = { 'tenant-id': '' }
const ids = { 'x-ms-request-id': 'aaaa-1', 'x-ms-correlation-request-id': 'bbbb-2' }

/** Follows a job whose reads, after the second, are refused so many times. */
async function unauthorized(times: number, login: Record<string, string>): Promise<[Run, string, string[]]> {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 250 })
  simulator.fault({ kind: 'status', status: 401, path: jobId, skip: 2, times, headers: ids })
  const environment = login === managed ? simulator.managedIdentityEnvironment() : {}
  const inputs = { 'job-id': jobResourceId, 'poll-interval-seconds': '10', ...login }
  const run = await follow(simulator, inputs, { environment })
  const reads = requestsTo(simulator, 'resource-manager', new RegExp(jobId))
  return [run, jobId, reads.map(({ headers }) => headers.authorization ?? '')]
}

for (const [name, login] of Object.entries({ oidc, secret, managed })) {
  tells(`401 in mid-wait: one new token, and on (${name})`, async () => {
    const [run, , tokens] = await unauthorized(1, login)
    expect(run.outputs.conclusion).toBe('success')
    expect(run.annotations).toEqual([])
    expect(faultsOf(run)).toEqual([])
    expect(tokens.indexOf(tokens[3] ?? '')).toBe(3)
    expect(new Set(tokens).size).toBe(2)
  })
}

tells('401 again: an error that says so, at once', async () => {
  const [run, jobId, tokens] = await unauthorized(2, oidc)
  expect(tokens).toHaveLength(4)
  expect(new Set(tokens).size).toBe(2)
  expect(messages(run, 'error')).toHaveLength(1)
  expect(messages(run, 'error')[0]).toContain(
    `Reading job ${jobId} was refused: 401 InvalidAuthenticationToken: The access token is invalid. (request ID aaaa-1, ` +
      'correlation ID bbbb-2). A new token was refused too: it is of another tenant, or of another cloud (input environment).',
  )
  expect(run.outputs).toMatchObject({
    conclusion: 'error',
    status: 'InProgress',
    'job-id': jobId,
    item: 'web-01',
  })
  expect(run.outputs['error-code']).toBe('InvalidAuthenticationToken')
  expect(run.summary).toContain('InvalidAuthenticationToken')
})

/** Follows with inputs or variables by which there is no token; nothing may reach Resource Manager. */
async function refused(
  inputs: Record<string, string>,
  environment: Record<string, string | undefined> = {},
  at: Simulator = simulator,
): Promise<string> {
  const { jobResourceId, jobId } = at.backup()
  const run = await follow(at, { 'job-id': jobResourceId, ...inputs }, { environment })
  expect(requestsTo(at, 'resource-manager', new RegExp(jobId))).toEqual([])
  expect(run.outputs).toMatchObject({ conclusion: 'error', 'job-id': jobId, 'vault-name': 'vault-prod' })
  expect(run.summary).not.toBe('')
  const [message = '', ...others] = messages(run, 'error')
  expect(others).toEqual([])
  expect(faultsOf(run)).toEqual([])
  expect(run.milliseconds).toBeLessThan(5_000)
  return message
}

const noIdToken = { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined }

function event(name: string, body: unknown): Record<string, string | undefined> {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(body))
  return { ...noIdToken, GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: path }
}

const pullRequest = (head: string) => ({ pull_request: { head: { repo: { full_name: head } } } })

tells('no ID token: the permission is missing', async () => {
  const expected =
    /^GitHub gives this job no ID token: the permission is missing\. Add "permissions: id-token: write"/
  expect(await refused({}, noIdToken)).toMatch(expected)
  expect(await refused({}, event('own.json', pullRequest('octo-org/octo-repo')))).toMatch(expected)
})

tells('no ID token: a pull request from a fork', async () => {
  expect(await refused({}, event('fork.json', pullRequest('stranger/octo-repo')))).toMatch(
    /no ID token: the run is of a pull request from the fork stranger\/octo-repo, and those never get one\./,
  )
})

tells('no ID token: Dependabot', async () => {
  const environment = {
    ...event('bot.json', pullRequest('octo-org/octo-repo')),
    GITHUB_ACTOR: 'dependabot[bot]',
  }
  expect(await refused({}, environment)).toMatch(
    /no ID token: the run was started by Dependabot, whose runs never get one\./,
  )
})

tells('GitHub refuses the ID token', async () => {
  const message = await refused({}, { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'expired' })
  expect(message).toMatch(
    /^GitHub issued no ID token for audience api:\/\/AzureADTokenExchange: .*401.*Bad credentials/,
  )
})

tells('AADSTS700213: issuer, subject and audience of the assertion', async () => {
  const message = await refused({}, {}, strict)
  expect(message).toMatch(/^Entra refused the GitHub OIDC credential: .*AADSTS700213: /)
  expect(message).toContain(
    'has issuer "https://token.actions.githubusercontent.com", subject "repo:octo-org/octo-repo:ref:refs/heads/main" and ' +
      'audience "api://AzureADTokenExchange"',
  )
})

tells('AADSTS700212: an audience that the federated credential does not take', async () => {
  const message = await refused({ audience: 'api://another' })
  expect(message).toMatch(/AADSTS700212: /)
  expect(message).toContain('and audience "api://another"')
})

tells('a wrong client secret', async () => {
  const wrong = 'wr0ng~secret'
  const message = await refused({ 'client-secret': wrong })
  expect(message).toMatch(
    /^Entra refused the client secret credential: .*AADSTS7000215: Invalid client secret provided\./,
  )
  expect(message).not.toContain(wrong)
})

tells('an application that the tenant does not know', async () => {
  expect(await refused({ 'client-id': '00000000-0000-0000-0000-00000000000a' })).toMatch(
    /AADSTS700016: Application/,
  )
})

const unknownTenant = '00000000-0000-0000-0000-00000000000b'

tells('a tenant that does not exist, by OIDC', async () => {
  expect(await refused({ 'tenant-id': unknownTenant })).toMatch(/^Entra refused .*tenant/i)
  expect(await refused({ 'tenant-id': unknownTenant })).toContain(unknownTenant)
})

tells('a tenant that does not exist, by client secret', async () => {
  expect(await refused({ 'tenant-id': unknownTenant, ...secret })).toMatch(/^Entra refused .*tenant/i)
})

tells('no credential at all: what was tried, and what to add', async () => {
  const message = await refused({ 'client-id': '', 'tenant-id': '' }, { ...noIdToken, PATH: '/usr/bin:/bin' })
  expect(message).toMatch(
    /^No credential gives a token\. Give client-id and tenant-id with "permissions: id-token: write", or run azure\/login before this step\. Tried: Azure CLI: .*; Azure PowerShell: .*; managed identity: /,
  )
})
