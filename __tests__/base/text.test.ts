import { describe, expect, it } from 'vitest'
import { counted, cut, decode, firstOf, grouped, plain, shellWord, visible } from '../../src/base/text.ts'

describe('foreign text', () => {
  it('is one line without what nobody sees', () => {
    expect(visible(' \u202Ea\r\n\tb\u2028c\u200D\uD800 ')).toBe('a b c\uFFFD')
  })

  it('holds no command of the runner', () => {
    expect(plain('::error::x')).toBe('\u200B::error::x')
    expect(plain('a ::error::x')).toBe('a ::error::x')
    expect(plain('a ##[error]x ##[b]')).toBe('a ##\u200B[error]x ##\u200B[b]')
    expect(plain('\u200B::a\nb')).toBe('\u200B::a b')
  })
})

describe('text that is cut', () => {
  it.each([
    ['abcd', 5, 'abcd'],
    ['abcd', 4, 'abcd'],
    ['abcd', 3, 'ab…'],
    ['abcd', 1, '…'],
    ['abcd', 0, '…'],
    ['', 0, ''],
    ['a😀bc', 3, 'a…'],
    ['a😀bc', 4, 'a😀…'],
  ])('%j to %d is %j', (value, most, expected) => {
    expect(cut(value, most)).toBe(expected)
  })

  it.each([
    ['a😀b', 1, 'a'],
    ['a😀b', 2, 'a'],
    ['a😀b', 3, 'a😀'],
    ['\u{10000}b', 1, ''],
    ['\u{10FFFF}b', 1, ''],
    ['\uD7FFb', 1, '\uD7FF'],
    ['\uE000b', 1, '\uE000'],
    ['a\uD83D', 2, 'a\uD83D'],
    ['abc', 2, 'ab'],
  ])('of %j the first %d are %j', (value, most, expected) => {
    expect(firstOf(value, most)).toBe(expected)
  })
})

describe('a count', () => {
  it.each([
    [0, '0', '0 jobs'],
    [1, '1', '1 job'],
    [2, '2', '2 jobs'],
    [999, '999', '999 jobs'],
    [1_000, '1,000', '1,000 jobs'],
    [123_456, '123,456', '123,456 jobs'],
    [1_234_567, '1,234,567', '1,234,567 jobs'],
  ])('of %d is %s, or %s', (count, digits, words) => {
    expect([grouped(count), counted(count, 'job')]).toEqual([digits, words])
  })

  it('has the plural that it is given', () => {
    expect([counted(1, 'copy', 'copies'), counted(2, 'copy', 'copies')]).toEqual(['1 copy', '2 copies'])
  })
})

describe('a word of a command line', () => {
  it.each([
    ['rg-prod', 'rg-prod'],
    ['https://host:1/a.b?', "'https://host:1/a.b?'"],
    ['a_B/c.d:1@e=-', 'a_B/c.d:1@e=-'],
    ['', "''"],
    ['a b', "'a b'"],
    ['$(rm)', "'$(rm)'"],
    ['rm;', "'rm;'"],
    [';rm', "';rm'"],
    ["o'clock's", "'o'\\''clock'\\''s'"],
    ['a\nb', "'a b'"],
  ])('%j is written %s', (value, expected) => {
    expect(shellWord(value)).toBe(expected)
  })
})

describe('escapes', () => {
  it('are undone, and wrong ones left', () => {
    expect(['a%20b', 'a%b', '%C3'].map(decode)).toEqual(['a b', 'a%b', '%C3'])
  })
})
