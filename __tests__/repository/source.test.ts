/** The code as a whole: who imports whom, and how much stands in one place. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { find, read, root } from './support/files.ts'
import { circlesOf, type Graph, grouped, importsOf, importsOfSource, reduced } from './support/imports.ts'
import { blocksOf, code, tableAfter } from './support/markdown.ts'

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
    expect(files.filter((path) => !imported.has(path))).toEqual(['src/index.ts'])
  })

  it('has no file over 250 lines', () => {
    expect(files.filter((path) => read(path).split('\n').length > 251)).toEqual([])
  })

  it('writes to no console, and knows of no test', () => {
    // Foreign text on the console could give the runner a command; log.ts sees to it that it cannot.
    const odd = /\bconsole\.|process\.std(out|err)|\bvitest\b|NODE_ENV|simulator\//
    expect(files.filter((path) => odd.test(read(path)))).toEqual([])
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
  const parts = tableAfter('## The parts', text).map(([name = '', places = '']) => ({
    name: code(name),
    places: places.split(', ').map(code),
  }))

  /** The part that a file belongs to: the one that names it, or else the one that names its folder. */
  const partOf = (path: string): string => {
    const by = (place: string) => parts.filter(({ places }) => places.includes(place)).map(({ name }) => name)
    const short = path.replace('src/', '')
    const found = by(short).length > 0 ? by(short) : by(short.replace(/[^/]*$/, ''))
    return found.length === 1 ? (found[0] ?? '') : `${path}: ${found.length} parts`
  }

  it('has a part for every file, and no part or file that is not there', () => {
    expect(files.map(partOf).filter((name) => name.includes(':'))).toEqual([])
    const places = parts.flatMap((part) => part.places)
    expect(places.filter((place) => !files.some((path) => path.startsWith(`src/${place}`)))).toEqual([])
    expect(
      parts.map(({ name }) => name).filter((name) => !files.some((path) => partOf(path) === name)),
    ).toEqual([])
  })

  it('has the picture that the imports make, which has no circle', () => {
    const between = grouped(graph, partOf)
    expect(circlesOf(between)).toEqual([])
    const arrows = [...reduced(between)].flatMap(([from, tos]) => [...tos].map((to) => `  ${from} --> ${to}`))
    const picture = `flowchart TD\n${arrows.sort().join('\n')}\n`
    const drawn = blocksOf('ARCHITECTURE.md', text).find(({ language }) => language === 'mermaid')?.text ?? ''
    // UPDATE_PICTURE=1 draws it anew.
    if (process.env.UPDATE_PICTURE) writeFileSync(join(root, 'ARCHITECTURE.md'), text.replace(drawn, picture))
    else expect(drawn).toBe(picture)
  })

  it('names files that are there', () => {
    const paths = [...text.matchAll(/`([\w-]+\/)?([\w-]+)\.ts`/g)].map(([name]) => `src/${code(name)}`)
    expect(paths.filter((path) => !files.includes(path))).toEqual([])
  })
})
