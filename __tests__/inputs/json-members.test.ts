/** What is taken from JSON of Azure CLI, PowerShell and the service, and what is said where that holds nothing. */
import { describe, expect, it } from 'vitest'
import { valuesIn } from '../../src/inputs/given.ts'
import type { TargetInput } from '../../src/inputs/hints.ts'

function read(input: TargetInput, json: unknown): { values: string[]; wrong: string[] } {
  const wrong: string[] = []
  return { values: valuesIn(input, JSON.stringify(json), (problem) => wrong.push(problem)), wrong }
}

const status = 'https://h/subscriptions/s/operationsStatus/1'
const result = 'https://h/subscriptions/s/operationResults/1'
const job = '/subscriptions/s/x/backupJobs/1'
const pair = (Key: unknown, Value: unknown) => ({ Key, Value })

describe('the URLs of an operation', () => {
  it.each<[string, unknown, string[]]>([
    ['of a header in any case', { 'AZURE-ASYNCOPERATION': status }, [status]],
    [
      'of the status before the result',
      { Location: result, 'Azure-AsyncOperation': status },
      [status, result],
    ],
    ['of several values', { Location: [result, status] }, [result, status]],
    ['of headers in an answer', { headers: { location: result } }, [result]],
    ['of an answer and its headers', { location: status, Headers: { location: result } }, [status, result]],
    ['of headers with a blank before the value', { location: ` ${result}` }, [result]],
    ['of an ARM ID as a header', { location: job }, [job]],
    ['of pairs in an answer', { Headers: [pair('location', [result]), pair('Date', ['now'])] }, [result]],
    ['of pairs in two cases', [pair('location', result), pair('LOCATION', status)], [result, status]],
    ['of pairs among others that are none', { Headers: [null, pair('location', result), 'x'] }, [result]],
    ['of http, which is told as wrong later', { location: 'http://h/1' }, ['http://h/1']],
    ['not of the resource where there is a header', { id: job, location: result }, [result]],
    ['of the operation’s ID where there is none', { id: job, location: 'westeurope' }, [job]],
    [
      'of an ID that is a URL in capitals',
      { id: status.replace('https', 'HTTPS') },
      [status.replace('https', 'HTTPS')],
    ],
    // Told apart later: a job's ID goes into job-id.
    ['of a job’s ID in place of one', { id: 'x', jobId: '1', properties: { jobId: '2' } }, ['1', '2']],
  ])('are those %s', (_name, json, expected) => {
    expect(read('operation-url', json)).toEqual({ values: expected, wrong: [] })
  })

  it.each<[string, unknown]>([
    ['a region', { location: 'westeurope' }],
    ['an address in the middle', { location: `at ${result}` }],
    ['an ID that is no address', { id: 'a/b', name: status }],
    ['an ID that is no text', { id: 12 }],
    ['headers that are empty', { headers: {} }],
    ['an ID behind a blank and a word', { id: 'x /a' }],
    ['another header', { Headers: [pair('Content-Location', result)] }],
    ['a pair without a value', [{ Key: 'location' }]],
  ])('are not %s', (_name, json) => {
    expect(read('operation-url', json)).toEqual({
      values: [],
      wrong: [
        'holds a JSON object without an Azure-AsyncOperation or Location header, and without the ARM ID of an operation.',
      ],
    })
  })

  it('are not taken of pairs among what is none', () => {
    const { values, wrong } = read('operation-url', [pair('Location', result), status])
    expect(values).toEqual([status])
    expect(wrong).toHaveLength(1)
    expect(read('operation-url', [pair(1, result), pair(2, result)]).wrong).toHaveLength(2)
  })
})

describe('the IDs of jobs', () => {
  it.each<[string, unknown, string[]]>([
    ['an answer names', { jobId: '1' }, ['1']],
    ['PowerShell names', { JobId: '1', ID: 'x' }, ['1']],
    ['an answer of several names', { properties: { jobIds: ['1', '2'] } }, ['1', '2']],
    ['an answer names in both ways', { jobIds: ['1'], properties: { jobId: '2' } }, ['1', '2']],
    ['a job’s own body is of', { id: job, properties: { jobType: 'x' } }, [job]],
    ['an answer of numbers names', { jobId: 12 }, ['12']],
  ])('are those that %s', (_name, json, expected) => {
    expect(read('job-id', json)).toEqual({ values: expected, wrong: [] })
  })

  it.each<[string, unknown]>([
    ['another resource', { id: '/subscriptions/s/x/backupPolicies/1' }],
    ['a name', { name: '1' }],
    ['other properties', { properties: { id: job } }],
  ])('are not those of %s', (_name, json) => {
    expect(read('job-id', json)).toEqual({
      values: [],
      wrong: ['holds a JSON object without jobId, jobIds, or the id of a backup job.'],
    })
  })

  it('are not taken where some could not be started', () => {
    const body = { properties: { jobIds: ['1'], failedJobsError: { 'vm-1': 'no', 'vm-2': 'no' } } }
    expect(read('job-id', body)).toEqual({
      values: [],
      wrong: [
        "is an operation's answer, which says that jobs could not be started (vm-1, vm-2); set operation-url to the operation's URL instead.",
      ],
    })
    expect(read('job-id', { properties: { jobIds: ['1'], failedJobsError: {} } }).values).toEqual(['1'])
    expect(read('operation-url', body).values).toEqual(['1'])
  })
})

