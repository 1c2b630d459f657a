import { describe, expect, it } from 'vitest'
import { InputError, shown } from '../../src/base/errors.ts'

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

describe('a value that an error shows', () => {
  it.each([
    ['https://u@v:SECRET@x/y', 'https://***@x/y'],
    ['https://u:SEC RET@x/y', 'https://***@x/y'],
    ['https://u:SEC?RET@x/y', 'https://***@x/y'],
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
})
