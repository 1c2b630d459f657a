/** The deadline: any length, one last read at it, and how to look again. */
import { expect } from 'vitest'
import { leaps } from './support/leaping-clock.ts'
import { follow, messages, requestsTo } from './support/run.ts'

const day = 24 * 60

const lengths = [
  { minutes: '0.5', poll: '30' },
  { minutes: String(5 * day), poll: '3600' },
  // Longer than Node's timers hold (2^31 - 1 ms, 24.8 days), and pauses that would be too.
  { minutes: String(60 * day), poll: '4000000' },
]

// What becomes of tokens in so long a time is told elsewhere.
const lives = { accessTokenSeconds: 100 * day * 60 }

for (const { minutes, poll } of lengths) {
  leaps(
    `${minutes} minutes`,
    async (simulator) => {
      const { jobResourceId, jobId, vaultName, resourceGroup } = simulator.backup({ seconds: 100 * day * 60 })
      const inputs = { 'timeout-minutes': minutes, 'poll-interval-seconds': poll }
      const run = await follow(simulator, { 'job-id': jobResourceId, ...inputs })
      expect(run.exitCode).toBe(1)
      expect(run.outputs).toMatchObject({
        conclusion: 'timed-out',
        status: 'InProgress',
        'job-id': jobId,
        'vault-name': vaultName,
        'resource-group': resourceGroup,
        'end-time': '',
      })
      const reads = requestsTo(simulator, 'resource-manager', new RegExp(jobId))
      const seconds = ((reads.at(-1)?.at ?? 0) - (reads[0]?.at ?? 0)) / 1000
      // From the start of the step to its last read; requests take their real time.
      expect(Math.abs(seconds - Number(minutes) * 60)).toBeLessThan(10)
      const [message, ...others] = messages(run, 'error')
      expect(others).toEqual([])
      for (const text of [message, run.summary]) {
        expect(text).toContain(jobId)
        expect(text).toMatch(/look again/i)
      }
      expect(run.summary).toContain('did not end in time')
    },
    lives,
  )
}

leaps('fail-on never passes it, with a warning', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 36_000 })
  const inputs = { 'timeout-minutes': '30', 'fail-on': 'never' }
  const run = await follow(simulator, { 'job-id': jobResourceId, ...inputs })
  expect(run.exitCode).toBe(0)
  expect(run.outputs.conclusion).toBe('timed-out')
  expect(messages(run, 'warning').join()).toContain(jobId)
})

leaps('a job that ends at the deadline is seen to its end', async (simulator) => {
  const { jobResourceId } = simulator.backup({ seconds: 29 * 60 + 50 })
  const run = await follow(simulator, { 'job-id': jobResourceId, 'timeout-minutes': '30' })
  expect(run.outputs.conclusion).toBe('success')
})

leaps('an operation that does not end: how to look again at it', async (simulator) => {
  const { operationUrl, operationId } = simulator.backup({ operationSeconds: 36_000, signed: true })
  const run = await follow(simulator, { 'operation-url': operationUrl, 'timeout-minutes': '10' })
  expect(run.outputs).toMatchObject({ conclusion: 'timed-out', status: 'InProgress', 'job-id': '' })
  expect(requestsTo(simulator, 'resource-manager', new RegExp(operationId)).length).toBeGreaterThan(10)
  expect(messages(run, 'error')[0]).toMatch(/look again.*operation-url/i)
})
