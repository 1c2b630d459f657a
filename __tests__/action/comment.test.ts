/** The comment in the pull request, written by the step that the runner starts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { addComment, openPullRequest, type PullRequest } from '../../simulator/github/world.ts'
import {
  follow,
  levels,
  plainLog,
  type Run,
  type StartOptions,
  simulate,
  start,
  tells,
  visible,
} from './support.ts'

// Only jobs that have ended: the limits of a comment are kept to by the clock.
const simulator = await simulate({ speed: 2 })
const { github } = simulator
const folder = mkdtempSync(join(tmpdir(), 'events-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Event {
  name: string
  payload: unknown
  environment?: Record<string, string>
}

/** A pull request of a test's own, and the event of a run for it. */
function pullRequest(): { pull: PullRequest; event: Event } {
  const branch = `topic-${github.pullRequests.length + 1}`
  const pull = openPullRequest(github, { branch })
  const environment = { GITHUB_REF: `refs/pull/${pull.number}/merge`, GITHUB_HEAD_REF: branch }
  return {
    pull,
    event: { name: 'pull_request', payload: { pull_request: { number: pull.number } }, environment },
  }
}

/** Runs the step for a job that has ended, in a run of that event. */
async function comment(
  event: Event,
  options: StartOptions = {},
  inputs: Record<string, string> = {},
): Promise<Run> {
  const job = start(simulator, 'vm-backup', { seconds: 0, ...options })
  const path = join(folder, `${crypto.randomUUID()}.json`)
  writeFileSync(path, JSON.stringify(event.payload))
  const run = await follow(
    simulator,
    { 'job-id': job.jobResourceId, 'comment-in-pr': 'always', 'github-token': github.token, ...inputs },
    { environment: { GITHUB_EVENT_NAME: event.name, GITHUB_EVENT_PATH: path, ...event.environment } },
  )
  expect(visible(run).join('\n') + run.summary).not.toContain(github.token)
  return run
}

const commentsOf = ({ number }: PullRequest) => github.comments.filter((one) => one.pullRequest === number)
const warnings = (run: Run) =>
  run.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)

tells('it is written once, and updated in place by the next run, with what has changed', async () => {
  const { pull, event } = pullRequest()
  const item = { item: 'vm-1', ends: 'Completed' }
  const first = await comment(event, { ...item, size: 1_000 })
  expect(plainLog(first)).toContain(`Commented in pull request ${pull.number}.`)
  const [own, ...others] = commentsOf(pull)
  expect(others).toEqual([])
  expect(own).toMatchObject({ login: 'github-actions[bot]' })
  expect(own?.body).toMatch(/^<!-- wait-for-azure-backup [0-9a-f]{20} -->\n/)
  expect(own?.body).toContain('### ✅ Backup of vm-1 completed')
  expect(own?.body).toContain('Back up / backup')
  expect(own?.body).toContain('/octo-org/octo-repo/actions/runs/1234567890')
  const id = own?.id
  const second = await comment(event, { ...item, size: 1_500 })
  expect(plainLog(second)).toContain(`Updated the comment in pull request ${pull.number}.`)
  expect(commentsOf(pull).map((one) => one.id)).toEqual([id])
  expect(commentsOf(pull)[0]?.body).toContain('1.5 GB (500 MB more)')
})

tells('a failure is told with its code and what to do; the step fails for the backup alone', async () => {
  const { pull, event } = pullRequest()
  const run = await comment(event, { item: 'vm-2', ends: 'Failed' })
  expect(run.exitCode).toBe(1)
  expect(levels(run)).toEqual(['error'])
  const [own] = commentsOf(pull)
  expect(own?.body).toContain('### ❌ Backup of vm-2 failed')
  expect(own?.body).toContain('`400095`')
  expect(own?.body).toContain('Ensure that the VM agent is installed and running')
})

tells('on-failure is silent about a success, begins with a failure, and tells of the recovery', async () => {
  const { pull, event } = pullRequest()
  const onFailure = { 'comment-in-pr': 'on-failure' }
  await comment(event, { item: 'vm-3' }, onFailure)
  expect(commentsOf(pull)).toEqual([])
  await comment(event, { item: 'vm-3', ends: 'Failed' }, onFailure)
  expect(commentsOf(pull)[0]?.body).toContain('### ❌')
  await comment(event, { item: 'vm-3' }, onFailure)
  expect(commentsOf(pull)).toHaveLength(1)
  expect(commentsOf(pull)[0]?.body).toContain('### ✅')
})

tells('never asks GitHub nothing', async () => {
  const { pull, event } = pullRequest()
  await comment(event, {}, { 'comment-in-pr': 'never' })
  expect(commentsOf(pull)).toEqual([])
  expect(simulator.requests.filter(({ path }) => path.includes(`/issues/${pull.number}/`))).toEqual([])
})

