/** `cancel-job`: one POST where it is wanted, and what Azure makes of it. */
import { expect } from 'vitest'
import { type Simulator, type StartOptions, startSimulator } from '../../../simulator/simulator.ts'
import { type Run, simulate, tells } from '../support.ts'
import { leaps } from './support/leaping-clock.ts'
import { begin, expectSound, follow, messages, requestsTo } from './support/run.ts'

const simulator = await simulate({ speed: 1 })

function cancellations(at: Simulator, jobId: string) {
  return requestsTo(at, 'resource-manager', new RegExp(`${jobId}/cancel$`))
}

const asked = (jobId: string) =>
  `Azure was asked to cancel job ${jobId}; it may still come to its own end first.`

interface Ended {
  run: Run
  jobId: string
  posts: ReturnType<typeof cancellations>
}

/** Lets the deadline pass. */
async function timedOut(
  at: Simulator,
  when: string,
  options: StartOptions = {},
  kind = 'vm-backup',
): Promise<Ended> {
  const { jobResourceId, jobId } = at.start(kind, { seconds: 36_000, ...options })
  const run = await follow(at, { 'job-id': jobResourceId, 'cancel-job': when, 'timeout-minutes': '5' })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'timed-out', status: 'InProgress', 'job-id': jobId })
  expect(run.state.wait).toBe('ended')
  return { run, jobId, posts: cancellations(at, jobId) }
}

/** Stops the step in mid-wait. */
async function stopped(when: string, options: StartOptions = {}): Promise<Ended> {
  const { jobResourceId, jobId } = simulator.backup(options)
  const step = begin(simulator, { 'job-id': jobResourceId, 'cancel-job': when })
  await step.waitForLine(/InProgress/)
  step.kill()
  const run = await step.done
  expectSound(run, simulator)
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'pending', status: 'InProgress', 'job-id': jobId })
  expect(run.summary).toContain(jobId)
  return { run, jobId, posts: cancellations(simulator, jobId) }
}

/** What annotation and summary say of a job whose cancellation was asked for, or was not. */
function expectFate(run: Run, isAsked: boolean): void {
  const [error] = run.annotations.filter(({ level }) => level === 'error')
  for (const text of [error?.title, run.summary]) {
    if (isAsked) expect(text).toContain('; its cancellation was asked for')
    else expect(text).not.toContain('cancellation')
  }
  for (const text of [error?.message, run.summary]) {
    expect(text).toMatch(
      isAsked
        ? /Azure took the request to cancel it|Azure was asked to cancel it/
        : /When last read, the job was InProgress; this step did not cancel it\./,
    )
    expect(text).not.toContain('goes on in Azure')
  }
}

for (const [when, onTimeout, onCancel] of [
  ['never', 0, 0],
  ['on-timeout', 1, 0],
  ['on-cancel', 0, 1],
  ['always', 1, 1],
] as const) {
  leaps(`${when}, at the deadline: ${onTimeout} requests`, async (own) => {
    const { run, jobId, posts } = await timedOut(own, when)
    expect(posts.map(({ method, query, status }) => [method, query, status])).toEqual(
      Array(onTimeout).fill(['POST', '?api-version=2025-02-01', 202]),
    )
    expect(run.log.filter((line) => line === asked(jobId))).toHaveLength(onTimeout)
    expect(messages(run, 'warning')).toEqual([])
    expectFate(run, onTimeout > 0)
  })

  tells(`${when}, at a signal: ${onCancel} requests`, async () => {
    const { run, jobId, posts } = await stopped(when)
    expect(posts.map(({ method, status }) => [method, status])).toEqual(Array(onCancel).fill(['POST', 202]))
    expect(run.log.filter((line) => line === asked(jobId))).toHaveLength(onCancel)
    expectFate(run, onCancel > 0)
    expect(messages(run, 'warning')).toEqual([])
    expect(run.state.wait).toBe('ended')
  })
}

leaps('202 is only asked: nothing waits for what becomes of it', async (own) => {
  const { run, jobId, posts } = await timedOut(own, 'always', { cancel: 'refused-later' })
  expect(posts.map(({ status }) => status)).toEqual([202])
  expect(own.requests.at(-1)).toBe(posts[0])
  expect(run.log).toContain(asked(jobId))
})

function expectWarned(run: Run, jobId: string, text: RegExp): void {
  expect(messages(run, 'warning')).toHaveLength(1)
  const [warning] = run.annotations.filter(({ level }) => level === 'warning')
  expect(warning?.title).toBe('Job not cancelled')
  expect(warning?.message).toContain(`Job ${jobId} `)
  expect(warning?.message).toMatch(text)
  expect(run.log).not.toContain(asked(jobId))
}

leaps('a job that cannot be cancelled now: a warning', async (own) => {
  const { run, jobId, posts } = await timedOut(own, 'always', { cancel: 'refused' })
  expect(posts.map(({ status }) => status)).toEqual([400])
  expectWarned(run, jobId, /was not cancelled: 400 \w+: .+ \(request ID .+, correlation ID .+\)\.$/)
})

leaps('403: a warning that names the role', async (own) => {
  own.fault({ kind: 'denied', path: '/cancel' })
  const { run, jobId, posts } = await timedOut(own, 'always')
  expect(posts).toHaveLength(1)
  expectWarned(
    run,
    jobId,
    /was not cancelled: 403 AuthorizationFailed: .*Cancelling takes the role Backup Operator \(action Microsoft\.RecoveryServices\/Vaults\/backupJobs\/cancel\/action\)\.$/,
  )
})

