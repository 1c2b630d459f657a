/** `continue-with`: what GitHub may answer to a dispatch, what is handed on, and a chain from its start to its end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { addWorkflow, openPullRequest } from '../../simulator/github/world.ts'
import { vaultOf } from './many/support.ts'
import {
  begin,
  expectWellFormed,
  follow,
  jobsOf,
  levels,
  plainLog,
  type Run,
  type StartOptions,
  simulate,
  start,
  type Trigger,
  visible,
} from './support.ts'

// The limits of what is asked of GitHub are kept to by the clock. Tests run one by one, for they share GitHub.
const simulator = await simulate({ speed: 2 })
const { github } = simulator
const folder = mkdtempSync(join(tmpdir(), 'events-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const declared = { 'job-id': { required: true }, 'pull-request': {} }
const usual = { ...github }

beforeEach(() => {
  Object.assign(github, { ...usual, pullRequests: [], comments: [], workflows: [], runs: [] })
  simulator.requests.length = 0
})

const running = (options: StartOptions = {}) => start(simulator, 'vm-backup', { seconds: 3_600, ...options })

interface Event {
  name?: string
  payload?: unknown
  environment?: Record<string, string>
}

/** Looks once at these jobs, in a run of that event. */
async function look(jobs: Trigger[], inputs: Record<string, string> = {}, event: Event = {}): Promise<Run> {
  return await follow(simulator, inputsFor(jobs, inputs), { environment: environmentOf(event) })
}

function inputsFor(jobs: Trigger[], inputs: Record<string, string>): Record<string, string> {
  return {
    'job-id': jobs.map(({ jobResourceId }) => jobResourceId).join('\n'),
    'wait-for': 'none',
    'continue-with': 'follow.yml',
    'github-token': github.token,
    ...inputs,
  }
}

function environmentOf({ name = 'push', payload = {}, environment }: Event): Record<string, string> {
  const path = join(folder, `${crypto.randomUUID()}.json`)
  writeFileSync(path, JSON.stringify(payload))
  return { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, ...environment }
}

const dispatches = () => simulator.requests.filter(({ path }) => path.endsWith('/dispatches'))
const sent = () => dispatches().map(({ body }) => JSON.parse(body) as Record<string, unknown>)
const warnings = (run: Run) =>
  run.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)

test('what still runs after the one look is handed on, on the same ref, with its full ID', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const job = running({ item: 'vm-1' })
  const run = await look([job])
  expect(run.exitCode).toBe(0)
  expect(levels(run)).toEqual([])
  expect(github.runs).toHaveLength(1)
  const [next] = github.runs
  expect(next).toMatchObject({ workflow: 'follow.yml', ref: 'refs/heads/main' })
  expect(next?.inputs['job-id']?.toLowerCase()).toBe(job.jobResourceId.toLowerCase())
  expect(run.outputs).toMatchObject({
    conclusion: 'pending',
    status: 'InProgress',
    'continued-run-url': next?.htmlUrl,
  })
  expect(run.summary).toContain(`[A run](${next?.htmlUrl}) of \`follow.yml\` goes on`)
  expect(run.summary).toContain('InProgress, handed on')
  expect(plainLog(run)).toContain(`Handed on 1 job to a run of follow.yml: ${next?.htmlUrl}`)
  expect(visible(run).join('\n')).toContain('Backup of vm-1 is still running')
  expect(visible(run).join('\n') + run.summary).not.toContain(github.token)
})

test('a job of a Backup vault is handed on, though its operation URL names a region: the vault’s own', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const job = start(simulator, 'disk-backup', { seconds: 3_600, operationSeconds: 0, bareJobId: true })
  const url = job.locationUrl.replace('/operationResults/', '/operationStatus/')
  expect(url).toMatch(/\/locations\/[^/]+\/operationStatus\//)
  await simulator.clock.sleep(1_000)
  const { 'job-id': _, ...inputs } = inputsFor([job], { 'operation-url': url, ...vaultOf(job) })
  const run = await follow(simulator, inputs, { environment: environmentOf({}) })
  expect(levels(run)).toEqual([])
  expect(run.outputs).toMatchObject({ conclusion: 'pending', 'job-id': job.jobId })
  expect(github.runs[0]?.inputs['job-id']?.toLowerCase()).toBe(job.jobResourceId.toLowerCase())
})

