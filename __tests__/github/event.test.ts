import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readRunContext } from '../../src/github/event.ts'

const env = {
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF: 'refs/heads/main',
}

it.each([
  ['{"number":7}', { number: 7 }],
  ['{"number":', {}],
  ['', {}],
  ['null', {}],
])('reads the event %s', (text, payload) => {
  const file = join(tmpdir(), `event-${randomUUID()}.json`)
  writeFileSync(file, text)
  onTestFinished(() => rmSync(file))
  expect(readRunContext({ ...env, GITHUB_EVENT_PATH: file })).toEqual({
    eventName: 'push',
    payload,
    ref: 'refs/heads/main',
    repo: { owner: 'octo-org', repo: 'octo-repo' },
  })
})

it('does without an event', () => {
  expect(readRunContext(env).payload).toEqual({})
  expect(readRunContext({ ...env, GITHUB_EVENT_PATH: '/there/is/none' }).payload).toEqual({})
})

it.each(['', 'octo-org', '/octo-repo'])('is none of GitHub’s with the repository "%s"', (repository) => {
  expect(() => readRunContext({ ...env, GITHUB_REPOSITORY: repository })).toThrow(/GITHUB_REPOSITORY/)
})
