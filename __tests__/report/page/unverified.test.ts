/** A backup that did well, and whose recovery point could not be looked at: no word may say that it was lost. */
import { describe, expect, it } from 'vitest'
import type { Outcome, Verification } from '../../../src/domain/outcome.ts'
import { annotationText } from '../../../src/report/words/annotations.ts'
import { nextStep } from '../../../src/report/words/next-steps.ts'
import { headline, verdictLine } from '../../../src/report/words/verdict-line.ts'
import { pagesOf } from '../pages.ts'
import { good, outcomeOf, refused, snapshotTaken, timedOut } from '../samples.ts'

const problem = { code: 'AuthorizationFailed', cause: 'Recovery points cannot be read.' }
const unverified = (state: Verification['state'], of = good): Outcome => ({
  ...of,
  verification: { state, problem },
})
const again =
  'run this action with job-id 8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11, vault-name kv-backup-weu and resource-group ' +
  'rg-prod and verify-recovery-point: true.'

describe('a backup whose recovery point could not be verified', () => {
  it.each<[Verification['state'], string]>([
    ['error', ', but its recovery point could not be verified'],
    ['timed-out', ', but its recovery point could not be verified in time'],
    ['stopped', ', but the look for its recovery point was stopped'],
    ['looked', '; its recovery point is not there yet'],
  ])('is complete, whatever ended the look: %s', (ending, words) => {
    const outcome = unverified(ending)
    expect(verdictLine(outcome)).toBe(`Backup of vm-web-1 completed in 1h 11m 17s${words}`)
    expect(nextStep([outcome])).toMatch(/^The backup itself is complete\. /)
    const { summary } = pagesOf([outcome])
    expect(summary).toContain('Completed, not verified |')
    expect(summary).toContain('\nverify-recovery-point: true\n')
    for (const untrue of ['not followed', 'not known', 'goes on', 'last known', 'end in time'])
      expect(summary).not.toContain(untrue)
  })

  it('completed with warnings where it did', () => {
    const outcome = unverified('error', outcomeOf({ status: 'CompletedWithWarnings' }))
    expect(verdictLine(outcome)).toBe(
      'Backup of vm-web-1 completed with warnings after 1h 11m 17s, but its recovery point could not be verified',
    )
  })

  it('goes on where only its snapshot was waited for', () => {
    const outcome = unverified('error', snapshotTaken)
    expect(verdictLine(outcome)).toBe(
      'Backup of vm-web-1: the snapshot is taken after 8m 8s, but its recovery point could not be verified',
    )
    expect(nextStep([outcome])).toMatch(/^The snapshot is taken, and the job goes on\. /)
  })

  it('is verified again by what stands there', () => {
    expect(annotationText([unverified('error')])).toBe(
      `${problem.cause}\nThe backup itself is complete. Fix what the message says; then, to verify it, ${again}`,
    )
    expect(nextStep([unverified('timed-out')])).toBe(`The backup itself is complete. To verify it, ${again}`)
  })

  it('is told from others in the line on all', () => {
    expect(headline([unverified('error'), good])).toBe('Of 2 jobs, 1 could not be verified and 1 completed')
    expect(headline([unverified('error'), refused])).toBe(
      'Of 2 jobs, 1 could not be verified and 1 could not be followed',
    )
    expect(headline([unverified('timed-out'), timedOut, good])).toBe(
      'Of 3 jobs, 1 could not be verified, 1 did not end in time, and 1 completed',
    )
  })
})
