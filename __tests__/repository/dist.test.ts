/** The committed dist: whole, at home anywhere, and with the licences of all that is in it. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { find, read, root } from './support/files.ts'
import { importsOfSource } from './support/imports.ts'

interface Package {
  version: string
  dev?: boolean
  devOptional?: boolean
  optional?: boolean
}

const scripts = find('dist/*.js')
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> }
const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }

/** `name@version` of every package that production needs; what is bundled is among them, and Node.js is not. */
const production = Object.entries(packages)
  .filter(([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional)
  .map(([path, { version }]) => `${nameOf(path)}@${version}`)

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

describe('dist', () => {
  it('is two entries and what they run, with the chunks that it loads, and nothing of an earlier build', () => {
    const text = scripts.map(read).join('\n')
    for (const entry of ['dist/index.js', 'dist/post.js']) expect(read(entry)).toContain("from './main.js'")
    const loaded = text.matchAll(/\.e\((?:\/\*.*?\*\/ )?(\d+)\)/g)
    const chunks = new Set([...loaded].map((match) => `dist/${match[1]}.index.js`))
    const entries = ['dist/index.js', 'dist/main.js', 'dist/post.js']
    expect(scripts).toEqual([...chunks, ...entries].sort())
    expect(chunks.size).toBeGreaterThan(0)
  })

  it('names no place of the machine that built it', () => {
    const places = /(["'`(\s]|file:\/\/)(\/work\/|\/home\/|\/root\/|\/tmp\/|\/Users\/|[A-Z]:\\\\Users)/
    for (const path of scripts) expect(places.exec(read(path))?.[0]).toBeUndefined()
  })

  it('is an ES module wherever it is put', () => {
    expect(JSON.parse(read('dist/package.json'))).toEqual({ type: 'module' })
  })

  it('leaves nothing to be found on the runner but what is known to be guarded', () => {
    const missing = scripts.flatMap((path) => [...read(path).matchAll(/eval\("require"\)\("([^"]+)"\)/g)])
    // supports-color by debug, kerberos by a proxy's negotiation: both within a try.
    const known = new Set(['supports-color', 'kerberos'])
    expect(missing.map((match) => match[1]).filter((name) => !known.has(name ?? ''))).toEqual([])
  })
})

describe('what the runner downloads', () => {
  // A copy without git has nothing to ask.
  it.skipIf(!existsSync(join(root, '.git')))('is what a run needs, and what a person looks for', () => {
    const options = ['archive', '--verbose', '--worktree-attributes', 'HEAD']
    const { stderr } = spawnSync('git', options, { cwd: root, encoding: 'buffer', maxBuffer: 2 ** 28 })
    const paths = stderr
      .toString()
      .split('\n')
      .filter((path) => path !== '' && !path.endsWith('/'))
    const others = paths.filter((path) => !path.startsWith('dist/'))
    const documents = ['ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'README.md', 'SECURITY.md']
    expect(others.sort()).toEqual([...documents, 'LICENSE', 'action.yml', 'package.json'].sort())
    expect(paths).toContain('dist/index.js')
  })
})

describe('the licences', () => {
  const text = read('dist/licenses.txt')
  const named = new Set([...text.matchAll(/^ - (\S+@\S+)$/gm)].map((match) => match[1]))

  it('cover every package of production, in the version that is built in', () => {
    expect(production.filter((name) => !named.has(name))).toEqual([])
    expect(production.length).toBeGreaterThan(30)
  })

  it('are those of nothing else', () => {
    expect([...named].filter((name) => !production.includes(name ?? ''))).toEqual([])
  })

  it('cover what the bundle says that it holds', () => {
    const bundled = scripts.flatMap((path) => [
      ...read(path).matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g),
    ])
    const names = new Set([...named].map((name) => name?.replace(/@[^@]+$/, '')))
    expect([...new Set(bundled.map((match) => match[1]))].filter((name) => !names.has(name))).toEqual([])
  })
})

describe('what src imports', () => {
  const modules = new Set([...importsOfSource().values()].flatMap((imports) => [...imports.modules]))

  it('is part of production', () => {
    const packaged = [...modules].filter((name) => !name.startsWith('node:'))
    expect(packaged.sort()).toEqual(Object.keys(dependencies).sort())
  })
})