describe('the ID of a protected item', () => {
  it.each<[string, unknown, string[]]>([
    ['in an object', { id: '/a/b', name: 'c' }, ['/a/b']],
    ['in a list', [{ ID: '/a' }, { Id: '/b' }], ['/a', '/b']],
    ['as a name', ['web-01', 'web 02'], ['web-01', 'web 02']],
  ])('is read %s', (_name, json, expected) => {
    expect(read('protected-item', json)).toEqual({ values: expected, wrong: [] })
  })

  it.each<[unknown]>([[{ name: 'web-01' }], [{ id: 'web-01' }], [{ ids: '/a' }], [{ id: ['/a'] }]])(
    'is not in %j',
    (json) => {
      expect(read('protected-item', json)).toEqual({
        values: [],
        wrong: ['holds a JSON object without the ARM ID of a protected item as its id.'],
      })
    },
  )
})

describe('the error of a refused request', () => {
  it.each<[unknown, string]>([
    [{ code: 'Conflict', message: 'Busy' }, 'Conflict: Busy'],
    [{ Message: 'Busy' }, 'Busy'],
    [{ code: 409, message: 'Busy' }, 'Busy'],
    [{ code: 'Conflict', message: null }, 'Conflict'],
  ])('is shown: %j', (error, said) => {
    for (const input of ['operation-url', 'job-id', 'protected-item'] as const) {
      expect(read(input, { error })).toEqual({
        values: [],
        wrong: [`is an error that a request was answered with, "${said}", so it started nothing.`],
      })
    }
  })

  it.each<[unknown]>([[{}], ['no'], [{ details: [] }]])('is not %j', (error) => {
    expect(read('job-id', { error }).wrong).toEqual([
      'holds a JSON object without jobId, jobIds, or the id of a backup job.',
    ])
  })

  it('does not hide the job that was started', () => {
    expect(read('job-id', { jobId: '1', error: { code: 'x' } })).toEqual({ values: ['1'], wrong: [] })
  })
})

describe('JSON that holds no object', () => {
  const empty = 'is empty: the step before gave nothing. Print there what it writes to GITHUB_OUTPUT.'
  const none = (value: string) =>
    `is "${value}"; a step before wrote it in place of a value that it did not have. Print there what the command answered.`

  it.each<[unknown, string[], string[]]>([
    [[], [], [empty]],
    [[{}], [], [empty]],
    [[''], [], [empty]],
    [[[]], [], [empty]],
    [[' '], [], [empty]],
    [[null, '1'], ['1'], [none('null')]],
    [[12, true], ['12', 'true'], []],
    [['"1"', ['2', ['3']]], ['1', '2', '3'], []],
    [['["1","2"]'], ['1', '2'], []],
    [[' \n1 '], ['1'], []],
  ])('%j', (json, values, wrong) => {
    expect(read('job-id', json)).toEqual({ values, wrong })
  })

  it('is empty for a name of blanks, too', () => {
    expect(read('protected-item', [' '])).toEqual({ values: [], wrong: [empty] })
  })

  const nested = (depth: number, inner: unknown = '/a'): unknown =>
    depth === 0 ? inner : [nested(depth - 1, inner)]
  const line = (depth: number) => JSON.stringify(nested(depth))
  it.each<[string, number, (depth: number) => string]>([
    ['lists', 19, line],
    ['lists behind a line', 19, (depth) => `/b\n${line(depth)}`],
    ['lists over lines, behind a line', 19, (depth) => `/b\n[\n${line(depth - 1)}\n]`],
    ['lists in a text in lists', 17, (depth) => JSON.stringify(nested(7, line(depth - 7)))],
    ['lists in a header', 17, (depth) => JSON.stringify([pair('location', nested(depth - 1))])],
  ])('is read to a depth of twenty: %s', (_name, deepest, json) => {
    const problems = (depth: number) => {
      const wrong: string[] = []
      valuesIn('operation-url', json(depth), (problem) => wrong.push(problem))
      return wrong
    }
    expect(problems(deepest)).toEqual([])
    expect(problems(deepest + 1)).toEqual(['is JSON that is nested too deep.'])
  })
})
