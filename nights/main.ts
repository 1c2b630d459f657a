/** `npm run nights`: plays nights, and tells of those that fail. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { drawNight } from './draw.ts'
import { playMany } from './many.ts'
import type { Plan } from './plan.ts'
import { play, stopRealTime, watchRejections } from './play.ts'
import { shrink } from './shrink.ts'
import { settingOf, storyOf } from './story.ts'
import { runOf } from './worker.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    source: { type: 'string', default: resolve(import.meta.dirname, '../src') },
  },
})
const { source } = values
/** Failing nights that are told of whole. */
const mostTold = 3

if (values.seed !== undefined) process.exitCode = await playAgain(Number(values.seed))
else process.exitCode = await playAll(Number(values.from), Number(values.seeds), Number(values.jobs))

async function playAgain(seed: number): Promise<number> {
  watchRejections()
  stopRealTime()
  const run = await runOf(source)
  const night = await play(drawNight(seed), run)
  console.log([`Night ${seed}`, ...settingOf(night), 'Story:', ...storyOf(night)].join('\n'))
  for (const wrong of night.wrongs) console.log(`WRONG: ${wrong}`)
  return night.wrongs.length === 0 ? 0 : 1
}

async function playAll(from: number, seeds: number, jobs: number): Promise<number> {
  const began = Date.now()
  const failures = await playMany({ from, seeds, jobs, source, enough: 500 })
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  if (failures.length === 0) {
    console.log(`${seeds} nights from seed ${from}: all good, in ${seconds} s.`)
    return 0
  }
  watchRejections()
  stopRealTime()
  const run = await runOf(source)
  const again = (plan: Plan) => play(plan, run)
  for (const { seed } of failures.slice(0, mostTold)) {
    const small = await shrink(await again(drawNight(seed)), again)
    console.log(`\nNight ${seed} fails; the smallest that still does:`)
    console.log([...settingOf(small), 'Story:', ...storyOf(small, 60)].join('\n'))
    for (const wrong of small.wrongs) console.log(`WRONG: ${wrong}`)
  }
  console.log(`\n${failures.length} of ${seeds} nights from seed ${from} fail, in ${seconds} s:`)
  for (const { seed, wrongs } of failures) console.log(`  ${seed}: ${wrongs[0]}`)
  console.log('Play one again, with its log: npm run nights -- --seed N')
  return 1
}
