import { describe, expect, it } from 'vitest'
import type { JobError } from '../../../src/domain/job.ts'
import type { Outcome, Problem } from '../../../src/domain/outcome.ts'
import { leadLine, troubleParts } from '../../../src/report/page/problems.ts'
import { cancelled, failed, good, operationFailed, refused, stopped, wrongInput } from '../samples.ts'

const whole = { troubles: 50, message: 4_000 }
const withError = (outcome: Outcome, ...errors: Partial<JobError>[]): Outcome => ({
  ...outcome,
  job: {
    ...outcome.job,
    errors: errors.map((error) => ({ code: '', message: '', recommendations: [], ...error })),
  },
})
const withProblem = (problem: Partial<Problem>): Outcome => ({
  ...refused,
  problem: { code: '', cause: '', ...problem },
})
const named = (outcome: Outcome, item: string): Outcome => ({ ...outcome, job: { ...outcome.job, item } })
const numbered = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
/** So many jobs, each of which failed for a reason of its own. */
const causes = (count: number) => numbered(count).map((n) => withError(failed, { code: `E${n}` }))
/** The items of the list in the first part. */
const listOf = (outcomes: Outcome[], extent = whole) =>
  (troubleParts(outcomes, extent)[0] ?? '').split('\n').filter((line) => line.startsWith('- '))
const titles = (outcomes: Outcome[]) =>
  troubleParts(outcomes, whole).map((part) => /<summary>(.*)<\/summary>/.exec(part)?.[1])

describe('the line that leads', () => {
  it('is the cause, and how many others there are', () => {
    const [one, two, three] = causes(3) as [Outcome, Outcome, Outcome]
    expect(leadLine([one])).toBe('E1')
    expect(leadLine([one, one])).toBe('**2 jobs:** E1')
    expect(leadLine([one, two])).toBe('**1 job:** E1 And 1 other cause, below.')
    expect(leadLine([one, two, three, good])).toBe('**1 job:** E1 And 2 other causes, below.')
  })

  it('is none where the heading says all, or all went well', () => {
    expect(leadLine([cancelled])).toBe('')
    expect(leadLine([cancelled, cancelled])).toBe('')
    expect(leadLine([good])).toBe('')
    expect(leadLine([{ ...refused, problem: undefined }])).toBe('')
  })

  it('is a list of what is wrong with each input', () => {
    const problem = { code: '', cause: 'a b', wrongInputs: ['Input a is wrong.', 'Input b is wrong.'] }
    expect(leadLine([{ ...wrongInput, problem }])).toBe('- Input a is wrong.\n- Input b is wrong.')
  })

  it('is the error of a job that did well and still tells of one', () => {
    expect(leadLine([withError(good, { code: 'E1' })])).toBe('E1')
  })
})

describe('the parts', () => {
  const parts = (count: number, troubles: number) => troubleParts(causes(count), { ...whole, troubles })

  it('are as many as there is room for, and the number of the rest', () => {
    expect(parts(3, 3)).toHaveLength(3)
    expect(parts(3, 2)).toEqual([
      expect.stringContaining('E1'),
      expect.stringContaining('E2'),
      'And 1 other cause; the output `jobs` tells of more.',
    ])
    expect(parts(5, 2).at(-1)).toBe('And 3 other causes; the output `jobs` tells of more.')
    expect(parts(3, 0)).toEqual([])
  })

  it('are open up to the tenth', () => {
    expect(parts(12, 50).map((part) => part.startsWith('<details open>'))).toEqual([
      ...Array(10).fill(true),
      false,
      false,
    ])
  })

  it('are of all that is not plainly well, and not of wrong inputs, which lead the page', () => {
    expect(troubleParts([good, wrongInput], whole)).toEqual([])
    expect(titles([withError(good, { code: 'E1' }), good])).toEqual([
      '✅ Backup of vm-web-1 completed in 1h 11m 17s (18.9 GB)',
    ])
  })

  it('have what several came to for a title, with the cause by its name', () => {
    expect(titles([failed, named(failed, 'vm-2')])).toEqual([
      '❌ 2 jobs failed: VM is in Failed Provisioning State (400160)',
    ])
    expect(titles([cancelled, cancelled])).toEqual(['🚫 2 jobs were cancelled'])
    expect(titles([failed])).toEqual(['What happened, and what to do'])
  })
})

