/** A wait that outlives its tokens: access tokens of an hour, ID tokens of five minutes. */
import { expect } from 'vitest'
import type { Run, SeenRequest } from '../support.ts'
import { type LeapingSimulator, leaps } from './support/leaping-clock.ts'
import { faultsOf, follow, pausesOf, requestsTo, staleRequests } from './support/run.ts'

const hour = 3600
const patient = { 'timeout-minutes': '400', 'poll-interval-seconds': '120' }
const lives = { accessTokenSeconds: hour, idTokenSeconds: 300 }

/** Follows a job of six hours; what is not given is as in any other test. */
async function sixHours(
  simulator: LeapingSimulator,
  inputs: Record<string, string>,
  environment = {},
): Promise<Run> {
  const { jobResourceId } = simulator.backup({ seconds: 6 * hour })
  const run = await follow(simulator, { 'job-id': jobResourceId, ...patient, ...inputs }, { environment })
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'duration-seconds': String(6 * hour) })
  expect(faultsOf(run)).toEqual([])
  expect(statuses(simulator, 'resource-manager')).toEqual(new Set([200]))
  return run
}

function statuses(simulator: LeapingSimulator, server: SeenRequest['server']): Set<number | undefined> {
  return new Set(requestsTo(simulator, server).map(({ status }) => status))
}

/** Seven tokens, each asked for within a read's pause of five minutes before the one before it ends. */
function expectRenewedInTime(asked: SeenRequest[]): void {
  const pauses = pausesOf(asked)
  expect(pauses).toHaveLength(6)
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(hour - 300 - 1)
  expect(Math.max(...pauses)).toBeLessThan(hour - 300 + 123)
}

leaps(
  'six hours by GitHub OIDC, with an ID token for each access token',
  async (simulator) => {
    await sixHours(simulator, {})
    const tokens = requestsTo(simulator, 'entra', /\/oauth2\/v2\.0\/token$/)
    expectRenewedInTime(tokens)
    const ids = requestsTo(simulator, 'oidc')
    expectRenewedInTime(ids)
    const assertions = tokens.map(({ body }) => new URLSearchParams(body).get('client_assertion'))
    expect(new Set(assertions).size).toBe(ids.length)
    expect(statuses(simulator, 'entra')).toEqual(new Set([200]))
  },
  lives,
)

leaps(
  'six hours by a client secret',
  async (simulator) => {
    await sixHours(simulator, { 'client-secret': simulator.identity.clientSecret })
    const tokens = requestsTo(simulator, 'entra', /\/oauth2\/v2\.0\/token$/)
    expectRenewedInTime(tokens)
    expect(tokens.every(({ body }) => new URLSearchParams(body).has('client_secret'))).toBe(true)
    expect(requestsTo(simulator, 'oidc')).toEqual([])
  },
  lives,
)

leaps(
  'six hours by a managed identity',
  async (simulator) => {
    await sixHours(simulator, { 'tenant-id': '' }, simulator.managedIdentityEnvironment())
    expectRenewedInTime(requestsTo(simulator, 'entra', /^\/msi\/token$/))
    expect(requestsTo(simulator, 'entra', /oauth2/)).toEqual([])
  },
  lives,
)

leaps(
  'six hours by Azure CLI with a login that renews',
  async (simulator) => {
    const environment = simulator.azureCliEnvironment('secret')
    await sixHours(simulator, { 'tenant-id': '', 'client-id': '' }, environment)
    expectRenewedInTime(requestsTo(simulator, 'entra', /^\/az-stand-in\/token$/))
  },
  lives,
)

const afterLogin = { 'client-id': '', 'tenant-id': '' }
const missing = /client-id and tenant-id.* "permissions: id-token: write"/

leaps(
  'after azure/login by OIDC: a notice early, and the reason when Azure CLI cannot renew',
  async (simulator) => {
    const { jobResourceId } = simulator.backup({ seconds: 6 * hour })
    const environment = simulator.azureCliEnvironment('oidc')
    const run = await follow(simulator, { 'job-id': jobResourceId, ...afterLogin }, { environment })
    const [notice, error] = run.annotations
    expect(run.annotations.map(({ level, title }) => [level, title])).toEqual([
      ['notice', 'The wait may outlive the token'],
      ['error', 'Backup of web-01 could not be followed'],
    ])
    expect(notice?.message).toMatch(/AADSTS700024/)
    expect(notice?.message).toMatch(missing)
    // Early: before the first pause.
    expect(run.log.findIndex((line) => line.startsWith('::notice'))).toBeLessThan(6)
    expect(error?.message).toMatch(/^Azure CLI could not renew its token: /)
    expect(error?.message).toMatch(/AADSTS700024/)
    expect(error?.message).toMatch(missing)
    expect(run.outputs).toMatchObject({ conclusion: 'error', status: 'InProgress', item: 'web-01' })
    expect(run.outputs['error-message']).toMatch(/^Azure CLI could not renew its token: .*AADSTS700024/)
    // The old token served to its end.
    const reads = simulator.requests.filter(({ server }) => server === 'resource-manager')
    const seconds = ((reads.at(-1)?.at ?? 0) - (reads[0]?.at ?? 0)) / 1000
    expect(seconds).toBeGreaterThan(hour - 125)
    expect(seconds).toBeLessThan(hour)
    expect(statuses(simulator, 'resource-manager')).toEqual(new Set([200]))
  },
  lives,
)

leaps(
  'after azure/login by OIDC, a job that ends in the last minutes of the token',
  async (simulator) => {
    const { jobResourceId } = simulator.backup({ seconds: hour - 120 })
    const environment = simulator.azureCliEnvironment('oidc')
    const run = await follow(simulator, { 'job-id': jobResourceId, ...afterLogin }, { environment })
    expect(run.outputs.conclusion).toBe('success')
  },
  lives,
)

leaps(
  'after azure/login, no notice where the wait cannot outlive the token',
  async (simulator) => {
    const { jobResourceId } = simulator.backup({ seconds: 600 })
    const environment = simulator.azureCliEnvironment('oidc')
    const inputs = { 'job-id': jobResourceId, 'timeout-minutes': '50', ...afterLogin }
    const run = await follow(simulator, inputs, { environment })
    expect(run.outputs.conclusion).toBe('success')
    expect(run.annotations).toEqual([])
  },
  lives,
)

leaps(
  'an outage that outlives the token: no request with one that has ended',
  async (simulator) => {
    const { jobResourceId, jobId } = simulator.backup({ seconds: 6 * hour })
    simulator.fault({ kind: 'status', status: 503, path: jobId, afterSeconds: 600, forSeconds: 4 * hour })
    const run = await follow(simulator, { 'job-id': jobResourceId, ...patient })
    expect(run.outputs).toMatchObject({ conclusion: 'success', 'duration-seconds': String(6 * hour) })
    expect(staleRequests(simulator)).toEqual([])
  },
  lives,
)
