/** The code as a whole: who imports whom, and how much stands in one place. */
import { describe, expect, it } from 'vitest'
import { find, read } from './support/files.ts'
import {
  circlesOf,
  folderOf,
  foldersDrawn,
  type Graph,
  importsOf,
  importsOfSource,
  importsUpwards,
} from './support/imports.ts'
import { blocksOf } from './support/markdown.ts'

const files = find('src/**/*.ts')
const graph: Graph = new Map([...importsOfSource()].map(([path, imports]) => [path, imports.files]))

describe('src', () => {
  it('has no circle of imports', () => {
    expect(circlesOf(graph)).toEqual([])
  })

  it('would not pass with one', () => {
    const texts = {
      'src/a.ts': "import type {\n  B,\n} from './b/b.ts'",
      'src/b/b.ts': "const a = import('../a.ts')",
    }
    const circle = new Map(Object.entries(texts).map(([path, text]) => [path, importsOf(path, text).files]))
    expect(circlesOf(circle)).toEqual(['src/a.ts > src/b/b.ts > src/a.ts'])
  })

  it('imports nothing that is not there, and of itself alone', () => {
    const imported = [...graph.values()].flatMap((paths) => [...paths])
    expect(imported.filter((path) => !files.includes(path))).toEqual([])
    expect(imported.length).toBeGreaterThan(100)
  })

  it('has nothing that nobody imports', () => {
    const imported = new Set([...graph.values()].flatMap((paths) => [...paths]))
    expect(files.filter((path) => !imported.has(path))).toEqual(['src/index.ts', 'src/post.ts'])
  })

  it('has no file over 250 lines', () => {
    expect(files.filter((path) => read(path).split('\n').length > 251)).toEqual([])
  })

  it('writes to no console, and knows of no test', () => {
    // Foreign text on the console could give the runner a command; log.ts sees to it that it cannot.
    const odd = /\bconsole\.|process\.std(out|err)|\bvitest\b|NODE_ENV|simulator\//
    const others = files.filter((path) => path !== 'src/runner/log.ts')
    expect(others.filter((path) => odd.test(read(path)))).toEqual([])
  })

  it('takes of @actions/core what @github/local-action 7 has in its place', () => {
    // Its CORE_STUBS, of what is of use here; ExitCode is not among them, nor is markdownSummary.
    const known = new Set(
      'debug endGroup error exportVariable getIDToken getInput getState group info isDebug notice saveState setFailed setOutput setSecret startGroup summary warning'.split(
        ' ',
      ),
    )
    const used = files.flatMap((path) => {
      const text = read(path)
      const named = /import (?:type )?{([^}]*)} from '@actions\/core'/.exec(text)?.[1]?.split(',') ?? []
      const members = /import \* as core from/.test(text) ? [...text.matchAll(/\bcore\.(\w+)/g)] : []
      return [...named.map((name) => name.trim()), ...members.map((match) => match[1] ?? '')]
    })
    expect(used.filter((name) => name !== '' && !known.has(name))).toEqual([])
    expect(used).toEqual(expect.arrayContaining(['setSecret', 'setOutput', 'summary']))
  })

  it('parses numbers strictly', () => {
    const lax = /\bparse(Int|Float)\(.*\) \|\|/
    expect(files.filter((path) => lax.test(read(path)))).toEqual([])
  })
})

describe('ARCHITECTURE.md', () => {
  const text = read('ARCHITECTURE.md')
  const drawn = foldersDrawn(
    blocksOf('ARCHITECTURE.md', text).find(({ text: block }) => block.startsWith('src/'))?.text ?? '',
  )

  it('draws every folder of src, and none that is not there', () => {
    const folders = new Set(files.map(folderOf).filter((folder) => folder !== ''))
    expect([...drawn].sort()).toEqual([...folders].sort())
  })

  it('draws them in an order in which no import runs upwards', () => {
    expect(importsUpwards(graph, drawn)).toEqual([])
  })

  it('would not pass with an import that runs upwards', () => {
    const upwards = new Map([['src/base/a.ts', new Set(['src/wait/b.ts', 'src/base/c.ts'])]])
    expect(importsUpwards(upwards, drawn)).toEqual(['src/base/a.ts > src/wait/b.ts'])
    const toTop = new Map([
      ['src/report/page/a.ts', new Set(['src/report/outputs.ts', 'src/main.ts', 'src/domain/b.ts'])],
    ])
    expect(importsUpwards(toTop, drawn)).toHaveLength(2)
  })

  it('names files that are there', () => {
    const paths = [...text.matchAll(/`((?:[\w-]+\/)*[\w-]+\.ts)`/g)].map(([, name]) => `src/${name}`)
    expect(paths.length).toBeGreaterThan(10)
    expect(paths.filter((path) => !files.includes(path))).toEqual([])
  })
})