test('at the deadline the step passes too, where it would have failed', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const late = { 'wait-for': 'completion', 'timeout-minutes': '0.06' }
  const run = await look([running()], late)
  expect(run.exitCode).toBe(0)
  expect(run.outputs.conclusion).toBe('pending')
  expect(github.runs).toHaveLength(1)
  const alone = await look([running()], { ...late, 'continue-with': '' })
  expect([alone.exitCode, alone.outputs.conclusion, alone.outputs['continued-run-url']]).toEqual([
    1,
    'timed-out',
    '',
  ])
  expect(github.runs).toHaveLength(1)
})

test('what ended badly fails the step as always, and the rest is handed on', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const subscriptionId = crypto.randomUUID()
  const bad = running({ subscriptionId, seconds: 0, ends: 'Failed', item: 'vm-bad' })
  const good = running({ subscriptionId, seconds: 0, item: 'vm-good' })
  const rest = running({ subscriptionId, item: 'vm-rest' })
  const run = await look([bad, good, rest])
  expect(run.exitCode).toBe(1)
  expect(jobsOf(run).map(({ item, conclusion }) => [item, conclusion])).toEqual([
    ['vm-bad', 'failure'],
    ['vm-rest', 'pending'],
    ['vm-good', 'success'],
  ])
  expect(github.runs.map(({ inputs }) => inputs['job-id'])).toEqual([
    expect.stringMatching(new RegExp(`^/subscriptions/.*/${rest.jobId}$`)),
  ])
  expect(run.outputs['continued-run-url']).toBe(github.runs[0]?.htmlUrl)
})

test('nothing is dispatched where every job has ended', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const run = await look([running({ seconds: 0 })])
  expect([run.exitCode, run.outputs.conclusion]).toEqual([0, 'success'])
  expect(dispatches()).toEqual([])
})

for (const status of [400, 422] as const) {
  test(`${status} to return_run_details (Enterprise Server): asked again without, and no URL`, async () => {
    addWorkflow(github, 'follow.yml', { inputs: declared })
    github.refusesRunDetails = status
    const run = await look([running()])
    expect([run.exitCode, run.outputs.conclusion, run.outputs['continued-run-url']]).toEqual([
      0,
      'pending',
      '',
    ])
    expect(levels(run)).toEqual([])
    expect(github.runs).toHaveLength(1)
    expect(sent().map((body) => Object.keys(body).includes('return_run_details'))).toEqual([true, false])
    expect(run.summary).toContain('A run of `follow.yml` goes on')
    expect(plainLog(run)).toContain('Handed on 1 job to a run of follow.yml.')
  })
}

test('pull-request is passed on where the workflow declares it, and left out where it does not', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  addWorkflow(github, 'bare.yml', { inputs: { 'job-id': {} } })
  await look([running()], { 'pull-request': '12' })
  expect(github.runs[0]?.inputs['pull-request']).toBe('12')
  github.refusesRunDetails = 400
  const run = await look([running()], { 'pull-request': '12', 'continue-with': 'bare.yml' })
  expect([run.exitCode, run.outputs.conclusion]).toEqual([0, 'pending'])
  expect(Object.keys(github.runs[1]?.inputs ?? {})).toEqual(['job-id'])
  expect(levels(run)).toEqual([])
})

