import { describe, expect, it } from 'vitest'
import type { Target } from '../../src/azure/target.ts'
import { conclude } from '../../src/domain/verdict.ts'
import { followAll } from '../../src/wait/wait.ts'
import { answer, refusal } from '../support/fake-resource-manager.ts'
import { diskBody, jobId, reference, tasks, vmBody } from '../support/job-body.ts'
import { at, waiting } from '../support/wait-options.ts'

const job: Target = { kind: 'job', reference }
const body = (status: string, snapshot: string, transfer: string) =>
  vmBody({ status }, { tasksList: tasks(snapshot, transfer) })
const snapshotting = body('InProgress', 'InProgress', 'NotStarted')

/** How following one job for its snapshot ends. */
async function snapshot(...bodies: [number, unknown][]) {
  const wait = waiting((_request, seconds) => at(seconds, ...bodies), { waitFor: 'snapshot' })
  const [outcome] = await followAll([job], wait.options)
  if (outcome === undefined) throw new Error('There is no outcome.')
  return { ...wait, outcome, conclusion: conclude(outcome) }
}

describe('wait-for: snapshot', () => {
  it('goes on as soon as the snapshot is taken', async () => {
    const { outcome, conclusion, clock, log } = await snapshot(
      [0, snapshotting],
      [480, body('InProgress', 'Completed', 'InProgress')],
      [4_277, body('Completed', 'Completed', 'Completed')],
    )
    expect(outcome).toMatchObject({ ending: 'snapshot', job: { status: 'InProgress' } })
    expect(conclusion).toBe('success')
    expect(clock.elapsed()).toBeGreaterThanOrEqual(480)
    expect(clock.elapsed()).toBeLessThanOrEqual(510)
    expect(log.of('notice')).toEqual([])
  })

  it.each([
    ['a job that has failed', body('Failed', 'Completed', 'Failed'), 'ended', 'failure'],
    ['a job that was cancelled', body('Cancelled', 'Completed', 'Cancelled'), 'ended', 'cancelled'],
    ['a job that has ended', body('Completed', 'Completed', 'Completed'), 'ended', 'success'],
    ['a job with warnings', body('CompletedWithWarnings', 'Completed', 'Failed'), 'ended', 'warning'],
  ])('is decided first by %s', async (_name, end, ending, expected) => {
    const { outcome, conclusion } = await snapshot([0, end])
    expect(outcome.ending).toBe(ending)
    expect(conclusion).toBe(expected)
  })

  it.each([
    ['a job that is being cancelled', 'Cancelling', 'Cancelled', 'cancelled'],
    ['a status never seen before', 'Hibernating', 'Failed', 'failure'],
    ['a paused job', 'Paused', 'Failed', 'failure'],
  ])('does not take the snapshot of %s for success', async (_name, status, end, expected) => {
    const { conclusion } = await snapshot(
      [0, body(status, 'Completed', 'InProgress')],
      [60, body(end, 'Completed', 'Failed')],
    )
    expect(conclusion).toBe(expected)
  })

  it('waits for the end of a job whose snapshot failed', async () => {
    const { conclusion, log } = await snapshot(
      [0, body('InProgress', 'Failed', 'NotStarted')],
      [60, body('Failed', 'Failed', 'NotStarted')],
    )
    expect(conclusion).toBe('failure')
    expect(log.of('notice')).toEqual([])
  })

  const notice = `Job ${jobId} has no snapshot phase (it is no VM backup), so it is waited for to its end.`

  it('waits for the end of a job without that phase, and says so once', async () => {
    const restore = (status: string) =>
      vmBody(
        { operation: 'Restore', status },
        { tasksList: [{ taskId: 'Transfer data from vault', status }] },
      )
    const { conclusion, log } = await snapshot([0, restore('InProgress')], [60, restore('Completed')])
    expect(conclusion).toBe('success')
    expect(log.entries).toContainEqual({ level: 'notice', text: notice, title: 'No snapshot to wait for' })
    expect(log.of('notice')).toHaveLength(1)
  })

  it('does not say so of a job whose tasks come a read later', async () => {
    const { outcome, log } = await snapshot(
      [0, vmBody({}, { tasksList: [] })],
      [1, body('InProgress', 'Completed', 'InProgress')],
    )
    expect(outcome.ending).toBe('snapshot')
    expect(log.of('notice')).toEqual([])
  })

  it('says so of a job that never has tasks', async () => {
    const { log } = await snapshot([0, vmBody({}, { tasksList: [] })], [60, vmBody({ status: 'Completed' })])
    expect(log.of('notice')).toEqual([notice])
  })

  it('waits for the end of a Backup vault’s job', async () => {
    const { conclusion, log } = await snapshot([0, diskBody()], [60, diskBody({ status: 'Completed' })])
    expect(conclusion).toBe('success')
    expect(log.of('notice')).toHaveLength(1)
  })
})

