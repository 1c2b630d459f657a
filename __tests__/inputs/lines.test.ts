/** Values on lines and within them: what ends one, what stands around it, and what is no value. */
import { describe, expect, it } from 'vitest'
import { valuesIn } from '../../src/inputs/given.ts'
import type { TargetInput } from '../../src/inputs/hints.ts'

function read(input: TargetInput, given: string): { values: string[]; wrong: string[] } {
  const wrong: string[] = []
  return { values: valuesIn(input, given, (problem) => wrong.push(problem)), wrong }
}

const url = 'https://h/subscriptions/s/operationsStatus/1?t=1'
const second = 'https://h/subscriptions/s/operationsStatus/2?t=1'
const id = '/subscriptions/s/x/protectedItems/a;b'
const guid = '8eece52b-e77d-4dd6-859f-e20fa384cc78'
const bare = guid.replaceAll('-', '')
const none = (value: string) =>
  `is "${value}"; a step before wrote it in place of a value that it did not have. Print there what the command answered.`
const empty = 'is empty: the step before gave nothing. Print there what it writes to GITHUB_OUTPUT.'

describe('a value ends', () => {
  it.each<[TargetInput, string, string[]]>([
    ['job-id', '1\r2\n\n3\u20284\u20295', ['1', '2', '3', '4', '5']],
    ['job-id', '1, 2;;3 ,4\t5', ['1', '2', '3', '4', '5']],
    ['job-id', ', ;1,;', ['1']],
    ['job-id', '/a/1, /subscriptions/b/2', ['/a/1', '/subscriptions/b/2']],
    ['job-id', '/a/1,2;3', ['/a/1,2;3']],
    ['job-id', ',/a/1;', ['/a/1']],
    ['job-id', `/a/1;${guid}`, ['/a/1', guid]],
    ['operation-url', `${url} ${second}`, [url, second]],
    ['operation-url', `${url};${second},,${url}`, [url, second, url]],
    ['operation-url', 'https://h/a;b,c', ['https://h/a;b,c']],
    ['protected-item', 'a b, c;d\ne', ['a b, c;d', 'e']],
    ['protected-item', `a b ${id}, ${id}`, ['a b', id, id]],
    ['protected-item', ' a \n\n \n\t b ', ['a', 'b']],
    // JavaScript would read 1000, and a number of fewer digits.
    ['job-id', '1e3', ['1e3']],
    ['job-id', '12345678901234567890, "2"', ['12345678901234567890', '2']],
  ])('of %s: %j', (input, given, values) => {
    expect(read(input, given)).toEqual({ values, wrong: [] })
  })

  it('and what is wrong among several is told of it alone', () => {
    expect(read('job-id', `${guid}, None; null`)).toEqual({
      values: [guid],
      wrong: [none('None'), none('null')],
    })
    expect(read('job-id', `${guid}\nNone\n2`)).toEqual({ values: [guid, '2'], wrong: [none('None')] })
  })

  it('and nothing at all is told as that', () => {
    for (const given of ['', ' \u200B\n', '""', '("\'\'")', ', ;,'])
      expect(read('job-id', given)).toEqual({ values: [], wrong: [empty] })
  })
})

describe('around a value', () => {
  it.each([
    ['"1"', ['1']],
    ['<1>', ['1']],
    ['{1}', ['1']],
    ['[1]', ['1']],
    ['(1)', ['1']],
    ['("[1]"),', ['1']],
    ['{"[<(1)>]"}', ['1']],
    [';<1>, ;[2] ,', ['1', '2']],
    ['[1, 2]', ['1', '2']],
    ['<1', ['<1']],
    ['1>', ['1>']],
    ['<1]', ['<1]']],
    ['job-undefined', ['job-undefined']],
    ['(1)(2)', ['(1)(2)']],
    ['((1)', ['((1)']],
    ['(1))', ['(1))']],
  ])('there may be quotes, brackets and separators: %s', (given, values) => {
    expect(read('job-id', given)).toEqual({ values, wrong: [] })
  })

  it.each([
    ['"web 01"', ['web 01']],
    ["' web 01 '", ['web 01']],
    ['[web]', ['[web]']],
    ['(web)', ['(web)']],
    ['web;', ['web;']],
    [',web', [',web']],
    [`<${id}>`, [id]],
    [`"${id}",`, [id]],
    [`(${id}),`, [id]],
  ])('of an item’s name there may be quotes alone: %s', (given, values) => {
    expect(read('protected-item', given)).toEqual({ values, wrong: [] })
  })
})