test('a run for a pull request hands on to the branch that it comes from, with its number', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const event = (full_name: string) => ({
    name: 'pull_request',
    payload: { pull_request: { number: 7, head: { ref: 'topic', repo: { full_name } } } },
    environment: { GITHUB_REF: 'refs/pull/7/merge', GITHUB_HEAD_REF: 'topic' },
  })
  await look([running()], {}, event('Octo-Org/octo-repo'))
  expect(github.runs[0]).toMatchObject({ ref: 'refs/heads/topic', inputs: { 'pull-request': '7' } })
  const fork = await look([running()], {}, event('mallory/octo-repo'))
  expect(github.runs).toHaveLength(1)
  expect(fork.outputs.conclusion).toBe('pending')
  expect(warnings(fork)).toEqual([
    'Not handed on to follow.yml: the run is of refs/pull/7/merge, which is no branch or tag of this repository.',
  ])
})

const refusals: [name: string, prepare: () => void, said: RegExp][] = [
  [
    '403',
    () => {
      addWorkflow(github, 'follow.yml', { inputs: declared })
      github.actions = 'read'
    },
    /^Not handed on to follow\.yml: GitHub answered 403 \(Resource not accessible by integration.*\); the token needs the permission actions: write\./,
  ],
  [
    '404',
    () => {},
    /GitHub answered 404 \(Not Found.*\); the default branch needs the file \.github\/workflows\/follow\.yml/,
  ],
  [
    '401',
    () => {
      addWorkflow(github, 'follow.yml', { inputs: declared })
      github.token = 'ghs_other'
    },
    /GitHub answered 401 .*the input github-token is not valid/,
  ],
  [
    '422 for an input that is not declared',
    () => addWorkflow(github, 'follow.yml', { inputs: { job: {} } }),
    /GitHub answered 422 .*; declare the input job-id under on\.workflow_dispatch\.inputs of follow\.yml, at main too/,
  ],
  [
    '422 for an input that is required',
    () => addWorkflow(github, 'follow.yml', { inputs: { ...declared, vault: { required: true } } }),
    /GitHub answered 422 .*is given job-id and pull-request alone/,
  ],
  [
    '422 for the missing trigger',
    () => addWorkflow(github, 'follow.yml', { inputs: undefined } as never),
    /GitHub answered 422 .*; add the trigger workflow_dispatch to follow\.yml, at main too/,
  ],
  [
    '422 for a workflow that is disabled',
    () => addWorkflow(github, 'follow.yml', { inputs: declared, state: 'disabled_manually' }),
    /GitHub answered 422 .*; enable the workflow follow\.yml/,
  ],
  [
    '422 for a branch that is gone',
    () => {
      addWorkflow(github, 'follow.yml', { inputs: declared })
      github.refs = ['topic']
    },
    /GitHub answered 422 .*; main, the branch or tag of this run, is gone/,
  ],
]

for (const [name, prepare, said] of refusals) {
  test(`${name} is a warning that says what is missing, and the verdict is the same as without`, async () => {
    const token = github.token
    prepare()
    const job = running()
    const looked = await look([job], { 'github-token': token })
    expect([looked.exitCode, looked.outputs.conclusion, levels(looked)]).toEqual([0, 'pending', ['warning']])
    expect(warnings(looked)[0]).toMatch(said)
    expect(looked.outputs['continued-run-url']).toBe('')
    expect(looked.summary).not.toContain('follow.yml')
    expect(github.runs).toEqual([])
  })
}

test('a refusal at the deadline fails the step, as without', async () => {
  const run = await look([running()], { 'wait-for': 'completion', 'timeout-minutes': '0.06' })
  expect([run.exitCode, run.outputs.conclusion]).toEqual([1, 'timed-out'])
  expect(warnings(run)[0]).toMatch(/^Not handed on to follow\.yml: GitHub answered 404/)
})

test('a GitHub that is out of order is not asked twice: the run may have been started', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const lift = simulator.override(({ path }) =>
    path.endsWith('/dispatches') ? { status: 502, body: 'Bad Gateway' } : undefined,
  )
  const run = await look([running()])
  lift()
  expect([run.exitCode, run.outputs.conclusion]).toEqual([0, 'pending'])
  expect(warnings(run)[0]).toMatch(
    /^Not handed on to follow\.yml: GitHub answered 502 .*; a run may have started all the same\.$/,
  )
  expect(dispatches()).toHaveLength(1)
})

