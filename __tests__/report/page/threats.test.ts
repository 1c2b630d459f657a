import { describe, expect, it } from 'vitest'
import type { Threat } from '../../../src/domain/job.ts'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { threatsPart } from '../../../src/report/page/threats.ts'
import { annotate } from '../../../src/report/words/annotations.ts'
import { headline, verdictLine } from '../../../src/report/words/verdict-line.ts'
import { fakeLog } from '../../support/fake-log.ts'
import { pagesOf } from '../pages.ts'
import { at, doubted, failed, good, snapshotTaken, unhealthy, unscanned, withHealth } from '../samples.ts'

const threat: Threat = {
  title: 'Ransomware',
  severity: 'High',
  state: 'Active',
  time: at('2026-02-11T01:10:00'),
}
const named = (outcome: Outcome, item: string): Outcome => ({ ...outcome, job: { ...outcome.job, item } })
const whole = { threats: 10, cell: 100 }

describe('the table of threats', () => {
  it('is none without a threat', () => {
    expect(threatsPart([good, unscanned, failed], whole)).toBe('')
  })

  it('has title, severity, state and time of each', () => {
    const nothing = { title: '', severity: '', state: '', time: undefined }
    expect(threatsPart([withHealth('Warning', [threat, nothing])], whole)).toBe(
      [
        '#### Threats named with the recovery point',
        '',
        '| Threat | Severity | State | Since (UTC) |',
        '| --- | --- | --- | --- |',
        '| Ransomware | High | Active | 2026-02-11 01:10:00 |',
        '| – | – | – | – |',
      ].join('\n'),
    )
  })

  it('has the item of each where there are several', () => {
    const part = threatsPart([named(unhealthy, 'vm-1'), named(unhealthy, 'vm-2')], whole)
    expect(part).toContain('| Item | Threat |')
    expect(part).toContain('| vm-1 | Suspicious file encryption activity |')
    expect(part).toContain('| vm-2 | Suspicious file encryption activity |')
  })

  it('says how many it leaves out', () => {
    const outcome = withHealth('Warning', [threat, threat, threat])
    expect(threatsPart([outcome], { ...whole, threats: 1 })).toMatch(/\n\nAnd 2 other threats\.$/)
    expect(threatsPart([outcome], { ...whole, threats: 2 })).toMatch(/\n\nAnd 1 other threat\.$/)
    expect(threatsPart([outcome], { ...whole, threats: 0 })).toBe('')
  })

  it('is in the summary and in the comment', () => {
    const { summary, comment } = pagesOf([doubted])
    for (const page of [summary, comment]) {
      expect(page).toContain('#### Threats named with the recovery point')
      expect(page).toContain('(InstantRP, HardenedRP), Warning |')
    }
  })
})

describe('the words on a recovery point that is not known to be healthy', () => {
  it('are in the verdict', () => {
    expect(verdictLine(unhealthy)).toBe(
      'Backup of vm-web-1 completed in 1h 11m 17s, but its recovery point has the threat status UnHealthy',
    )
    expect(verdictLine(unscanned)).toBe(
      'Backup of vm-web-1 completed in 1h 11m 17s, but its recovery point has no threat status',
    )
    const { verification = { state: 'unhealthy' }, recoveryPoint } = unhealthy
    expect(verdictLine({ ...snapshotTaken, verification, ...(recoveryPoint && { recoveryPoint }) })).toBe(
      'Backup of vm-web-1: the snapshot is taken after 8m 8s, but its recovery point has the threat status UnHealthy',
    )
    expect(headline([unhealthy, unscanned, good])).toBe(
      'Of 3 jobs, 2 have no healthy recovery point and 1 completed',
    )
  })

  it('say what may yet come with wait-for: none, and how to look again', () => {
    const outcome: Outcome = { ...unscanned, verification: { state: 'looked', healthy: true } }
    expect(verdictLine(outcome)).toBe(
      'Backup of vm-web-1 completed in 1h 11m 17s; its recovery point has no threat status yet',
    )
    expect(pagesOf([outcome]).summary).toContain('\nverify-recovery-point: healthy\n')
  })

  it('are in the table', () => {
    expect(pagesOf([unhealthy]).summary).toContain('❌&nbsp;Completed, no healthy recovery point |')
  })

  it('tell of each status once, with the command for each item', () => {
    const second = named(unscanned, 'vm-2')
    const command = { ...second.verification?.problem, code: '', cause: 'c', commands: ['second'] }
    const other: Outcome = {
      ...second,
      verification: { state: 'unhealthy', problem: command, healthy: true },
    }
    const log = fakeLog()
    annotate([unhealthy, named(unhealthy, 'vm-3'), unscanned, other], 'failure', log)
    expect(log.of('error')).toHaveLength(2)
    const [threats, scans] = log.of('error')
    expect(threats).toContain('Jobs: Backup of vm-web-1, Backup of vm-3')
    expect(scans).toMatch(/\naz backup item source-scan-configuration set .*\nsecond\n/)
  })

  it('have few commands in an annotation, and all in the summary', () => {
    const many = Array.from({ length: 60 }, (_, index): Outcome => {
      const problem = { code: '', cause: 'c', commands: [`switch on ${index}`] }
      return { ...named(unscanned, `vm-${index}`), verification: { state: 'unhealthy', problem } }
    })
    const log = fakeLog()
    annotate(many, 'failure', log)
    expect(log.of('error')).toEqual([
      expect.stringMatching(/^c\nswitch on 0\nswitch on 1\nswitch on 2\n# and 57 more\nJobs: /),
    ])
    expect(pagesOf(many).summary).toContain('\nswitch on 49\n# and 10 more\n```')
  })

  it('are a warning alone where health was not asked for', () => {
    const log = fakeLog()
    annotate([doubted, named(doubted, 'vm-2'), withHealth('Unknown', [], false), good], 'failure', log)
    expect(log.of('error')).toEqual([])
    expect(log.of('warning')).toEqual([
      expect.stringMatching(
        /^Recovery point .* has the threat status Warning: Suspicious .*\nJobs: Backup of vm-web-1, Backup of vm-2$/,
      ),
      expect.stringMatching(/^Recovery point .* has the threat status Unknown: .*\naz backup item /),
    ])
    expect(log.entries.map(({ title }) => title)).toEqual([
      '2 recovery points have the threat status Warning',
      'The recovery point of vm-web-1 has the threat status Unknown',
    ])
  })
})
