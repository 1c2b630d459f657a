import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { outputsOf } from '../../../src/report/outputs.ts'
import { handedOnLine } from '../../../src/report/page/handed-on.ts'
import { summaryOf } from '../../../src/report/page/summary.ts'
import { nextStep } from '../../../src/report/words/next-steps.ts'
import { headline, verdictLine } from '../../../src/report/words/verdict-line.ts'
import { attack } from '../hostile.ts'
import { failed, good, handedOn, stopped } from '../samples.ts'

const url = 'https://github.com/octo-org/octo-repo/actions/runs/2'
const complete: Outcome = {
  ...good,
  ending: 'handed-on',
  handedOn: { workflow: 'follow.yml', runUrl: undefined },
}

describe('what was handed on', () => {
  it('is told with what is known of it', () => {
    expect(verdictLine(handedOn)).toBe(
      'Backup of vm-web-1 is still running after 10m 24s; a run of follow.yml goes on with it',
    )
    expect(verdictLine(complete)).toBe(
      'Backup of vm-web-1 completed in 1h 11m 17s; its recovery point is not there yet; a run of follow.yml goes on with it',
    )
    expect(nextStep(handedOn)).toBe(
      'A run of follow.yml goes on with it; there is nothing to do before that one has ended.',
    )
  })

  it('is counted as such, and not as running beside what is', () => {
    expect(headline([failed, handedOn, complete])).toBe('Of 3 jobs, 1 failed and 2 were handed on')
    expect(headline([handedOn, good])).toBe('Of 2 jobs, 1 was handed on and 1 completed')
    expect(headline([stopped, handedOn])).toBe('All 2 jobs are still running')
  })

  it('leads to its run, where GitHub tells it', () => {
    expect(handedOnLine([good, handedOn])).toBe(
      `[A run](${url}) of \`follow.yml\` goes on with what still runs, and has the verdict.`,
    )
    expect(handedOnLine([complete])).toMatch(/^A run of `follow\.yml` goes on/)
    expect(handedOnLine([good, failed])).toBe('')
    expect(outputsOf([failed, handedOn], '')['continued-run-url']).toBe(url)
    expect(outputsOf([failed, good], '')['continued-run-url']).toBe('')
  })

  it('has no inputs to look again, for another one does', () => {
    const summary = summaryOf([handedOn], {
      portal: '',
      runUrl: '',
      failOn: 'failure',
      statistics: undefined,
    })
    expect(summary).toContain('InProgress, handed on')
    expect(summary).not.toContain('job-id:')
  })

  it('cannot break out of its place by a name', () => {
    const line = handedOnLine([
      { ...handedOn, handedOn: { workflow: `${attack}\n# owned`, runUrl: undefined } },
    ])
    expect(line).not.toMatch(/\n|^#/m)
    expect(line).toMatch(/^A run of [^`<|*]* goes on with/)
  })
})
