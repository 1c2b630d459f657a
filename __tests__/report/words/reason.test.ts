import { describe, expect, it } from 'vitest'
import type { Group, Outcome } from '../../../src/domain/outcome.ts'
import { causeName, commandsOf, errorText } from '../../../src/report/words/reason.ts'
import { failed, refused } from '../samples.ts'

describe('an error', () => {
  it.each([
    ['400160', 'It failed.', 'It failed (code 400160).'],
    ['400160', 'It failed. Badly', 'It failed. Badly (code 400160).'],
    ['400160', 'vm-1.contoso failed.', 'vm-1.contoso failed (code 400160).'],
    ['400160', '', '400160'],
    ['', 'It failed.', 'It failed.'],
    ['UserError', 'It failed.', 'UserError: It failed.'],
    ['Error400', 'It failed.', 'Error400: It failed.'],
    ['400Error', 'It failed.', '400Error: It failed.'],
  ])('has the code where it says something, else the message before it: %j, %j', (code, message, text) => {
    expect(errorText({ code, message, recommendations: [] })).toBe(text)
  })

  it('has the innermost one behind it', () => {
    const cause = { code: '5', message: 'No access.' }
    expect(errorText({ code: 'A', message: 'It failed.', recommendations: [], cause })).toBe(
      'A: It failed. Root cause: No access (code 5).',
    )
  })
})

describe('the name of a cause', () => {
  it.each([
    ['UserErrorX', 'It failed.', 'UserErrorX'],
    ['Error400', 'It failed.', 'Error400'],
    ['400Error', 'It failed.', '400Error'],
    ['400160', 'It failed. Badly.', 'It failed (400160)'],
    ['400160', 'UserErrorAgent: VM agent is away.', 'UserErrorAgent (400160)'],
    ['400160', '', '(400160)'],
    ['', 'Did vm-1.contoso fail? It did.', 'Did vm-1.contoso fail'],
    ['', 'Error: it failed!', 'Error: it failed'],
    ['', '', ''],
  ])('is the code, or the first sentence: %j, %j', (code, message, name) => {
    const errors = [{ code, message, recommendations: [] }]
    expect(causeName({ ...failed, job: { ...failed.job, errors } })).toBe(name)
    expect(causeName({ ...refused, problem: { code, cause: message } })).toBe(name)
  })

  it('is as long as a title can bear', () => {
    const name = causeName({ ...refused, problem: { code: '', cause: 'x'.repeat(200) } })
    expect(name).toBe(`${'x'.repeat(99)}…`)
  })
})

describe('commands', () => {
  const group = (...commands: string[]): Group => {
    const [first = refused, ...others] = commands.map(
      (command): Outcome => ({ ...refused, problem: { code: '', cause: 'c', commands: [command] } }),
    )
    return [first, ...others]
  }

  it('stand there once each', () => {
    expect(commandsOf(group('a', 'b', 'a'), 3)).toEqual(['a', 'b'])
    expect(commandsOf([failed], 3)).toEqual([])
  })

  it('are as many as there is room for, and the number of the rest', () => {
    expect(commandsOf(group('a', 'b', 'c'), 3)).toEqual(['a', 'b', 'c'])
    expect(commandsOf(group('a', 'b', 'c', 'd'), 3)).toEqual(['a', 'b', 'c', '# and 1 more'])
    expect(commandsOf(group('a', 'b', 'c', 'd', 'e'), 3)).toEqual(['a', 'b', 'c', '# and 2 more'])
  })
})
