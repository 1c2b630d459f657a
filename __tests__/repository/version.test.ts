/** One version, in all places that say it; and of Node.js the one in action.yml. */
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { userAgent, version } from '../../src/base/version.ts'
import { actionFile } from './support/action-file.ts'
import { read, root } from './support/files.ts'

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

describe('the Node.js that the scripts run on', () => {
  interface Locked {
    version: string
    integrity?: string
    os?: string
    cpu?: string
    hasInstallScript?: boolean
  }
  const { optionalDependencies, allowScripts } = JSON.parse(read('package.json')) as {
    optionalDependencies: Record<string, string>
    allowScripts?: unknown
  }
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
  const locked = Object.entries(optionalDependencies).map(
    ([name, stated]) => [name, stated, packages[`node_modules/${name}`]] as const,
  )

  it('is of the major version in action.yml, on every system that ci runs on', () => {
    for (const [, stated, found] of locked) {
      expect(`node${stated.split('.')[0]}`).toBe(actionFile.runs.using)
      expect(found?.version).toBe(stated)
    }
    const systems = locked.map(([, , found]) => `${found?.os} ${found?.cpu}`)
    expect(systems).toEqual(expect.arrayContaining(['linux x64', 'win32 x64', 'darwin arm64', 'darwin x64']))
  })

  it('is held by the lock file, as all packages are, and brought by no script', () => {
    const all = Object.entries(packages).filter(([path]) => path !== '')
    expect(all.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'))).toEqual([])
    expect(locked.filter(([, , found]) => found?.hasInstallScript)).toEqual([])
    expect(allowScripts).toBeUndefined()
  })

  it('is the one of this machine that the lock file holds', () => {
    const places = locked.map(([name]) => join(root, 'node_modules', name))
    const here = locked.filter(([, , found]) => found?.os === process.platform && found?.cpu === process.arch)
    // Where there is none, it is the Node.js of the machine.
    if (here.length === 0) return
    expect(places.some((place) => realpathSync(process.execPath).startsWith(place))).toBe(true)
  })
})