test('a job that started 14 days ago is not handed on, so that no chain is endless', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const item = { item: 'vm-old', subscriptionId: crypto.randomUUID() }
  const { jobs } = simulator.history(item, [{ hoursAgo: 14 * 24 + 1, seconds: 40 * 86_400 }])
  const old = { jobResourceId: jobs[0]?.resourceId ?? '' } as Trigger
  const run = await look([old])
  expect(warnings(run)).toEqual(['Not handed on to follow.yml: 1 job, which started more than 14 days ago.'])
  expect([run.exitCode, run.outputs.conclusion]).toEqual([0, 'pending'])
  expect(dispatches()).toEqual([])
})

test('an operation that has named no job cannot be handed on', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const job = running({ operationSeconds: 600 })
  const run = await look([], { 'operation-url': job.operationUrl, 'job-id': '' })
  expect(warnings(run)).toEqual([
    'Not handed on to follow.yml: 1 job, which the operation has not named yet.',
  ])
  expect([run.exitCode, run.outputs.conclusion]).toEqual([0, 'pending'])
})

test('a good backup whose recovery point is not there yet is handed on too', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const job = running({ seconds: 0, recoveryPointSeconds: 300, item: 'vm-2' })
  const run = await look([job], { 'verify-recovery-point': 'true' })
  expect([run.exitCode, run.outputs.conclusion, run.outputs.status]).toEqual([0, 'pending', 'Completed'])
  expect(github.runs).toHaveLength(1)
  expect(visible(run).join('\n')).toContain(
    'its recovery point is not there yet; a run of follow.yml goes on',
  )
})

test.skipIf(process.platform === 'win32')('after a signal nothing is handed on', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  const inputs = inputsFor([running()], { 'wait-for': 'completion' })
  const action = begin(simulator, inputs, { environment: environmentOf({}) })
  await action.waitForLine(/InProgress/)
  action.kill('SIGINT')
  const run = await action.done
  expectWellFormed(run, simulator, inputs)
  expect([run.exitCode, run.outputs.conclusion]).toEqual([1, 'pending'])
  expect(dispatches()).toEqual([])
})

test('with cancel-job on-timeout it is an input error', async () => {
  const run = await look([running()], { 'cancel-job': 'on-timeout' })
  expect([run.exitCode, run.outputs.conclusion]).toEqual([1, 'error'])
  expect(run.annotations[0]?.message).toContain('continue-with is set together with cancel-job: on-timeout')
})

/** Plays what GitHub does: starts each run that was dispatched when its wait timer of 30 minutes is over. */
async function playChain(first: Run, runs: { event: Event; inputs: Record<string, string> }): Promise<Run[]> {
  const all = [first]
  for (let played = 0; played < github.runs.length && played < 10; played += 1) {
    const { ref = '', inputs = {} } = github.runs[played] ?? {}
    simulator.clock.leap(30 * 60_000)
    const environment = {
      GITHUB_REF: ref,
      GITHUB_WORKFLOW: 'Follow',
      GITHUB_JOB: 'look',
      GITHUB_WORKFLOW_REF: `octo-org/octo-repo/.github/workflows/follow.yml@${ref}`,
    }
    all.push(
      await look(
        [],
        { ...runs.inputs, ...inputs },
        { payload: { inputs }, ...runs.event, name: 'workflow_dispatch', environment },
      ),
    )
  }
  return all
}

