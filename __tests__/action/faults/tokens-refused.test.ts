/** What is said when no token can be had, or the service takes none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import type { Run } from '../support.ts'
import { type LeapingSimulator, leaps } from './support/leaping-clock.ts'
import { faultsOf, follow, messages, requestsTo } from './support/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'events-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Login = (simulator: LeapingSimulator) => Record<string, string>

const oidc: Login = () => ({})
const secret: Login = ({ identity }) => ({ 'client-secret': identity.clientSecret })
const managed: Login = () => ({ 'tenant-id': '' })
const ids = { 'x-ms-request-id': 'aaaa-1', 'x-ms-correlation-request-id': 'bbbb-2' }

interface Unauthorized {
  run: Run
  jobId: string
  /** The tokens that the reads showed. */
  tokens: string[]
}

/** Follows a job whose reads, after the second, are refused so many times. */
async function unauthorized(simulator: LeapingSimulator, times: number, login: Login): Promise<Unauthorized> {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 250 })
  simulator.fault({ kind: 'status', status: 401, path: jobId, skip: 2, times, headers: ids })
  const environment = simulator.managedIdentityEnvironment()
  const run = await follow(simulator, { 'job-id': jobResourceId, ...login(simulator) }, { environment })
  const reads = requestsTo(simulator, 'resource-manager', new RegExp(jobId))
  return { run, jobId, tokens: reads.map(({ headers }) => headers.authorization ?? '') }
}

for (const [name, login] of Object.entries({ oidc, secret, managed })) {
  leaps(`401 in mid-wait: one new token, and on (${name})`, async (simulator) => {
    const { run, tokens } = await unauthorized(simulator, 1, login)
    expect(run.outputs.conclusion).toBe('success')
    expect(run.annotations).toEqual([])
    expect(faultsOf(run)).toEqual([])
    // The third read is refused, and repeated with another token, which serves from then on.
    expect(tokens.indexOf(tokens[3] ?? '')).toBe(3)
    expect(new Set(tokens).size).toBe(2)
  })
}

leaps('401 again: an error that says so, at once', async (simulator) => {
  const { run, jobId, tokens } = await unauthorized(simulator, 2, oidc)
  expect(tokens).toHaveLength(4)
  expect(new Set(tokens).size).toBe(2)
  expect(messages(run, 'error')).toHaveLength(1)
  expect(messages(run, 'error')[0]).toContain(
    `Azure takes no token of this identity for job ${jobId}. A new token was refused too: it is of another tenant, or of ` +
      'another cloud (input environment). Check tenant-id and environment against the subscription.\n' +
      'The answer: 401 InvalidAuthenticationToken: The access token is invalid. (request ID aaaa-1, correlation ID bbbb-2)',
  )
  const known = { conclusion: 'error', status: 'InProgress', 'job-id': jobId, item: 'web-01' }
  expect(run.outputs).toMatchObject({ ...known, 'error-code': 'InvalidAuthenticationToken' })
  expect(run.summary).toContain('InvalidAuthenticationToken')
})

interface Refused {
  inputs?: Record<string, string>
  environment?: Record<string, string | undefined>
}

/** Follows with inputs or variables by which there is no token; nothing may reach Resource Manager. */
async function refused(simulator: LeapingSimulator, { inputs, environment = {} }: Refused): Promise<string> {
  const { jobResourceId, jobId } = simulator.backup()
  const run = await follow(simulator, { 'job-id': jobResourceId, ...inputs }, { environment })
  expect(requestsTo(simulator, 'resource-manager')).toEqual([])
  expect(run.outputs).toMatchObject({ conclusion: 'error', 'job-id': jobId, 'vault-name': 'vault-prod' })
  expect(run.summary).not.toBe('')
  const [message = '', ...others] = messages(run, 'error')
  expect(others).toEqual([])
  // At once: what is refused is not tried again.
  expect(faultsOf(run)).toEqual([])
  return message
}

const noIdToken = { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined }

