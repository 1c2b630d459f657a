import { describe, expect, it } from 'vitest'
import { OutOfTimeError } from '../../src/azure/http/resource-manager.ts'
import type { Target } from '../../src/azure/target.ts'
import { followAll } from '../../src/wait/wait.ts'
import { start } from '../support/fake-clock.ts'
import { answer, refusal } from '../support/fake-resource-manager.ts'
import {
  backupVault,
  backupVaultRoot,
  diskBody,
  jobId,
  reference,
  tasks,
  vault,
  vaultRoot,
  vmBody,
} from '../support/job-body.ts'
import { at, waiting } from '../support/wait-options.ts'

const job: Target = { kind: 'job', reference }
const running = vmBody()
const completed = vmBody({ status: 'Completed', duration: 'PT8M', endTime: '2026-03-01T10:08:00Z' })

/** How late after its end a job's end was seen, in seconds. */
async function follow(ends: number, pollInterval = 30) {
  const wait = waiting((_request, seconds) => at(seconds, [0, running], [ends, completed]), { pollInterval })
  const [outcome] = await followAll([job], wait.options)
  return { ...wait, outcome, late: wait.clock.elapsed() - ends }
}

describe('a job of a Backup vault whose operation is below a region', () => {
  const body = (status: string) => diskBody({ status })
  const inRegion = (region: string): Target => ({
    kind: 'job',
    reference: { vault: backupVault, id: jobId, region },
  })
  const follow = (target: Target) => {
    const wait = waiting(({ url }, seconds) =>
      url.pathname === backupVaultRoot
        ? answer({ location: 'westeurope' })
        : at(seconds, [0, body('InProgress')], [60, body('Completed')]),
    )
    return { ...wait, outcomes: followAll([target], wait.options) }
  }

  it('is one of its vault where that is the vault’s own: paced, handed on and looked at again as such', async () => {
    const { outcomes, clock } = follow(inRegion('westeurope'))
    const [outcome] = await outcomes
    expect(outcome?.reference).toEqual({ vault: backupVault, id: jobId })
    expect(Math.max(...clock.sleeps)).toBeLessThan(30)
  })

  it('is a cross-region job where it is another', async () => {
    const { outcomes, clock } = follow(inRegion('northeurope'))
    const [outcome] = await outcomes
    expect(outcome?.reference).toEqual({ vault: backupVault, id: jobId, region: 'northeurope' })
    expect(Math.min(...clock.sleeps)).toBeGreaterThanOrEqual(30)
  })
})

describe('a job that is followed', () => {
  it('is looked at at once, and no more once it has ended', async () => {
    const { outcome, times, clock, watched } = await follow(0)
    expect(times).toEqual([0])
    expect(clock.sleeps).toEqual([])
    expect(watched.job).toEqual(['Completed'])
    expect(outcome).toMatchObject({
      ending: 'ended',
      problem: undefined,
      reference,
      seenAt: start,
      job: { id: jobId, status: 'Completed', durationSeconds: 480 },
    })
  })

  it('is looked at often while it is young and more rarely as it ages', async () => {
    const { times, clock } = await follow(4_277)
    expect(clock.sleeps.slice(0, 3)).toEqual([4.625, 4.796, 4.974])
    const pauses = clock.sleeps
    expect(pauses).toEqual([...pauses].sort((one, other) => one - other))
    expect(Math.max(...pauses)).toBe(27.75)
    expect(times.length).toBeLessThan(200)
  })

  it.each([
    [20, 5],
    [480, 30],
    [4_277, 30],
  ])('that ends after %d s is seen to within %d s', async (ends, within) => {
    const { late } = await follow(ends)
    expect(late).toBeGreaterThanOrEqual(0)
    expect(late).toBeLessThanOrEqual(within)
  })

  it('is looked at as often as poll-interval-seconds says', async () => {
    const { clock, late } = await follow(600, 5)
    expect(Math.max(...clock.sleeps)).toBe(4.625)
    expect(late).toBeLessThanOrEqual(5)
  })

  it('that is old already is not looked at as if it were young', async () => {
    const old = vmBody({ startTime: '2026-03-01T08:00:00Z' })
    const wait = waiting((_request, _seconds, count) => answer(count === 1 ? old : completed))
    await followAll([job], wait.options)
    expect(wait.times).toEqual([0, 27.75])
  })

  it('is named to whoever keeps them, before it is read', async () => {
    const { found } = await follow(0)
    expect(found).toEqual([reference])
  })

  it('has its phases observed', async () => {
    const phases = (snapshot: string, transfer: string, more = {}) =>
      vmBody(more, { tasksList: tasks(snapshot, transfer) })
    const end = { status: 'Completed', endTime: '2026-03-01T10:01:00Z' }
    const wait = waiting((_request, seconds) =>
      at(
        seconds,
        [0, phases('InProgress', 'NotStarted')],
        [10, phases('Completed', 'InProgress')],
        [60, phases('Completed', 'Completed', end)],
      ),
    )
    const [outcome] = await followAll([job], wait.options)
    const seen = wait.times.find((time) => time >= 10) ?? 0
    expect(outcome?.observed).toEqual([
      {
        name: 'Take Snapshot',
        status: 'Completed',
        startedAt: Date.parse('2026-03-01T10:00:00.123Z'),
        endedAt: start + seen * 1000,
      },
      {
        name: 'Transfer data to vault',
        status: 'Completed',
        startedAt: start + seen * 1000,
        endedAt: start + 60_000,
      },
    ])
  })
})

