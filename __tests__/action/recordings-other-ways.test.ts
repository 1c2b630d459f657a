/** One recording of each workload and operation, known by its Location URL, by its job's name and by its ARM ID. */
import { describe, expect } from 'vitest'
import { expectTold, placeOf, vaultInputs } from './expected.ts'
import { lastBody, load, type Recording, recordings, replay } from './replay.ts'
import { follow, simulate, tells } from './support.ts'

const cancelled = 'azureiaasvm-restore-e023dabd'

/** `azureiaasvm-backup` of `azureiaasvm-backup-77a183b8`. */
const kindOf = (name: string) => name.replace(/-[0-9a-f]{8}$/, '')
const chosen = [
  ...new Map(recordings.filter((name) => name !== cancelled).map((name) => [kindOf(name), name])),
]

interface Way {
  name: string
  inputs(recording: Recording): Record<string, string>
  /** What is asked for, in this order. */
  asks: string[]
}

const ways: Way[] = [
  {
    name: 'Location URL',
    inputs: (recording) => {
      const { 'vault-type': _kind, 'secondary-region': _region, ...vault } = vaultInputs(placeOf(recording))
      return {
        'operation-url': recording.trigger.headers.location ?? '',
        ...(recording.kind === 'crr' ? vault : {}),
      }
    },
    asks: ['result', 'status', 'job'],
  },
  {
    name: 'the job’s name and the vault',
    inputs: (recording) => ({ 'job-id': lastBody(recording).name, ...vaultInputs(placeOf(recording)) }),
    asks: ['job'],
  },
  {
    name: 'the job’s ARM ID',
    inputs: (recording) => ({
      'job-id': lastBody(recording).id,
      // The ID of a cross-region job has the region and no vault.
      ...(recording.kind === 'crr' ? { ...vaultInputs(placeOf(recording)), 'secondary-region': '' } : {}),
    }),
    asks: ['job'],
  },
]

describe.skipIf(recordings.length === 0)('recordings', async () => {
  const simulator = await simulate({ speed: 1 })

  for (const [kind, name] of chosen) {
    for (const way of ways) {
      tells(`${kind} by ${way.name}`, async () => {
        const recording = load(name, simulator.resourceManagerUrl)
        // A wait may begin late; the whole hours are waited for in recordings-long.
        const { environment, requests } = replay(simulator, recording, { beforeEnd: 100 })
        const run = await follow(simulator, way.inputs(recording), { environment })
        expectTold(run, recording)
        const asked = [...new Set(requests.map(({ what }) => what))]
        // A Backup vault's Location URL says itself which job it is.
        const named = recording.kind === 'dataprotection' ? 'status' : ''
        expect(asked).toEqual(way.asks.filter((what) => what !== named))
      })
    }
  }
})