/** The variables of a run for a pull request, without an ID token. */
function pullRequest(head: string): Record<string, string | undefined> {
  const path = join(folder, head.replace('/', '-'))
  writeFileSync(path, JSON.stringify({ pull_request: { head: { repo: { full_name: head } } } }))
  return { ...noIdToken, GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: path }
}

for (const [name, environment, expected] of [
  ['the permission is missing', noIdToken, /the permission is missing\. Add "permissions: id-token: write"/],
  [
    'the same, in a pull request of the repository',
    pullRequest('octo-org/octo-repo'),
    /the permission is missing\./,
  ],
  [
    'a pull request from a fork',
    pullRequest('stranger/octo-repo'),
    /the run is of a pull request from the fork stranger\/octo-repo, and those never get one\./,
  ],
  [
    'Dependabot',
    { ...pullRequest('octo-org/octo-repo'), GITHUB_ACTOR: 'dependabot[bot]' },
    /the run was started by Dependabot, whose runs never get one\./,
  ],
] as const) {
  leaps(`no ID token: ${name}`, async (simulator) => {
    const message = await refused(simulator, { environment })
    expect(message).toMatch(/^GitHub gives this job no ID token: /)
    expect(message).toMatch(expected)
    expect(simulator.requests).toEqual([])
  })
}

leaps('GitHub refuses the ID token', async (simulator) => {
  const message = await refused(simulator, { environment: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'expired' } })
  expect(message).toMatch(
    /^GitHub issued no ID token for audience api:\/\/AzureADTokenExchange: .*401.*Bad credentials/,
  )
})

leaps(
  'AADSTS700213: issuer, subject and audience of the assertion',
  async (simulator) => {
    const message = await refused(simulator, {})
    expect(message).toMatch(/^No federated credential of the application fits this job's ID token\. /)
    expect(message).toContain(
      '\nIssuer: https://token.actions.githubusercontent.com\nSubject: repo:octo-org/octo-repo:ref:refs/heads/main\n' +
        'Audience: api://AzureADTokenExchange\naz ad app federated-credential create --id ',
    )
    expect(message).toContain('\nThe answer: Entra refused the GitHub OIDC credential: AADSTS700213: ')
  },
  { federatedSubject: 'repo:octo-org/octo-repo:environment:production' },
)

leaps('AADSTS700212: an audience that the federated credential does not take', async (simulator) => {
  const message = await refused(simulator, { inputs: { audience: 'api://another' } })
  expect(message).toMatch(/AADSTS700212: /)
  expect(message).toContain('\nAudience: api://another\n')
})

leaps('a wrong client secret', async (simulator) => {
  const message = await refused(simulator, { inputs: { 'client-secret': 'wr0ng~secret' } })
  expect(message).toMatch(
    /^Entra refused the client secret credential: AADSTS7000215: Invalid client secret provided\./,
  )
  expect(message).not.toContain('wr0ng~secret')
})

leaps('an application that the tenant does not know', async (simulator) => {
  const inputs = { 'client-id': '00000000-0000-0000-0000-00000000000a' }
  expect(await refused(simulator, { inputs })).toMatch(/AADSTS700016: Application/)
})

const unknownTenant = '00000000-0000-0000-0000-00000000000b'

for (const [name, login] of Object.entries({ oidc, secret })) {
  leaps(`a tenant that does not exist (${name})`, async (simulator) => {
    const inputs = { ...login(simulator), 'tenant-id': unknownTenant }
    expect(await refused(simulator, { inputs })).toMatch(
      new RegExp(`^Entra refused the .* credential: AADSTS90002: Tenant '${unknownTenant}' not found\\.`),
    )
  })
}

leaps('no credential at all: what was tried, and what to add', async (simulator) => {
  const inputs = { 'client-id': '', 'tenant-id': '' }
  const message = await refused(simulator, { inputs, environment: { ...noIdToken, PATH: '/usr/bin:/bin' } })
  expect(message).toMatch(
    /^No credential gives a token\. Give client-id and tenant-id with "permissions: id-token: write", or run azure\/login before this step\. Tried: Azure CLI: .*; Azure PowerShell: .*; managed identity: /,
  )
})
