/** Entra and GitHub fail in mid-wait: the old token serves to its end, and the wait goes on when they are well again. */
import { expect } from 'vitest'
import type { Fault } from '../../../simulator/simulator.ts'
import { type LeapingSimulator, leaps } from './support/leaping-clock.ts'
import { begin, expectSound, faultsOf, follow, pausesOf, requestsTo, staleRequests } from './support/run.ts'

const minute = 60
const patient = { 'poll-interval-seconds': '60' }

const secretBody = '{"access_token":"eyJ0eXAi.b2Y.dGhl", "value":"eyJ0eXAi.b2Y.dGhl'

/** What goes wrong, and what is logged of it. */
const kinds: [Fault, RegExp][] = [
  [{ kind: 'status', status: 429, retryAfterSeconds: 45 }, /: 429\b/],
  [{ kind: 'status', status: 503 }, /: 503\b/],
  [{ kind: 'reset' }, /: connection (reset|closed before the answer was whole) \[\w+\]$/],
  [{ kind: 'cut-off' }, /(a body that was cut off|connection closed before the answer was whole)/],
  [{ kind: 'empty' }, /: 200 (an empty body|a body that is not JSON)/],
  [{ kind: 'not-json', body: secretBody }, /a body that (was cut off or )?is not JSON/],
  [{ kind: 'silent' }, /: no (whole )?answer within (30|90) s$/],
]

const silent = ([fault]: (typeof kinds)[number]) => fault.kind === 'silent'
const loud = kinds.filter((one) => !silent(one))

interface Source {
  server: 'entra' | 'oidc'
  /** The requests that ask for a token. */
  path: string
  inputs?: Record<string, string>
  environment?: (simulator: LeapingSimulator) => Record<string, string>
}

const sources: Record<string, Source> = {
  Entra: { server: 'entra', path: '/oauth2/v2.0/token' },
  GitHub: { server: 'oidc', path: '/idtoken' },
  'a managed identity': {
    server: 'entra',
    path: '/msi/token',
    inputs: { 'tenant-id': '' },
    environment: (simulator) => simulator.managedIdentityEnvironment(),
  },
}

/** A wait through as many renewals, each of which fails twice in another way while the old token serves. */
async function throughAll(
  simulator: LeapingSimulator,
  { server, path, inputs, environment }: Source,
  faults: typeof kinds,
  variables: Record<string, string> = {},
): Promise<void> {
  simulator.secrets.push('b2Y.dGhl')
  const { jobResourceId, jobId } = simulator.backup({ seconds: (faults.length + 1) * 55 * minute })
  for (const [index, [fault]] of faults.entries()) {
    simulator.fault({ ...fault, server, path, skip: index + 1, times: 2 })
  }
  const run = await follow(
    simulator,
    { 'job-id': jobResourceId, 'timeout-minutes': '900', 'poll-interval-seconds': '120', ...inputs },
    { environment: { ...environment?.(simulator), ...variables } },
  )
  expect(run.outputs.conclusion).toBe('success')
  expect(run.annotations).toEqual([])
  const seen = faultsOf(run)
  expect(seen.map(({ what }) => what)).toEqual(Array(2 * faults.length).fill('Getting a token'))
  for (const [index, [, logged]] of faults.entries()) {
    for (const { said } of seen.slice(2 * index, 2 * index + 2)) expect(said).toMatch(logged)
  }
  const reads = requestsTo(simulator, 'resource-manager', new RegExp(jobId))
  expect(new Set(reads.map(({ headers }) => headers.authorization)).size).toBe(faults.length + 1)
  expect(Math.max(...pausesOf(reads))).toBeLessThan(122)
  expect(staleRequests(simulator)).toEqual([])
}

for (const [name, source] of Object.entries(sources)) {
  leaps(`${name} fails in every way, one after the other`, (simulator) => throughAll(simulator, source, loud))

  leaps(`${name} gives no answer`, (simulator) =>
    throughAll(simulator, source, kinds.filter(silent), { LEAPING_CLOCK_ATTEMPT: '1500' }),
  )
}

