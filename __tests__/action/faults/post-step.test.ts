/** The post step of a main step that was killed before it could do anything, as in a container job. */
import { expect } from 'vitest'
import { type Fault, type Simulator, startSimulator, type Trigger } from '../../../simulator/simulator.ts'
import { type Run, simulate, tells } from '../support.ts'
import { leaps } from './support/leaping-clock.ts'
import { begin, expectSound, follow, messages, postScript, requestsTo, until } from './support/run.ts'

const simulator = await simulate({ speed: 1 })

function cancellations(at: Simulator, jobId: string) {
  return requestsTo(at, 'resource-manager', new RegExp(`${jobId}/cancel$`))
}

/** Starts the step, kills it when it waits, and gives what it left. */
async function killed(
  inputs: Record<string, string>,
  at: Simulator = simulator,
): Promise<Record<string, string>> {
  const step = begin(at, inputs)
  await step.waitForLine(/Backup web-01: .*InProgress/)
  step.kill('SIGKILL')
  const run = await step.done
  expect(run.signal).toBe('SIGKILL')
  const state = JSON.stringify(run.state)
  expect(at.secrets.filter((secret) => state.includes(secret))).toEqual([])
  return run.state
}

/** The post step, with the same inputs. It never fails the job, and says nothing but log lines and warnings. */
async function post(
  inputs: Record<string, string>,
  state: Record<string, string>,
  given: { at?: Simulator; environment?: Record<string, string | undefined> } = {},
): Promise<Run> {
  const run = await follow(given.at ?? simulator, inputs, { state, script: postScript, ...given })
  expect(run.exitCode).toBe(0)
  expect(messages(run, 'error')).toEqual([])
  expect(run.outputs).toEqual({})
  expect(run.summary).toBe('')
  return run
}

const always = (trigger: Trigger) => ({ 'job-id': trigger.jobResourceId, 'cancel-job': 'always' })

for (const when of ['on-cancel', 'always']) {
  tells(`cancels what the main step left running (${when})`, async () => {
    const { jobResourceId, jobId, subscriptionId } = simulator.backup()
    const inputs = { 'job-id': jobResourceId, 'cancel-job': when }
    const state = await killed(inputs)
    expect(JSON.parse(state['running-0'] ?? '')).toEqual([
      {
        ids: [jobId],
        vault: { kind: 'recovery-services', name: 'vault-prod', resourceGroup: 'rg-prod', subscriptionId },
      },
    ])
    expect(cancellations(simulator, jobId)).toEqual([])
    const run = await post(inputs, state)
    expect(cancellations(simulator, jobId).map(({ method, status }) => [method, status])).toEqual([
      ['POST', 202],
    ])
    expect(run.log).toContain(
      `Azure was asked to cancel job ${jobId}; it may still come to its own end first.`,
    )
    expect(run.annotations).toEqual([])
  })
}

tells('cancels the job that an operation started', async () => {
  const { operationUrl, jobId } = simulator.backup({ operationSeconds: 0, signed: true })
  const inputs = { 'operation-url': operationUrl, 'cancel-job': 'on-cancel' }
  await post(inputs, await killed(inputs))
  expect(cancellations(simulator, jobId)).toHaveLength(1)
})

for (const when of ['never', 'on-timeout']) {
  tells(`leaves the backup alone (${when})`, async () => {
    const own = await startSimulator({ speed: 1 })
    const { jobResourceId } = own.backup()
    const inputs = { 'job-id': jobResourceId, 'cancel-job': when }
    const state = await killed(inputs, own)
    const before = own.requests.length
    const run = await post(inputs, state, { at: own })
    expect(own.requests).toHaveLength(before)
    expect(run.log).toEqual([])
    // Nor would it if the state said more than it does.
    const reference = {
      ids: ['a1'],
      vault: { kind: 'recovery-services', subscriptionId: 's', resourceGroup: 'g', name: 'v' },
    }
    await post(inputs, { wait: 'begun', 'running-0': JSON.stringify([reference]) }, { at: own })
    expect(own.requests).toHaveLength(before)
    await own.close()
  })
}

tells('does nothing after a main step that ended, whatever it waited for', async () => {
  const { jobResourceId, jobId } = simulator.backup()
  const inputs = { 'job-id': jobResourceId, 'cancel-job': 'always', 'wait-for': 'none' }
  const main = await follow(simulator, inputs)
  expect(main.state.wait).toBe('ended')
  const run = await post(inputs, main.state)
  expect(run.log).toEqual([])
  expect(cancellations(simulator, jobId)).toEqual([])
})

