import { describe, expect, it } from 'vitest'
import type { ObservedPhase } from '../../../src/domain/outcome.ts'
import { gantt, phasesPart } from '../../../src/report/page/phases.ts'
import { samples } from '../all-samples.ts'
import { hostile } from '../hostile.ts'
import { at, failed, good, outcomeOf, timedOut } from '../samples.ts'

const all = { chart: true, phases: true }

describe('the chart', () => {
  it('has UTC times as text, numbered tasks, and labels that mean nothing to mermaid', () => {
    expect(gantt([good])).toBe(
      [
        '```mermaid',
        '%%{init: {"themeVariables":{"sectionBkgColor":"transparent","sectionBkgColor2":"transparent","altSectionBkgColor":"transparent"},"gantt":{"gridLineStartPadding":93}}}%%',
        'gantt',
        '    dateFormat YYYY-MM-DD HH:mm:ss',
        '    axisFormat %H:%M',
        '    Take Snapshot done 8m 4s :done, t1, 2026-02-11 02:18:36, 2026-02-11 02:26:40',
        '    Transfer data to vault done 1h 3m 13s :done, t2, 2026-02-11 02:26:40, 2026-02-11 03:29:53',
        '```',
      ].join('\n'),
    )
  })

  it('draws what runs up to the last read, and what failed as such', () => {
    expect(gantt([timedOut])).toContain(':active, t2, 2026-02-11 02:26:40, 2026-02-11 08:08:36')
    expect(gantt([failed])).toContain('Take Snapshot failed 11m 36s :crit, t1,')
    expect(gantt([failed])).not.toContain('Transfer')
  })

  it('has a section for each of several jobs, and dates where it spans days', () => {
    const chart = gantt(samples.several ?? [])
    expect(chart).toContain('    section vm-web-1\n')
    expect(chart).toContain('    section vm-web-2\n')
    const days = outcomeOf(
      {},
      {
        observed: [
          {
            name: 'T',
            status: 'Completed',
            startedAt: at('2026-02-11T00:00:00'),
            endedAt: at('2026-02-14T00:00:00'),
          },
        ],
      },
    )
    expect(gantt([days])).toContain('axisFormat %m-%d %H:%M')
  })

  it('gives every task a length', () => {
    const instant = at('2026-02-11T02:00:00')
    const outcome = outcomeOf(
      {},
      { observed: [{ name: 'T', status: 'Completed', startedAt: instant, endedAt: instant }] },
    )
    expect(gantt([outcome])).toContain('2026-02-11 02:00:00, 2026-02-11 02:00:01')
  })

  it('lets no foreign text mean anything', () => {
    const lines = gantt([hostile]).split('\n').slice(3, -1)
    for (const line of lines.slice(2)) {
      expect(line).toMatch(/^ {4}\p{L}[^:;#%{}"<>`]+ :((done|active|crit), ){0,2}t\d+, [\d :-]+, [\d :-]+$/u)
    }
    expect(lines.slice(2)).toHaveLength(5)
  })
})

describe('the chart of several', () => {
  const chartOf = (...all: Partial<ObservedPhase>[][]) =>
    gantt(
      all.map((observed, index) =>
        outcomeOf(
          { item: `vm-${index}` },
          {
            observed: observed.map((phase) => ({
              name: 'T',
              status: 'Completed',
              startedAt: 0,
              endedAt: 1_000,
              ...phase,
            })),
          },
        ),
      ),
    )
  const axisOf = (from: number, to: number) =>
    /axisFormat (.*)/.exec(chartOf([{ startedAt: from, endedAt: to }]))?.[1]

  it('is none where no read saw a phase begin', () => {
    expect(chartOf([{ startedAt: undefined }])).toBe('')
  })

  it('has no section for a job of which no read saw a phase begin', () => {
    expect(
      chartOf([{}], [{ startedAt: undefined }])
        .split('\n')
        .slice(5),
    ).toEqual([
      '    section vm-0',
      '    T done 1s :done, t1, 1970-01-01 00:00:00, 1970-01-01 00:00:01',
      '```',
    ])
  })

  it('has thirty phases of each job at most', () => {
    const chart = chartOf(Array(31).fill({}), [{}])
    expect(chart).toContain(':done, t30,')
    expect(chart).toMatch(/section vm-1\n.* :done, t31,/)
    expect(chart).not.toContain('t32')
  })

  it('has seconds on its axis below five minutes, and dates from a day on', () => {
    const then = at('2026-02-11T00:00:00')
    const day = 24 * 60 * 60_000
    expect(axisOf(then, then + 299_000)).toBe('%H:%M:%S')
    expect(axisOf(then, then + 300_000)).toBe('%H:%M')
    expect(axisOf(then, then + day - 1_000)).toBe('%H:%M')
    expect(axisOf(then, then + day)).toBe('%m-%d %H:%M')
  })
})

describe('a label', () => {
  it('has a blank for each run of what mermaid may take for something else', () => {
    const phase = { name: ':a::b: %%{c}  d;', status: 'Completed', startedAt: 0, endedAt: 1_000 }
    const chart = (item: string) =>
      gantt([outcomeOf({ item }, { observed: [phase] }), outcomeOf({}, { observed: [] })])
    expect(chart('#vm:1#').split('\n').slice(5, 7)).toEqual([
      '    section vm 1',
      '    a b c d done 1s :done, t1, 1970-01-01 00:00:00, 1970-01-01 00:00:01',
    ])
  })

  it.each(['title a', 'Section b', 'excludes', 'click me', '2026-01-01 x', '1', 'dateFormat x', 'accTitle'])(
    'that mermaid would take for something else has a word before it: %s',
    (name) => {
      const phase = { name, status: 'Completed', startedAt: 0, endedAt: 1_000 }
      expect(gantt([outcomeOf({}, { observed: [phase] })])).toContain(`    Phase ${name}`)
    },
  )
})

describe('the part', () => {
  it('is left out where no read saw a time', () => {
    const phase = { name: 'Take Snapshot', status: 'NotStarted', startedAt: undefined, endedAt: undefined }
    expect(phasesPart([outcomeOf({}, { observed: [phase] })], all)).toBe('')
  })

  it('is empty where nothing was observed, or where it does not fit', () => {
    expect(phasesPart([outcomeOf()], all)).toBe('')
    expect(phasesPart([good], { chart: true, phases: false })).toBe('')
    expect(phasesPart([good], { chart: false, phases: true })).not.toContain('mermaid')
  })

  it('is there where a read saw a phase begin, or end', () => {
    const part = (startedAt: number | undefined, endedAt: number | undefined) =>
      phasesPart([outcomeOf({}, { observed: [{ name: 'T', status: 'Failed', startedAt, endedAt }] })], all)
    expect(part(0, undefined)).toContain('| T | failed | 1970-01-01 00:00:00 | – | – |')
    expect(part(undefined, 0)).toContain('| T | failed | – | 1970-01-01 00:00:00 | – |')
  })

  it('has the table alone where there is no chart', () => {
    const table = [
      '<details>',
      '<summary>Phases as observed (UTC)</summary>',
      '',
      'When the reads saw them begin and end, to within the pause between two reads.',
      '',
      '| Phase | Status | Seen from (UTC) | Until (UTC) | Duration |',
      '| --- | --- | --- | --- | --- |',
      '| Take Snapshot | done | 2026-02-11 02:18:36 | 2026-02-11 02:26:40 | 8m 4s |',
      '| Transfer data to vault | done | 2026-02-11 02:26:40 | 2026-02-11 03:29:53 | 1h 3m 13s |',
      '',
      '</details>',
    ]
    expect(phasesPart([good], { chart: false, phases: true })).toBe(table.join('\n'))
  })

  it('has no chart that mermaid would not draw', () => {
    const phase = { name: 'p'.repeat(60), status: 's'.repeat(40), startedAt: 0, endedAt: 1_000 }
    const outcome = outcomeOf({}, { observed: Array(30).fill(phase) })
    expect(phasesPart(Array(20).fill(outcome), all)).toMatch(/two reads\.\n\n\| Item \| Phase \|/)
  })

  it('lists phases that were never seen running', () => {
    expect(phasesPart([failed], all)).toContain('| Transfer data to vault | not started | – | – | – |')
  })

  it('has details where there are some', () => {
    const phases = [
      { name: 'Take Snapshot', status: 'Completed' },
      { name: 'Transfer data to vault', status: 'Completed', details: '1 GB / 2 GB' },
    ]
    const part = phasesPart([{ ...good, job: { ...good.job, phases } }], all)
    expect(part).toContain('| Until (UTC) | Duration | Details |\n')
    expect(part).toContain('| 8m 4s | – |\n')
    expect(part).toContain('| 1h 3m 13s | 1 GB / 2 GB |\n')
  })

  it('stays small with many jobs and phases', () => {
    const phase = { name: 'p'.repeat(100_000), status: 's'.repeat(100_000), startedAt: 0, endedAt: 1_000 }
    const outcome = outcomeOf({}, { observed: Array.from({ length: 1_000 }, () => phase) })
    const part = phasesPart(
      Array.from({ length: 1_000 }, () => outcome),
      all,
    )
    expect(part.length).toBeLessThan(300_000)
    expect(part).not.toContain('mermaid')
    expect(part).toContain('The first 20 of 1000 jobs.')
  })
})
