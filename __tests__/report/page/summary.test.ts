import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/domain/outcome.ts'
import type { FailOn } from '../../../src/domain/verdict.ts'
import { mostBytes, page as pageOf, summaryOf, topOf } from '../../../src/report/page/summary.ts'
import { isMutated } from '../../support/mutants.ts'
import { samples } from '../all-samples.ts'
import { attack, fleet, hostileOf } from '../hostile.ts'
import { pagesOf } from '../pages.ts'
import * as sample from '../samples.ts'

const context = {
  portal: 'https://portal.azure.com',
  runUrl: 'https://github.com/octo-org/octo-repo/actions/runs/1',
  failOn: 'failure' as const,
  statistics: { requests: 42, faults: 2, throttled: 1 },
}
const summary = (...outcomes: Parameters<typeof summaryOf>[0]) => summaryOf(outcomes, context)
const headingOf = (page: string) => page.split('\n')[0]

describe('the verdict', () => {
  it.each([
    ['good', '### ✅ Backup of vm-web-1 completed in 1h 11m 17s (18.9 GB)'],
    ['failed', '### ❌ Backup of vm-web-1 failed after 11m 36s'],
    ['warned', '### ⚠️ Backup of vm-web-1 completed with warnings after 1h 11m 17s (32 GB)'],
    ['cancelled', '### 🚫 Backup of vm-web-1 was cancelled after 21m 24s'],
    ['timed-out', '### ⏱️ Backup of vm-web-1 did not end in time; its last known status is InProgress'],
    ['stopped', '### ⏳ The wait for Backup of vm-web-1 was stopped; its last known status is InProgress'],
    ['looked', '### ⏳ Backup of vm-web-1 is still running after 10m 24s'],
    [
      'snapshot',
      '### ✅ Backup of vm-web-1: the snapshot is taken after 8m 8s, the transfer to the vault goes on',
    ],
    ['refused', '### 🛑 Job 8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11 could not be followed'],
    [
      'without-point',
      '### ❌ Backup of vm-web-1 ended after 1h 11m 17s, but its recovery point is not there',
    ],
    [
      'unverified',
      '### 🛑 Backup of vm-web-1 completed in 1h 11m 17s, but its recovery point could not be verified',
    ],
    ['not-fresh', '### ❌ Backup of vm-web-1: there is no job yet'],
    ['too-old', '### ❌ Backup of vm-web-1: the newest job is too old'],
    [
      'outage',
      '### ⏱️ Backup of vm-web-1 could not be read to the end; its last known status is InProgress, 40m ago',
    ],
    [
      'cancellation-asked',
      '### ⏱️ Backup of vm-web-1 did not end in time; its last known status is InProgress; its cancellation was asked for',
    ],
    ['wrong-input', '### 🛑 Nothing was followed: an input is wrong'],
    ['operation-failed', '### ❌ Operation failed: no job was started'],
    ['operation-without-job', '### ✅ Operation succeeded and started no job'],
    ['several', '### ❌ Of 4 jobs, 2 failed, 1 did not end in time, and 1 completed'],
    ['fleet', '### ❌ Of 100 jobs, 5 failed and 95 completed'],
  ])('stands in the first line: %s', (name, heading) => {
    expect(headingOf(pagesOf(samples[name] ?? []).summary)).toBe(heading)
  })

  it('is said of all where they are alike', () => {
    expect(headingOf(summary(sample.good, sample.good))).toBe('### ✅ All 2 jobs completed')
    expect(headingOf(summary(sample.snapshotTaken, sample.snapshotTaken))).toBe(
      '### ✅ All 2 jobs have their snapshot',
    )
  })

  it('says of each what it came to', () => {
    const kinds = [sample.tooOld, sample.notFresh, sample.notFresh, sample.withoutPoint, sample.failed]
    expect(headingOf(summary(...kinds, sample.outage, sample.stopped, sample.snapshotTaken))).toBe(
      '### ❌ Of 8 jobs, 1 is too old, 2 have no job yet, 1 has no recovery point, 1 failed, 1 could not be read to the end, ' +
        '1 was not waited for to the end, and 1 has its snapshot',
    )
  })

  it('is told apart from what becomes of the step', () => {
    const passes = summaryOf([sample.failed], { ...context, failOn: 'never' })
    expect(passes).toContain('The step passes all the same: `fail-on` is `never`.')
    const fails = summaryOf([sample.warned], { ...context, failOn: 'warning' })
    expect(fails).toContain('The step fails for it: `fail-on` is `warning`.')
    expect(summary(sample.failed)).not.toContain('The step')
    expect(summary(sample.warned)).not.toContain('The step')
  })

  const { failed, warned, cancelled, timedOut, stopped, refused, good } = sample
  const passes = 'The step passes all the same: `fail-on` is `never`.'
  const failsForIt = 'The step fails for it: `fail-on` is `warning`.'
  it.each<[Outcome[], FailOn, string]>([
    [[failed], 'never', passes],
    [[cancelled], 'never', passes],
    [[timedOut], 'never', passes],
    [[warned], 'never', ''],
    [[stopped], 'never', ''],
    [[warned, good], 'warning', failsForIt],
    [[warned, stopped], 'warning', failsForIt],
    [[warned, stopped], 'failure', ''],
    [[failed, warned], 'warning', ''],
    [[refused, warned], 'warning', ''],
    [[stopped, good], 'warning', ''],
  ])('means for the step what else it does not say (%#)', (outcomes, failOn, line) => {
    const told = topOf(outcomes, failOn).match(/^The step .*$/m)
    expect(told?.[0] ?? '').toBe(line)
  })

  it('is that nothing was followed where nothing was', () => {
    expect(topOf([], 'failure')).toBe('### Nothing was followed\n')
  })

  it('needs outcomes', () => {
    expect(summaryOf([], context)).toBe('')
  })
})

