/** A long outage, and what is not there yet. */
import { expect } from 'vitest'
import { leaps } from './support/leaping-clock.ts'
import { faultsOf, follow, messages, pausesOf, requestsTo } from './support/run.ts'

const minute = 60
const ids = { 'x-ms-request-id': 'req-1', 'x-ms-correlation-request-id': 'corr-2' }
const busy =
  '503 ServerBusy: The server is busy. Please try again later. (request ID req-1, correlation ID corr-2)'

leaps(
  'an outage to the deadline: timed-out, with the last known status and the reason',
  async (simulator) => {
    const { jobResourceId, jobId } = simulator.backup({ seconds: 10 * 60 * minute })
    simulator.fault({ kind: 'status', status: 503, headers: ids, path: jobId, afterSeconds: 30 * minute })
    const run = await follow(simulator, { 'job-id': jobResourceId, 'timeout-minutes': '300' })
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({
      conclusion: 'timed-out',
      status: 'InProgress',
      'job-id': jobId,
      item: 'web-01',
      'end-time': '',
    })
    expect(messages(run, 'error')).toHaveLength(1)
    expect(messages(run, 'error')[0]).toContain(busy)
    expect(run.outputs['error-message']).toContain(busy)
    expect(run.summary).toContain('503 ServerBusy')
    expect(run.summary).toContain('InProgress')

    const reads = requestsTo(simulator, 'resource-manager', new RegExp(jobId))
    const failed = reads.filter(({ status }) => status === 503)
    // One line each.
    expect(faultsOf(run)).toEqual(failed.map(() => ({ what: `Reading job ${jobId}`, said: busy })))
    // Back-off: doubling, up to three minutes; the last read at the deadline, not past it.
    const pauses = pausesOf(failed)
    for (const [index, longest] of [2, 4, 8, 16, 32, 60].entries()) {
      expect(pauses[index]).toBeGreaterThanOrEqual(longest * 0.75)
      expect(pauses[index]).toBeLessThan(longest + 1)
    }
    expect(Math.max(...pauses)).toBeLessThan(181)
    expect(failed.length).toBeGreaterThan(85)
    expect(failed.length).toBeLessThan(150)
    const seconds = ((reads.at(-1)?.at ?? 0) - (reads[0]?.at ?? 0)) / 1000
    expect(Math.abs(seconds - 300 * minute)).toBeLessThan(10)
  },
)

leaps('an outage of an hour, then the end of the job', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 40 * minute, ends: 'Failed' })
  simulator.fault({ kind: 'reset', path: jobId, afterSeconds: 10 * minute, forSeconds: 60 * minute })
  const run = await follow(simulator, { 'job-id': jobResourceId })
  // The verdict is the job's own.
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: 'Failed', 'duration-seconds': '2400' })
  expect(faultsOf(run).length).toBeGreaterThan(20)
})

const absent = /^404 ResourceNotFound: .* \(request ID .+, correlation ID .+\)$/

leaps('404 before the first good read: not there yet', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 10 * minute, notFoundSeconds: 110 })
  const run = await follow(simulator, { 'job-id': jobResourceId })
  expect(run.outputs.conclusion).toBe('success')
  expect(run.annotations).toEqual([])
  const faults = faultsOf(run)
  expect(faults.length).toBeGreaterThanOrEqual(4)
  expect(faults.filter(({ what, said }) => what !== `Reading job ${jobId}` || !absent.test(said))).toEqual([])
})

leaps('404 for more than two minutes: an error', async (simulator) => {
  const { jobResourceId } = simulator.backup()
  const unknown = jobResourceId.replace(/[^/]+$/, '00000000-0000-0000-0000-000000000404')
  const run = await follow(simulator, { 'job-id': unknown })
  expect(run.outputs).toMatchObject({ conclusion: 'error', 'error-code': 'ResourceNotFound' })
  expect(messages(run, 'error')).toHaveLength(1)
  expect(messages(run, 'error')[0]).toMatch(
    /^There is no such job [\s\S]*\nThe answer: 404 ResourceNotFound: The Resource '.*' was not found.*\(request ID .+, correlation ID .+\)/,
  )
  const reads = requestsTo(simulator, 'resource-manager')
  const seconds = ((reads.at(-1)?.at ?? 0) - (reads[0]?.at ?? 0)) / 1000
  expect(seconds).toBeGreaterThanOrEqual(2 * minute)
  expect(seconds).toBeLessThan(3 * minute + 5)
})

leaps('404 after a good read: gone, at once', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup()
  simulator.fault({ kind: 'status', status: 404, headers: ids, path: jobId, skip: 3 })
  const run = await follow(simulator, { 'job-id': jobResourceId })
  expect(run.outputs).toMatchObject({ conclusion: 'error', status: 'InProgress', item: 'web-01' })
  expect(requestsTo(simulator, 'resource-manager', new RegExp(jobId))).toHaveLength(4)
  expect(faultsOf(run)).toEqual([])
  expect(messages(run, 'error')[0]).toContain(
    '\nThe answer: 404 ResourceNotFound: The resource was not found. (request ID req-1, correlation ID corr-2)',
  )
})

leaps('an outage to the deadline: the last known status, and how old it is', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 36_000 })
  simulator.fault({ kind: 'status', status: 503, path: jobId, skip: 3 })
  const run = await follow(simulator, { 'job-id': jobResourceId, 'timeout-minutes': '60' })
  expect(run.outputs).toMatchObject({ conclusion: 'timed-out', status: 'InProgress', 'job-id': jobId })
  const [error] = run.annotations.filter(({ level }) => level === 'error')
  const known = /could not be read to the end; its last known status is InProgress, (59m|1h) ago/
  for (const text of [error?.title, run.summary]) expect(text).toMatch(known)
  expect(error?.message).toContain('failed to the last: 503')
  expect(error?.message).toMatch(
    /When last read, the job was InProgress, (59m|1h) ago; this step did not cancel it\./,
  )
  for (const text of [error?.title, error?.message, run.summary]) expect(text).not.toContain('did not end')
})
