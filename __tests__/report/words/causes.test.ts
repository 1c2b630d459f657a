import { describe, expect, it } from 'vitest'
import type { Group, Outcome } from '../../../src/domain/outcome.ts'
import { annotate } from '../../../src/report/words/annotations.ts'
import { byCause } from '../../../src/report/words/causes.ts'
import { inputsToLookAgain } from '../../../src/report/words/next-steps.ts'
import { headline } from '../../../src/report/words/verdict-line.ts'
import { fakeLog } from '../../support/fake-log.ts'
import * as sample from '../samples.ts'

const elsewhere = { ...sample.vault, name: 'other' }
const inVault = (outcome: Outcome, vault: Outcome['job']['vault']): Outcome => ({
  ...outcome,
  job: { ...outcome.job, vault },
})
const withProblem = (outcome: Outcome, code: string, cause: string): Outcome => ({
  ...outcome,
  problem: { code, cause },
})
/** How many causes these have. */
const causes = (...outcomes: Outcome[]) => byCause(outcomes).length
const { failed, timedOut, stopped, looked, notFresh, withoutPoint, refused, good, unverified } = sample

describe('a cause', () => {
  it('is shared by errors of one code, in any vault', () => {
    expect(causes(failed, inVault(failed, elsewhere))).toBe(1)
    expect(causes(failed, sample.nested)).toBe(2)
    expect(byCause([failed, good, failed])).toEqual([[failed, failed], [good]])
  })

  it.each([timedOut, stopped, looked, notFresh, withoutPoint])(
    'is shared whatever the text names (%#)',
    (outcome) => {
      expect(causes(withProblem(outcome, '', 'vm-1 …'), withProblem(outcome, '', 'vm-2 …'))).toBe(1)
    },
  )

  it('of a recovery point that is missing, or not healthy, is that, whatever the text names', () => {
    const saying = (outcome: Outcome, cause: string): Outcome => ({
      ...outcome,
      verification: { state: 'missing', ...outcome.verification, problem: { code: '', cause } },
    })
    for (const outcome of [withoutPoint, sample.unhealthy, sample.unscanned])
      expect(causes(saying(outcome, 'of vm-1'), saying(outcome, 'of vm-2'))).toBe(1)
    const same = (outcome: Outcome) => saying(outcome, 'the same')
    expect(causes(same(sample.withHealth('Warning')), same(sample.unhealthy))).toBe(2)
    expect(causes(same(sample.unscanned), same(sample.unhealthy))).toBe(2)
    const { recoveryPoint: _, ...pointless } = sample.unhealthy
    expect(causes(saying(pointless, 'a'), saying(pointless, 'b'))).toBe(2)
    const untold: Outcome = { ...pointless, recoveryPoint: { id: '1', time: 0, type: '' } }
    expect(causes(saying(untold, 'a'), saying(untold, 'b'))).toBe(2)
    // A status decides nothing where another thing went wrong.
    const failedOn = (status: string): Outcome => {
      const outcome = sample.withHealth(status)
      return { ...outcome, verification: { state: 'error', problem: { code: 'A', cause: 'x' } } }
    }
    expect(causes(failedOn('Warning'), failedOn('UnHealthy'))).toBe(1)
  })

  it('tells a job that was lost at last from a recovery point that could not be read', () => {
    const problem = { code: 'A', cause: 'x' }
    const lost: Outcome = { ...good, ending: 'error', problem }
    const unread: Outcome = { ...good, verification: { state: 'error', problem } }
    expect(causes(lost, unread)).toBe(2)
    // The same while the job goes on: the snapshot is taken in one, and nothing is known of the other.
    const goesOn = (outcome: Outcome): Outcome => ({
      ...outcome,
      job: { ...outcome.job, status: 'InProgress' },
    })
    expect(causes(goesOn(lost), goesOn(unread))).toBe(2)
  })

  it('of what cannot be followed is its code, or its text where it has none', () => {
    expect(causes(withProblem(refused, 'A', 'x'), withProblem(refused, 'A', 'y'))).toBe(1)
    expect(causes(withProblem(refused, 'A', 'x'), withProblem(refused, 'B', 'x'))).toBe(2)
    expect(causes(withProblem(refused, '', 'x'), withProblem(refused, '', 'y'))).toBe(2)
  })

  it('is one for each vault where there is more to see, in any case of its name', () => {
    for (const outcome of [timedOut, stopped, looked, refused, notFresh].map((one) =>
      withProblem(one, 'A', 'x'),
    )) {
      expect(causes(inVault(outcome, sample.vault), inVault(outcome, elsewhere))).toBe(2)
      expect(causes(inVault(outcome, elsewhere), inVault(outcome, { ...elsewhere, name: 'OTHER' }))).toBe(1)
      expect(causes(inVault(outcome, elsewhere), inVault(outcome, undefined))).toBe(2)
    }
    expect(causes(inVault(timedOut, sample.vault), inVault(timedOut, elsewhere))).toBe(2)
  })

  it('is one for each region, which the inputs that look again name', () => {
    const inRegion = (region: string): Outcome => ({
      ...timedOut,
      reference: { vault: sample.vault, id: timedOut.job.id, region },
    })
    expect(causes(inRegion('westus2'), inRegion('westus2'))).toBe(1)
    expect(causes(inRegion('westus2'), inRegion('eastus'))).toBe(2)
  })

  it('differs where a cancellation came to something else, or a snapshot stands for the backup', () => {
    expect(causes(stopped, { ...stopped, cancellation: 'asked' })).toBe(2)
    const pending = (outcome: Outcome): Outcome => ({ ...outcome, verification: { state: 'looked' } })
    expect(
      causes(pending(good), { ...pending(good), job: { ...good.job, status: 'CompletedWithWarnings' } }),
    ).toBe(2)
    expect(causes(unverified, unverified)).toBe(1)
  })
})

