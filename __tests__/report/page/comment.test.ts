import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { commentOf, commentWish, mostCharacters } from '../../../src/report/page/comment.ts'
import { figuresOf, hide, reveal } from '../../../src/report/page/digest.ts'
import { isMutated } from '../../support/mutants.ts'
import { sameCases } from '../../support/seed.ts'
import { samples } from '../all-samples.ts'
import { attack, fleet, hostileOf } from '../hostile.ts'
import { marker } from '../pages.ts'
import * as sample from '../samples.ts'

sameCases()

const context = {
  portal: 'https://portal.azure.com',
  runUrl: 'https://github.com/octo-org/octo-repo/actions/runs/1',
  failOn: 'failure' as const,
  marker,
  origin: 'Back up / backup (vm-web-1)',
  before: [],
}
const comment = (outcomes: Outcome[], previous = '') =>
  commentOf(outcomes, { ...context, before: reveal(previous) })

describe('the body', () => {
  it('begins with the marker and the verdict, and names where it comes from', () => {
    const body = comment([sample.failed])
    expect(body.startsWith(`${marker}\n\n### ❌ Backup of vm-web-1 failed after 11m 36s\n`)).toBe(true)
    expect(body).toContain('- **Error code**: `400160`')
    expect(body).toContain('Back up / backup (vm-web-1) · [Vault kv-backup-weu in the Azure portal](')
    expect(body).toContain('[Workflow run](https://github.com/octo-org/octo-repo/actions/runs/1)')
  })

  it('leaves chart, property bag and statistics to the summary', () => {
    expect(comment([sample.good])).not.toMatch(/mermaid|Properties of|Requests to Azure/)
  })

  it('ends with where it comes from, and what it remembers', () => {
    const lines = (origin: string, runUrl: string) =>
      commentOf([sample.wrongInput], { ...context, origin, runUrl })
        .trimEnd()
        .split('\n')
        .slice(4)
    const memory = '<!-- wait-for-azure-backup digest {"jobs":[]} -->'
    const [input = ''] = sample.wrongInput.problem?.wrongInputs ?? []
    expect(lines('CI', 'https://github.com/r')).toEqual([
      `- ${input}`,
      '',
      'CI · [Workflow run](https://github.com/r)',
      '',
      memory,
    ])
    expect(lines('CI', '').slice(2)).toEqual(['CI', '', memory])
    expect(lines('', 'https://github.com/r').slice(2)).toEqual([
      '[Workflow run](https://github.com/r)',
      '',
      memory,
    ])
    expect(lines('', '').slice(2)).toEqual([memory])
  })

  it('says that nothing was followed where nothing was', () => {
    expect(comment([])).toMatch(/\n### Nothing was followed\n/)
  })

  it.skipIf(isMutated)('stays below the limit, with a link to the summary', () => {
    const huge = attack.repeat(Math.ceil(100_000 / attack.length))
    for (const outcomes of [
      [hostileOf(huge)],
      Array.from({ length: 300 }, (_, index) => hostileOf(`${index}${huge}`)),
      fleet(1_000, 1, ' x'.repeat(5_000)),
    ]) {
      const body = comment(outcomes)
      expect(body.length).toBeLessThanOrEqual(mostCharacters)
      expect(body.startsWith(marker)).toBe(true)
      expect(body).toContain('[Workflow run](')
    }
    expect(comment(fleet(1_000, 1))).toContain('the summary of the workflow run has more')
  })
})

describe('what has changed', () => {
  const later = sample.outcomeOf({
    durationSeconds: 4277 + 303,
    size: { text: '19434 MB', bytes: 19434 * 2 ** 20 },
  })

  it('is told of duration and size', () => {
    const first = comment([sample.good])
    expect(first).not.toContain('Compared with')
    const second = comment([later], first)
    expect(second).toContain('| 1h 16m 20s (5m 3s longer) | 19 GB (128 MB more) |')
    expect(second).toContain('Compared with the last time that it completed.')
    expect(comment([sample.good], second)).toContain('| 1h 11m 17s (5m 3s shorter) | 18.9 GB (128 MB less) |')
    expect(comment([later], second)).toContain('(as before) | 19 GB (as before) |')
  })

  it('is told where it is known of one job, and of one figure', () => {
    const first = comment([sample.good])
    const other = sample.outcomeOf({ item: 'vm-web-2' })
    const unsized = sample.outcomeOf({ durationSeconds: 4277 + 303 })
    const untimed = { ...later, job: { ...later.job, startTime: undefined, durationSeconds: undefined } }
    expect(comment([later, other], first)).toContain('Compared with the last time that it completed.')
    expect(comment([unsized], first)).toContain('Compared with the last time that it completed.')
    expect(comment([untimed], first)).toContain('Compared with the last time that it completed.')
  })

  it('is told against the last time that the job did its work', () => {
    const failed = comment([sample.failed], comment([sample.good]))
    expect(failed).not.toContain('Compared with')
    expect(comment([later], failed)).toContain('(5m 3s longer)')
  })

  it('is told of the very same job only', () => {
    const first = comment([sample.good])
    const other = sample.outcomeOf({ item: 'vm-web-2' })
    expect(comment([other], first)).not.toContain('Compared with')
  })
})

describe('the memory', () => {
  it.skipIf(isMutated)('comes back whatever the names are, and ends no HTML comment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(), (text, seconds) => {
        const name = `--> <!-- @team ${text.trim()} x`
        const hidden = hide([{ name, seconds, bytes: undefined }])
        expect(hidden.slice(4, -3)).not.toMatch(/--|[<>@]/)
        expect(reveal(`body\n\n${hidden}`)[0]?.seconds).toBe(seconds)
      }),
    )
  })

  it('is nothing where it cannot be read', () => {
    const opening = '<!-- wait-for-azure-backup digest '
    for (const body of ['', 'text', `${opening}{ -->`, `${opening}[] -->`, `${opening}{"jobs":[1]}`, opening])
      expect(reveal(body).every(({ seconds }) => seconds === undefined)).toBe(true)
  })

  it('stays small', () => {
    const outcomes = Array.from({ length: 1_000 }, (_, index) =>
      sample.outcomeOf({ item: `${index}${'ü'.repeat(500)}` }),
    )
    expect(hide(figuresOf(outcomes, [])).length).toBeLessThan(10_100)
  })
})

describe('comment-in-pr', () => {
  it.each([
    ['never', 'failed', 'failure', 'none'],
    ['always', 'good', 'failure', 'write'],
    ['always', 'failed', 'never', 'write'],
    ['on-failure', 'good', 'failure', 'update'],
    ['on-failure', 'looked', 'failure', 'update'],
    ['on-failure', 'warned', 'failure', 'update'],
    ['on-failure', 'warned', 'warning', 'write'],
    ['on-failure', 'failed', 'failure', 'write'],
    ['on-failure', 'failed', 'never', 'write'],
    ['on-failure', 'timed-out', 'failure', 'write'],
    ['on-failure', 'stopped', 'failure', 'write'],
    ['on-failure', 'refused', 'never', 'write'],
    ['on-failure', 'cancelled', 'never', 'write'],
    ['on-failure', 'timed-out', 'never', 'write'],
    ['on-failure', 'stopped', 'never', 'update'],
    ['on-failure', 'several', 'failure', 'write'],
    ['always', 'nothing', 'failure', 'none'],
  ] as const)('%s after %s with fail-on %s: %s', (mode, name, failOn, wish) => {
    expect(commentWish(mode, samples[name] ?? [], failOn)).toBe(wish)
  })
})
