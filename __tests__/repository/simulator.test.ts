/** The simulator as a whole: its folders are its parts, and imports only run downwards between them. */
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { find, read } from './support/files.ts'
import { circlesOf, type Graph, importsOf } from './support/imports.ts'
import { code, tableAfter } from './support/markdown.ts'

const files = find('simulator/**/*.{ts,mjs}')
const graph: Graph = new Map(files.map((path) => [path, importsOf(path, read(path)).files]))

/** The folders from the top down, as README.md tells them; the simulator's own folder is `./`. */
const folders = tableAfter('## Its parts', read('simulator/README.md')).map(([name = '']) => code(name))

const folderOf = (path: string) => `${posix.relative('simulator', posix.dirname(path)) || '.'}/`

/** The imports that lead to a folder above, or to one that README.md does not name. */
function upward(imports: Graph): string[] {
  const place = (path: string) => folders.indexOf(folderOf(path))
  const wrong = (from: string, to: string) => place(to) < place(from) || place(to) < 0
  return [...imports].flatMap(([from, tos]) =>
    [...tos].filter((to) => wrong(from, to)).map((to) => `${from} > ${to}`),
  )
}

describe('simulator', () => {
  it('has no circle of imports, types counted', () => {
    expect(circlesOf(graph)).toEqual([])
  })

  it('imports nothing that runs upwards between its folders, and nothing of src', () => {
    expect(upward(graph)).toEqual([])
    expect([...graph.values()].flatMap((paths) => [...paths]).length).toBeGreaterThan(150)
  })

  it('would not pass with such an import', () => {
    const path = 'simulator/http/odd.ts'
    const text = "import type { World } from '../azure/world/world.ts'"
    expect(upward(new Map([[path, importsOf(path, text).files]]))).toEqual([
      'simulator/http/odd.ts > simulator/azure/world/world.ts',
    ])
    const away = "import { read } from '../../src/azure/values.ts'"
    expect(upward(new Map([[path, importsOf(path, away).files]]))).toHaveLength(1)
  })

  it('has the folders that README.md names, and no other', () => {
    expect([...new Set(files.map(folderOf))].sort()).toEqual([...folders].sort())
  })

  it('has no file over 250 lines, and only its entry loose at the top', () => {
    expect(files.filter((path) => read(path).split('\n').length > 251)).toEqual([])
    expect(files.filter((path) => folderOf(path) === './')).toEqual([
      'simulator/api.ts',
      'simulator/simulator.ts',
    ])
  })
})