describe('escapes', () => {
  it.each<[TargetInput, string, string]>([
    ['operation-url', 'https://h/a?b=1\\u0026c=2', 'https://h/a?b=1&c=2'],
    ['operation-url', 'https://h/a\\u003Fb\\u003d1', 'https://h/a?b=1'],
    ['operation-url', 'https://h/a\\u007e', 'https://h/a~'],
    ['operation-url', 'https://h/a?b=1&amp;c=2&amp;d', 'https://h/a?b=1&c=2&d'],
    ['operation-url', 'https://h/a\\u000ab', 'https://h/a\\u000ab'],
    ['operation-url', 'https://h/a\\u0126b', 'https://h/a\\u0126b'],
    ['job-id', '/a\\u002fb', '/a/b'],
    ['operation-url', 'https%3A%2F%2Fh%2Fa%3Fb', 'https://h/a?b'],
    ['operation-url', 'HTTP%3a%2f%2fh', 'HTTP://h'],
    ['job-id', '%2Fsubscriptions%2Fs', '/subscriptions/s'],
    ['job-id', '%2fSubscriptions%2fs', '/Subscriptions/s'],
    ['job-id', 'subscriptions%2Fs', '/subscriptions/s'],
    ['protected-item', encodeURIComponent(id), id],
  ])('of %s are undone: %s', (input, given, value) => {
    expect(read(input, given)).toEqual({ values: [value], wrong: [] })
  })

  it.each<[TargetInput, string]>([
    ['protected-item', 'a\\u0026b&amp;c'],
    ['protected-item', 'a%2Fb'],
    ['protected-item', 'x-subscriptions%2Fb'],
    ['operation-url', 'https://h/a%2Fb'],
    ['operation-url', 'https://h/?a=https%3A'],
    ['operation-url', 'https%3Ah%zz'],
  ])('of %s stay: %s', (input, given) => {
    expect(read(input, given)).toEqual({ values: [given], wrong: [] })
  })

  it('are undone before what stands there is judged', () => {
    const portal = encodeURIComponent('https://portal.azure.com/#home')
    const { values, wrong } = read('job-id', portal)
    expect(values).toEqual([])
    expect(wrong).toEqual([expect.stringContaining('it is an address of the Azure portal')])
    expect(read('job-id', '\\u0024JOB').wrong).toEqual([
      expect.stringContaining('is "$JOB"; it is a variable or an expression that nothing has replaced'),
    ])
  })
})

describe('what is left out of a value', () => {
  it.each<[TargetInput, string, string]>([
    ['job-id', bare, guid],
    ['job-id', bare.toUpperCase(), guid.toUpperCase()],
    ['job-id', 'subscriptions/s', '/subscriptions/s'],
    ['protected-item', 'Subscriptions/s', '/Subscriptions/s'],
    ['operation-url', 'h.example/subscriptions/s', 'https://h.example/subscriptions/s'],
    ['operation-url', 'a-1.b.example:8443/Subscriptions/s', 'https://a-1.b.example:8443/Subscriptions/s'],
  ])('is put there: %s %s', (input, given, value) => {
    expect(read(input, given)).toEqual({ values: [value], wrong: [] })
  })

  it.each<[TargetInput, string]>([
    ['operation-url', bare],
    ['protected-item', bare],
    ['job-id', `${bare}0`],
    ['job-id', `0${bare}`],
    ['job-id', bare.slice(1)],
    ['protected-item', 'x/subscriptions'],
    ['protected-item', 'xsubscriptions/s'],
    ['operation-url', 'h.example/x'],
    ['operation-url', 'h.example:/subscriptions/s'],
    ['operation-url', '-/h.example/subscriptions/s'],
    ['operation-url', 'h/subscriptions/s'],
    ['operation-url', '.example/subscriptions/s'],
    ['operation-url', 'h.example./subscriptions/s'],
    ['operation-url', 'h.example/x/subscriptions/s'],
  ])('is not guessed: %s %s', (input, given) => {
    expect(read(input, given)).toEqual({ values: [given], wrong: [] })
  })
})

