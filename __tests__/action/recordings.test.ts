/** Every recorded conversation of some minutes, followed by its operation URL and told exactly. */
import { describe, expect, test } from 'vitest'
import { expectAllTold, expectTold } from './expected.ts'
import { byFive, kindOf, load, type Recording, recordings, replay, secondsOf } from './replay.ts'
import { follow, levels, plainLog, propertiesOf, simulate, tells } from './support.ts'

const cancelled = 'azureiaasvm-restore-e023dabd'
const seconds = (name: string) => secondsOf(load(name, 'https://localhost'))
const short = recordings.filter((name) => name !== cancelled && seconds(name) < 300)
/** The first of each workload and operation, which is followed by itself; the others in groups alike in length. */
const first = short.filter((name) => short.find((other) => kindOf(other) === kindOf(name)) === name)
const others = short
  .filter((name) => !first.includes(name))
  .sort((one, other) => seconds(one) - seconds(other))

describe.runIf(recordings.length === 0)('recordings', () => {
  test('are skipped: ../shared/recordings is not here, the simulator’s own timelines stand in', () => {
    expect(recordings).toEqual([])
  })
})

describe.skipIf(recordings.length === 0)('by operation URL', async () => {
  const simulator = await simulate({ speed: 1 })

  const urlOf = ({ trigger }: Recording) => trigger.headers['azure-asyncoperation'] ?? ''

  for (const name of first) {
    tells(name, async () => {
      const recording = load(name, simulator.resourceManagerUrl)
      const { environment, requests } = replay(simulator, recording)
      const run = await follow(simulator, { 'operation-url': urlOf(recording) }, { environment })
      expectTold(run, recording)
      expect(requests.filter(({ what }) => what === 'nothing')).toEqual([])
      expect(requests[0]?.request.url).toBe(urlOf(recording))
      for (const { request } of requests) {
        expect(request.headers).toMatchObject({
          'accept-language': 'en-US',
          'x-ms-client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
          'user-agent': expect.stringMatching(/^wait-for-azure-backup\/\d+\.\d+\.\d+/),
        })
      }
    })
  }

  for (const group of byFive(others)) {
    tells(group.join(', '), async () => {
      const all = group.map((name) => load(name, simulator.resourceManagerUrl))
      const { environment, requests } = replay(simulator, all)
      const run = await follow(simulator, { 'operation-url': all.map(urlOf).join('\n') }, { environment })
      expectAllTold(run, all)
      expect(requests.filter(({ what }) => what === 'nothing')).toEqual([])
    })
  }

  // Its client cancelled the restore and went away; the last that was read of the job is that it runs.
  tells(`${cancelled}, which ends before its job does`, async () => {
    const recording = load(cancelled, simulator.resourceManagerUrl)
    const { environment } = replay(simulator, recording, { speed: 100 })
    const run = await follow(
      simulator,
      {
        'operation-url': recording.trigger.headers['azure-asyncoperation'] ?? '',
        'timeout-minutes': '2',
      },
      { environment },
    )
    expect(run.outputs).toMatchObject({
      status: 'InProgress',
      conclusion: 'timed-out',
      'job-id': 'e023dabd-e504-429b-9c60-992a39e007a5',
      'vault-name': 'clitest-vault000002',
      'resource-group': 'clitest.rg000001',
      operation: 'Restore',
      item: 'clitest-vm000003',
      'start-time': '2019-07-03T11:57:48.671Z',
      'end-time': '',
      'backup-size': '',
      'backup-size-bytes': '',
      'snapshot-completed': '',
      'error-code': '',
      'error-message': '',
    })
    // From its start to now, and not what the last read said (PT5.0279314S).
    expect(Number(run.outputs['duration-seconds'])).toBeGreaterThanOrEqual(110)
    expect(propertiesOf(run)).toEqual({
      'Job Type': 'Recover disks',
      'Target Storage Account Name': 'clitest000006',
      'Recovery point time': '7/3/2019 10:45:07 AM',
    })
    expect(levels(run)).toEqual(['error'])
    expect(plainLog(run).join('\n')).toContain('Restore clitest-vm000003: ')
  })
})
