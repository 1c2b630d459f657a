/** What is handed on, and what keeps a job from it; the answers of GitHub are told by __tests__/action/hand-on.test.ts. */
import { describe, expect, it } from 'vitest'
import { API_PATH } from '../../simulator/github/api.ts'
import { addWorkflow } from '../../simulator/github/world.ts'
import type { Job, JobReference } from '../../src/domain/job.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { fits, refOf } from '../../src/github/dispatch.ts'
import { type HandOnOptions, handOn } from '../../src/github/hand-on.ts'
import { jobId, vault, vaultRoot } from '../support/job-body.ts'
import { bareJob, outcomeOf } from '../support/outcome.ts'
import { useGitHub } from './commenting.ts'

const setting = useGitHub()
const day = 24 * 60 * 60 * 1000
const reference: JobReference = { vault, id: jobId }

function open(given: Partial<Outcome> = {}, job: Partial<Job> = {}): Outcome {
  const startTime = outcomeOf(bareJob('')).seenAt - 3_600_000
  return outcomeOf(bareJob('InProgress', { startTime, ...job }), 'looked', { reference, ...given })
}

/** Hands on to a workflow that takes it, and what was said. */
async function handOver(outcomes: Outcome[], options: Partial<HandOnOptions> = {}) {
  const { github, simulator } = setting
  if (github.workflows.length === 0)
    addWorkflow(github, 'follow.yml', { inputs: { 'job-id': {}, 'pull-request': {} } })
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const ignore = () => {}
  const after = await handOn(outcomes, {
    workflow: 'follow.yml',
    token: github.token,
    pullRequest: undefined,
    comments: true,
    env: {
      GITHUB_API_URL: `${simulator.oidcUrl}${API_PATH}`,
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/topic',
    },
    clock: { now: () => Date.now(), date: () => Date.now(), sleep: async () => {}, after: () => () => {} },
    log: {
      info: ignore,
      debug: ignore,
      fault: ignore,
      notice: ignore,
      warning: say,
      error: say,
      once: ignore,
    },
    stop: new AbortController().signal,
    ...options,
  })
  return { after, said, endings: after.map(({ ending }) => ending) }
}

