import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { userAgent, version } from '../../src/base/version.ts'

const { version: released } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }

it('the version is that of package.json', () => {
  expect(version).toBe(released)
})

it('the user agent names the action and its version', () => {
  expect(userAgent).toBe(`wait-for-azure-backup/${released}`)
})
