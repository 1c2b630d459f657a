import { afterEach, describe, expect, it, vi } from 'vitest'
import { plain } from '../../src/base/text.ts'
import { runnerLog } from '../../src/runner/log.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** What the runner reads of one call. */
function written(act: () => void): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  act()
  const text = write.mock.calls.map(([chunk]) => String(chunk)).join('')
  write.mockRestore()
  return text.replace(/\r?\n$/, '')
}

describe('a line', () => {
  it.each([
    ['a\nb', 'a b'],
    ['a\r\n\r\nb', 'a b'],
    ['a\u2028b\u2029c\u0085d', 'a b c d'],
    ['\u001b[31mred\u0000', '[31mred'],
    ['  a  b  ', 'a  b'],
    ['', ''],
  ])('makes %j %j', (given, expected) => {
    expect(plain(given)).toBe(expected)
  })
})

describe('a line of foreign text', () => {
  it.each(['info', 'fault'] as const)('gives the runner no command by %s', (level) => {
    const commands = ['::set-output name=x::y', '  ::error::x', '##[error]x', ' ##[group]x', 'so ##[error]x']
    for (const command of commands) {
      const line = written(() => runnerLog[level](command))
      expect(line).not.toMatch(/^\s*::|##\[/)
      expect(line.replaceAll('\u200B', '')).toBe(command.trim())
    }
  })

  it('begins no line of its own', () => {
    expect(written(() => runnerLog.info('a\n::error::b'))).toBe('a ::error::b')
    vi.stubEnv('RUNNER_DEBUG', '1')
    expect(written(() => runnerLog.debug(() => 'a\n::error::b'))).toBe('::debug::a ::error::b')
  })

  it('is shown as it is where it is harmless', () => {
    expect(written(() => runnerLog.info('Job 1: 50% done'))).toBe('Job 1: 50% done')
  })
})

describe('a line for debugging', () => {
  it('is not even made where the runner would drop it', () => {
    vi.stubEnv('RUNNER_DEBUG', undefined)
    const say = vi.fn(() => 'a')
    expect(written(() => runnerLog.debug(say))).toBe('')
    expect(say).not.toHaveBeenCalled()
  })
})

describe('an annotation', () => {
  it.each(['notice', 'warning', 'error'] as const)(
    'of level %s is one command, whatever it says',
    (level) => {
      expect(written(() => runnerLog[level]('50%\n::error::x', 'A: title, b'))).toBe(
        `::${level} title=A%3A title%2C b::50%25%0A::error::x`,
      )
      expect(written(() => runnerLog[level]('text'))).toBe(`::${level}::text`)
    },
  )
})
