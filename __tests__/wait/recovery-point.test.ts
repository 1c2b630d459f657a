import { describe, expect, it } from 'vitest'
import { itemFinder } from '../../src/azure/recovery-points.ts'
import type { Job } from '../../src/domain/job.ts'
import type { Ending, Outcome } from '../../src/domain/outcome.ts'
import type { WaitOptions } from '../../src/wait/reads.ts'
import { verifyRecoveryPoint } from '../../src/wait/recovery-point.ts'
import { start } from '../support/fake-clock.ts'
import { answer, refusal } from '../support/fake-resource-manager.ts'
import { backupVaultRoot, reference } from '../support/job-body.ts'
import { bareJob, outcomeOf } from '../support/outcome.ts'
import { waiting } from '../support/wait-options.ts'

const item = `${backupVaultRoot}/backupInstances/disk-1`
const minute = 60_000
/** A backup that ran for the ten minutes before the start of the clock. */
const good: Partial<Job> = { operation: 'Backup', startTime: start - 10 * minute, endTime: start }
const point = { name: 'point', properties: { recoveryPointTime: new Date(start - minute).toISOString() } }

interface Given {
  status?: string
  ending?: Ending
  /** From this second on the point is there. */
  from?: number
  seconds?: number
  waitFor?: 'none'
  /** When the job was seen to have ended, in minutes after its end. */
  seen?: number
  item?: string | undefined
}

const verifyAlone = (outcome: Outcome, options: WaitOptions) =>
  verifyRecoveryPoint(outcome, itemFinder(options.resourceManager, options.patience.clock.now), options)

async function verify(job: Partial<Job>, given: Given = {}) {
  const { from = 0, seconds, seen = 0, status = 'Completed', ending = 'ended' } = given
  const world = waiting((_request, elapsed) => answer({ value: elapsed >= from ? [point] : [] }), {
    verifyRecoveryPoint: 'true',
    ...(given.waitFor === undefined ? {} : { waitFor: given.waitFor }),
    ...(seconds === undefined ? {} : { seconds }),
  })
  const outcome: Outcome = outcomeOf(bareJob(status, { ...good, ...job }), ending, {
    reference: { ...reference, ...('item' in given ? {} : { item }) },
    seenAt: start + seen * minute,
  })
  return { ...world, outcome, verified: await verifyAlone(outcome, world.options) }
}