tells('the marker in another author’s comment is left alone', async () => {
  const { pull, event } = pullRequest()
  await comment(event, { item: 'vm-4' })
  const [own] = commentsOf(pull)
  const forged = own?.body ?? ''
  if (own) own.pullRequest = 0
  const spoofed = addComment(github, pull.number, 'mallory', forged)
  await comment(event, { item: 'vm-4', ends: 'Failed' })
  expect(spoofed.body).toBe(forged)
  expect(commentsOf(pull).map(({ login }) => login)).toEqual(['mallory', 'github-actions[bot]'])
  expect(commentsOf(pull)[1]?.body).toContain('### ❌ Backup of vm-4 failed')
})

for (const [ends, exitCode] of [
  ['Completed', 0],
  ['Failed', 1],
] as const) {
  tells(`403 is a warning that names the permission, and the verdict on ${ends} is the same`, async () => {
    const { pull, event } = pullRequest()
    const lift = simulator.override(({ server, method, path }) =>
      server === 'oidc' && method === 'POST' && path.endsWith(`/issues/${pull.number}/comments`)
        ? { status: 403, body: { message: 'Resource not accessible by integration' } }
        : undefined,
    )
    const run = await comment(event, { ends })
    lift()
    expect(run.exitCode).toBe(exitCode)
    expect(run.outputs).toMatchObject({ status: ends, conclusion: exitCode === 0 ? 'success' : 'failure' })
    expect(commentsOf(pull)).toEqual([])
    expect(warnings(run)).toHaveLength(1)
    expect(warnings(run)[0]).toContain('the token needs the permission pull-requests: write')
    expect(warnings(run)[0]).toContain('from a fork')
  })
}

tells('a push to a branch with an open pull request comments there, and in no closed one', async () => {
  const { pull } = pullRequest()
  const closed = openPullRequest(github, { branch: pull.branch, state: 'closed' })
  const fork = openPullRequest(github, { branch: pull.branch, repository: 'mallory/octo-repo' })
  const environment = { GITHUB_REF: `refs/heads/${pull.branch}` }
  await comment({ name: 'push', payload: { deleted: false }, environment }, { item: 'vm-5' })
  expect(commentsOf(pull)).toHaveLength(1)
  expect([...commentsOf(closed), ...commentsOf(fork)]).toEqual([])
})

tells('a run that belongs to no pull request says so, and warns of nothing', async () => {
  const run = await comment({ name: 'schedule', payload: {} })
  expect(plainLog(run)).toContain('No comment: this run belongs to no open pull request.')
  expect(levels(run)).toEqual([])
})

tells('a workflow_run comments in the pull request of the fork that started it', async () => {
  const pull = openPullRequest(github, { branch: 'fork-topic', repository: 'octo-fork/octo-repo' })
  const head_repository = { full_name: 'octo-fork/octo-repo', owner: { login: 'octo-fork' } }
  const workflow_run = { pull_requests: [], head_branch: 'fork-topic', head_repository }
  await comment({ name: 'workflow_run', payload: { repository: { id: 1 }, workflow_run } })
  expect(commentsOf(pull)).toHaveLength(1)
})

tells('no secret is in it, whatever the job holds', async () => {
  const { pull, event } = pullRequest()
  const blob = 'https://store.blob.core.windows.net/c/t.json?sv=2023&sig=c2VjcmV0LXNpZ25hdHVyZQ%3D%3D'
  const errors = [{ errorCode: 1, errorString: `See ${blob} @octo-org/team #1`, recommendations: [blob] }]
  await comment(event, { ends: 'Failed', sasUrls: true, errors, item: '| x | @octocat <b>' })
  const [own] = commentsOf(pull)
  expect(own?.body).toContain('store.blob.core.windows.net')
  expect(own?.body).not.toContain('c2VjcmV0LXNpZ25hdHVyZQ')
  expect(own?.body).not.toMatch(/(^|[^`\w])@octo/)
  expect(simulator.secrets.filter((secret) => own?.body.includes(secret))).toEqual([])
})

tells('GitHub out of order is a warning, and the verdict the same', async () => {
  const { pull, event } = pullRequest()
  const lift = simulator.override(({ server, path }) =>
    server === 'oidc' && path.includes(`/issues/${pull.number}/`)
      ? { status: 502, body: 'Bad Gateway' }
      : undefined,
  )
  const run = await comment(event, { item: 'vm-6' })
  lift()
  expect(run.exitCode).toBe(0)
  expect(warnings(run)[0]).toContain(
    'The comment in the pull request could not be written: GitHub answered 502',
  )
})
