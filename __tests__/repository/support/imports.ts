/** Who imports whom in src, types included: what is only a type ties two files together all the same. */
import { posix } from 'node:path'
import { find, read } from './files.ts'

export interface Imports {
  /** Files of src. */
  files: Set<string>
  /** Packages and Node's own modules. */
  modules: Set<string>
}

const statement = /^\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*'([^']+)'/gm
const call = /\bimport\('([^']+)'\)/g

/** What a file's text imports. */
export function importsOf(path: string, text: string): Imports {
  const specifiers = [...text.matchAll(statement), ...text.matchAll(call)].map((match) => match[1] ?? '')
  const files = specifiers.filter((one) => one.startsWith('.')).map((one) => posix.join(path, '..', one))
  return { files: new Set(files), modules: new Set(specifiers.filter((one) => !one.startsWith('.'))) }
}

/** The imports of all of src, by file. */
export function importsOfSource(): Map<string, Imports> {
  return new Map(find('src/**/*.ts').map((path) => [path, importsOf(path, read(path))]))
}

export type Graph = Map<string, Set<string>>

/** The circles in a graph, each as the way around; empty where it is a tree. */
export function circlesOf(graph: Graph): string[] {
  const circles: string[] = []
  const done = new Set<string>()
  const way: string[] = []
  const visit = (node: string) => {
    if (way.includes(node)) {
      circles.push([...way.slice(way.indexOf(node)), node].join(' > '))
      return
    }
    if (done.has(node)) return
    way.push(node)
    for (const next of graph.get(node) ?? []) visit(next)
    way.pop()
    done.add(node)
  }
  for (const node of graph.keys()) visit(node)
  return circles
}

/** The folder of a file of src, `report/page`; empty for a file at its top. */
export function folderOf(path: string): string {
  return posix.dirname(path).replace(/^src\/?/, '')
}

/** The folders that a picture of the tree draws, from the top to the bottom. */
export function foldersDrawn(picture: string): string[] {
  const way: string[] = []
  return [...picture.matchAll(/^( +)([\w-]+)\//gm)].map(([, indent = '', name = '']) => {
    way.splice(indent.length / 2 - 1, way.length, name)
    return way.join('/')
  })
}

/** The imports of a folder that stands above the importer's own. Files at the top stand above all folders. */
export function importsUpwards(graph: Graph, drawn: string[]): string[] {
  const place = (path: string) => drawn.indexOf(folderOf(path))
  return [...graph].flatMap(([from, tos]) =>
    [...tos].filter((to) => place(to) < place(from)).map((to) => `${from} > ${to}`),
  )
}
