import { describe, expect, it } from 'vitest'
import { tokenSource } from '../../../src/azure/identity/token.ts'
import { CredentialError, TrustError } from '../../../src/base/errors.ts'
import { start } from '../../support/fake-clock.ts'
import { fakeLog } from '../../support/fake-log.ts'
import { fakePatience } from '../../support/patience.ts'

const minutes = 60_000

type Given = { token: string; expiresOnTimestamp: number }

/** A token source whose tokens, or errors, are given one by one; the last one again and again. */
function source(answers: (Given | Error | (() => Promise<Given>))[], seconds = 100_000) {
  const patience = fakePatience(seconds)
  patience.clock.limitsLeap = true
  const log = fakeLog()
  const masked: string[] = []
  let asked = 0
  const ask = async () => {
    const answer = answers[Math.min(asked, answers.length - 1)]
    asked += 1
    if (answer instanceof Error) throw answer
    if (answer === undefined) throw new Error('No answer was given.')
    return typeof answer === 'function' ? await answer() : answer
  }
  const tokens = tokenSource(ask, (token) => masked.push(token), patience, log)
  /** Sleeps between attempts, without the limit of each. */
  const pauses = () => patience.clock.sleeps.filter((pause) => pause !== 90)
  return { tokens, patience, log, masked, asked: () => asked, pauses }
}

const until = (token: string, lifeMinutes: number): Given => ({
  token,
  expiresOnTimestamp: start + lifeMinutes * minutes,
})
const down = Object.assign(new Error('getaddrinfo ENOTFOUND login'), { code: 'ENOTFOUND' })

describe('a token', () => {
  it('is masked on arrival and kept', async () => {
    const { tokens, masked, asked } = source([until('t1', 60)])
    expect(tokens.endsAt()).toBeUndefined()
    expect(await tokens.get()).toBe('t1')
    expect(await tokens.get()).toBe('t1')
    expect(masked).toEqual(['t1'])
    expect(asked()).toBe(1)
    expect(tokens.endsAt()).toBe(start + 60 * minutes)
  })

  it('is never logged', async () => {
    const { tokens, log } = source([until('very-secret', 60)])
    await tokens.get()
    expect(JSON.stringify(log.entries)).not.toContain('very-secret')
  })

  it('is asked for once by many who need it at once', async () => {
    const { tokens, asked } = source([until('t1', 60)])
    expect(await Promise.all([tokens.get(), tokens.get(), tokens.get()])).toEqual(['t1', 't1', 't1'])
    expect(asked()).toBe(1)
  })

  it.each([
    [60, 54, 56],
    [1440, 1434, 1436],
    [6, 2, 4],
  ])('that lives %d minutes is good after %d and renewed after %d', async (life, good, old) => {
    const { tokens, patience } = source([until('t1', life), until('t2', 2 * life)])
    await tokens.get()
    patience.clock.advance(good * 60)
    expect(await tokens.get()).toBe('t1')
    patience.clock.advance((old - good) * 60)
    expect(await tokens.get()).toBe('t2')
  })

  it('that was refused is replaced at once', async () => {
    const { tokens } = source([until('t1', 60), until('t2', 60)])
    await tokens.get()
    tokens.renew('t1')
    expect(await tokens.get()).toBe('t2')
  })

  it('that was refused to several reads is replaced once', async () => {
    const { tokens, asked } = source([until('t1', 60), until('t2', 60), until('t3', 60)])
    await tokens.get()
    tokens.renew('t1')
    await tokens.get()
    tokens.renew('t1')
    expect(await tokens.get()).toBe('t2')
    expect(asked()).toBe(2)
  })

  it('that was refused still tells when it ends', async () => {
    const { tokens } = source([until('t1', 60), until('t2', 60)])
    await tokens.get()
    const before = tokens.endsAt()
    tokens.renew('t1')
    expect(tokens.endsAt()).toBe(before)
  })

  it('serves on while a new one cannot be had, for as long as it is good', async () => {
    const { tokens, patience, log, pauses } = source([until('t1', 60), down])
    await tokens.get()
    patience.clock.advance(56 * 60)
    expect(await tokens.get()).toBe('t1')
    expect(log.of('fault')).toEqual(['Getting a token failed: getaddrinfo ENOTFOUND login'])
    expect(pauses()).toEqual([])
  })

  it('is not asked for at every read meanwhile', async () => {
    const { tokens, patience, asked } = source([until('t1', 60), down])
    await tokens.get()
    patience.clock.advance(56 * 60)
    await tokens.get()
    patience.clock.advance(20)
    await tokens.get()
    expect(asked()).toBe(2)
    patience.clock.advance(20)
    await tokens.get()
    expect(asked()).toBe(3)
  })

  it('that was refused does not serve on', async () => {
    const { tokens, pauses } = source([until('t1', 60), down, until('t2', 60)])
    await tokens.get()
    tokens.renew('t1')
    expect(await tokens.get()).toBe('t2')
    expect(pauses()).toEqual([1.75])
  })
})