leaps('a request that fails is sent again for a minute', async (own) => {
  own.fault({ kind: 'reset', path: '/cancel' })
  const { jobResourceId, jobId } = own.backup({ seconds: 36_000 })
  const inputs = { 'job-id': jobResourceId, 'cancel-job': 'always', 'timeout-minutes': '5' }
  const run = await follow(own, inputs)
  const tries = cancellations(own, jobId)
  expect(tries.length).toBeGreaterThanOrEqual(4)
  expect(((tries.at(-1)?.at ?? 0) - (tries[0]?.at ?? 0)) / 1000).toBeLessThan(60)
  expectWarned(run, jobId, /was not cancelled: connection (reset|closed before the answer was whole)/)
  // Whether it arrived is not known, so a post step is to ask once more.
  expect(run.state.wait).toBeUndefined()
})

leaps('a request that fails once is sent again', async (own) => {
  own.fault({ kind: 'status', status: 429, path: '/cancel', times: 1 })
  const { run, jobId, posts } = await timedOut(own, 'on-timeout')
  expect(posts.map(({ status }) => status)).toEqual([429, 202])
  expect(messages(run, 'warning')).toEqual([])
  expect(run.log).toContain(`Azure was asked to cancel job ${jobId}; it may still come to its own end first.`)
})

leaps('Backup vaults: a warning, and no request', async (own) => {
  const { run, jobId, posts } = await timedOut(own, 'always', {}, 'disk-restore')
  expect(posts).toEqual([])
  expectWarned(run, jobId, /goes on: Azure offers no way to cancel jobs of Backup vaults\.$/)
})

leaps('cross-region jobs: a warning, and no request', async (own) => {
  const options = { seconds: 36_000 }
  const { operationUrl, jobId, resourceGroup, vaultName } = own.start('vm-cross-region-restore', options)
  const vault = { 'resource-group': resourceGroup, 'vault-name': vaultName }
  const inputs = { 'operation-url': operationUrl, 'cancel-job': 'always', 'timeout-minutes': '5', ...vault }
  const run = await follow(own, inputs)
  expect(run.outputs.conclusion).toBe('timed-out')
  expect(requestsTo(own, 'resource-manager', /cancel/)).toEqual([])
  expectWarned(run, jobId, /goes on: Azure offers no way to cancel cross-region jobs\.$/)
})

leaps('a job that has ended is left alone', async (own) => {
  const { jobResourceId, jobId } = own.backup({ seconds: 60, ends: 'Failed' })
  const run = await follow(own, { 'job-id': jobResourceId, 'cancel-job': 'always' })
  expect(run.outputs.conclusion).toBe('failure')
  expect(cancellations(own, jobId)).toEqual([])
})

leaps('so is one that was only looked at, and one whose snapshot was waited for', async (own) => {
  const running = own.backup({ seconds: 36_000, snapshotSeconds: 30 })
  for (const waitFor of ['none', 'snapshot']) {
    await follow(own, { 'job-id': running.jobResourceId, 'cancel-job': 'always', 'wait-for': waitFor })
  }
  expect(cancellations(own, running.jobId)).toEqual([])
})

tells('a signal before the job is known: nothing to cancel', async () => {
  const { operationUrl, jobId } = simulator.backup({ operationSeconds: 600 })
  const step = begin(simulator, { 'operation-url': operationUrl, 'cancel-job': 'always' })
  await step.waitForLine(/InProgress/)
  step.kill()
  const run = await step.done
  expectSound(run, simulator)
  expect(run.outputs.conclusion).toBe('pending')
  expect(cancellations(simulator, jobId)).toEqual([])
  expect(messages(run, 'warning')).toEqual([])
})

tells('a signal when another token is due: the old one serves', async () => {
  // Its tokens live twenty seconds, so another is due after ten; the next read is after ten minutes.
  const own = await startSimulator({ speed: 4, accessTokenSeconds: 20 })
  const { jobResourceId, jobId } = own.backup({ seconds: 36_000 })
  const running = { properties: { status: 'InProgress', operation: 'Backup' } }
  own.fault({
    kind: 'status',
    status: 200,
    body: running,
    headers: { 'Retry-After': '600' },
    path: `${jobId}$|${jobId}\\?`,
  })
  const step = begin(own, { 'job-id': jobResourceId, 'cancel-job': 'always' })
  await step.waitForLine(/InProgress/)
  await own.clock.sleep(12_000)
  step.kill()
  const run = await step.done
  expectSound(run, own)
  expect(cancellations(own, jobId).map(({ status }) => status)).toEqual([202])
  expect(run.log).toContain(asked(jobId))
  await own.close()
})

tells('no answer to the request: the step ends within the seconds that the runner leaves', async () => {
  const { jobResourceId, jobId } = simulator.backup()
  simulator.fault({ kind: 'silent', path: `${jobId}/cancel` })
  const step = begin(simulator, { 'job-id': jobResourceId, 'cancel-job': 'always' })
  await step.waitForLine(/InProgress/)
  const before = performance.now()
  step.kill()
  await step.waitForLine(/^::error/)
  expect(performance.now() - before).toBeLessThan(2_000)
  const run = await step.done
  // The runner kills ten seconds after SIGINT.
  expect(performance.now() - before).toBeLessThan(8_000)
  expectSound(run, simulator)
  expect(cancellations(simulator, jobId)).toHaveLength(1)
  expectWarned(run, jobId, /was not cancelled: /)
  expect(run.state.wait).toBeUndefined()
})