describe('many of one cause', () => {
  const numbered = (outcome: Outcome, index: number): Outcome => ({
    ...outcome,
    job: { ...outcome.job, id: `job-${index}` },
  })
  const many = (count: number, outcome: Outcome): Group => [
    numbered(outcome, 0),
    ...Array.from({ length: count - 1 }, (_, index) => numbered(outcome, index + 1)),
  ]

  it('are looked at again by fifty IDs', () => {
    const inputs = inputsToLookAgain(many(52, timedOut))
    expect(inputs.slice(0, 2)).toEqual(['job-id: |', '  job-0'])
    expect(inputs.slice(50, 53)).toEqual([
      '  job-49',
      '# and 2 more jobs: see the output jobs',
      'vault-name: kv-backup-weu',
    ])
    expect(inputsToLookAgain(many(50, timedOut))[51]).toBe('vault-name: kv-backup-weu')
    expect(inputsToLookAgain(many(51, timedOut))[51]).toBe('# and 1 more job: see the output jobs')
    expect(inputsToLookAgain([inVault(timedOut, undefined)])).toEqual([`job-id: ${timedOut.job.id}`])
  })

  it('are named up to twenty where causes are more than annotations', () => {
    const last = (count: number) => {
      const log = fakeLog()
      const outcomes = many(count, failed).map((outcome, index) => ({
        ...outcome,
        job: { ...outcome.job, errors: [{ code: `Code${index}`, message: 'x', recommendations: [] }] },
      }))
      annotate(outcomes, 'failure', log)
      return log.entries.at(-1)
    }
    const line = 'Backup of vm-web-1 failed after 11m 36s'
    expect(last(29)).toEqual({
      level: 'error',
      title: '20 more jobs like these',
      text: ['And 20 more; the job summary lists them.', ...Array(20).fill(line)].join('\n'),
    })
    expect(last(30)).toEqual({
      level: 'error',
      title: '21 more jobs like these',
      text: ['And 21 more; the job summary lists them.', ...Array(20).fill(line), '…'].join('\n'),
    })
  })

  it('are told of in one line', () => {
    expect(headline([failed, good])).toBe('Of 2 jobs, 1 failed and 1 completed')
    expect(headline([failed, good, good, stopped])).toBe(
      'Of 4 jobs, 1 failed, 1 was not waited for to the end, and 2 completed',
    )
    expect(headline([looked, looked, good])).toBe('Of 3 jobs, 2 are still running and 1 completed')
  })
})
