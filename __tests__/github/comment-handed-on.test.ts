/** The comment of a run that goes on with what another one has handed on. */
import { describe, expect, it } from 'vitest'
import { addComment, openPullRequest } from '../../simulator/github/world.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import * as sample from '../report/samples.ts'
import { comment, useGitHub } from './commenting.ts'

const setting = useGitHub()
const bodies = () => setting.github.comments.map(({ body }) => body)
const markers = () => bodies().map((body) => body.split('\n')[0])

const handedOn: Outcome = {
  ...sample.outcomeOf({ status: 'InProgress', endTime: undefined, durationSeconds: undefined }),
  ending: 'handed-on',
  handedOn: { workflow: 'follow.yml', runUrl: 'https://github.com/octo-org/octo-repo/actions/runs/2' },
}
const follower = {
  event: 'workflow_dispatch',
  payload: {},
  env: { GITHUB_WORKFLOW: 'Follow', GITHUB_JOB: 'look' },
}

describe('a run that goes on', () => {
  it('updates the comment of the run before it, by the job, and leaves it to that workflow', async () => {
    await comment(setting, [handedOn])
    const [marker] = markers()
    await comment(setting, [handedOn], follower)
    await comment(setting, [sample.good], follower)
    expect(bodies()).toHaveLength(1)
    expect(bodies()[0]).toContain('✅ Backup of vm-web-1 completed')
    expect(markers()).toEqual([marker])
    // The first workflow, in its next run.
    await comment(setting, [sample.failed])
    expect(bodies()).toHaveLength(1)
  })

  it('goes before its own comment, which is of another backup', async () => {
    await comment(setting, [sample.failed], follower)
    await comment(setting, [handedOn])
    await comment(setting, [sample.good], follower)
    expect(bodies().map((body) => /### (\S+)/.exec(body)?.[1])).toEqual(['❌', '✅'])
  })

  it('has its own where nothing was handed on, or another job', async () => {
    const other = { ...handedOn, job: { ...handedOn.job, id: 'other-1' } }
    await comment(setting, [other])
    await comment(setting, [sample.good], follower)
    await comment(setting, [sample.failed], follower)
    expect(bodies().map((body) => /### (\S+)/.exec(body)?.[1])).toEqual(['⏳', '❌'])
  })

  it('takes no comment of anyone else, nor does a run that was not dispatched take any', async () => {
    await comment(setting, [handedOn])
    const [own] = setting.github.comments
    const body = own?.body ?? ''
    setting.github.comments.length = 0
    addComment(setting.github, 1, 'mallory', body)
    addComment(setting.github, 1, 'github-actions[bot]', `mallory said:\n${body}`)
    await comment(setting, [sample.good], follower)
    expect(bodies()).toHaveLength(3)
    addComment(setting.github, 1, 'github-actions[bot]', body)
    await comment(setting, [sample.good], { env: { GITHUB_JOB: 'other' } })
    expect(bodies()).toHaveLength(5)
  })

  it('comments on the pull request of the input, whatever the branch', async () => {
    openPullRequest(setting.github)
    const said = await comment(setting, [sample.good], { ...follower, pullRequest: 2 })
    expect(said.infos).toEqual(['Commented in pull request 2.'])
    expect(setting.github.comments.map(({ pullRequest }) => pullRequest)).toEqual([2])
  })
})