describe('the table', () => {
  it('has a row for each job, the worst first, and the vault where there are several', () => {
    const page = pagesOf(samples.several ?? []).summary
    expect(page).toContain(
      '| Item | Operation | Vault | Status | Duration | Size | Started (UTC) | Ended (UTC) | Job |',
    )
    expect(summary(sample.good)).toContain(
      '| [vm-web-1][vault-1] | Backup | ✅&nbsp;Completed | 1h 11m 17s | 18.9 GB | 2026-02-11 02:18:36 | 2026-02-11 03:29:53 | 8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11 |',
    )
    const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.includes('&nbsp;'))
    expect(rows.map((row) => row.split(' | ')[3])).toEqual([
      '❌&nbsp;Failed',
      '❌&nbsp;Failed',
      '⏱️&nbsp;InProgress, not ended in time',
      '✅&nbsp;Completed',
    ])
  })

  it('is none of wrong inputs alone', () => {
    expect(summary(sample.wrongInput)).not.toContain('&nbsp;')
    expect(summary(sample.wrongInput, sample.good)).toContain('✅&nbsp;Completed')
  })

  it('has the recovery point where it was looked for', () => {
    expect(summary(sample.verified)).toContain('| Ended (UTC) | Recovery point (UTC) | Job |')
    expect(summary(sample.verified)).toContain(
      '| 2026-02-11 02:18:40 AppConsistent (InstantRP, HardenedRP) |',
    )
    expect(summary(sample.good)).not.toContain('Recovery point')
  })

  it('says of a status what the wait came to', () => {
    expect(summary(sample.snapshotTaken)).toContain('✅&nbsp;InProgress, snapshot taken |')
    expect(summary(sample.stopped)).toContain('⏳&nbsp;InProgress, wait stopped |')
    expect(summary(sample.looked)).toContain('⏳&nbsp;InProgress |')
    expect(summary(sample.refused)).toContain('🛑&nbsp;Not followed |')
    expect(summary(sample.withoutPoint)).toContain('❌&nbsp;Completed, no recovery point |')
    expect(summary(sample.notFresh)).toContain('❌&nbsp;No job |')
  })
})

describe('trouble', () => {
  it('is open, with code, message, recommendations, root cause, and what to do next', () => {
    const page = summary(sample.failed)
    expect(page).toContain('<details open>\n<summary>What happened, and what to do</summary>')
    expect(page).toContain('- **Error code**: `400160`')
    expect(page).toContain('- **Message**: VM is in Failed Provisioning State.')
    expect(summary(sample.named).match(/- \*\*Recommended\*\*: /g)).toHaveLength(2)
    expect(page).toContain('- **What to do next**: Fix the cause, then start the job again.')
    expect(page).toContain(
      "- **Activity ID, for Microsoft's support**: `ea63be60-8ae0-11ec-9ef1-b07b250bf939`",
    )
    expect(summary(sample.nested)).toContain(
      '- **Root cause**: `LinkedAuthorizationFailed`: The vault has no access to the storage account.',
    )
    expect(summary(sample.refused)).toContain('- **Error code**: `AuthorizationFailed`')
  })

  it('is not there where all went well', () => {
    for (const outcome of [sample.good, sample.snapshotTaken, sample.operationWithoutJob])
      expect(summary(outcome)).not.toContain('<details open>')
  })

  it('gives the inputs that look again at what still runs', () => {
    for (const outcome of [sample.timedOut, sample.stopped, sample.looked]) {
      expect(summary(outcome)).toContain(
        '```yaml\njob-id: 8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11\nvault-name: kv-backup-weu\nresource-group: rg-prod\nsubscription-id: 0b1f6471-1bf0-4dda-aec3-cb9272f09590\n```',
      )
    }
    expect(summary(sample.failed)).not.toContain('```yaml')
  })

  it('names its job where there are several, and is told once for those that share it', () => {
    const page = summaryOf(fleet(30, 2), context)
    expect(page).toContain('<summary>❌ 15 jobs failed: UserErrorVmNotReachable</summary>')
    expect(page).toContain('- **Jobs**: Backup of vm-1, Backup of vm-3, ')
    const number = { ...sample.failed, job: { ...sample.failed.job, item: 'vm-web-2' } }
    expect(summary(sample.failed, number)).toContain(
      '<summary>❌ 2 jobs failed: VM is in Failed Provisioning State (400160)</summary>',
    )
  })
})