describe('a part', () => {
  const next =
    "- **What to do next**: Fix the cause, then start the job again. In the portal it is among the vault's backup jobs."

  it('has five errors, and the number of the rest', () => {
    const errors = (count: number) => numbered(count).map((n) => ({ message: `Error ${n}.` }))
    const said = (count: number) => listOf([withError(cancelled, ...errors(count))]).slice(0, -1)
    const five = numbered(5).map((n) => `- **Message**: Error ${n}.`)
    expect(said(5)).toEqual(five)
    expect(said(6)).toEqual([...five, '- And 1 other error'])
    expect(said(7)).toEqual([...five, '- And 2 other errors'])
  })

  it('has ten recommendations of an error', () => {
    const recommendations = numbered(11).map((n) => `Try ${n}.`)
    expect(listOf([withError(cancelled, { code: 'E', recommendations })]).slice(0, -1)).toEqual([
      '- **Error code**: `E`',
      ...recommendations.slice(0, 10).map((text) => `- **Recommended**: ${text}`),
    ])
  })

  it.each([
    [{ code: 'C', message: 'It is closed.' }, '`C`: It is closed.'],
    [{ code: '', message: 'It is closed.' }, 'It is closed.'],
    [{ code: 'C', message: '' }, '`C`'],
  ])('has the innermost error as far as it is told (%#)', (cause, text) => {
    expect(listOf([withError(cancelled, { code: 'E', cause })])).toContain(`- **Root cause**: ${text}`)
  })

  it('has the activity ID of a single job', () => {
    const id = "- **Activity ID, for Microsoft's support**: `ea63be60-8ae0-11ec-9ef1-b07b250bf939`"
    expect(listOf([failed]).slice(-2)).toEqual([next, id])
    expect(listOf([failed, named(failed, 'vm-2')])).not.toContain(id)
  })

  it('has the names of fifty jobs, and the number of the rest', () => {
    const jobs = (count: number) => listOf(numbered(count).map((n) => named(failed, `vm-${n}`)))[0]
    const fifty = numbered(50)
      .map((n) => `Backup of vm-${n}`)
      .join(', ')
    expect(jobs(50)).toBe(`- **Jobs**: ${fifty}`)
    expect(jobs(51)).toBe(`- **Jobs**: ${fifty} and 1 more`)
    expect(jobs(52)).toBe(`- **Jobs**: ${fifty} and 2 more`)
  })

  it('says whose text it has where several have each their own', () => {
    const note = '- The text is that of the first; the output `jobs` has each'
    const saying = (message: string) => withError(failed, { code: 'E', message })
    expect(listOf([saying('On vm-1.'), saying('On vm-2.')])).toContain(note)
    expect(listOf([saying('On all.'), saying('On all.')])).not.toContain(note)
  })

  it('has the cause of a problem where it does not lead the page, or is too long for that', () => {
    const cause = (length: number) => 'c'.repeat(length)
    expect(listOf([withProblem({ code: 'E', cause: cause(300) })])).not.toContain(
      `- **Cause**: ${cause(300)}`,
    )
    expect(listOf([withProblem({ cause: cause(301) })])).toContain(`- **Cause**: ${cause(301)}`)
    expect(listOf([withProblem({ cause: cause(3) }), good])).toContain('- **Cause**: ccc')
  })

  it('has no more of a message than there is room for', () => {
    const long = withError(cancelled, { message: 'm'.repeat(30) })
    expect(listOf([long], { ...whole, message: 20 })).toContain(`- **Message**: ${'m'.repeat(20)}…`)
  })

  it('has the cure before the next step, then what is to be copied, then the words of the service', () => {
    const problem = {
      cause: 'It is closed.',
      cure: 'Open it.',
      facts: [['Subject', 'repo:a']] as [string, string][],
      commands: ['az open'],
      said: 'Closed.',
    }
    expect(troubleParts([withProblem(problem)], whole)).toEqual([
      [
        '<details open>',
        '<summary>What happened, and what to do</summary>',
        '',
        '- **What to do next**: Open it. What becomes of the job in Azure is not known; it may well go on. To look again, run this action with the inputs below.',
        '',
        'Subject:',
        '',
        '```text',
        'repo:a',
        '```',
        '',
        '```sh',
        'az open',
        '```',
        '',
        '```yaml',
        `job-id: ${refused.job.id}`,
        'vault-name: kv-backup-weu',
        'resource-group: rg-prod',
        'subscription-id: 0b1f6471-1bf0-4dda-aec3-cb9272f09590',
        '```',
        '',
        'The answer: Closed.',
        '',
        '</details>',
      ].join('\n'),
    ])
  })

  it('has no inputs of what never had a job', () => {
    const unnamed: Outcome = { ...stopped, job: { ...operationFailed.job, status: '', errors: [] } }
    expect(troubleParts([unnamed], whole).join('\n')).not.toContain('```')
    expect(listOf([unnamed])).toEqual([
      '- **What to do next**: To look again, run this action with the same operation-url.',
    ])
  })
})
