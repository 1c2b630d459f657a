/** Kinds of red run: whoever opens one at night has the cause in the first 25 words, of annotation and summary alike. */
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/domain/outcome.ts'
import { annotate } from '../../src/report/words/annotations.ts'
import { fakeLog } from '../support/fake-log.ts'
import { pagesOf } from './pages.ts'
import { redRuns } from './red-runs.ts'

/** The first 25 words of a text that a person sees. */
function firstWords(text: string): string {
  return text.trim().split(/\s+/).slice(0, 25).join(' ')
}

/** Markdown as it is read: entities undone, marks gone. */
function read(markdown: string): string {
  return markdown
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\u200B|\*\*|^- /gm, '')
}

function annotationOf(outcome: Outcome): { title: string; message: string } {
  const log = fakeLog()
  annotate([outcome], 'failure', log)
  const [said, ...others] = log.entries
  expect(others).toEqual([])
  expect(said?.level).toBe('error')
  return { title: said?.title ?? '', message: said?.text ?? '' }
}

it('there are at least fifteen', () => {
  expect(redRuns.length).toBeGreaterThanOrEqual(15)
})

describe.each(redRuns)('of $name', ({ outcome, cause, blocks = [] }) => {
  const { title, message } = annotationOf(outcome)
  const { summary, comment } = pagesOf([outcome])

  it('the annotation says the cause', () => {
    expect(firstWords(`${title} ${message}`)).toContain(cause)
    // What the title says is not said again.
    expect(message.startsWith(title)).toBe(false)
  })

  it('the summary says the cause', () => {
    expect(firstWords(read(summary).replace(/^### \S+ /, ''))).toContain(cause)
  })

  it('the comment says it too', () => {
    expect(read(comment).replace(/\s+/g, ' ')).toContain(cause)
  })

  it('the table has no column of dashes', () => {
    const rows = summary.split('\n').filter((line) => line.startsWith('| '))
    const table = rows.slice(0, 3).map((row) => row.slice(2, -2).split(' | '))
    expect((table[2] ?? []).filter((cell) => cell === '–')).toEqual([])
  })

  it('what is to be copied stands in blocks of code, without invisible characters', () => {
    const code = [...summary.matchAll(/^```\w+\n([^`]*?)\n```$/gm)].map(([, text = '']) => text)
    for (const block of blocks) expect(code.some((text) => text.includes(block))).toBe(true)
    expect(code.join('\n')).not.toMatch(/[\u200B-\u200F\u2060-\u206F]/)
    for (const block of blocks) expect(message).toContain(block)
  })
})
