/**
 * What a trick of the build or of V8 earns: several builds of dist, by turns, so that what else the machine does meets
 * all alike. `node benchmark/builds.ts [--runs 21] FOLDER…`, the first of which the others are compared with.
 */
import { parseArgs } from 'node:util'
import { cpuOfBuilds } from './start.ts'
import { median } from './table.ts'

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '21' } },
})

for (const login of ['oidc', 'cli'] as const) {
  const all = await cpuOfBuilds(login, folders, Number(values.runs))
  const first = median(all[folders[0] ?? ''] ?? [])
  for (const [folder, cpus] of Object.entries(all)) {
    const sorted = cpus.toSorted((one, other) => one - other)
    const quarter = (part: number) => sorted[Math.floor(sorted.length * part)]?.toFixed(0)
    const own = median(cpus)
    console.log(
      `${login} ${folder}: ${own.toFixed(0)} ms of CPU (quartiles ${quarter(0.25)} to ${quarter(0.75)}), ` +
        `${(100 * (own / first - 1)).toFixed(1)} % more`,
    )
  }
}