describe('trouble on the way to a token', () => {
  it.each([
    ['no such host', down],
    ['a reset', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['the library’s network error', Object.assign(new Error('x'), { errorCode: 'x', code: 'network_error' })],
    ['a cause further down', new Error('x', { cause: Object.assign(new Error('y'), { code: 'ETIMEDOUT' }) })],
    ['throttling', Object.assign(new Error('AADSTS90033: transient'), { statusCode: 429 })],
    ['a fault of Entra', Object.assign(new Error('x'), { statusCode: 503 })],
  ])('passes: %s', async (_name, error) => {
    const { tokens, log, asked } = source([error, error, until('t1', 60)])
    expect(await tokens.get()).toBe('t1')
    expect(asked()).toBe(3)
    expect(log.of('fault')).toHaveLength(2)
  })

  it.each([
    ['a refusal by Entra', Object.assign(new Error('AADSTS7000215: bad secret'), { statusCode: 401 })],
    ['a refusal by Entra without a status', new Error('network_error? AADSTS70021: no match')],
    ['a credential that cannot be', new CredentialError('No ENOTFOUND will mend it.')],
    ['a place that is not trusted', new TrustError('Entra names timed out as its host.')],
    ['a mistake', new TypeError('x is not a function')],
  ])('is an error at once: %s', async (_name, error) => {
    const { tokens, asked } = source([error])
    await expect(tokens.get()).rejects.toBe(error)
    expect(asked()).toBe(1)
  })

  it('is given up after two minutes before the first token', async () => {
    const { tokens, patience } = source([down])
    const got = tokens.get()
    await expect(got).rejects.toMatchObject({
      name: 'CredentialError',
      message: 'No token could be had: getaddrinfo ENOTFOUND login',
    })
    expect(patience.clock.elapsed()).toBe(120)
  })

  it('is given up at the deadline where that comes first', async () => {
    const { tokens, patience } = source([down], 60)
    await expect(tokens.get()).rejects.toMatchObject({
      name: 'OutOfTimeError',
      message: 'no token could be had: getaddrinfo ENOTFOUND login',
    })
    expect(patience.clock.elapsed()).toBe(60)
  })

  it('is borne to the deadline once there was a token', async () => {
    const { tokens, patience } = source([until('t1', 60), down], 7200)
    await tokens.get()
    patience.clock.advance(3600)
    await expect(tokens.get()).rejects.toMatchObject({
      name: 'OutOfTimeError',
      message: 'no token could be had: getaddrinfo ENOTFOUND login',
    })
    expect(patience.clock.elapsed()).toBe(7200)
  })

  it('leaves the next one to ask afresh', async () => {
    const { tokens } = source([new CredentialError('no'), until('t1', 60)])
    await expect(tokens.get()).rejects.toThrow('no')
    expect(await tokens.get()).toBe('t1')
  })
})

describe('a credential that never answers', () => {
  it('counts as a fault after 90 seconds', async () => {
    const { tokens, patience, log } = source([() => new Promise<Given>(() => {}), until('t1', 60)])
    expect(await tokens.get()).toBe('t1')
    expect(patience.clock.elapsed()).toBe(91.75)
    expect(log.of('fault')).toEqual(['Getting a token failed: no answer within 90 s'])
  })

  it('does not hold a person who stops the wait', async () => {
    const { tokens, patience } = source([() => new Promise<Given>(() => {})])
    patience.clock.at(5, () => patience.stop(new Error('stopped by SIGINT')))
    await expect(tokens.get()).rejects.toThrow('stopped by SIGINT')
    expect(patience.clock.elapsed()).toBe(5)
  })
})