describe('the recovery point of a good backup', () => {
  it.each(['Backup', 'Backup (Full)', 'backup'])('is looked for after %s', async (operation) => {
    const { verified, outcome, times } = await verify({ operation })
    expect(verified).toEqual({
      ...outcome,
      verification: { state: 'verified', problem: undefined },
      recoveryPoint: { id: 'point', time: start - minute, type: '' },
    })
    expect(times).toEqual([0])
  })

  it.each([
    ['a restore', { operation: 'Restore' }, {}],
    ['a job whose name only begins alike', { operation: 'BackupCopy' }, {}],
    ['a failed backup', {}, { status: 'Failed' }],
    ['a backup that was not waited for', {}, { status: 'InProgress', ending: 'looked' as const }],
    ['a backup that timed out', {}, { status: 'InProgress', ending: 'timed-out' as const }],
  ])('is not looked for after %s', async (_name, job, given) => {
    const { verified, outcome, resourceManager } = await verify(job, given)
    expect(verified).toBe(outcome)
    expect(resourceManager.requests).toEqual([])
  })

  it.each([
    ['Restore', 'its operation is "Restore"'],
    ['', 'it does not tell its operation'],
  ])('is said to be none after a good job of operation "%s"', async (operation, why) => {
    const { log, outcome } = await verify({ operation })
    expect(log.of('notice')).toEqual([
      `Job ${outcome.job.id} is no backup (${why}), so no recovery point is verified.`,
    ])
  })

  it('is said to be none after an operation that started no job, and of nothing that failed', async () => {
    const world = waiting(() => answer({}))
    const nothing = { ...bareJob('Succeeded'), id: '' }
    await verifyAlone(outcomeOf(nothing), world.options)
    expect(world.log.of('notice')).toEqual([
      'The operation started no job, so there is no recovery point to verify.',
    ])
    expect((await verify({ operation: 'Restore' }, { status: 'Failed' })).log.of('notice')).toEqual([])
  })

  it('is looked for once with wait-for: none, and may yet come', async () => {
    const missing = { from: Number.POSITIVE_INFINITY, waitFor: 'none' } as const
    const soon = await verify({}, { ...missing, seen: 4 })
    expect(soon.verified).toMatchObject({
      ending: 'ended',
      verification: { state: 'looked', problem: undefined },
    })
    const late = await verify({}, { ...missing, seen: 20 })
    expect(late.verified.verification?.state).toBe('missing')
    expect([soon.times, late.times]).toEqual([[0], [0]])
  })

  it('is looked for after warnings, and at the snapshot', async () => {
    expect((await verify({}, { status: 'CompletedWithWarnings' })).verified.recoveryPoint?.id).toBe('point')
    const running = { status: 'InProgress', ending: 'snapshot' as const }
    expect((await verify({ endTime: undefined }, running)).verified.recoveryPoint?.id).toBe('point')
  })

  it('is waited for, every quarter of a minute', async () => {
    const { verified, times } = await verify({}, { from: 50 })
    expect(verified.recoveryPoint?.id).toBe('point')
    expect(times).toEqual([0, 17.5, 35, 52.5])
  })

  it('is missed ten minutes after the job’s end', async () => {
    const { verified, times } = await verify({}, { from: Number.POSITIVE_INFINITY })
    expect(verified).toMatchObject({ verification: { state: 'missing' }, job: { status: 'Completed' } })
    expect(verified.verification?.problem?.cause).toMatch(
      / made no recovery point that the vault shows: none within/,
    )
    expect(times.at(-1)).toBe(600)
  })

  it.each([
    [4, 360],
    [10, 0],
    [600, 0],
  ])('is missed sooner where the job was seen %i minutes after its end', async (seen, last) => {
    const { verified, times } = await verify({}, { from: Number.POSITIVE_INFINITY, seen })
    expect(verified.verification?.state).toBe('missing')
    expect(times.at(-1)).toBe(last)
  })

  it('is missed although another is there, where the job names its own', async () => {
    const { verified } = await verify({ recoveryPointId: 'other' })
    expect(verified.verification?.state).toBe('missing')
    expect(verified.verification?.problem?.cause).toContain(
      ': other, which the job names, was not there ten minutes after',
    )
  })

  it('is missed at the deadline, where that comes first', async () => {
    const { verified, times } = await verify({}, { from: Number.POSITIVE_INFINITY, seconds: 60 })
    expect(verified.verification?.state).toBe('missing')
    expect(times.at(-1)).toBe(60)
  })
})

describe('what keeps it from being found', () => {
  it('is an item that cannot be told', async () => {
    const { verified } = await verify({ item: 'web-01' }, { item: undefined })
    expect(verified).toMatchObject({ ending: 'ended', verification: { state: 'error' } })
    expect(verified.verification?.problem?.cause).toMatch(
      /^Which item job .* backed up cannot be told by its name; give/,
    )
  })

  it('is an error of its own, and the job’s facts stay', async () => {
    const { options } = waiting(() => refusal(403, 'AuthorizationFailed', 'No'))
    const outcome = outcomeOf(bareJob('Completed', good), 'ended', { reference: { ...reference, item } })
    const verified = await verifyAlone(outcome, options)
    expect(verified).toMatchObject({
      ending: 'ended',
      job: outcome.job,
      verification: { state: 'error', problem: { code: 'AuthorizationFailed' } },
    })
  })

  it('is a signal', async () => {
    const { options, patience } = waiting(() => {
      patience.stop()
      return new Error('aborted')
    })
    const outcome = outcomeOf(bareJob('Completed', good), 'ended', { reference: { ...reference, item } })
    expect(await verifyAlone(outcome, options)).toMatchObject({ verification: { state: 'stopped' } })
  })
})

