/** The conversations of ../shared/recordings-2, with the Retry-After that the service sent. */
import { describe, expect } from 'vitest'
import { expectAllTold, expectTold, placeOf, vaultInputs } from './expected.ts'
import {
  byFive,
  jobReadsOf,
  lastBody,
  load,
  moreRecordings,
  type Recording,
  replay,
  secondsOf,
} from './replay.ts'
import { follow, simulate, tells } from './support.ts'

const statusOf = (name: string) => {
  const recording = load(name, 'https://localhost')
  return jobReadsOf(recording).length === 0 ? undefined : lastBody(recording).properties.status
}
const urlOf = ({ trigger }: Recording) => trigger.headers['azure-asyncoperation'] ?? ''
const completed = moreRecordings.filter((name) => statusOf(name) === 'Completed')
const started = completed
  .filter((name) => load(name, 'https://localhost').operationStatus.length > 0)
  .sort((one, other) => secondsOf(load(one, '')) - secondsOf(load(other, '')))
const tails = completed.filter((name) => !started.includes(name))
const jobless = moreRecordings.filter((name) => name.startsWith('nojob-'))
const byLocation = jobless.filter((name) => name.includes('refreshcontainers'))
const byStatus = jobless.filter((name) => load(name, '').operationStatus.length > 0)
const cancelling = moreRecordings.filter((name) => name.startsWith('cancel-'))

describe.skipIf(moreRecordings.length === 0)('more recordings', async () => {
  const simulator = await simulate({ speed: 1 })
  const loaded = (name: string) => load(name, simulator.resourceManagerUrl)

  for (const group of byFive(started)) {
    tells(`by operation URL: ${group.join(', ')}`, async () => {
      const all = group.map(loaded)
      const { environment, requests } = replay(simulator, all)
      const run = await follow(simulator, { 'operation-url': all.map(urlOf).join('\n') }, { environment })
      expectAllTold(run, all)
      expect(requests.filter(({ what }) => what === 'nothing')).toEqual([])
    })

    tells(`by Location URL, whose minute is not waited for: ${group.join(', ')}`, async () => {
      const all = group.map(loaded)
      const { environment, requests } = replay(simulator, all)
      const urls = all.map(({ trigger }) => trigger.headers.location).join('\n')
      const run = await follow(simulator, { 'operation-url': urls }, { environment })
      expectAllTold(run, all)
      expect(requests.filter(({ what }) => what === 'result' || what === 'nothing')).toEqual([])
    })
  }

  for (const name of tails) {
    tells(`${name}, whose operation was not recorded`, async () => {
      const recording = loaded(name)
      const { environment } = replay(simulator, recording)
      const inputs = { 'job-id': lastBody(recording).name, ...vaultInputs(placeOf(recording)) }
      expectTold(await follow(simulator, inputs, { environment }), recording)
    })
  }

  tells('azureiaasvm-backup-cancelled-38cb3a5f is told as cancelled', async () => {
    const recording = loaded('azureiaasvm-backup-cancelled-38cb3a5f')
    const { environment } = replay(simulator, recording)
    const inputs = { 'job-id': lastBody(recording).name, ...vaultInputs(placeOf(recording)) }
    const run = await follow(simulator, inputs, { environment })
    expect(run.outputs).toMatchObject({
      conclusion: 'cancelled',
      status: 'Cancelled',
      'job-id': '38cb3a5f-857c-4721-ab47-a7c8a1068100',
      item: 'vmusev2',
      'start-time': '2016-04-18T11:02:42.551Z',
      'end-time': '2016-04-18T11:05:37.410Z',
      duration: 'PT2M55S',
      'backup-size-bytes': '0',
      'snapshot-completed': 'false',
    })
    expect(run.exitCode).toBe(1)
  })

  for (const name of byLocation) {
    tells(`${name} ends without a job, by its Location URL, read when that allows`, async () => {
      const recording = loaded(name)
      const { environment, requests } = replay(simulator, recording, { speed: 60 })
      const run = await follow(
        simulator,
        { 'operation-url': recording.trigger.headers.location ?? '' },
        { environment },
      )
      expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Succeeded', 'job-id': '' })
      expect(run.log.some((line) => line.includes('ended and named no job'))).toBe(true)
      const [first, second, ...others] = requests.filter(({ what }) => what === 'result')
      expect(recording.operationResult?.[0]?.headers['retry-after']).toBe('60')
      expect(((second?.at ?? 0) - (first?.at ?? 0)) / 1000).toBeGreaterThan(58)
      expect(others).toEqual([])
    })
  }

  for (const name of byStatus) {
    tells(`${name} ends by its operation URL`, async () => {
      const recording = loaded(name)
      const { environment } = replay(simulator, recording, { speed: 60 })
      const run = await follow(simulator, { 'operation-url': urlOf(recording) }, { environment })
      const jobId: string = recording.operationStatus.at(-1)?.body.properties?.jobId ?? ''
      // Of two, the job was not recorded, so it is not found.
      const told =
        jobId === '' ? { conclusion: 'success', status: 'Succeeded' } : { conclusion: 'error', status: '' }
      expect(run.outputs).toMatchObject({ ...told, 'job-id': jobId })
    })
  }

  // Its client went away; a cancellation's URL is that of the job.
  for (const name of cancelling) {
    tells(`${name} runs on, and its end of 2001 is none`, async () => {
      const recording = loaded(name)
      const { environment } = replay(simulator, recording, { speed: 60 })
      const inputs = { 'operation-url': recording.trigger.headers.location ?? '', 'wait-for': 'none' }
      const run = await follow(simulator, inputs, { environment })
      const { name: id, properties } = lastBody(recording)
      expect(run.outputs).toMatchObject({
        conclusion: 'pending',
        status: properties.status,
        'job-id': id,
        'end-time': '',
      })
      expect(run.outputs['start-time']).toBe(new Date(properties.startTime).toISOString())
    })
  }
})
