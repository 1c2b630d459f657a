/** SIGINT, SIGTERM and SIGBREAK: outputs and summary within two real seconds, whatever the step is at. */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect } from 'vitest'
import { type Fault, type Simulator, startSimulator } from '../../../simulator/simulator.ts'
import { type Run, type StartedAction, simulate, tells } from '../support.ts'
import { begin, expectSound, messages, requestsTo, until } from './support/run.ts'

// Its clock is ours, so that two seconds are two seconds.
const simulator = await simulate({ speed: 1 })

const longAgo = /look again/i

/** Sends the signal, and checks that the step ends within two seconds of it. */
async function stopped(step: StartedAction, signal: NodeJS.Signals, at: Simulator = simulator): Promise<Run> {
  const before = performance.now()
  step.kill(signal)
  const run = await step.done
  expect(performance.now() - before).toBeLessThan(2_000)
  expect(run.signal).toBe(null)
  expectSound(run, at)
  return run
}

function expectPending(run: Run, jobId: string, status: string): void {
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({
    conclusion: 'pending',
    status,
    'job-id': jobId,
    'vault-name': 'vault-prod',
  })
  expect(messages(run, 'error')).toHaveLength(1)
  expect(run.state.wait).toBe('ended')
  const [error] = run.annotations.filter(({ level }) => level === 'error')
  for (const text of [`${error?.title} ${error?.message}`, run.summary]) {
    expect(text).toContain(jobId)
    expect(text).toMatch(longAgo)
    expect(text).toMatch(/stopped/)
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  tells(`${signal} between two reads`, async () => {
    const { jobResourceId, jobId } = simulator.backup()
    const step = begin(simulator, { 'job-id': jobResourceId })
    await step.waitForLine(/InProgress/)
    const run = await stopped(step, signal)
    expectPending(run, jobId, 'InProgress')
    expect(run.outputs).toMatchObject({ item: 'web-01', operation: 'Backup', 'end-time': '' })
    // The default leaves the backup alone.
    expect(requestsTo(simulator, 'resource-manager', new RegExp(`${jobId}/cancel`))).toEqual([])
  })
}

tells('SIGBREAK, which only Windows sends', async () => {
  const { jobResourceId, jobId } = simulator.backup()
  const preload = "data:text/javascript,process.on('SIGUSR2', () => process.emit('SIGBREAK'))"
  const environment = { NODE_OPTIONS: `--import="${preload}"` }
  const step = begin(simulator, { 'job-id': jobResourceId }, { environment })
  await step.waitForLine(/InProgress/)
  expectPending(await stopped(step, 'SIGUSR2'), jobId, 'InProgress')
})

tells('a second signal changes nothing', async () => {
  const { jobResourceId, jobId } = simulator.backup()
  const step = begin(simulator, { 'job-id': jobResourceId })
  await step.waitForLine(/InProgress/)
  step.kill('SIGINT')
  expectPending(await stopped(step, 'SIGTERM'), jobId, 'InProgress')
})

tells('fail-on never: the step passes, with a warning', async () => {
  const { jobResourceId, jobId } = simulator.backup()
  const step = begin(simulator, { 'job-id': jobResourceId, 'fail-on': 'never' })
  await step.waitForLine(/InProgress/)
  const run = await stopped(step, 'SIGINT')
  expect(run.exitCode).toBe(0)
  expect(run.outputs.conclusion).toBe('pending')
  expect(messages(run, 'warning').join()).toContain(jobId)
})

tells('while a read fails again and again', async () => {
  const { jobResourceId, jobId } = simulator.backup()
  simulator.fault({ kind: 'status', status: 503, path: jobId, skip: 1 })
  const step = begin(simulator, { 'job-id': jobResourceId })
  await step.waitForLine(/503 ServerBusy/)
  expectPending(await stopped(step, 'SIGINT'), jobId, 'InProgress')
})

tells('while a read gets no answer', async () => {
  const { jobResourceId, jobId } = simulator.backup()
  simulator.fault({ kind: 'silent', path: jobId, skip: 1 })
  const step = begin(simulator, { 'job-id': jobResourceId })
  await until(() => requestsTo(simulator, 'resource-manager', new RegExp(jobId)).length === 2)
  expectPending(await stopped(step, 'SIGINT'), jobId, 'InProgress')
})

tells('while an operation runs', async () => {
  const { operationUrl, vaultName } = simulator.backup({ operationSeconds: 600 })
  const step = begin(simulator, { 'operation-url': operationUrl })
  await step.waitForLine(/InProgress/)
  const run = await stopped(step, 'SIGTERM')
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({
    conclusion: 'pending',
    status: 'InProgress',
    'job-id': '',
    'vault-name': vaultName,
  })
  expect(run.summary).toMatch(longAgo)
})

/** Before the first token: nothing is known of the job but its ID. */
async function beforeToken(
  fault: Fault,
  inputs: Record<string, string> = {},
  environment: (own: Simulator) => Record<string, string> = () => ({}),
): Promise<void> {
  const own = await startSimulator({ speed: 1 })
  const { jobResourceId, jobId } = own.backup()
  own.fault(fault)
  const step = begin(own, { 'job-id': jobResourceId, ...inputs }, { environment: environment(own) })
  await until(() => own.requests.some(({ server }) => server === fault.server))
  expectPending(await stopped(step, 'SIGINT', own), jobId, '')
  expect(requestsTo(own, 'resource-manager')).toEqual([])
  await own.close()
}

tells('while Entra gives no answer', () => beforeToken({ kind: 'silent', server: 'entra' }))

tells('while GitHub gives no ID token', () => beforeToken({ kind: 'silent', server: 'oidc' }))

tells('while Azure CLI is at work', () =>
  beforeToken({ kind: 'silent', server: 'entra' }, { 'client-id': '', 'tenant-id': '' }, (own) =>
    own.azureCliEnvironment('secret'),
  ),
)

tells('a signal while no connection comes about', async () => {
  // It takes connections and says nothing, not even hello.
  const mute = createServer((socket) => socket.on('error', () => {})).listen(0, 'localhost')
  await once(mute, 'listening')
  const { port } = mute.address() as AddressInfo
  const { jobResourceId, jobId } = simulator.backup()
  const connected = once(mute, 'connection')
  const inputs = { 'job-id': jobResourceId, 'resource-manager-url': `https://localhost:${port}` }
  const step = begin(simulator, { ...inputs, 'cancel-job': 'always' })
  await connected
  const before = performance.now()
  step.kill('SIGINT')
  const run = await step.done
  // Of the ten seconds that the runner leaves, five are for the cancellation.
  expect(performance.now() - before).toBeLessThan(7_000)
  expect(run.outputs).toMatchObject({ conclusion: 'pending', 'job-id': jobId })
  expect(run.summary).toContain(jobId)
  expect(messages(run, 'warning').join()).toMatch(/was not cancelled: no answer within 5 s/)
  mute.close()
})