describe('headers', () => {
  it.each([
    `Location: ${url}`,
    `LOCATION:${url}`,
    `Azure-AsyncOperation = ${url}`,
    `azure-asyncoperation  :   ${url}`,
    `< location: ${url}`,
    `<  "location": "${url}",`,
    `'location'='${url}'`,
    `Location: ["${url}"]`,
    `HTTP/1.1 202 Accepted\nDate: now\n\nLocation: ${url}`,
    `> PUT /x HTTP/2\n>\n< HTTP/2 202\n< retry-after: 60\n<\nlocation: ${url}`,
    `* Connected\n  < X_a-1 : 1\nHTTP/1.1 100 Continue\nlocation: ${url}`,
    `{\n"date": "now",\n'age' = 1\n},\nlocation: ${url}\n}`,
  ])('are read for the URL: %j', (given) => {
    expect(read('operation-url', given)).toEqual({ values: [url], wrong: [] })
  })

  it.each([
    ['a URL', second, second],
    ['what is no header', 'some words', 'words'],
    ['a header of another URL of Azure', `Link: ${second}`, second],
    ['an escaped one', 'x: %2Fsubscriptions%2Fs', '/subscriptions/s'],
    ['a header behind words', 'see date:now', 'date:now'],
    ['what only begins with a bracket', '{1', '{1'],
    ['JSON on a line', `["${second}"]`, second],
  ])('hide nothing that stands among them: %s', (_name, line, value) => {
    const { values } = read('operation-url', `Location: ${url}\n${line}`)
    expect(values).toEqual(expect.arrayContaining([url, value]))
  })

  it('of an operation without its URL are wrong', () => {
    expect(read('operation-url', `Location: None\nAzure-AsyncOperation: ${url}`)).toEqual({
      values: [url],
      wrong: [none('None')],
    })
  })

  it('are known as such around JSON', () => {
    const given = `HTTP/1.1 202 Accepted\n["${second}"]\nLocation: ${url}`
    expect(read('operation-url', given)).toEqual({ values: [second, url], wrong: [] })
  })

  it.each([
    ['without a value', 'Location:'],
    ['by another name', `X-Location: ${url}`],
    ['in the middle of a line', `the location: ${url}`],
    ['without a separator', `Location ${url}`],
  ])('are no header of an operation %s', (_name, given) => {
    expect(read('operation-url', given).values).toEqual(given.split(' '))
  })

  it.each(['HTTP/1.1 400 Bad Request', '< HTTP/2 503', 'http/1.1 409 Conflict'])(
    'of a refused request hold no operation: %s',
    (line) => {
      expect(read('operation-url', `${line}\nDate: now`)).toEqual({
        values: [],
        wrong: [`has the answer "${line}": its request was refused, so it started no operation.`],
      })
    },
  )

  it.each(['HTTP/1.1 399 Odd', 'HTTP/2 200', '< HTTP/1.1 202'])(
    'of another request hold none either: %s',
    (line) => {
      expect(read('operation-url', `${line}\nDate: now`)).toEqual({
        values: [],
        wrong: [
          'holds headers without Azure-AsyncOperation and Location; their request started no operation.',
        ],
      })
    },
  )

  it('of a refused request and of another are told apart', () => {
    const given = `HTTP/1.1 409 Conflict\nHTTP/1.1 500 Error\nHTTP/1.1 202 Accepted\nLocation: ${url}`
    expect(read('operation-url', given)).toEqual({
      values: [url],
      wrong: ['409 Conflict', '500 Error'].map(
        (answer) =>
          `has the answer "HTTP/1.1 ${answer}": its request was refused, so it started no operation.`,
      ),
    })
  })

  it('are of no other input', () => {
    expect(read('protected-item', 'Location: a\nHTTP/1.1 409 Conflict\nb: c')).toEqual({
      values: ['Location: a', 'HTTP/1.1 409 Conflict', 'b: c'],
      wrong: [],
    })
  })
})

describe('JSON among lines', () => {
  it.each([
    ['over several lines', '{\n"jobId":\n"1"\n}', ['1']],
    ['over several lines, with a comma behind it', '{\n"jobId": "1"\n},', ['1']],
    ['with a line before it', '0\n{\n"jobId": "1"\n}', ['0', '1']],
    ['with lines behind it', '{\n"jobId": "1"\n}\n2\n3', ['1', '2', '3']],
    ['with lines on both sides', '0\n[\n"1"\n]\n2', ['0', '1', '2']],
    ['a value a line', '{"jobId":"1"}\n2\n["3"]\n"4"', ['1', '2', '3', '4']],
    ['objects without a comma', '{"jobId":"1"} {"jobId":"2"}{"jobId":"3"}', ['1', '2', '3']],
    ['lists without a comma', '["1"]\n["2"]', ['1', '2']],
    ['strings with a comma', '"1", "2"', ['1', '2']],
    ['with a bracket in a line before it', 'a[0\n{\n"jobId": "1"\n}', ['a[0', '1']],
    ['with a bracket in a line behind it', '{\n"jobId": "1"\n}\n0]a', ['1', '0]a']],
    ['with a separator of lines in a text', '{"name":"a\u2028b","jobId":"1"}', ['1']],
    ['strings with brackets in them', '"a}[b", "2"', ['a}[b', '2']],
    ['a list that lacks a comma', '[1\n2]', ['[1', '2]']],
    ['that is none', '{1}\n[2]', ['1', '2']],
    ['that begins behind its end', '1]\n[2', ['1]', '[2']],
  ])('is read: %s', (_name, given, values) => {
    expect(read('job-id', given)).toEqual({ values, wrong: [] })
  })
})
