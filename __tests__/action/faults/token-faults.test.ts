/** Entra and GitHub fail in mid-wait: the old token serves to its end, and the wait goes on when they are well again. */
import { expect } from 'vitest'
import type { Fault } from '../../../simulator/simulator.ts'
import { leaps } from './support/leaping-clock.ts'
import { begin, expectSound, faultsOf, follow, requestsTo, staleRequests } from './support/run.ts'

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

for (const server of ['entra', 'oidc'] as const) {
  for (const [fault, logged] of kinds) {
    // The same code takes both apart; what comes of each kind is seen at Entra.
    if (server === 'oidc' && (fault.kind === 'cut-off' || fault.kind === 'empty')) continue
    const name = `${server}: ${fault.kind} ${fault.kind === 'status' ? fault.status : ''}`
    // The token of the start ends after 60 minutes; from 55 on another is asked for.
    leaps(`${name} from minute 50 to 70 of a wait`, async (simulator) => {
      const { jobResourceId, jobId } = simulator.backup({ seconds: 80 * minute })
      simulator.fault({ ...fault, server, afterSeconds: 50 * minute, forSeconds: 20 * minute })
      simulator.secrets.push('b2Y.dGhl')
      const environment = { LEAPING_CLOCK_ATTEMPT: fault.kind === 'silent' ? '600' : undefined }
      const run = await follow(simulator, { 'job-id': jobResourceId, ...patient }, { environment })
      expect(run.outputs.conclusion).toBe('success')
      expect(run.annotations).toEqual([])
      const faults = faultsOf(run)
      expect(faults.length).toBeGreaterThanOrEqual(6)
      expect(new Set(faults.map(({ what }) => what))).toEqual(new Set(['Getting a token']))
      expect(faults.filter(({ said }) => !logged.test(said))).toEqual([])
      const started = simulator.requests[0]?.at ?? 0
      const minutes = requestsTo(simulator, 'resource-manager', new RegExp(jobId)).map(
        ({ at }) => (at - started) / 60_000,
      )
      // Reads go on while the old token is good, and then when there is a new one.
      expect(minutes.filter((at) => at > 55 && at < 60.2).length).toBeGreaterThanOrEqual(4)
      expect(minutes.filter((at) => at > 61 && at < 70)).toEqual([])
      expect(minutes.filter((at) => at > 70 && at < 76).length).toBeGreaterThanOrEqual(2)
      expect(staleRequests(simulator)).toEqual([])
    })
  }

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

for (const [fault, logged] of kinds) {
  if (fault.kind === 'reset' || fault.kind === 'cut-off') continue
  leaps(`managed identity: ${fault.kind} from minute 50 to 58 of a wait`, async (simulator) => {
    const { jobResourceId } = simulator.backup({ seconds: 62 * minute })
    simulator.fault({
      ...fault,
      server: 'entra',
      path: '/msi/',
      afterSeconds: 50 * minute,
      forSeconds: 8 * minute,
    })
    simulator.secrets.push('b2Y.dGhl')
    const slow = fault.kind === 'silent' ? '600' : undefined
    const environment = { ...simulator.managedIdentityEnvironment(), LEAPING_CLOCK_ATTEMPT: slow }
    const run = await follow(
      simulator,
      { 'job-id': jobResourceId, 'tenant-id': '', ...patient },
      { environment },
    )
    expect(run.outputs.conclusion).toBe('success')
    const faults = faultsOf(run)
    expect(faults.length).toBeGreaterThanOrEqual(3)
    expect(faults.filter(({ what, said }) => what !== 'Getting a token' || !logged.test(said))).toEqual([])
    expect(staleRequests(simulator)).toEqual([])
  })
}
