/** Measures this action beside what a user would use instead: `npm run benchmark -- --help`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { requestRows, snapshotRows } from './cadence.ts'
import { downloadRows } from './download.ts'
import { fleetRows } from './fleet.ts'
import { followRows } from './follow.ts'
import { longWaitRows } from './long-wait.ts'
import { firstRequest, wholeStep } from './start.ts'
import { type Row, tableOf } from './table.ts'
import { thousandsRows } from './thousands.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    runs: { type: 'string', default: '21' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const runs = Number(values.runs)

const parts: Record<string, () => Row[] | Promise<Row[]>> = {
  start: () => firstRequest(runs),
  step: () => wholeStep(runs),
  download: downloadRows,
  requests: requestRows,
  snapshot: snapshotRows,
  follow: followRows,
  fleet: fleetRows,
  thousands: thousandsRows,
  'long-wait': longWaitRows,
}

const only = values.only ?? Object.keys(parts)
const unknown = only.filter((name) => !(name in parts))
if (values.help || unknown.length > 0) {
  console.log(`npm run benchmark -- [--only PART]… [--runs 21] [--json] [--write]

  --only   ${Object.keys(parts).join(', ')}
  --runs   how often a process is started of which the median counts, in start and step
  --json   rows as JSON
  --write  puts the table into benchmark/README.md`)
  process.exit(values.help ? 0 : 1)
}

const rows: Row[] = []
for (const name of only) {
  const before = performance.now()
  console.error(`${name} …`)
  rows.push(...((await parts[name]?.()) ?? []))
  console.error(`${name}: ${((performance.now() - before) / 1000).toFixed(0)} s`)
}

const [cpu] = cpus()
const machine =
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${process.platform}, ` +
  `${cpus().length} × ${cpu?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}; medians of ${runs} runs.`
if (values.json) console.log(JSON.stringify({ machine, rows }, undefined, 2))
else console.log(`\n${tableOf(rows)}\n\n${machine}`)

if (values.write) {
  const file = join(import.meta.dirname, 'README.md')
  const [before = '', , after = ''] = readFileSync(file, 'utf8').split(/<!-- (?:table|end) -->/)
  writeFileSync(file, `${before}<!-- table -->\n\n${tableOf(rows)}\n\n${machine}\n\n<!-- end -->${after}`)
}
