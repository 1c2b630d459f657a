/** A GitHub to comment at, and runs that comment. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest'
import { API_PATH, createGitHubApi } from '../../simulator/github/api.ts'
import { createGitHubWorld, type GitHubWorld, openPullRequest } from '../../simulator/github/world.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { type CommentOptions, commentInPullRequest } from '../../src/github/comment-in-pr.ts'

export interface Said {
  infos: string[]
  warnings: string[]
}

/** What a test has: a simulator for all tests of its file, a GitHub with one pull request for each. */
export interface Setting {
  simulator: Simulator
  github: GitHubWorld
}

/** Registers the hooks of a test file; the setting is there once they have run. */
export function useGitHub(): Setting {
  const usual = getGlobalDispatcher()
  const setting = {} as Setting

  beforeAll(async () => {
    setting.simulator = await startSimulator()
    setGlobalDispatcher(new Agent({ connect: { ca: setting.simulator.certificate } }))
  })

  afterAll(async () => {
    setGlobalDispatcher(usual)
    await setting.simulator.close()
  })

  beforeEach(() => {
    setting.github = createGitHubWorld()
    openPullRequest(setting.github)
    onTestFinished(setting.simulator.override(createGitHubApi(setting.github)))
    setting.simulator.requests.length = 0
  })

  return setting
}

/** Comments as a run of the event would. Pauses take no time. */
export async function comment(
  { simulator, github }: Setting,
  outcomes: Outcome[],
  options: Partial<CommentOptions> & { event?: string; payload?: unknown } = {},
): Promise<Said> {
  const { event = 'pull_request', payload = { pull_request: { number: 1 } }, ...rest } = options
  const folder = mkdtempSync(join(tmpdir(), 'comment-'))
  const eventPath = join(folder, 'event.json')
  writeFileSync(eventPath, JSON.stringify(payload))
  const said: Said = { infos: [], warnings: [] }
  const ignore = () => {}
  await commentInPullRequest(outcomes, {
    mode: 'always',
    token: github.token,
    key: 'null',
    failOn: 'failure',
    portal: 'https://portal.azure.com',
    clock: { now: () => Date.now(), date: () => Date.now(), sleep: async () => {}, after: () => () => {} },
    log: {
      info: (line) => void said.infos.push(line),
      debug: ignore,
      fault: ignore,
      notice: ignore,
      warning: (message) => void said.warnings.push(message),
      error: (message) => void said.warnings.push(`error: ${message}`),
      once: ignore,
    },
    ...rest,
    env: {
      GITHUB_API_URL: `${simulator.oidcUrl}${API_PATH}`,
      GITHUB_SERVER_URL: 'https://github.example.test',
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_RUN_ID: '42',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_REF: 'refs/heads/topic',
      GITHUB_WORKFLOW: 'Back up',
      GITHUB_JOB: 'backup',
      GITHUB_ACTION: 'wait',
      ...rest.env,
    },
  })
  rmSync(folder, { recursive: true })
  return said
}
