import { describe, expect, it } from 'vitest'
import type { Outcome, Problem } from '../../../src/domain/outcome.ts'
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
          'VM is in Failed Provisioning State (code 400160).',
          'Recommended: Please make sure that the VM is in Running or Shut-down state.',
          "Fix the cause, then start the job again. In the portal it is among the vault's backup jobs.",
        ].join('\n'),
      },
    ])
    expect(annotationText([sample.nested])).toContain(
      'Root cause: LinkedAuthorizationFailed: The vault has no access',
    )
    expect(annotationText([sample.timedOut])).toContain('run this action with job-id 8eece52b')
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

describe('a recovery point that was not asked to be healthy', () => {
  const doubt = (status: string, problem?: Problem): Outcome => ({
    ...sample.withHealth(status, [], false),
    verification: { state: 'verified', problem },
  })
  const warnings = (...outcomes: Outcome[]) =>
    annotations(outcomes).map(({ title, message }) => [title, message])

  it('is a warning where something is said against it', () => {
    expect(warnings(doubt('Healthy'))).toEqual([])
    expect(
      warnings(doubt('Warning', { code: '', cause: 'It is doubted.', cure: 'Look.', commands: ['az'] })),
    ).toEqual([['The recovery point of vm-web-1 has the threat status Warning', 'It is doubted. Look.\naz']])
    expect(warnings(doubt('Warning', { code: '', cause: 'It is doubted.' }))).toEqual([
      ['The recovery point of vm-web-1 has the threat status Warning', 'It is doubted.'],
    ])
  })

  it('is that of a job where no item is known', () => {
    const outcome = doubt('Warning', { code: '', cause: 'It is doubted.' })
    expect(warnings({ ...outcome, job: { ...outcome.job, item: '' } })).toEqual([
      ['The recovery point of a job has the threat status Warning', 'It is doubted.'],
    ])
  })

  it('is told of nine times at most', () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      doubt(`Status${index}`, { code: '', cause: 'It is doubted.' }),
    )
    expect(warnings(...many).map(([title]) => title)).toEqual(
      many
        .slice(0, 9)
        .map((_, index) => `The recovery point of vm-web-1 has the threat status Status${index}`),
    )
  })
})

describe('the message', () => {
  const of = (problem: Problem) => annotationText([{ ...sample.refused, problem }])

  it('has each wrong input in a line, and not the cause, which is all of them', () => {
    const wrongInputs = ['Input a is wrong.', 'Input b is wrong.']
    expect(of({ code: '', cause: 'Input a is wrong. Input b is wrong.', wrongInputs })).toBe(
      'Input a is wrong.\nInput b is wrong.',
    )
  })

  it('is the verdict where nothing else says what became of it', () => {
    const { problem: _, ...missing } = sample.withoutPoint
    expect(annotationText([{ ...missing, problem: undefined, verification: { state: 'missing' } }])).toBe(
      [
        'Backup of vm-web-1 ended after 1h 11m 17s, but its recovery point is not there',
        "Look at the item's recovery points in the portal, and start another backup if it is really missing.",
      ].join('\n'),
    )
    // The title has it, and nothing is left to do.
    expect(annotationText([{ ...sample.unhealthy, verification: { state: 'unhealthy' } }])).toBe('')
  })
})

/** So many jobs, each of which failed for a reason of its own. */
function causes(count: number) {
  return Array.from({ length: count }, (_, index) =>
    outcomeOf({
      item: `vm-${index}`,
      status: 'Failed',
      errors: [{ code: `UserErrorNumber${index}`, message: 'It failed.', recommendations: [] }],
    }),
  )
}

describe('a job that did not start in time', () => {
  it('is told as that, apart from one that did not end, with what to do', () => {
    const both = annotations([sample.notStarted, sample.timedOut])
    expect(both.map(({ title }) => title)).toEqual([
      'Backup of vm-web-1: no job started in time',
      expect.stringMatching(/did not end in time/),
    ])
    expect(both[0]?.message).toBe(
      `${sample.notStarted.problem?.cause}\nTo look again, run this action with the same inputs. To wait longer, raise the input timeout-minutes.`,
    )
    const other = { ...sample.notStarted, job: { ...sample.notStarted.job, item: 'vm-2' } }
    expect(annotations([sample.notStarted, other]).map(({ title }) => title)).toEqual([
      expect.stringMatching(/^2 jobs did not start in time/),
    ])
  })

  it('is no running job where a signal ended the wait', () => {
    const stopped = annotations([{ ...sample.notStarted, ending: 'stopped', problem: undefined }])
    expect(stopped.map(({ title }) => title)).toEqual([
      'The wait for Backup of vm-web-1 to start was stopped',
    ])
    expect(stopped[0]?.message).toContain('run this action with the same inputs')
  })
})