for (const server of ['entra', 'oidc'] as const) {
  // The token of the start ends after 60 minutes; from 55 on another is asked for.
  leaps(`${server} is down from minute 50 to 70`, async (simulator) => {
    const { jobResourceId, jobId } = simulator.backup({ seconds: 80 * minute })
    simulator.fault({
      kind: 'status',
      status: 503,
      server,
      afterSeconds: 50 * minute,
      forSeconds: 20 * minute,
    })
    const run = await follow(simulator, { 'job-id': jobResourceId, ...patient })
    expect(run.outputs.conclusion).toBe('success')
    expect(run.annotations).toEqual([])
    expect(new Set(faultsOf(run).map(({ what }) => what))).toEqual(new Set(['Getting a token']))
    const started = simulator.requests[0]?.at ?? 0
    const reads = requestsTo(simulator, 'resource-manager', new RegExp(jobId))
    const minutes = reads.map(({ at }) => (at - started) / 60_000)
    // Reads go on while the old token is good, and then when there is a new one.
    expect(minutes.filter((at) => at > 55 && at < 60.2).length).toBeGreaterThanOrEqual(4)
    expect(minutes.filter((at) => at > 61 && at < 70)).toEqual([])
    expect(minutes.filter((at) => at > 70 && at < 76).length).toBeGreaterThanOrEqual(2)
    expect(staleRequests(simulator)).toEqual([])
  })

  for (const kind of ['refuse', 'tls'] as const) {
    leaps(`${server}: ${kind} in mid-wait`, async (simulator) => {
      const { jobResourceId } = simulator.backup({ seconds: 1e8 })
      let times = 0
      let end = () => {}
      const onLine = (line: string) => {
        if (/^Getting a token failed/.test(line)) times += 1
        if (times >= 3) end()
      }
      const inputs = { 'job-id': jobResourceId, ...patient, 'timeout-minutes': '9000000' }
      const step = begin(simulator, inputs, { onLine })
      // The second token shows that the wait went on.
      const shown = new Set<string | undefined>()
      simulator.override(({ server, headers }) => {
        if (server === 'resource-manager' && shown.add(headers.authorization).size === 2) step.kill()
        return undefined
      })
      await step.waitForLine(/InProgress/)
      end = simulator.fault({ kind, server })
      const run = await step.done
      expectSound(run, simulator)
      expect(run.outputs).toMatchObject({ conclusion: 'pending', status: 'InProgress' })
      expect(new Set(faultsOf(run).map(({ what }) => what))).toEqual(new Set(['Getting a token']))
      expect(staleRequests(simulator)).toEqual([])
    })
  }
}

leaps('the first token is waited for too', async (simulator) => {
  const { jobResourceId } = simulator.backup({ seconds: 10 * minute })
  simulator.fault({ kind: 'status', status: 503, server: 'entra', forSeconds: 80 })
  const run = await follow(simulator, { 'job-id': jobResourceId, ...patient })
  expect(run.outputs.conclusion).toBe('success')
  expect(faultsOf(run).length).toBeGreaterThanOrEqual(3)
})

leaps(
  'a first token that cannot be had: an error after two minutes, not at the deadline',
  async (simulator) => {
    const { jobResourceId, jobId } = simulator.backup()
    simulator.fault({ kind: 'status', status: 503, server: 'entra' })
    const run = await follow(simulator, { 'job-id': jobResourceId })
    expect(run.outputs).toMatchObject({ conclusion: 'error', 'job-id': jobId })
    expect(run.annotations.map(({ level }) => level)).toEqual(['error'])
    expect(run.annotations[0]?.message).toMatch(/^No token could be had: Entra: 503\b/)
    const asked = requestsTo(simulator, 'entra')
    const seconds = ((asked.at(-1)?.at ?? 0) - (asked[0]?.at ?? 0)) / 1000
    expect(seconds).toBeGreaterThan(1.5 * minute)
    expect(seconds).toBeLessThan(2.5 * minute)
    expect(requestsTo(simulator, 'resource-manager')).toEqual([])
  },
)
