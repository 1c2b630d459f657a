/**
 * `npm run mutants [room …]`: whether unit tests notice when a pure room of src says something else. Each room is mutated
 * by itself, against its own tests, so that a mutant takes a second and not a minute. Fails below the limits, and for an
 * entry in mutants-alive.json that no mutant fits any more.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Stryker } from '@stryker-mutator/core'

const root = join(import.meta.dirname, '..')
const built = 'build/mutants'

interface Room {
  /** Its pure files. What is left out has I/O, a clock or chance, or is tested by whole steps. */
  files: string[]
  /** Where they stand, if not in the folder of the room's name: tests that have to tell it from its mutants. */
  tests?: string
}

const rooms: Record<string, Room> = {
  base: { files: ['src/base/{errors,text,format,read,pace,patience}.ts'] },
  domain: { files: ['src/domain/*.ts'] },
  inputs: { files: ['src/inputs/*.ts'] },
  words: { files: ['src/report/words/*.ts'], tests: 'report/{whole,words/*}' },
  live: { files: ['src/report/live/{tally,time-left}.ts'], tests: 'report/live/{tally,time-left}' },
  page: {
    files: ['src/report/page/*.ts', 'src/report/outputs.ts'],
    tests: 'report/{whole,outputs,page/*}',
  },
  paths: { files: ['src/azure/{paths,own-body}.ts'], tests: 'azure/{paths,own-body}' },
  azure: {
    files: [
      'src/azure/{target,job-body,item-index,operation,items}.ts',
      'src/azure/http/{answer,api-version,cloud,refusal,resource-path,subject}.ts',
    ],
    // Those without sockets.
    tests:
      'azure/{target*,job-{id,body,errors},item*,operation*,cross-tenant,http/{answer-*,api-version,cloud,refusal,resource-path,subject}}',
  },
  wait: { files: ['src/wait/{phases,select-items}.ts'] },
}

/** Percent of mutants that tests must kill, of all and of each file. */
const ofAll = 95
const ofEach = 90

/** A mutant that lives on because it does the same as the code, or what no test should hold. */
interface Alive {
  file: string
  /** The line of code, trimmed. */
  code: string
  /** What the mutant puts in the place of `original`. */
  original: string
  replacement: string
  reason: string
}

const listed: Alive[] = JSON.parse(readFileSync(join(root, 'scripts/mutants-alive.json'), 'utf8'))
const chosen = process.argv.slice(2)
const unknown = chosen.filter((room) => !(room in rooms))
if (unknown.length > 0)
  throw new Error(`There is no room ${unknown.join(', ')}; there are ${Object.keys(rooms).join(', ')}.`)

const used = new Set<Alive>()
const files = new Map<string, { killed: number; all: number }>()
let unlisted = 0
mkdirSync(join(root, built), { recursive: true })
process.chdir(root)
// Not UTC, where a time that is read as local time would go unnoticed.
process.env.TZ = 'America/New_York'
for (const room of chosen.length > 0 ? chosen : Object.keys(rooms)) await mutate(room)
report()

/** Plays all mutants of a room, and counts what became of them. */
async function mutate(room: string): Promise<void> {
  const { files: mutated = [], tests = `${room}/**/*` } = rooms[room] ?? {}
  process.env.MUTANTS_TESTS = tests
  const results = await new Stryker({
    mutate: mutated,
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutants.vitest.ts', pool: 'threads' },
    // Stryker would rewrite it by TypeScript's old API, which TypeScript 7 does not have.
    tsconfigFile: 'none.json',
    // What runs when a module is loaded: tables, and patterns put together. Each would need a run of all tests.
    ignoreStatic: true,
    incremental: true,
    incrementalFile: `${built}/${room}.json`,
    tempDirName: `${built}/sandbox`,
    ignorePatterns: ['build', 'coverage', 'dist'],
    concurrency: 2,
    timeoutMS: 10_000,
    reporters: ['progress-append-only'],
    allowConsoleColors: false,
  } as never).runMutationTest()
  const lines: string[] = []
  for (const { fileName, location, replacement = '', status, mutatorName } of results) {
    if (status === 'Ignored' || status === 'CompileError') continue
    const file = relative(root, fileName).replaceAll('\\', '/')
    const count = files.get(file) ?? { killed: 0, all: 0 }
    files.set(file, count)
    count.all += 1
    if (status === 'Killed' || status === 'Timeout' || status === 'RuntimeError') {
      count.killed += 1
      continue
    }
    const text = readFileSync(fileName, 'utf8').split('\n')
    const { start, end } = location
    const code = text[start.line - 1]?.trim() ?? ''
    const original = between(text, start, end)
    const entry = listed.find(
      (one) =>
        one.file === file &&
        one.code === code &&
        one.original === original &&
        one.replacement === replacement,
    )
    if (entry !== undefined) used.add(entry)
    else {
      unlisted += 1
      lines.push(JSON.stringify({ file, line: start.line, mutatorName, code, original, replacement }))
    }
  }
  writeFileSync(join(built, `${room}-alive.jsonl`), `${lines.join('\n')}\n`)
}

interface Position {
  line: number
  column: number
}

/** What stands between two places of a text, whose lines and columns count from 1. */
function between(text: string[], start: Position, end: Position): string {
  const lines = text.slice(start.line - 1, end.line)
  lines[lines.length - 1] = (lines.at(-1) ?? '').slice(0, end.column - 1)
  lines[0] = (lines[0] ?? '').slice(start.column - 1)
  return lines.join('\n')
}

/** Prints the shares of killed mutants, and sets the exit code. */
function report(): void {
  const share = ({ killed, all }: { killed: number; all: number }) => (100 * killed) / all
  const total = { killed: 0, all: 0 }
  for (const [file, count] of [...files].sort(([, one], [, other]) => share(one) - share(other))) {
    console.log(`${share(count).toFixed(1).padStart(5)} % of ${String(count.all).padStart(4)}  ${file}`)
    total.killed += count.killed
    total.all += count.all
  }
  console.log(`${share(total).toFixed(1).padStart(5)} % of ${String(total.all).padStart(4)}  in all`)
  console.log(`${unlisted} are alive without a reason: see ${built}/*-alive.jsonl.`)
  const low = [...files].filter(([, count]) => share(count) < ofEach).map(([file]) => file)
  const stale = listed.filter((one) => files.has(one.file) && !used.has(one))
  if (share(total) < ofAll) console.log(`Tests must kill ${ofAll} % of all.`)
  if (low.length > 0) console.log(`Tests must kill ${ofEach} % in ${low.join(', ')}.`)
  for (const { file, code } of stale)
    console.log(`mutants-alive.json names a mutant that is dead or gone: ${file}: ${code}`)
  process.exitCode = share(total) < ofAll || low.length > 0 || stale.length > 0 ? 1 : 0
}
