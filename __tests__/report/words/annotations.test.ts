import { describe, expect, it } from 'vitest'
import type { FailOn } from '../../../src/domain/verdict.ts'
import { annotate, annotationText } from '../../../src/report/words/annotations.ts'
import type { Log } from '../../../src/runner/log.ts'
import { samples } from '../all-samples.ts'
import { attack, fleet, hostileOf } from '../hostile.ts'
import * as sample from '../samples.ts'
import { outcomeOf } from '../samples.ts'

interface Said {
  level: 'error' | 'warning'
  message: string
  title: string | undefined
}

function annotations(outcomes: Parameters<typeof annotate>[0], failOn: FailOn = 'failure'): Said[] {
  const said: Said[] = []
  const ignore = () => {}
  const log: Log = {
    info: ignore,
    debug: ignore,
    fault: ignore,
    notice: ignore,
    warning: (message, title) => void said.push({ level: 'warning', message, title }),
    error: (message, title) => void said.push({ level: 'error', message, title }),
    once: ignore,
  }
  annotate(outcomes, failOn, log)
  return said
}

describe('an annotation', () => {
  it('has a title, the code, the recommendations and what to do next', () => {
    expect(annotations([sample.failed])).toEqual([
      {
        level: 'error',
        title: 'Backup of vm-web-1 failed after 11m 36s',
        message: [
          'UserErrorGuestAgentStatusUnavailable: VM agent is unable to communicate with the Azure Backup Service.',
          'Recommended: Ensure the VM has network connectivity and the VM agent is the latest and running. For more information, see https://aka.ms/guestagent-status-unavailable.',
          "Fix the cause, then start the job again. In the portal it is among the vault's backup jobs.",
        ].join('\n'),
      },
    ])
    expect(annotationText(sample.nested)).toContain(
      'Root cause: LinkedAuthorizationFailed: The vault has no access',
    )
    expect(annotationText(sample.timedOut)).toContain('run this action with job-id 8eece52b')
  })

  it.each([
    ['good', 'failure', []],
    ['snapshot', 'failure', []],
    ['looked', 'failure', []],
    ['warned', 'failure', ['warning']],
    ['warned', 'warning', ['error']],
    ['failed', 'failure', ['error']],
    ['failed', 'never', ['warning']],
    ['cancelled', 'failure', ['error']],
    ['timed-out', 'failure', ['error']],
    ['timed-out', 'never', ['warning']],
    ['stopped', 'failure', ['error']],
    ['stopped', 'never', ['warning']],
    ['refused', 'never', ['error']],
    ['operation-failed', 'failure', ['error']],
  ] as const)('of %s with fail-on %s', (name, failOn, levels) => {
    expect(annotations(samples[name] ?? [], failOn).map(({ level }) => level)).toEqual(levels)
  })

  it('stays within what the runner shows, whatever the service sends', () => {
    const huge = hostileOf(`${attack} `.repeat(100))
    const [said] = annotations([huge])
    expect(said?.message.length).toBeLessThanOrEqual(4_096)
    expect(said?.title?.length).toBeLessThanOrEqual(210)
    expect(said?.message).toContain('\nRecommended: ')
    expect(said?.message).toContain('\nFix the cause')
    for (const text of [said?.message ?? '', said?.title ?? '']) {
      expect(text).not.toMatch(/##\[|^\s*::|[\u202A-\u202E\u2066-\u2069]/m)
    }
    expect(said?.title).not.toContain('\n')
  })
})

describe('many annotations', () => {
  it('are nine, and one for the rest', () => {
    expect(annotations(fleet(9, 1))).toHaveLength(9)
    const said = annotations(fleet(1_000, 10))
    expect(said).toHaveLength(10)
    expect(said.at(-1)?.title).toBe('91 more jobs like these')
    expect(said.at(-1)?.message).toMatch(/^And 91 more; the job summary lists them\.\nBackup of vm-99 failed/)
    expect(annotations(fleet(10, 1)).at(-1)?.message).toMatch(/^And 1 more;/)
  })

  it('are one where several could not be followed for the same reason', () => {
    const problem = { code: '', message: 'No token is sent to example.com.' }
    const lost = (item: string) => outcomeOf({ ...sample.refused.job, item }, { ending: 'error', problem })
    const many = Array.from({ length: 25 }, (_, index) => lost(`vm-${index + 1}`))
    const said = annotations([...many, sample.refused, sample.failed])
    expect(said.map(({ title }) => title)).toEqual([
      'All 25 jobs could not be followed',
      'Job 8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11 could not be followed',
      'Backup of vm-web-1 failed after 11m 36s',
    ])
    const lines = said[0]?.message.split('\n') ?? []
    expect([lines[0], lines[1], ...lines.slice(20)]).toEqual([
      'No token is sent to example.com.',
      'Job of vm-1 could not be followed',
      'Job of vm-20 could not be followed',
      '…',
      'What becomes of these jobs in Azure is not known; they may well go on.',
    ])
    const unverified = many.slice(0, 2).map((outcome) => ({
      ...outcome,
      ending: 'ended' as const,
      problem: undefined,
      verification: { state: 'error' as const, problem: outcome.problem },
      job: { ...sample.good.job, item: outcome.job.item },
    }))
    expect(annotations(unverified).map(({ message, title }) => [title, message.split('\n').at(-1)])).toEqual([
      [
        'All 2 jobs could not be verified',
        'The backups themselves did well; it is their recovery points that could not be looked at.',
      ],
    ])
  })

  it('count errors and warnings apart, as the runner does', () => {
    const outcomes = [...fleet(20, 1), ...Array.from({ length: 20 }, () => sample.warned)]
    const levels = annotations(outcomes).map(({ level }) => level)
    expect(levels.filter((level) => level === 'error')).toHaveLength(10)
    expect(levels.filter((level) => level === 'warning')).toHaveLength(10)
  })
})
