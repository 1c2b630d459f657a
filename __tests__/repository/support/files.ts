/** The files of this repository, as they are on disk. */
import { globSync, readFileSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'

export const root = join(import.meta.dirname, '..', '..', '..')

/** What git does not keep, and git's own. */
const exclude = ['node_modules', 'build', 'coverage', '.git']

/** A file's text. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Paths from the root, with slashes on every system, sorted. */
export function find(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: root, exclude })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort()
}

/** Every document for people. */
export const documents = () => find('*.md', 'docs/**/*.md', '{benchmark,simulator}/*.md', '.github/**/*.md')

export const workflows = () => find('.github/workflows/*.yml')