describe('what is folded', () => {
  it('has the phases, the property bag and the statistics', () => {
    const page = summary(sample.good)
    expect(page).toContain('<details>\n<summary>Phases as observed (UTC)</summary>')
    expect(page).toContain('<details>\n<summary>Properties of the job</summary>')
    expect(page).toContain('| 42 | 2 | 1 |')
  })

  it('has no statistics where there are none', () => {
    const page = summaryOf([sample.wrongInput], { ...context, statistics: undefined })
    expect(page).toMatch(/such as 90\.\n\n\[Workflow run\]\(\S+\)\n$/)
  })

  it('links to the vaults and to the run', () => {
    const page = pagesOf(samples.several ?? []).summary
    expect(page).toMatch(
      /\[Vault kv-backup-weu in the Azure portal\]\(https:\/\/portal\.azure\.com\/#resource\/subscriptions\/\S+\) · \[Vault bv-databases in the Azure portal\]\(\S+\) · \[Workflow run\]\(https:\S+\)\n$/,
    )
    expect(summaryOf([sample.good], { ...context, portal: '', runUrl: '' })).not.toContain('](')
  })
})

describe('a page', () => {
  it('is of the parts that hold something', () => {
    expect(pageOf(['a\n', '', ' ', 'b'])).toBe('a\n\nb\n')
    expect(pageOf(['', ' '])).toBe('')
  })
})

describe('the limit', () => {
  const bytes = (page: string) => Buffer.byteLength(page)
  const wordy = (characters: number) => ({ ...sample.failed.job.properties, text: 'ü'.repeat(characters) })
  const big = { ...sample.failed, job: { ...sample.failed.job, properties: wordy(900) } }

  it('drops the least important first', () => {
    const parts: [string, RegExp][] = [
      ['statistics', /Requests to Azure/],
      ['chart', /```mermaid/],
      ['phases', /Phases as observed/],
      ['bag', /Properties of/],
      ['successes', /\| \[?vm-good/],
      ['message', /m{2000}/],
    ]
    const outcomes = [
      {
        ...big,
        job: { ...big.job, errors: [{ code: 'C', message: 'm'.repeat(4_000), recommendations: [] }] },
      },
      sample.outcomeOf({ item: 'vm-good' }),
    ]
    const whole = summaryOf(outcomes, context)
    let lost = 0
    for (let limit = bytes(whole); limit > 2_000; limit -= 100) {
      const page = summaryOf(outcomes, context, limit)
      expect(bytes(page)).toBeLessThanOrEqual(limit)
      const left = parts.map(([, sign]) => sign.test(page))
      // What is left is always a run at the end of the list.
      const first = left.indexOf(true)
      expect(first === -1 ? [] : left.slice(first)).not.toContain(false)
      lost = Math.max(lost, first === -1 ? parts.length : first)
      expect(page).toContain('### ❌ Of 2 jobs, 1 failed and 1 completed')
      expect(page).toMatch(/\| (vm-web-1|\[vm-web-1\]\[vault-1\]) \|/)
      expect(page).toContain('`C`')
    }
    expect(lost).toBe(parts.length)
  })

  it.skipIf(isMutated)('leads with what failed among 1,000 jobs, all of them, within the limit', () => {
    const page = summaryOf(fleet(1_000, 10, ' x'.repeat(2_000)), context)
    expect(bytes(page)).toBeLessThanOrEqual(mostBytes)
    expect(headingOf(page)).toBe('### ❌ Of 1,000 jobs, 100 failed and 900 completed')
    const rows = page.split('\n').filter((line) => /^\| \[?vm-/.test(line))
    expect(rows.slice(0, 100).every((row) => row.includes('❌&nbsp;Failed'))).toBe(true)
    expect(page.indexOf('❌&nbsp;Failed')).toBeLessThan(page.indexOf('✅&nbsp;Completed'))
    expect(page).toContain('<details>\n<summary>✅ 900 jobs succeeded</summary>')
  })

  it.skipIf(isMutated)(
    'keeps every failed row of 400 hostile jobs with 100 kB in every field, in little time',
    () => {
      const huge = attack.repeat(Math.ceil(100_000 / attack.length))
      const outcomes = Array.from({ length: 400 }, (_, index) => hostileOf(`${index} ${huge}`))
      const begun = performance.now()
      const page = summaryOf(outcomes, context)
      expect(performance.now() - begun).toBeLessThan(8_000)
      expect(bytes(page)).toBeLessThanOrEqual(mostBytes)
      expect(
        page.split('\n').filter((line) => line.startsWith('| ') && line.includes('❌&nbsp;')),
      ).toHaveLength(400)
      expect(page).toContain('Not all of it fits into a job summary')
    },
  )

  it.skipIf(isMutated)('keeps the verdict though nothing else fits', () => {
    const page = summaryOf(fleet(5_000, 1), context, 3_000)
    expect(bytes(page)).toBeLessThanOrEqual(3_000)
    expect(headingOf(page)).toBe('### ❌ All 5,000 jobs failed')
    expect(page).toContain('Not listed: 5,000 jobs that did not succeed.')
  })
})
