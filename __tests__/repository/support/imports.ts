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

/** The same graph with files put together, by the name that each belongs to. */
export function grouped(graph: Graph, nameOf: (node: string) => string): Graph {
  const groups: Graph = new Map()
  for (const [node, nexts] of graph) {
    const name = nameOf(node)
    const group = groups.get(name) ?? new Set()
    groups.set(name, group)
    for (const next of nexts) if (nameOf(next) !== name) group.add(nameOf(next))
  }
  return groups
}

/** A graph without circles, without the arrows that others imply. */
export function reduced(graph: Graph): Graph {
  const reach = new Map<string, Set<string>>()
  const below = (node: string): Set<string> => {
    const known = reach.get(node)
    if (known !== undefined) return known
    const found = new Set<string>()
    reach.set(node, found)
    for (const next of graph.get(node) ?? []) for (const one of [next, ...below(next)]) found.add(one)
    return found
  }
  return new Map(
    [...graph].map(([node, nexts]) => {
      const kept = [...nexts].filter((next) => ![...nexts].some((other) => below(other).has(next)))
      return [node, new Set(kept)]
    }),
  )
}