describe('what the service asks for', () => {
  it('comes before the pause of the action’s own: Retry-After', async () => {
    const wait = waiting((_request, _seconds, count) =>
      count === 1 ? answer(running, { retryAfter: 60 }) : answer(completed),
    )
    await followAll([job], wait.options)
    expect(wait.times).toEqual([0, 61.5])
  })

  it('comes before it: what its limit leaves', async () => {
    const wait = waiting((_request, _seconds, count) =>
      count === 1 ? answer(running, { remaining: 3 }) : answer(completed),
    )
    await followAll([job], wait.options)
    expect(wait.times).toEqual([0, 120])
  })

  it('is 30 s at least where reads spend the write quota', async () => {
    const wait = waiting((_request, _seconds, count) => answer(count < 4 ? running : completed))
    await followAll([{ kind: 'job', reference: { ...reference, region: 'eastus2' } }], wait.options)
    expect(wait.times).toEqual([0, 30, 60, 90])
  })
})

describe('the deadline', () => {
  it('ends the wait, with a last look at it and none after it', async () => {
    const wait = waiting(() => answer(running), { seconds: 100 })
    const [outcome] = await followAll([job], wait.options)
    expect(wait.times.at(-1)).toBe(100)
    expect(wait.clock.elapsed()).toBe(100)
    expect(outcome).toMatchObject({
      ending: 'timed-out',
      problem: undefined,
      seenAt: start + 100_000,
      job: { status: 'InProgress' },
    })
  })

  it('does not hide a job that ended just before it', async () => {
    const wait = waiting((_request, seconds) => at(seconds, [0, running], [99.9, completed]), {
      seconds: 100,
    })
    const [outcome] = await followAll([job], wait.options)
    expect(outcome).toMatchObject({ ending: 'ended', job: { status: 'Completed' } })
  })

  it('leaves no last look where the service asked for silence beyond it', async () => {
    const wait = waiting(() => answer(running, { retryAfter: 600 }), { seconds: 100 })
    const [outcome] = await followAll([job], wait.options)
    expect(wait.times).toEqual([0])
    expect(wait.clock.elapsed()).toBe(100)
    expect(outcome?.ending).toBe('timed-out')
  })

  it('that comes while reads fail is told with what failed, and with the last facts', async () => {
    const wait = waiting((_request, _seconds, count) =>
      count === 1 ? answer(running) : new OutOfTimeError('503 Busy'),
    )
    const [outcome] = await followAll([job], wait.options)
    expect(outcome).toMatchObject({
      ending: 'timed-out',
      problem: { code: '', cause: `Reading job ${jobId} failed to the last: 503 Busy` },
      seenAt: start,
      secondsSinceRead: expect.any(Number),
      job: { status: 'InProgress', item: 'vm-web-01' },
    })
  })

  it('is not the end of a job with a status never seen before: that counts as running', async () => {
    const wait = waiting(() => answer(vmBody({ status: 'Hibernating' })), { seconds: 200 })
    const [outcome] = await followAll([job], wait.options)
    expect(outcome).toMatchObject({ ending: 'timed-out', job: { status: 'Hibernating' } })
    expect(wait.log.entries.filter(({ level }) => level === 'warning')).toEqual([
      {
        level: 'warning',
        text: `Job ${jobId} has the status "Hibernating", which this action does not know. It counts as running, never as success.`,
        title: 'Unknown job status',
      },
    ])
  })
})

describe('a signal', () => {
  it('ends the wait at once, with the last facts', async () => {
    const wait = waiting(() => answer(running))
    wait.clock.at(50, () => wait.patience.stop())
    const [outcome] = await followAll([job], wait.options)
    expect(wait.clock.elapsed()).toBe(50)
    expect(outcome).toMatchObject({ ending: 'stopped', problem: undefined, job: { status: 'InProgress' } })
  })

  it('before the first answer leaves what is known: where the job is', async () => {
    const wait = waiting(() => new Error('stopped by SIGINT'))
    wait.patience.stop()
    const [outcome] = await followAll([job], wait.options)
    expect(outcome).toMatchObject({
      ending: 'stopped',
      problem: undefined,
      job: { id: jobId, vault, status: '' },
    })
  })
})

describe('a refusal', () => {
  it('is an error that says what to do, with the last facts', async () => {
    const path = `${vaultRoot}/backupJobs/${jobId}`
    const wait = waiting((_request, _seconds, count) =>
      count === 1 ? answer(running) : refusal(403, 'AuthorizationFailed', 'No', path),
    )
    const [outcome] = await followAll([job], wait.options)
    expect(outcome).toMatchObject({
      ending: 'error',
      problem: {
        code: 'AuthorizationFailed',
        cause: expect.stringContaining('Microsoft.RecoveryServices/Vaults/backupJobs/read'),
      },
      job: { status: 'InProgress', item: 'vm-web-01' },
    })
  })
})
