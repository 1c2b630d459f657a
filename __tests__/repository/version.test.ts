/** One version, in all places that say it. */
import { expect, it } from 'vitest'
import { userAgent, version } from '../../src/base/version.ts'
import { read } from './support/files.ts'

const changelog = read('CHANGELOG.md')
const released = [...changelog.matchAll(/^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$/gm)]

it('is the same in package.json, its lock, the code and dist', () => {
  const { version: stated } = JSON.parse(read('package.json')) as { version: string }
  const lock = JSON.parse(read('package-lock.json')) as {
    version: string
    packages: { '': { version: string } }
  }
  expect([stated, lock.version, lock.packages[''].version]).toEqual([version, version, version])
  expect(read('dist/main.js')).toContain(userAgent)
})

it("is the changelog's newest", () => {
  expect(released[0]?.[1]).toBe(version)
})

it('has a changelog in which every heading is a version, and the versions go down', () => {
  const headings = [...changelog.matchAll(/^## .*$/gm)].map(([line]) => line)
  const expected = released.map(([line]) => line)
  expect(headings.filter((line) => line !== '## [Unreleased]')).toEqual(expected)
  const numbers = released.map((match) => match[1] ?? '')
  const sorted = [...numbers].sort((one, other) => other.localeCompare(one, 'en', { numeric: true }))
  expect(numbers).toEqual(sorted)
})

it("is of the major version that the README's snippets use", () => {
  const used = [...read('README.md').matchAll(/wait-for-azure-backup@v(\d+)\b/g)].map((match) => match[1])
  expect([...new Set(used)]).toEqual([version.split('.')[0]])
})
