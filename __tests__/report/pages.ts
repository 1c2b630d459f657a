/** The summary and the comment of outcomes, with everything around them as in a real run. */
import type { Outcome } from '../../src/domain/outcome.ts'
import { commentOf } from '../../src/report/page/comment.ts'
import { type Figures, figuresOf } from '../../src/report/page/digest.ts'
import { summaryOf } from '../../src/report/page/summary.ts'
import { good } from './samples.ts'

export const marker = '<!-- wait-for-azure-backup 0123456789abcdef0123 -->'
const links = {
  portal: 'https://portal.azure.com',
  runUrl: 'https://github.com/octo-org/octo-repo/actions/runs/1234567890',
  failOn: 'failure' as const,
}

/** What a comment before would remember of this sample. */
export function changesOf(name: string): Figures[] {
  if (name !== 'good') return []
  return figuresOf([good], []).map((figures) => ({
    ...figures,
    seconds: (figures.seconds ?? 0) - 303,
    bytes: (figures.bytes ?? 0) - 2 ** 27,
  }))
}

export function pagesOf(outcomes: Outcome[], before: Figures[] = []): { summary: string; comment: string } {
  return {
    summary: summaryOf(outcomes, { ...links, statistics: { requests: 42, faults: 2, throttled: 1 } }),
    comment: commentOf(outcomes, { ...links, marker, origin: 'Back up / backup (vm-web-1)', before }),
  }
}
