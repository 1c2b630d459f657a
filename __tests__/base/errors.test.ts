import { describe, expect, it } from 'vitest'
import {
  CredentialError,
  errorMessage,
  InputError,
  OutOfTimeError,
  ProxyError,
  SettingError,
  shown,
  TrustError,
} from '../../src/base/errors.ts'

describe('an input error', () => {
  it('begins with the input, and has it as a field', () => {
    const error = new InputError('timeout-minutes', 'is "0"; expected a number greater than 0, such as 90.')
    expect(error.message).toBe('Input timeout-minutes is "0"; expected a number greater than 0, such as 90.')
    expect(error.input).toBe('timeout-minutes')
    expect(new InputError('job-id', '"x" is not a job\'s ID.').message).toBe(
      'Input job-id: "x" is not a job\'s ID.',
    )
  })
})

describe('an error', () => {
  it('has a name, a message and what belongs to it', () => {
    const errors = [
      new InputError('job-id', 'is wrong.'),
      new CredentialError('No token.'),
      new TrustError('Not there.'),
      new SettingError('HTTPS_PROXY', 'HTTPS_PROXY is wrong.'),
      new ProxyError(407),
      new OutOfTimeError('Late.'),
    ]
    expect(errors.map((error) => ({ text: String(error), ...error }))).toEqual([
      { name: 'InputError', text: 'InputError: Input job-id is wrong.', input: 'job-id' },
      { name: 'CredentialError', text: 'CredentialError: No token.', explanation: { cause: 'No token.' } },
      { name: 'TrustError', text: 'TrustError: Not there.' },
      { name: 'SettingError', text: 'SettingError: HTTPS_PROXY is wrong.', variable: 'HTTPS_PROXY' },
      { name: 'ProxyError', text: 'ProxyError: the proxy answered 407 to CONNECT', status: 407 },
      { name: 'OutOfTimeError', text: 'OutOfTimeError: Late.' },
    ])
  })

  it('of credentials says the cause, the cure and the answer, as far as there are some', () => {
    const whole = { cause: 'No token.', cure: 'Sign in.', said: 'AADSTS1', commands: ['az login'] }
    const error = new CredentialError(whole)
    expect([error.message, error.explanation]).toEqual(['No token. Sign in. AADSTS1', whole])
    expect(new CredentialError({ cause: 'No token.', cure: '', said: 'AADSTS1' }).message).toBe(
      'No token. AADSTS1',
    )
  })

  it('has its message read, whatever was thrown', () => {
    expect([new Error('a'), 'b', 3, undefined].map(errorMessage)).toEqual(['a', 'b', '3', 'undefined'])
  })
})

describe('a value that an error shows', () => {
  it.each([
    ['https://u@v:SECRET@x/y', 'https://***@x/y'],
    ['https://u:SEC RET@x/y', 'https://***@x/y'],
    ['https://u:SEC?RET@x/y', 'https://***@x/y'],
    ['https://u:SEC?RET@x/y=z z', 'https://***@x/y'],
    ['https://u:SECRET@x/y=z z', 'https://***@x/y=z z'],
    ['https://u:SECRET@x/y=z?s=SECRET', 'https://***@x/y=z'],
    ['https://x/y?a=1@ s=SECRET', 'https://***@'],
    ['https://x/y?a=1@\0s=SECRET', 'https://***@'],
    ['https://x/y&a=1@s=SECRET', 'https://***@'],
    ['https://x/y?a@s=SECRET', 'https://***@s'],
    ['https://?a@x=SECRET', 'https://***@x'],
    ['https://x/y?code=abc@SECRET', 'https://***@'],
    ['https://x/y?a=1@token:SECRET', 'https://***@'],
    ['https://x/y=z?a@b', 'https://***@b'],
    ['https:u:SECRET@x', 'https:***@x'],
    ['https:\\\\u:SECRET@x', 'https:\\\\***@x'],
    ['//u:SECRET@x', '//***@x'],
    ['https%3A%2F%2Fu%3ASECRET%40x', 'https://***@x'],
    ['https%253A%252F%252Fu%253ASECRET%2540x', 'https://***@x'],
    ['https://x/y?s=SECRET', 'https://x/y'],
    ['https://x/y%3Fs=SECRET', 'https://x/y'],
    ['https://x/y%253Fs%253DSECRET', 'https://x/y'],
    ['https%25253A%25252F%25252Fx%25252Fy%25253Fs%25253DSECRET', 'https://x/y'],
    ['https://x/y%25%33%46s=SECRET', 'https://x/y'],
    ['https://x/y#SECRET', 'https://x/y'],
    ['https://x/y&s=SECRET', 'https://x/y'],
    ['&', '&'],
    ['?s=SECRET', '?'],
    ['https://portal.azure.com/#@contoso.com/resource', 'https://portal.azure.com/'],
    ['https://eu-1.portal.azure.com/#@contoso.com/resource', 'https://eu-1.portal.azure.com/'],
    ['at https://portal.azure.com/#u:SECRET@x', 'at https://***@x'],
    ['https://portal.azure.com.u:SECRET@x', 'https://***@x'],
    ['Größe 100%', 'Größe 100%'],
    ['a\n::error::b\u202e', 'a ::error::b'],
    ['user@example.com', 'user@example.com'],
  ])('%s', (value, expected) => {
    expect(shown(value)).toBe(expected)
  })

  it('is bounded, and takes no time where it is long', () => {
    const start = performance.now()
    for (const part of ['a', 'a:', 'a.', '25', '%25', '//', '@', 'https://u@'])
      shown(`%${part.repeat(60_000)}`)
    expect(shown('a'.repeat(500))).toBe(`${'a'.repeat(300)}…`)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
  it('is whole up to 300 characters', () => {
    expect(shown('a'.repeat(300))).toBe('a'.repeat(300))
    expect(shown('a'.repeat(301))).toBe(`${'a'.repeat(300)}…`)
    expect(shown('')).toBe('')
  })

  it('has its escapes undone five times, and those of percent signs at once', () => {
    const nested = (levels: number) => `a${'%'.repeat(levels)}${'3'.repeat(levels)}F!`
    expect([1, 5, 6, 7].map((levels) => shown(nested(levels)))).toEqual(['a', 'a', 'a', 'a%%33F!'])
    expect(shown(`a%${'25'.repeat(20)}3F!`)).toBe('a')
  })
})
