/** How long a step waits, and how often it looks. */
import { expect } from 'vitest'
import {
  begin,
  expectWellFormed,
  follow,
  jobReads,
  levels,
  plainLog,
  type Run,
  type StartOptions,
  simulate,
  start,
  type Trigger,
  tells,
} from './support.ts'

const simulator = await simulate()
const hours = 36_000

async function play(
  kind: string,
  options: StartOptions,
  inputs: Record<string, string>,
): Promise<[Run, Trigger]> {
  const trigger = start(simulator, kind, options)
  return [await follow(simulator, { 'operation-url': trigger.operationUrl, ...inputs }), trigger]
}

const snapshot = { 'wait-for': 'snapshot' }

tells('wait-for: snapshot goes on as soon as it is taken, and reads no more', async () => {
  const trigger = start(simulator, 'vm-backup', { seconds: hours, snapshotSeconds: 60 })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl, ...snapshot })
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    status: 'InProgress',
    'snapshot-completed': 'true',
  })
  expect(plainLog(run).at(-1)).toMatch(
    /^Backup of web-01: the snapshot is taken after .*, the transfer to the vault/,
  )
  expect(plainLog(run).filter((line) => /Take Snapshot done/.test(line))).toHaveLength(1)
})

tells('wait-for: snapshot waits for a job without one to its end, and says so', async () => {
  const [run] = await play('sql-backup', { seconds: 30 }, snapshot)
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed', 'snapshot-completed': '' })
  expect(levels(run)).toEqual(['notice'])
  expect(run.annotations[0]).toMatchObject({ title: 'No snapshot to wait for' })
})

tells('wait-for: snapshot says so of a Backup vault’s job too', async () => {
  const [run] = await play('disk-backup', { seconds: 30 }, snapshot)
  expect(run.outputs).toMatchObject({ conclusion: 'success', status: 'Completed' })
  expect(levels(run)).toEqual(['notice'])
})

const overrides: [ends: string, conclusion: string, level: string][] = [
  ['Failed', 'failure', 'error'],
  ['Cancelled', 'cancelled', 'error'],
  ['CompletedWithWarnings', 'warning', 'warning'],
]
for (const [ends, conclusion, level] of overrides) {
  tells(
    `wait-for: snapshot is no success for a job that is ${ends}, though its snapshot is taken`,
    async () => {
      const tasksList = [{ taskId: 'Take Snapshot', status: 'Completed' }]
      const [run] = await play('vm-backup', { seconds: 0, ends, extendedInfo: { tasksList } }, snapshot)
      expect(run.outputs).toMatchObject({ conclusion, status: ends, 'snapshot-completed': 'true' })
      expect(levels(run)).toEqual([level])
    },
  )
}

tells('wait-for: snapshot waits for each of several', async () => {
  const task = (status: string) => ({ taskId: 'Take Snapshot', status })
  const extendedInfo = { tasksList: [task('Completed'), task('InProgress')] }
  const [run] = await play('vm-backup', { seconds: 30, extendedInfo }, snapshot)
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    status: 'Completed',
    'snapshot-completed': 'false',
  })
})

tells('wait-for: snapshot is no success for a job that is being cancelled', async () => {
  const options = { seconds: hours, snapshotSeconds: 1, runs: 'Cancelling' }
  const [run] = await play('vm-backup', options, { ...snapshot, 'timeout-minutes': '1' })
  expect(run.outputs).toMatchObject({ conclusion: 'timed-out', status: 'Cancelling' })
})

tells('wait-for: none looks once at a job that runs', async () => {
  const [run, trigger] = await play('vm-backup', { seconds: hours }, { 'wait-for': 'none' })
  expect(run.outputs).toMatchObject({ conclusion: 'pending', status: 'InProgress' })
  expect(jobReads(simulator, trigger)).toHaveLength(1)
})

tells('wait-for: none tells the end of a job that has ended', async () => {
  const [run, trigger] = await play('vm-backup', { seconds: 0, ends: 'Failed' }, { 'wait-for': 'none' })
  expect(run.outputs).toMatchObject({ conclusion: 'failure', status: 'Failed' })
  expect(run.exitCode).toBe(1)
  expect(jobReads(simulator, trigger)).toHaveLength(1)
})

tells('poll-interval-seconds is the longest pause', async () => {
  // Of a job that has run for hours; a young one is looked at more often.
  const properties = { startTime: new Date(simulator.clock.now() - hours * 1000).toISOString() }
  const wait = { 'timeout-minutes': '2' }
  const [[, often], [, seldom]] = await Promise.all([
    play('vm-backup', { seconds: hours, properties }, { ...wait, 'poll-interval-seconds': '20' }),
    play('vm-backup', { seconds: hours, properties }, { ...wait, 'poll-interval-seconds': '100' }),
  ])
  expect(jobReads(simulator, often).length).toBeGreaterThan(4)
  expect(jobReads(simulator, seldom).length).toBeLessThan(5)
})

tells('summary: false writes none', async () => {
  const [run] = await play('vm-backup', { seconds: 0 }, { summary: 'false' })
  expect(run.summary).toBe('')
  expect(run.outputs.conclusion).toBe('success')
})

tells('SIGTERM stops the wait as SIGINT does, with outputs and a summary', async () => {
  const { operationUrl, jobId } = start(simulator, 'vm-backup', { seconds: hours })
  const action = begin(simulator, { 'operation-url': operationUrl })
  await action.waitForLine(/Backup web-01: .* InProgress/)
  action.kill('SIGTERM')
  const run = await action.done
  expectWellFormed(run, simulator)
  expect(run.outputs).toMatchObject({ conclusion: 'pending', status: 'InProgress', 'job-id': jobId })
  expect(run.annotations[0]?.message).toContain(`run this action with job-id ${jobId}`)
  expect(run.exitCode).toBe(1)
})
