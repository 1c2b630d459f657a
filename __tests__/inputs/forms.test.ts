import { describe, expect, it } from 'vitest'
import { InputForm, unquoted } from '../../src/inputs/forms.ts'

/** A form whose inputs all have this value, and its one reading with what it found wrong. */
function reading<Value>(value: string, read: (form: InputForm) => Value): { is: Value; wrong: string[] } {
  const form = new InputForm(() => value)
  return { is: read(form), wrong: form.errors.map(({ message }) => message) }
}

describe('quotes around a value', () => {
  it.each([
    ['"a"', 'a'],
    ["'a b'", 'a b'],
    ['`a`', 'a'],
    ['" a\n"', 'a'],
    ['""', ''],
    ['"', '"'],
    ['', ''],
    ['"a', '"a'],
    ['a"', 'a"'],
    ['"a\'', '"a\''],
    ['"a" b "c"', '"a" b "c"'],
    ["'a\"b'", 'a"b'],
    ['x"a"', 'x"a"'],
    ['"a"x', '"a"x'],
  ])('%j is %j', (value, expected) => expect(unquoted(value)).toBe(expected))
})

describe('text', () => {
  it('has no invisible characters, no blanks and no quotes around it', () => {
    expect(reading('\u200B "vm-1" \uFEFF', (form) => form.text('job-id'))).toEqual({ is: 'vm-1', wrong: [] })
    expect(reading('\u200B "vm-1" ', (form) => form.verbatim('job-id')).is).toBe('\u200B "vm-1" ')
  })

  it('is the default where it is empty', () => {
    expect(reading(' "" ', (form) => form.text('timeout-minutes')).is).toBe('350')
    expect(reading('', (form) => form.text('job-id')).is).toBe('')
  })
})

describe('a word', () => {
  it('is taken in any case, and the first one stands in where it is wrong', () => {
    const words = ['one', 'Two', 'three'] as const
    expect(reading('tWO', (form) => form.oneOf('x', words))).toEqual({ is: 'Two', wrong: [] })
    expect(reading('four', (form) => form.oneOf('x', words))).toEqual({
      is: 'one',
      wrong: ['Input x is "four"; expected one, Two or three.'],
    })
    expect(reading('b', (form) => form.oneOf('x', ['a'])).wrong).toEqual(['Input x is "b"; expected a.'])
  })

  it('may be true or false', () => {
    expect(reading('TRUE', (form) => form.boolean('x'))).toEqual({ is: true, wrong: [] })
    expect(reading('False', (form) => form.boolean('x'))).toEqual({ is: false, wrong: [] })
    expect(reading('yes', (form) => form.boolean('x'))).toEqual({
      is: true,
      wrong: ['Input x is "yes"; expected true or false.'],
    })
  })
})

describe('a number', () => {
  const number = (value: string) =>
    reading(value, (form) => form.number('x', 'one above 1', (one) => one > 1))

  it.each([
    ['2', 2],
    ['2.25', 2.25],
    ['007', 7],
  ])('is %s', (value, expected) => expect(number(value)).toEqual({ is: expected, wrong: [] }))

  it.each(['1', '-2', '2.', '.5', '1e3', '2x', 'x2', '0x10', '9'.repeat(310)])('is not %j', (value) => {
    const { is, wrong } = number(value)
    expect(is).toBeUndefined()
    expect(wrong).toHaveLength(1)
    expect(wrong[0]).toMatch(/^Input x is ".+"; expected one above 1\.$/)
  })

  it('may be left out', () => expect(number(' ')).toEqual({ is: undefined, wrong: [] }))
})

describe('text of a form', () => {
  it('is empty where it is wrong', () => {
    const match = (value: string) => reading(value, (form) => form.matching('x', /^a+$/, 'letters a'))
    expect([match('aa'), match(''), match('ab')]).toEqual([
      { is: 'aa', wrong: [] },
      { is: '', wrong: [] },
      { is: '', wrong: ['Input x is "ab"; expected letters a.'] },
    ])
  })
})

describe('a URL', () => {
  const url = (value: string) => {
    const { is, wrong } = reading(value, (form) => form.httpsUrl('x'))
    return { is: is?.href, wrong }
  }

  it('is https', () => {
    expect(url('https://a.example/b')).toEqual({ is: 'https://a.example/b', wrong: [] })
    expect(url('')).toEqual({ is: undefined, wrong: [] })
  })

  it.each([
    ['http://a.example', 'http://a.example'],
    ['a.example', 'a.example'],
    ['https://', 'https://'],
    ['https://user@a.example', 'https://***@a.example'],
    ['https://:password@a.example', 'https://***@a.example'],
    ['https://user:password@a.example', 'https://***@a.example'],
  ])('is not %s', (value, shown) => {
    expect(url(value)).toEqual({
      is: undefined,
      wrong: [`Input x is "${shown}"; expected an https URL without user info.`],
    })
  })

  it('may come from elsewhere', () => {
    const form = new InputForm(() => 'https://input.example')
    expect(form.httpsUrl('x', 'https://variable.example')?.href).toBe('https://variable.example/')
  })
})

describe('what was wrong', () => {
  it('is known by the input', () => {
    const form = new InputForm(() => '')
    form.wrong('b', 'is wrong.')
    expect([form.isWrong('a'), form.isWrong('a', 'b'), form.isWrong()]).toEqual([false, true, false])
  })
})
