/** One recording of each workload and operation, known by its Location URL, by its job's name and by its ARM ID. */
import { describe, expect } from 'vitest'
import { expectAllTold, expectTold, placeOf, vaultInputs } from './expected.ts'
import { byFive, kindOf, lastBody, load, type Recording, type Replay, recordings, replay } from './replay.ts'
import { follow, simulate, tells } from './support.ts'

const cancelled = 'azureiaasvm-restore-e023dabd'
const chosen = [
  ...new Map(recordings.filter((name) => name !== cancelled).map((name) => [kindOf(name), name])).values(),
]
const crossRegion = 'crr-vm-restore-disks'
/** A wait may begin late; the whole hours are waited for in recordings-long. */
const late = { beforeEnd: 100 }

/** What was asked for, each once, in order. */
const asked = ({ requests }: Replay) => [...new Set(requests.map(({ what }) => what))]

describe.skipIf(recordings.length === 0)('recordings', async () => {
  const simulator = await simulate({ speed: 1 })
  const loadAll = (names: string[]) => names.map((name) => load(name, simulator.resourceManagerUrl))

  async function followAs(recording: Recording, inputs: Record<string, string>): Promise<Replay> {
    const replayed = replay(simulator, recording, late)
    const run = await follow(simulator, inputs, { environment: replayed.environment })
    expectTold(run, recording)
    return replayed
  }

  for (const name of chosen) {
    tells(`${kindOf(name)} by the job's name and the vault`, async () => {
      const recording = load(name, simulator.resourceManagerUrl)
      const inputs = { 'job-id': lastBody(recording).name, ...vaultInputs(placeOf(recording)) }
      expect(asked(await followAs(recording, inputs))).toEqual(['job'])
    })
  }

  // What names its vault can be followed with others in one step.
  for (const names of byFive(chosen.filter((name) => name !== crossRegion))) {
    const kinds = names.map(kindOf).join(', ')

    tells(`${kinds} by Location URL`, async () => {
      const all = loadAll(names)
      const replayed = replay(simulator, all, late)
      const urls = all.map(({ trigger }) => trigger.headers.location).join('\n')
      const run = await follow(simulator, { 'operation-url': urls }, { environment: replayed.environment })
      expectAllTold(run, all)
      for (const { subscriptionId, kind, name } of all) {
        const requests = replayed.requests.filter(({ request }) => request.path.includes(subscriptionId))
        // A Backup vault's Location URL says itself which job it is; a Recovery Services vault has the status.
        const ways = kind === 'dataprotection' ? ['result', 'job'] : ['status', 'job']
        expect(asked({ ...replayed, requests }), name).toEqual(ways)
      }
    })

    tells(`${kinds} by ARM ID`, async () => {
      const all = loadAll(names)
      const replayed = replay(simulator, all, late)
      const ids = all.map((recording) => lastBody(recording).id).join('\n')
      const run = await follow(simulator, { 'job-id': ids }, { environment: replayed.environment })
      expectAllTold(run, all)
      expect(asked(replayed)).toEqual(['job'])
    })
  }

  tells(`${crossRegion} by Location URL`, async () => {
    const recording = load(crossRegion, simulator.resourceManagerUrl)
    const { 'secondary-region': _said, ...vault } = vaultInputs(placeOf(recording))
    const inputs = { 'operation-url': recording.trigger.headers.location ?? '', ...vault }
    expect(asked(await followAs(recording, inputs))).toEqual(['result', 'status', 'job'])
  })

  tells(`${crossRegion} by ARM ID, which has the region and no vault`, async () => {
    const recording = load(crossRegion, simulator.resourceManagerUrl)
    const { 'secondary-region': _said, ...vault } = vaultInputs(placeOf(recording))
    expect(asked(await followAs(recording, { 'job-id': lastBody(recording).id, ...vault }))).toEqual(['job'])
  })
})
