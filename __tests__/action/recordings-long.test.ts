/** The recorded conversations that lasted long, from the request that started them to the end of the job. */
import { describe, expect } from 'vitest'
import { expectTold, placeOf, vaultInputs } from './expected.ts'
import { jobReadsOf, load, recordings, replay, secondsOf } from './replay.ts'
import { follow, plainLog, simulate, tells } from './support.ts'

const long = recordings.filter((name) => secondsOf(load(name, 'https://localhost')) >= 300)

describe.skipIf(recordings.length === 0)('by operation URL', async () => {
  const simulator = await simulate({ speed: 1 })

  for (const name of long) {
    tells(name, async () => {
      const recording = load(name, simulator.resourceManagerUrl)
      const { environment, requests } = replay(simulator, recording)
      const { 'resource-group': group = '', 'vault-name': vault = '' } = vaultInputs(placeOf(recording))
      const inputs = {
        'operation-url': recording.trigger.headers['azure-asyncoperation'] ?? '',
        // A cross-region operation's URL does not say the vault.
        ...(recording.kind === 'crr' ? { 'resource-group': group, 'vault-name': vault } : {}),
      }
      const run = await follow(simulator, inputs, { environment })
      expectTold(run, recording)
      const log = plainLog(run)
      // A line at least every five minutes, and no more than a person reads.
      expect(log.length).toBeGreaterThan(secondsOf(recording) / 330)
      expect(log.length).toBeLessThan(secondsOf(recording) / 60 + 12)
      const jobs = requests.filter(({ what }) => what === 'job')
      expect(jobs.length).toBeGreaterThan(2)
      // Seen to have ended soon: a poll interval and a second, but for what a busy machine adds at this pace.
      const ended = Date.parse(jobReadsOf(recording).at(-1)?.headers.date ?? '')
      expect(((jobs.at(-1)?.at ?? 0) - ended) / 1000).toBeLessThan(300)
      expect(requests.filter(({ what }) => what === 'nothing')).toEqual([])
    })
  }

  tells('reads of a cross-region job are thirty seconds apart', async () => {
    const recording = load('crr-vm-restore-disks', simulator.resourceManagerUrl)
    const { environment, requests } = replay(simulator, recording, { beforeEnd: 160, speed: 50 })
    const { region: _own, ...place } = placeOf(recording)
    const run = await follow(
      simulator,
      {
        'operation-url': recording.trigger.headers['azure-asyncoperation'] ?? '',
        'resource-group': place.resourceGroup,
        'vault-name': place.vaultName,
        'poll-interval-seconds': '1',
      },
      { environment },
    )
    expectTold(run, recording)
    const posts = requests.filter(({ request }) => request.method === 'POST')
    expect(posts.length).toBeGreaterThan(3)
    const pauses = posts.slice(1).map(({ at }, index) => (at - (posts[index]?.at ?? 0)) / 1000)
    // As they arrive, to within some milliseconds of ours.
    expect(Math.min(...pauses)).toBeGreaterThan(25)
  })
})
