/** What an answer says of itself: its words, its JSON, when to ask again. */
import { describe, expect, it } from 'vitest'
import { askedPause, describeAnswer, header, parseJson } from '../../../src/azure/http/answer.ts'

describe('describeAnswer', () => {
  it('has status, code, message and request IDs in one line', () => {
    const headers = { 'x-ms-request-id': 'r1', 'x-ms-correlation-request-id': ['c1', 'c2'] }
    const body = { error: { code: 'AuthorizationFailed', message: ' Not\r\n::error::allowed ' } }
    expect(describeAnswer(403, headers, body)).toBe(
      '403 AuthorizationFailed: Not ::error::allowed (request ID r1, correlation ID c1)',
    )
  })

  it.each([
    [undefined, '500'],
    [{ code: 'Plain', message: 'Text' }, '500 Plain: Text'],
    [{ error: { message: 'Text' } }, '500 Text'],
    [{ error: { code: 'Code' } }, '500 Code'],
    [{ error: 'Text' }, '500'],
    ['Text', '500'],
    [{ error: { message: 'a  b\n\tc' } }, '500 a b c'],
  ])('makes do with %j', (body, expected) => {
    expect(describeAnswer(500, { 'x-ms-request-id': '' }, body)).toBe(expected)
  })

  it.each([
    [
      { error: 'invalid_client', error_description: 'AADSTS7000215: No.\r\nTrace ID: 1' },
      '401 AADSTS7000215: No.',
    ],
    [
      { error: 'invalid_client', error_description: 'AADSTS7000215: No.\nTrace ID: 1' },
      '401 AADSTS7000215: No.',
    ],
    [{ error: { message: 'Text' }, error_description: 'Other' }, '401 Text'],
  ])('takes the first line of what Entra says: %j', (body, expected) => {
    expect(describeAnswer(401, {}, body)).toBe(expected)
  })

  it.each([
    [299, '299 Code: Text'],
    [300, '300 a redirect, which is not followed'],
    [399, '399 a redirect, which is not followed'],
    [400, '400 Code: Text'],
  ])('follows no redirect: %d', (status, expected) => {
    expect(describeAnswer(status, {}, { error: { code: 'Code', message: 'Text' } })).toBe(expected)
  })

  it('says something in place of what the answer says', () => {
    expect(describeAnswer(307, { 'x-ms-request-id': 'r1' }, { code: 'Code' }, 'an empty body')).toBe(
      '307 an empty body (request ID r1)',
    )
  })

  it('shows no signature', () => {
    const body = { error: { message: 'https://x/?sig=SECRETSECRET' } }
    expect(describeAnswer(400, {}, body)).toBe('400 https://x/?sig=***')
  })
})

describe('the pause that an answer asks for', () => {
  const now = Date.parse('2026-03-01T10:00:00Z')
  const spent = { 'x-ms-user-quota-remaining': ' 0 ', 'x-ms-user-quota-resets-after': '00:00:07' }

  it.each([
    ['none', {}, 0],
    ['its Retry-After', { 'retry-after': '25' }, 25],
    ['the first of two', { 'retry-after': ['25', '30'] }, 25],
    [
      'a date, by its own clock',
      { date: 'Sun, 01 Mar 2026 08:00:00 GMT', 'retry-after': 'Sun, 01 Mar 2026 08:00:40 GMT' },
      40,
    ],
    ['a date, by this clock', { 'retry-after': 'Sun, 01 Mar 2026 10:00:30 GMT' }, 30],
    ['until the quota is filled again', spent, 7],
    ['some seconds where that is not told', { 'x-ms-user-quota-remaining': '0' }, 5],
    ['no such where some of it is left', { ...spent, 'x-ms-user-quota-remaining': '3' }, 0],
    ['the longer of both', { ...spent, 'retry-after': '9' }, 9],
    ['the longer of both, the other way', { ...spent, 'retry-after': '2' }, 7],
    ['ten minutes at the most', { 'retry-after': '86400' }, 600],
  ])('is %s', (_name, headers, seconds) => {
    expect(askedPause(headers, now)).toBe(seconds)
  })
})

describe('parseJson', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['\uFEFF{"a":1}', { a: 1 }],
    ['null', null],
    ['', undefined],
    ['{"a":', undefined],
    ['{"a":"\uFEFF"}', { a: '\uFEFF' }],
  ])('%j is %j', (body, expected) => {
    expect(parseJson(body)).toEqual(expected)
  })

  it('takes a byte order mark at the beginning alone', () => {
    expect(parseJson('{}\uFEFF')).toBeUndefined()
  })
})

describe('header', () => {
  it('gives the first of several', () => {
    expect(header({ a: ['1', '2'], b: '3' }, 'a')).toBe('1')
    expect(header({ a: ['1', '2'], b: '3' }, 'b')).toBe('3')
    expect(header({}, 'c')).toBeUndefined()
  })
})
