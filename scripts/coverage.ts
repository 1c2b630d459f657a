/**
 * `npm run coverage`: which lines of src no test runs, unit tests and black-box tests taken together. The steps run a
 * bundle that has a map to src, for dist has none. Fails where a pure room has such a line.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
// @ts-expect-error It has no types.
import { mergeScriptCovs } from '@bcoe/v8-coverage'
import { type CoverageMap, type CoverageMapData, createCoverageMap } from '@vitest/istanbul-lib-coverage'
import { convert } from 'ast-v8-to-istanbul'
import { parseAst } from 'rolldown/parseAst'
import { bundle } from './bundle.ts'

type ScriptCov = Parameters<typeof convert>[0]['coverage']

const root = join(import.meta.dirname, '..')
const built = join(root, 'build', 'coverage')
const raw = join(built, 'raw')
const unit = join(built, 'unit')

/** Rooms with no I/O, clock or chance of their own. */
const pure =
  /^src\/(domain\/.*|inputs\/.*|report\/(?!live\/progress).*|base\/(errors|text|format|read|pace|version)|azure\/(paths|versions|target|job-body|http\/(cloud|refusal))|wait\/phases)\.ts$/

rmSync(built, { recursive: true, force: true })
mkdirSync(raw, { recursive: true })
await bundle({ index: 'src/index.ts', post: 'src/post.ts' }, built, true)
const tests = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=dot',
    '--coverage.enabled',
    '--coverage.provider=v8',
    '--coverage.reporter=json',
    `--coverage.reportsDirectory=${unit}`,
    '--coverage.include=src/**',
    '--coverage.reportOnFailure',
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ACTION_SCRIPT: join(built, 'index.js'), ACTION_COVERAGE: raw },
  },
)

const maps = [
  createCoverageMap(JSON.parse(readFileSync(join(unit, 'coverage-final.json'), 'utf8')) as CoverageMapData),
  ...(await mapsOfSteps()),
]
const left = uncovered(maps)
let lines = 0
for (const [file, { missing, all }] of left) {
  lines += all
  if (missing.length > 0) console.log(`${file}: ${missing.join(', ')}`)
}
const missing = [...left.values()].reduce((sum, one) => sum + one.missing.length, 0)
console.log(`${(100 * (1 - missing / lines)).toFixed(1)} % of ${lines} lines run in tests.`)
const impure = [...left].filter(([file, one]) => pure.test(file) && one.missing.length > 0)
for (const [file] of impure) console.log(`${file} is a pure room, and has lines that no test runs.`)
process.exitCode = tests.status === 0 && impure.length === 0 ? 0 : 1

/** What the steps ran, as istanbul has it. */
async function mapsOfSteps(): Promise<CoverageMap[]> {
  const scripts = new Map<string, ScriptCov>()
  for (const name of readdirSync(raw)) {
    const { result } = JSON.parse(readFileSync(join(raw, name), 'utf8')) as { result: ScriptCov[] }
    for (const script of result) {
      if (!script.url.startsWith(pathToFileURL(built).href)) continue
      const known = scripts.get(script.url)
      scripts.set(script.url, known === undefined ? script : mergeScriptCovs([known, script]))
    }
  }
  return Promise.all(
    // The bundler's own helpers have no map.
    [...scripts.values()]
      .filter(({ url }) => existsSync(`${fileURLToPath(url)}.map`))
      .map(async (coverage) => {
        const file = fileURLToPath(coverage.url)
        const code = readFileSync(file, 'utf8')
        const sourceMap = JSON.parse(readFileSync(`${file}.map`, 'utf8'))
        const data = await convert({
          code,
          sourceMap,
          coverage,
          ast: Promise.resolve(parseAst(code)) as never,
        })
        return createCoverageMap(data as CoverageMapData)
      }),
  )
}

/** By file of src: its lines with a statement, and those of them that nothing ran. */
function uncovered(maps: CoverageMap[]): Map<string, { all: number; missing: string[] }> {
  const files = new Map<string, Map<string, number>>()
  for (const map of maps) {
    for (const path of map.files()) {
      const file = relative(root, path)
      if (!file.startsWith('src')) continue
      const counts = files.get(file) ?? new Map<string, number>()
      const lines = Object.entries(map.fileCoverageFor(path).getLineCoverage())
      // What unit tests never load they know by its text alone, whose lines may begin elsewhere.
      if (maps.length > 1 && map === maps[0] && lines.every(([, count]) => count === 0)) continue
      for (const [line, count] of lines) {
        counts.set(line, (counts.get(line) ?? 0) + count)
      }
      files.set(file, counts)
    }
  }
  return new Map(
    [...files]
      .sort()
      .map(([file, counts]) => [
        file,
        { all: counts.size, missing: [...counts].filter(([, count]) => count === 0).map(([line]) => line) },
      ]),
  )
}