describe('wait-for: none', () => {
  it.each([
    [body('InProgress', 'Completed', 'InProgress'), 'looked', 'pending'],
    [vmBody({ status: 'Hibernating' }), 'looked', 'pending'],
    [vmBody({ status: 'Completed' }), 'ended', 'success'],
    [vmBody({ status: 'Failed' }), 'ended', 'failure'],
  ])('looks once (%#)', async (given, ending, expected) => {
    const wait = waiting(() => answer(given), { waitFor: 'none' })
    const [outcome] = await followAll([job], wait.options)
    expect(outcome?.ending).toBe(ending)
    expect(outcome && conclude(outcome)).toBe(expected)
    expect(wait.times).toEqual([0])
    expect(wait.clock.sleeps).toEqual([])
  })
})

describe('several jobs', () => {
  const named = (id: string): Target => ({ kind: 'job', reference: { ...reference, id } })

  it('are each followed to their own end', async () => {
    const ends: Record<string, [number, string]> = {
      '1': [30, 'Completed'],
      '2': [600, 'Failed'],
      '3': [0, 'Cancelled'],
    }
    const wait = waiting(({ url }, seconds) => {
      const [from, status] = ends[url.pathname.split('/').at(-1) ?? ''] ?? [0, '']
      return at(seconds, [-1, vmBody()], [from, vmBody({ status })])
    })
    const outcomes = await followAll(['1', '2', '3'].map(named), wait.options)
    expect(outcomes.map(({ job: { id, status } }) => [id, status])).toEqual([
      ['1', 'Completed'],
      ['2', 'Failed'],
      ['3', 'Cancelled'],
    ])
    expect(wait.found.map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(wait.clock.elapsed()).toBeLessThanOrEqual(630)
  })

  it('are followed on when one of them is refused', async () => {
    const wait = waiting(({ url }, seconds) =>
      url.pathname.endsWith('/1')
        ? refusal(404)
        : at(seconds, [0, vmBody()], [60, vmBody({ status: 'Completed' })]),
    )
    const outcomes = await followAll(['1', '2'].map(named), wait.options)
    expect(outcomes.map(({ ending }) => ending)).toEqual(['error', 'ended'])
  })

  it('end together at the deadline', async () => {
    const wait = waiting(() => answer(vmBody()), { seconds: 90 })
    const outcomes = await followAll(['1', '2'].map(named), wait.options)
    expect(outcomes.map(({ ending }) => ending)).toEqual(['timed-out', 'timed-out'])
    expect(wait.clock.elapsed()).toBe(90)
  })

  it('end together with a signal', async () => {
    const wait = waiting(() => answer(vmBody()))
    wait.clock.at(40, () => wait.patience.stop())
    const outcomes = await followAll(['1', '2', '3'].map(named), wait.options)
    expect(outcomes.map(({ ending }) => ending)).toEqual(['stopped', 'stopped', 'stopped'])
    expect(wait.clock.elapsed()).toBe(40)
  })
})