describe('the threat status of the recovery point', () => {
  const vm =
    '/subscriptions/s/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/v/backupFabrics/Azure/protectionContainers/c/protectedItems/VM;c'
  /** Of a VM whose point has these statuses, each from a second on; none before the first. */
  async function verifyHealth(
    statuses: [from: number, status: string | undefined][],
    {
      asked = 'healthy',
      seen = 0,
      seconds = 21_000,
      apiVersion = '2026-07-01',
      waitFor = 'completion',
    }: {
      asked?: WaitOptions['verifyRecoveryPoint']
      seen?: number
      seconds?: number
      apiVersion?: string
      waitFor?: WaitOptions['waitFor']
    } = {},
  ) {
    const world = waiting(
      (_request, elapsed) => {
        const [, threatStatus] = statuses.findLast(([from]) => from <= elapsed) ?? []
        const value = [{ ...point, properties: { ...point.properties, threatStatus } }]
        return answer({ value }, { apiVersion })
      },
      { verifyRecoveryPoint: asked, seconds, waitFor },
    )
    const outcome = outcomeOf(bareJob('Completed', good), 'ended', {
      reference: { ...reference, item: vm },
      seenAt: start + seen * minute,
    })
    const { verification, recoveryPoint } = await verifyAlone(outcome, world.options)
    return { verification, recoveryPoint, times: world.times }
  }

  it.each([
    ['Healthy', 'verified'],
    ['UnHealthy', 'unhealthy'],
    ['Warning', 'unhealthy'],
    ['Quarantined', 'unhealthy'],
  ])('%s is %s at once', async (status, state) => {
    const { verification, recoveryPoint, times } = await verifyHealth([[0, status]])
    expect(verification).toMatchObject({ state, healthy: true })
    expect(verification?.problem === undefined).toBe(state === 'verified')
    expect(recoveryPoint?.health?.status).toBe(status)
    expect(times).toEqual([0])
  })

  it.each([undefined, 'Unknown', 'NotAvailable'])('%s is waited for, for ten minutes', async (status) => {
    const never = await verifyHealth([[0, status]])
    expect(never.verification?.state).toBe('unhealthy')
    expect(never.verification?.problem?.cause).toMatch(/: source scan is not switched on/)
    expect(never.recoveryPoint?.id).toBe('point')
    expect(never.times.at(-1)).toBe(600)
    const late = await verifyHealth([
      [0, status],
      [50, 'Healthy'],
    ])
    expect(late.verification?.state).toBe('verified')
    expect(late.times.at(-1)).toBe(52.5)
  })

  it.each([
    ['the ten minutes are long over', { seen: 20 }, 0],
    ['the cloud lacks the api-version', { apiVersion: '2025-02-01' }, 0],
    ['the deadline comes before', { seconds: 30 }, 30],
  ])('is not waited for where %s', async (_name, given, last) => {
    const { verification, times } = await verifyHealth([], given)
    expect(verification?.state).toBe('unhealthy')
    expect(times.at(-1)).toBe(last)
  })

  it('may yet come with wait-for: none', async () => {
    const { verification, recoveryPoint, times } = await verifyHealth([], { waitFor: 'none' })
    expect(verification).toEqual({ state: 'looked', problem: undefined, healthy: true })
    expect(recoveryPoint?.id).toBe('point')
    expect(times).toEqual([0])
    const over = await verifyHealth([], { waitFor: 'none', seen: 20 })
    expect(over.verification?.state).toBe('unhealthy')
  })

  it.each([
    ['Healthy', false],
    [undefined, false],
    ['Unknown', true],
    ['NotAvailable', true],
    ['Warning', true],
    ['UnHealthy', true],
    ['Quarantined', true],
  ])('%s decides nothing where it was not asked for, and is told: %s', async (status, told) => {
    const { verification, times } = await verifyHealth([[0, status]], { asked: 'true' })
    expect(verification?.state).toBe('verified')
    expect(verification?.healthy).toBeUndefined()
    expect(verification?.problem !== undefined).toBe(told)
    expect(times).toEqual([0])
  })
})
