/**
 * Every text of a report, whole, in the files beside it (`whole/`). When words change on purpose, `npx vitest run
 * __tests__/report/whole.test.ts -u` writes them again; the change of each is then read in the diff.
 */
import { describe, expect, it } from 'vitest'
import { groupBy, type Outcome } from '../../src/domain/outcome.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { annotate } from '../../src/report/words/annotations.ts'
import { mayLookAgain } from '../../src/report/words/causes.ts'
import { inputsToLookAgain, nextStep } from '../../src/report/words/next-steps.ts'
import { causeName, causeText, reason } from '../../src/report/words/reason.ts'
import { countedEnd, headline, verdictLine } from '../../src/report/words/verdict-line.ts'
import { fakeLog } from '../support/fake-log.ts'
import { samples } from './all-samples.ts'
import { changesOf, pagesOf } from './pages.ts'
import * as sample from './samples.ts'

const { hostile: _hostile, fleet: _fleet, ...plain } = samples
const unnamed = (outcome: Outcome, given: Partial<Outcome['job']>): Outcome => ({
  ...outcome,
  job: { ...outcome.job, ...given },
})

/** What a report tells in other words, though the samples that are shown to people have none of each. */
const others: Record<string, Outcome[]> = {
  'without-time': [
    unnamed(sample.good, { startTime: undefined, durationSeconds: undefined, size: undefined }),
  ],
  'without-item': [unnamed(sample.good, { item: '' })],
  'without-operation': [unnamed(sample.good, { item: '', operation: '' })],
  'warned-on-snapshot': [unnamed(sample.snapshotTaken, { status: 'CompletedWithWarnings' })],
  'good-with-error': [unnamed(sample.good, { errors: sample.failed.job.errors })],
  'unverified-warned': [unnamed(sample.unverified, { status: 'CompletedWithWarnings' })],
  'unverified-running': [unnamed(sample.unverified, { status: 'InProgress' })],
  ...Object.fromEntries(
    (['timed-out', 'stopped', 'looked', 'error', 'missing'] as const).map((state): [string, Outcome[]] => [
      `point-${state}`,
      [{ ...sample.good, verification: { state } }],
    ]),
  ),
  'handed-on-for-its-point': [
    { ...sample.good, ending: 'handed-on', handedOn: { workflow: 'go-on.yml', runUrl: undefined } },
  ],
  'no-status-in-time': [unnamed(sample.timedOut, { status: '' })],
  'stopped-before-a-status': [unnamed(sample.stopped, { status: '' })],
  'stopped-operation': [unnamed(sample.stopped, { id: '', item: '', operation: '' })],
  'validation-with-errors': [unnamed(sample.operationWithoutJob, { errors: sample.failed.job.errors })],
  'silence-of-two-minutes': [{ ...sample.timedOut, secondsSinceRead: 120 }],
  'silence-of-more': [{ ...sample.timedOut, secondsSinceRead: 121 }],
  ...Object.fromEntries(
    (['asked', 'unanswered', 'refused', 'impossible'] as const).map((cancellation): [string, Outcome[]] => [
      `cancellation-${cancellation}`,
      [{ ...sample.stopped, cancellation }],
    ]),
  ),
  'several-errors': [
    unnamed(sample.failed, { errors: [...sample.failed.job.errors, ...sample.nested.job.errors] }),
  ],
  'error-without-message': [
    unnamed(sample.failed, { errors: [{ code: '400160', message: '', recommendations: [] }] }),
  ],
  'error-without-code': [
    unnamed(sample.failed, {
      errors: [{ code: '', message: 'It failed. Badly.', recommendations: ['Try.', 'Again.'] }],
    }),
  ],
  nothing: [],
}
/** Each twice, as a report tells of several that came to the same. */
const twice = Object.fromEntries(
  Object.entries({ ...plain, ...others })
    .filter(([, outcomes]) => outcomes.length === 1)
    .map(([name, outcomes]) => [name, outcomes.flatMap((one) => [one, unnamed(one, { item: 'vm-web-2' })])]),
)

/** All that words say of these outcomes. */
function wordsOf(outcomes: Outcome[]): string {
  const each = outcomes.flatMap((outcome) => [
    `verdict: ${verdictLine(outcome)}`,
    `reason: ${reason(outcome)}`,
    `cause: ${causeText(outcome)}`,
    `name of the cause: ${causeName(outcome)}`,
    `may be looked at again: ${mayLookAgain(outcome)}`,
  ])
  const ofAll = groupBy(outcomes, () => '').flatMap((group) => [
    `counted: ${countedEnd(group)}`,
    `next: ${nextStep(group)}`,
    `next, inputs listed: ${nextStep(group, true)}`,
    ...inputsToLookAgain(group).map((line) => `  ${line}`),
  ])
  return [`headline: ${headline(outcomes)}`, ...new Set(each), ...ofAll, ...annotationsOf(outcomes)].join(
    '\n',
  )
}

function annotationsOf(outcomes: Outcome[]): string[] {
  const said: string[] = []
  const say = (level: string) => (message: string, title?: string) =>
    void said.push(`${level}: ${title}`, ...message.split('\n').map((line) => `  ${line}`))
  annotate(outcomes, 'failure', { ...fakeLog(), error: say('error'), warning: say('warning') })
  return said
}

const all = (given: Record<string, Outcome[]>, tell: (outcomes: Outcome[]) => string) =>
  `${Object.entries(given)
    .map(([name, outcomes]) => `== ${name}\n${tell(outcomes)}`)
    .join('\n\n')}\n`

describe('what is said', () => {
  it('of one', () => expect(all({ ...plain, ...others }, wordsOf)).toMatchFileSnapshot('whole/one.txt'))

  it('of two alike', () => expect(all(twice, wordsOf)).toMatchFileSnapshot('whole/two.txt'))

  it('in outputs', () =>
    expect(
      all({ ...plain, ...others }, (outcomes) =>
        Object.entries(outputsOf(outcomes, 'https://portal.azure.com'))
          .map(([name, value]) => `${name}=${value}`)
          .join('\n'),
      ),
    ).toMatchFileSnapshot('whole/outputs.txt'))
})

describe('the pages', () => {
  it.each(
    Object.entries({
      ...plain,
      'two-unverified': twice.unverified ?? [],
      'two-refused': twice.refused ?? [],
    }),
  )('of %s', (name, outcomes) => {
    const { summary, comment } = pagesOf(outcomes, changesOf(name))
    return expect(`${summary}\n\n=== comment\n\n${comment}\n`).toMatchFileSnapshot(`whole/${name}.md`)
  })
})
