/** What surrounds a step fails it: its clock, its log, its state, services and CLIs that never answer. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startSimulator } from '../../../simulator/simulator.ts'
import { begin as beginAtSpeed, follow as followAtSpeed, simulate, start, tells } from '../support.ts'
import { begin, follow, messages } from './support/run.ts'

const fast = await simulate()
const simulator = await startSimulator()
const folder = mkdtempSync(join(tmpdir(), 'surroundings-'))

afterAll(async () => {
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A preload of one line. */
const preload = (code: string) => ({
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}`,
})

/** The wall clock jumps by hours of the simulated time, one and a half seconds after that has begun to run. */
const jump = (hours: number) =>
  preload(`
    import { existsSync } from 'node:fs'
    const passed = performance.now.bind(performance)
    const now = Date.now
    let begun
    Date.now = () => {
      if (begun === undefined && existsSync(process.env.FAST_CLOCK_REAL_ORIGIN_FILE)) begun = passed()
      return now() + (passed() - begun > 1500 ? ${(hours * 3_600_000) / 60} : 0)
    }`)

tells('a wall clock that jumps two hours ahead ends no wait', async () => {
  const trigger = start(fast, 'vm-backup', { seconds: 600 })
  const inputs = { 'job-id': trigger.jobResourceId, 'timeout-minutes': '90' }
  const run = await followAtSpeed(fast, inputs, { environment: jump(2) })
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed' })
  expect(run.milliseconds).toBeGreaterThan(8_000)
})

tells('a wall clock that jumps two hours back prolongs no wait', async () => {
  const trigger = start(fast, 'vm-backup', { seconds: 36_000 })
  const inputs = { 'job-id': trigger.jobResourceId, 'timeout-minutes': '5' }
  const run = await followAtSpeed(fast, inputs, { environment: jump(-2) })
  expect(run.outputs.conclusion).toBe('timed-out')
  expect(run.milliseconds).toBeLessThan(15_000)
})

tells('a log that nobody reads any more stops nothing', async () => {
  const trigger = start(fast, 'vm-backup', { seconds: 600 })
  const step = beginAtSpeed(fast, { 'job-id': trigger.jobResourceId })
  await step.waitForLine(/./)
  step.process.stdout?.destroy()
  const run = await step.done
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed' })
  expect(run.summary).toContain('Completed')
  expect(run.exitCode).toBe(0)
})

test('a disk that is full holds no log: outputs, summary and cancellation still happen', async () => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 3600 })
  const full =
    "process.stdout._write = (chunk, encoding, done) => done(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))"
  const inputs = { 'job-id': jobResourceId, 'timeout-minutes': '0.05', 'cancel-job': 'always' }
  const run = await begin(simulator, inputs, { environment: preload(full) }).done
  expect(run.outputs.conclusion).toBe('timed-out')
  expect(run.summary).toContain(jobId)
  expect(run.exitCode).toBe(1)
  expect(run.stderr).toBe('')
  const cancelled = simulator.requests.filter(({ path }) => path.endsWith(`${jobId}/cancel`))
  expect(cancelled.map(({ status }) => status)).toEqual([202])
})

test('a state that cannot be saved is a warning, and the wait goes on', async () => {
  const { jobResourceId } = simulator.backup({ seconds: 1 })
  const environment = { GITHUB_STATE: join(folder, 'nowhere', 'state') }
  const inputs = { 'job-id': jobResourceId, 'cancel-job': 'always' }
  const run = await follow(simulator, inputs, { environment })
  expect(run.outputs.conclusion).toBe('success')
  expect(run.exitCode).toBe(0)
  expect(messages(run, 'warning')).toContainEqual(
    expect.stringMatching(/^The state for the post step could not be saved: /),
  )
})

test('a request URL for ID tokens that is none is an error that names it', async () => {
  const { jobResourceId } = simulator.backup()
  const environment = { ACTIONS_ID_TOKEN_REQUEST_URL: 'nonsense' }
  const run = await follow(simulator, { 'job-id': jobResourceId }, { environment })
  expect(run.outputs.conclusion).toBe('error')
  expect(messages(run, 'error')[0]).toMatch(/the variable ACTIONS_ID_TOKEN_REQUEST_URL is no URL/)
})

/** A wait of three seconds ends in five, and is told as what it is. Starting a process takes its time, too. */
function expectInTime({ outputs, milliseconds }: Awaited<ReturnType<typeof follow>>): void {
  expect(outputs.conclusion).toBe('timed-out')
  expect(milliseconds).toBeGreaterThan(3_000)
  expect(milliseconds).toBeLessThan(3_000 + 2_000 + 1_500)
}

for (const server of ['resource-manager', 'entra', 'oidc'] as const) {
  test(`an answer of ${server} that never comes ends with the deadline`, async () => {
    const own = await startSimulator()
    const { jobResourceId } = own.backup()
    own.fault({ kind: 'silent', server })
    const run = await follow(own, { 'job-id': jobResourceId, 'timeout-minutes': '0.05' })
    await own.close()
    expectInTime(run)
  })
}

test.skipIf(process.platform === 'win32')('a CLI that never answers ends with the deadline', async () => {
  const az = join(folder, 'az')
  writeFileSync(az, '#!/bin/sh\nexec /bin/sleep 60\n')
  chmodSync(az, 0o755)
  const { jobResourceId } = simulator.backup()
  const inputs = { 'job-id': jobResourceId, 'client-id': '', 'tenant-id': '', 'timeout-minutes': '0.05' }
  const run = await follow(simulator, inputs, { environment: { PATH: `${folder}:/usr/bin:/bin` } })
  expectInTime(run)
})

for (const [answer, says] of [
  ['{"accessToken": null, "expires_on": 4102444800}', /Azure CLI: Azure CLI gave no token/],
  [
    '{"accessToken": "no\\u0020\\u0000token", "expires_on": 4102444800}',
    /Azure CLI: Azure CLI gave no token/,
  ],
  ['null', /Azure CLI: Azure CLI answered without a token that can be read/],
  ['', /Azure CLI: Azure CLI answered without a token that can be read/],
  ['{"accessToken": "half-of-a-tok', /Azure CLI: Azure CLI answered without a token that can be read/],
  ['half-of-a-token', /Azure CLI: Azure CLI answered without a token that can be read/],
] as const) {
  test.skipIf(process.platform === 'win32')(`a CLI that gives no token is told so: ${answer}`, async () => {
    const own = mkdtempSync(join(folder, 'az-'))
    writeFileSync(join(own, 'answer'), answer)
    writeFileSync(join(own, 'az'), `#!/bin/sh\ncat '${join(own, 'answer')}'\n`)
    chmodSync(join(own, 'az'), 0o755)
    const { jobResourceId } = simulator.backup()
    const inputs = { 'job-id': jobResourceId, 'client-id': '', 'tenant-id': '' }
    const run = await follow(simulator, inputs, { environment: { PATH: `${own}:/usr/bin:/bin` } })
    expect(run.outputs.conclusion).toBe('error')
    expect(messages(run, 'error')[0]).toMatch(says)
    // What cannot be read may be the half of a token.
    expect(run.stdout + run.summary).not.toContain('half-of')
  })
}