tells('does nothing after a main step that asked itself', async () => {
  const { jobResourceId, jobId } = simulator.backup()
  const inputs = { 'job-id': jobResourceId, 'cancel-job': 'always' }
  const step = begin(simulator, inputs)
  await step.waitForLine(/InProgress/)
  step.kill()
  const main = await step.done
  expectSound(main, simulator)
  await post(inputs, main.state)
  expect(cancellations(simulator, jobId)).toHaveLength(1)
})

tells('does nothing where no job was known yet', async () => {
  const { operationUrl, operationId, jobId } = simulator.backup({ operationSeconds: 600 })
  const inputs = { 'operation-url': operationUrl, 'cancel-job': 'always' }
  const step = begin(simulator, inputs)
  await until(() => requestsTo(simulator, 'resource-manager', new RegExp(operationId)).length > 0)
  step.kill('SIGKILL')
  const { state } = await step.done
  const run = await post(inputs, state)
  expect(run.log).toEqual([])
  expect(cancellations(simulator, jobId)).toEqual([])
})

tells('after an input error there is nothing to do', async () => {
  const inputs = { 'job-id': 'nonsense', 'cancel-job': 'always' }
  const main = await follow(simulator, inputs)
  expect(main.exitCode).toBe(1)
  const run = await post(inputs, main.state)
  expect(run.log).toEqual([])
})

/** State as a killed main step leaves it. */
function left({ jobId, subscriptionId, resourceGroup, vaultName }: Trigger): Record<string, string> {
  const vault = { kind: 'recovery-services', subscriptionId, resourceGroup, name: vaultName }
  return { wait: 'begun', 'running-0': JSON.stringify([{ ids: [jobId], vault }]) }
}

const troubles: [string, Fault, RegExp][] = [
  [
    'the job cannot be cancelled any more',
    { kind: 'status', status: 409, path: '/cancel' },
    /was not cancelled: 409/,
  ],
  [
    'the role is missing',
    { kind: 'denied', path: '/cancel' },
    /was not cancelled: 403 .*role Backup Operator/,
  ],
  ['the service is down', { kind: 'status', status: 503, path: '/cancel' }, /was not cancelled: 503/],
  ['the connection is reset', { kind: 'reset', path: '/cancel' }, /was not cancelled: connection /],
  // GitHub gives ID tokens to jobs that are in progress only (actions/runner, JobRunner.cs).
  [
    'GitHub gives no ID token',
    { kind: 'status', status: 401, server: 'oidc' },
    /not cancelled: GitHub issued no ID token/,
  ],
]

for (const [name, fault, text] of troubles) {
  leaps(`never fails the job: ${name}`, async (own) => {
    const trigger = own.backup()
    own.fault(fault)
    const run = await post(always(trigger), left(trigger), { at: own })
    expect(messages(run, 'warning')).toHaveLength(1)
    expect(messages(run, 'warning')[0]).toMatch(text)
    const tries = cancellations(own, trigger.jobId)
    expect(tries.filter(({ status }) => status === 202)).toEqual([])
    // What may pass is tried again, for half a minute; a refusal is not.
    const passes = fault.kind === 'reset' || (fault.kind === 'status' && fault.status === 503)
    expect(tries.length > 1).toBe(passes)
    expect(tries.length).toBeLessThan(6)
  })
}

leaps('never fails the job: Entra is down for as long as it may wait', async (own) => {
  const trigger = own.backup()
  own.fault({ kind: 'status', status: 503, server: 'entra' })
  const run = await post(always(trigger), left(trigger), { at: own })
  expect(messages(run, 'warning')[0]).toMatch(/not cancelled: no token could be had: Entra: 503/)
  // The runner's grace for post steps is under five minutes.
  const asked = requestsTo(own, 'entra')
  expect(((asked.at(-1)?.at ?? 0) - (asked[0]?.at ?? 0)) / 1000).toBeLessThan(150)
})

tells('never fails the job: inputs or state that are wrong', async () => {
  const trigger = simulator.backup()
  const run = await post({ ...always(trigger), 'fail-on': 'nonsense' }, left(trigger))
  expect(messages(run, 'warning')[0]).toMatch(/not cancelled: .*fail-on/)
  for (const running of [
    '{',
    '[]',
    'null',
    '[{}]',
    '[{"ids":["x"]}]',
    '[{"ids":["x"],"vault":{"name":"v"}}]',
    '7',
  ]) {
    await post(always(trigger), { wait: 'begun', 'running-0': running })
  }
  expect(cancellations(simulator, trigger.jobId)).toEqual([])
})