for (const [ends, exitCode] of [
  ['Completed', 0],
  ['Failed', 1],
] as const) {
  test(`a chain: start, look, hand on, look, end as ${ends}; one comment all the way`, async () => {
    addWorkflow(github, 'follow.yml', { inputs: declared })
    const pull = openPullRequest(github, { branch: 'topic' })
    const job = running({ seconds: 75 * 60, ends, item: 'vm-1' })
    const comment = { 'comment-in-pr': 'always' }
    const payload = {
      pull_request: { number: pull.number, head: { ref: 'topic', repo: { full_name: github.repository } } },
    }
    const environment = { GITHUB_REF: `refs/pull/${pull.number}/merge` }
    const first = await look([job], comment, { name: 'pull_request', payload, environment })
    const [{ body = '' } = {}] = github.comments
    expect(body).toContain(`[A run](${github.runs[0]?.htmlUrl}) of \`follow.yml\``)
    const runs = await playChain(first, { event: {}, inputs: comment })
    expect(runs.map((run) => run.outputs.conclusion)).toEqual([
      'pending',
      'pending',
      'pending',
      exitCode === 0 ? 'success' : 'failure',
    ])
    expect(runs.map((run) => run.exitCode)).toEqual([0, 0, 0, exitCode])
    expect(github.runs.map(({ ref, inputs }) => [ref, inputs['pull-request']])).toEqual(
      Array.from({ length: 3 }, () => ['refs/heads/topic', String(pull.number)]),
    )
    expect(github.comments).toHaveLength(1)
    const [last] = github.comments
    expect(last?.body).toContain(
      exitCode === 0 ? '### ✅ Backup of vm-1 completed' : '### ❌ Backup of vm-1 failed',
    )
    expect(last?.body).not.toContain('follow.yml')
    // The first run's marker stays, so that its next run updates the same comment.
    expect(last?.body.split('\n')[0]).toBe(body.split('\n')[0])
  })
}

test('a comment that tells of a failure is left to stand; the run that goes on writes its own', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  openPullRequest(github, { branch: 'main' })
  const subscriptionId = crypto.randomUUID()
  const bad = running({ subscriptionId, seconds: 0, ends: 'Failed', item: 'vm-bad' })
  const rest = running({ subscriptionId, seconds: 20 * 60, item: 'vm-rest' })
  const inputs = { 'comment-in-pr': 'always' }
  const [first, last] = await playChain(await look([bad, rest], inputs), { event: {}, inputs })
  expect([first?.exitCode, last?.exitCode]).toEqual([1, 0])
  expect(github.comments.map(({ body }) => /### (\S+)/.exec(body)?.[1])).toEqual(['❌', '✅'])
})

test('two chains in one pull request: neither touches what the other one has told', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  openPullRequest(github, { branch: 'main' })
  const inputs = { 'comment-in-pr': 'on-failure' }
  const bad = running({ seconds: 20 * 60, ends: 'Failed', item: 'vm-bad' })
  const good = running({ seconds: 20 * 60, item: 'vm-good' })
  const worse = running({ seconds: 20 * 60, ends: 'Failed', item: 'vm-worse' })
  await look([bad], inputs)
  await look([good], inputs)
  const runs = await playChain(await look([worse], inputs), { event: {}, inputs })
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 1, 0, 1])
  expect(github.comments.map(({ body }) => /### (.*?) after/.exec(body)?.[1])).toEqual([
    '❌ Backup of vm-bad failed',
    '❌ Backup of vm-worse failed',
  ])
})

test('a chain whose first job failed does not take that back when the second one ends well', async () => {
  addWorkflow(github, 'follow.yml', { inputs: declared })
  openPullRequest(github, { branch: 'main' })
  const subscriptionId = crypto.randomUUID()
  const bad = running({ subscriptionId, seconds: 20 * 60, ends: 'Failed', item: 'vm-bad' })
  const rest = running({ subscriptionId, seconds: 50 * 60, item: 'vm-rest' })
  const inputs = { 'comment-in-pr': 'on-failure' }
  const runs = await playChain(await look([bad, rest], inputs), { event: {}, inputs })
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 1, 0])
  expect(github.comments).toHaveLength(1)
  expect(github.comments[0]?.body).toContain('vm-bad')
  expect(github.comments[0]?.body).toContain('### ❌')
})