describe('many annotations', () => {
  it('are one for each cause, its items named in the text', () => {
    const said = annotations(fleet(1_000, 10))
    expect(said.map(({ title }) => title)).toEqual(['100 jobs failed: UserErrorVmNotReachable'])
    expect(said[0]?.message).toMatch(/\nJobs: Backup of vm-\d+, .* and 80 more\n/)
    const late = Array.from({ length: 3 }, (_, index) =>
      outcomeOf({ ...sample.timedOut.job, id: `job-${index}`, item: `vm-${index}` }, { ending: 'timed-out' }),
    )
    expect(annotations(late)).toEqual([
      {
        level: 'error',
        title: '3 jobs did not end in time',
        message: [
          'Jobs: Backup of vm-0, Backup of vm-1, Backup of vm-2',
          'When last read, these jobs were InProgress; this step did not cancel them. To look again, run this action with their job IDs, one a line, as job-id, vault-name kv-backup-weu and resource-group rg-prod. To wait longer, raise the input timeout-minutes.',
        ].join('\n'),
      },
    ])
  })

  it('have names for titles, never a bare number', () => {
    const two = [sample.failed, { ...sample.failed, job: { ...sample.failed.job, item: 'vm-web-2' } }]
    expect(annotations(two).map(({ title }) => title)).toEqual([
      '2 jobs failed: VM is in Failed Provisioning State (400160)',
    ])
  })

  it('are nine, and one for the rest', () => {
    expect(annotations(causes(9))).toHaveLength(9)
    const said = annotations(causes(100))
    expect(said).toHaveLength(10)
    expect(said.at(-1)?.title).toBe('91 more jobs like these')
    expect(said.at(-1)?.message).toMatch(/^And 91 more; the job summary lists them\.\nBackup of vm-9 failed/)
    expect(annotations(causes(10)).at(-1)?.message).toMatch(/^And 1 more;/)
  })

  it('are one where several could not be followed for the same reason', () => {
    const problem = { code: '', cause: 'No token is sent to example.com.' }
    const lost = (item: string) => outcomeOf({ ...sample.refused.job, item }, { ending: 'error', problem })
    const many = Array.from({ length: 25 }, (_, index) => lost(`vm-${index + 1}`))
    const said = annotations([...many, sample.refused, sample.failed])
    expect(said.map(({ title }) => title)).toEqual([
      '25 jobs could not be followed: No token is sent to example.com',
      'Job 8eece52b-7b0f-4b93-9b6c-1b6f1f0f7a11 could not be followed',
      'Backup of vm-web-1 failed after 11m 36s',
    ])
    const lines = said[0]?.message.split('\n') ?? []
    expect(lines.map((line) => line.replace(/vm-2, .* vm-19, /, 'vm-2 … '))).toEqual([
      'No token is sent to example.com.',
      'Jobs: Job of vm-1, Job of vm-2 … Job of vm-20 and 5 more',
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
        '2 jobs could not be verified: No token is sent to example.com',
        'The backups themselves are complete. Fix what the message says; then, to verify it, run this action with their job IDs, one a line, as job-id, vault-name kv-backup-weu and resource-group rg-prod and verify-recovery-point: true.',
      ],
    ])
  })

  it('count errors and warnings apart, as the runner does', () => {
    const warned = causes(20).map((one) => ({ ...one, job: { ...one.job, status: 'CompletedWithWarnings' } }))
    const outcomes = [...causes(20), ...warned]
    const levels = annotations(outcomes).map(({ level }) => level)
    expect(levels.filter((level) => level === 'error')).toHaveLength(10)
    expect(levels.filter((level) => level === 'warning')).toHaveLength(10)
  })
})
