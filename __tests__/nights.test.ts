/** Nights from a fixed seed, and whether those who watch them do their work. See nights/README.md. */
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawNight } from '../nights/draw.ts'
import { playMany } from '../nights/many.ts'
import type { Plan } from '../nights/plan.ts'
import { find, planted } from '../nights/planted.ts'
import { plants } from '../nights/plants.ts'
import { type Night, play, stopRealTime } from '../nights/play.ts'
import { shrink } from '../nights/shrink.ts'
import { storyOf } from '../nights/story.ts'
import { run } from '../src/main.ts'
import { find as files, read } from './repository/support/files.ts'

const source = resolve(import.meta.dirname, '../src')

describe('nights', () => {
  // More of them each night: .github/workflows/nightly.yml.
  it('150 of them are good', async () => {
    const failures = await playMany({ from: 0, seeds: 150, jobs: 2, source, enough: 150 })
    // To see one: npm run nights -- --seed N
    expect(failures).toEqual([])
  })

  it('are the same every time', async () => {
    const goOn = stopRealTime()
    try {
      const once = storyOf(await play(drawNight(7), run))
      expect(storyOf(await play(drawNight(7), run))).toEqual(once)
      expect(once.length).toBeGreaterThan(20)
    } finally {
      goOn()
    }
  })

  it('are drawn with all kinds of trouble', () => {
    const plans = Array.from({ length: 2_000 }, (_, seed) => drawNight(seed))
    const kinds = new Set(plans.flatMap(({ troubles }) => troubles.map(({ kind }) => kind)))
    expect(kinds.size).toBe(21)
    expect(Math.max(...plans.map(({ jobs }) => jobs.length))).toBe(50)
    expect(plans.filter(({ troubles }) => troubles.length === 0).length).toBeGreaterThan(300)
  })

  it('share no code with src', () => {
    const shared = files('nights/**/*.ts').filter((path) => /from '(\.\.\/)+src\//.test(read(path)))
    expect(shared).toEqual([])
  })
})

describe('a failing night', () => {
  /** One that fails for each signal, as long as a job is left. */
  const playSignals = async (plan: Plan): Promise<Night> => {
    const wrongs = plan.troubles.flatMap(({ kind }) => (kind === 'signal' ? [`signal ${plan.seed}`] : []))
    return { plan, wrongs: plan.jobs.length > 0 ? wrongs : [] } as unknown as Night
  }

  it('is made as small as it can be', async () => {
    const seeds = Array.from({ length: 2_000 }, (_, seed) => seed)
    const plan = seeds.map(drawNight).find(({ troubles, jobs, given }) => {
      return (
        troubles.length > 3 &&
        troubles.some(({ kind }) => kind === 'signal') &&
        jobs.length > 5 &&
        given === 'job-id'
      )
    })
    if (plan === undefined) throw new Error('no seed draws such a night')
    const small = await shrink(await playSignals(plan), playSignals)
    expect(small.plan.troubles.map(({ kind }) => kind)).toEqual(['signal'])
    expect(small.plan.jobs).toHaveLength(1)
    expect(small.plan.policy).toMatchObject({ waitFor: 'completion', cancelJob: 'never', verify: 'false' })
  })
})

describe('planted faults', () => {
  it('are fifteen at the least', () => {
    expect(new Set(plants.map(({ name }) => name)).size).toBe(plants.length)
    expect(plants.length).toBeGreaterThanOrEqual(15)
  })

  it.each(plants)('$name: still fits', (plant) => {
    expect(planted(plant)).not.toBe(read(`src/${plant.file}`))
  })

  // All of them, within 2,000 nights: npm run nights:planted.
  const quick = ['a failed job passes', 'tokens go to every host']
  it.each(plants.filter(({ name }) => quick.includes(name)))('$name: is found', async (plant) => {
    expect(await find(plant, 2, 100)).toBeDefined()
  })
})