describe('what is handed on', () => {
  it('is what was still open when the wait ended, and nothing else', async () => {
    const outcomes = [
      open(),
      open({ ending: 'timed-out', reference: { ...reference, id: 'b-1' } }),
      open({ ending: 'ended', verification: { state: 'timed-out' }, reference: { ...reference, id: 'c-1' } }),
      open({ ending: 'stopped' }),
      open({ ending: 'ended' }),
      open({ ending: 'ended', verification: { state: 'missing' } }),
      open({ ending: 'error' }),
      open({ ending: 'snapshot' }),
    ]
    const { after, endings } = await handOver(outcomes)
    expect(endings.slice(0, 3)).toEqual(['handed-on', 'handed-on', 'handed-on'])
    expect(after.slice(3)).toEqual(outcomes.slice(3))
    expect(after[2]?.verification).toBeUndefined()
    expect(after[0]?.handedOn).toEqual({
      workflow: 'follow.yml',
      runUrl: setting.github.runs[0]?.htmlUrl,
    })
    expect(setting.github.runs[0]?.inputs).toEqual({
      'job-id': [jobId, 'b-1', 'c-1'].map((id) => `${vaultRoot}/backupJobs/${id}`).join('\n'),
      'pull-request': '1',
    })
  })

  it.each<[string, Outcome, string]>([
    ['an operation', open({ reference: undefined as never }), 'which the operation has not named yet'],
    [
      'a cross-region job',
      open({ reference: { ...reference, region: 'westus2' } }),
      'which its ID does not lead to: it runs in another region',
    ],
    ['a job that was never read', open({}, { startTime: undefined }), 'whose start is not known'],
    [
      'a job of 14 days',
      open({}, { startTime: open().seenAt - 14 * day }),
      'which started more than 14 days ago',
    ],
  ])('is not %s', async (_, outcome, why) => {
    const { after, said } = await handOver([outcome, outcome])
    expect(after).toEqual([outcome, outcome])
    expect(said).toEqual([`Not handed on to follow.yml: 2 jobs, ${why}.`])
    expect(setting.simulator.requests).toEqual([])
  })

  it('is a job of just under 14 days, beside one that is older', async () => {
    const [young, old] = [1, 0].map((less) => open({}, { startTime: open().seenAt - 14 * day + less }))
    const { endings, said } = await handOver([young, old] as Outcome[])
    expect(endings).toEqual(['handed-on', 'looked'])
    expect(said).toHaveLength(1)
  })

  it('is not more than GitHub takes for a run', async () => {
    const many = Array.from({ length: 600 }, (_, index) =>
      open({ reference: { ...reference, id: `a-${index}` } }),
    )
    const { after, said } = await handOver(many)
    expect(after).toEqual(many)
    expect(said).toEqual([
      'Not handed on to follow.yml: the IDs of 600 jobs are longer than GitHub takes for a run.',
    ])
    expect([fits('x'.repeat(65_333)), fits('x'.repeat(65_334)), fits('\n'.repeat(40_000))]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('the pull request that is passed on', () => {
  it.each<[string, Partial<HandOnOptions>, string]>([
    ['is that of the input', { pullRequest: 12 }, '12'],
    ['is found by the branch', {}, '1'],
    ['is not looked up without comments', { comments: false }, ''],
  ])('%s', async (_, options, expected) => {
    await handOver([open()], options)
    expect(setting.github.runs[0]?.inputs['pull-request'] ?? '').toBe(expected)
  })

  it('is none where it may not be looked up', async () => {
    setting.github.permission = 'none'
    const { endings, said } = await handOver([open()])
    expect([endings, said]).toEqual([['handed-on'], []])
  })
})

describe('GitHub', () => {
  const never = () => setting.simulator.fault({ kind: 'silent', server: 'oidc', path: 'dispatches' })

  it('is not waited for where it does not answer', async () => {
    const lift = never()
    const { endings, said } = await handOver([open({ ending: 'timed-out' })], { limit: 300 })
    lift()
    expect(endings).toEqual(['timed-out'])
    expect(said).toEqual([
      'Not handed on to follow.yml: GitHub took longer than 0.3 s; a run may have started all the same.',
    ])
  })

  it('is left when a person stops the step, and not asked after that', async () => {
    const stopping = new AbortController()
    const lift = never()
    setTimeout(() => stopping.abort(), 300)
    const stopped = await handOver([open()], { stop: stopping.signal })
    lift()
    expect(stopped.endings).toEqual(['looked'])
    expect(stopped.said).toEqual([
      'Not handed on to follow.yml: the step was stopped; a run may have started all the same.',
    ])
    setting.simulator.requests.length = 0
    expect(await handOver([open()], { stop: stopping.signal })).toMatchObject({
      endings: ['looked'],
      said: [],
    })
    expect(setting.simulator.requests).toEqual([])
  })

  it.each<[string, Partial<HandOnOptions>, string]>([
    ['needs a token', { token: '' }, 'the input github-token is empty'],
    ['needs a repository', { env: {} }, 'the variable GITHUB_REPOSITORY names no repository'],
    [
      'dispatches at no other ref',
      { env: { GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_REF: 'refs/pull/7/merge' } },
      'the run is of refs/pull/7/merge, which is no branch or tag of this repository',
    ],
  ])('%s', async (_, options, why) => {
    const { endings, said } = await handOver([open()], options)
    expect([endings, said]).toEqual([['looked'], [`Not handed on to follow.yml: ${why}.`]])
    expect(setting.simulator.requests).toEqual([])
  })

  it('gives an address that is no link to none', async () => {
    const lift = setting.simulator.fault({
      kind: 'status',
      status: 200,
      body: { html_url: 'javascript:alert(1)' },
      server: 'oidc',
      path: 'dispatches',
    })
    const { after } = await handOver([open()])
    lift()
    expect(after[0]?.handedOn).toEqual({ workflow: 'follow.yml', runUrl: undefined })
  })
})

describe('the ref', () => {
  const repo = { owner: 'octo-org', repo: 'octo-repo' }
  const of = (ref: string, head: unknown = {}) =>
    refOf({ eventName: 'pull_request', payload: { pull_request: { head } }, ref, repo })

  it('is the branch or the tag of the run, or the branch of the pull request in this repository', () => {
    expect(of('refs/heads/main')).toBe('refs/heads/main')
    expect(of('refs/tags/v1')).toBe('refs/tags/v1')
    const merge = 'refs/pull/7/merge'
    expect(of(merge, { ref: 'feature/a', repo: { full_name: 'Octo-Org/Octo-Repo' } })).toBe(
      'refs/heads/feature/a',
    )
    expect(of(merge, { ref: 'main', repo: { full_name: 'mallory/octo-repo' } })).toBeUndefined()
    expect(of(merge, { ref: 'main', repo: null })).toBeUndefined()
    expect(of(merge)).toBeUndefined()
    expect(of('')).toBeUndefined()
  })
})
