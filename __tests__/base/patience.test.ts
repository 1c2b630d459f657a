import { describe, expect, it } from 'vitest'
import {
  backOffSeconds,
  floorSeconds,
  limitWithin,
  pauseWithin,
  waitAfterFault,
} from '../../src/base/patience.ts'
import { fakePatience } from '../support/patience.ts'

describe('the pause after a fault', () => {
  it.each([
    [1, 2],
    [2, 4],
    [3, 8],
    [4, 16],
    [5, 32],
    [6, 60],
    [10, 60],
    [11, 180],
    [10_000, 180],
  ])('after fault %d is %d s at the most, and at least three quarters of it', (faults, most) => {
    expect(backOffSeconds(faults, 0, 1)).toBe(most)
    expect(backOffSeconds(faults, 0, 0)).toBe(most * 0.75)
  })

  it('is at least what Retry-After asks for', () => {
    expect(backOffSeconds(1, 100, 0)).toBe(100)
    expect(backOffSeconds(1, 100, 1)).toBe(105)
    expect(backOffSeconds(11, 5, 1)).toBe(180)
  })
})

describe('floorSeconds', () => {
  it.each([
    [0, 1, 0],
    [100, 0, 100],
    [100, 1, 105],
    [3_600, 0, 600],
    [Number.POSITIVE_INFINITY, 1, 630],
  ])('of %d s with chance %d is %d', (retryAfter, random, expected) => {
    expect(floorSeconds(retryAfter, random)).toBe(expected)
  })
})

describe('a pause within the time left', () => {
  it('is slept whole, and there is a next look', async () => {
    const patience = fakePatience(100)
    expect(await pauseWithin(patience, 30, 0)).toBe(true)
    expect(patience.clock.sleeps).toEqual([30])
  })

  it('is cut at the deadline, where there is a last look', async () => {
    const patience = fakePatience(100)
    patience.clock.advance(90)
    expect(await pauseWithin(patience, 30, 0)).toBe(true)
    expect(patience.clock.sleeps).toEqual([10])
  })

  it('leaves no look where the service asked for silence beyond the deadline', async () => {
    const patience = fakePatience(100)
    patience.clock.advance(90)
    expect(await pauseWithin(patience, 30, 30)).toBe(false)
    expect(patience.clock.sleeps).toEqual([10])
  })

  it('leaves a look where the silence ends at the deadline', async () => {
    const patience = fakePatience(100)
    patience.clock.advance(90)
    expect(await pauseWithin(patience, 30, 10)).toBe(true)
    expect(await pauseWithin(fakePatience(600), 700, 900)).toBe(true)
    expect(await pauseWithin(fakePatience(599), 700, 900)).toBe(false)
  })

  it('leaves a look where the silence ends before the deadline', async () => {
    const patience = fakePatience(100)
    expect(await pauseWithin(patience, 120, 90)).toBe(true)
    expect(patience.clock.elapsed()).toBe(100)
  })

  it.each([0, -5])('is none with %d s left', async (left) => {
    const patience = fakePatience(left)
    expect(await pauseWithin(patience, 1, 0)).toBe(false)
    expect(patience.clock.sleeps).toEqual([])
  })

  it('ends with the signal', async () => {
    const patience = fakePatience(100)
    patience.clock.at(5, () => patience.stop(new Error('stopped by SIGINT')))
    await expect(pauseWithin(patience, 30, 0)).rejects.toThrow('stopped by SIGINT')
    expect(patience.clock.elapsed()).toBe(5)
  })
})

describe('a limit', () => {
  it.each([
    [0, 5_000],
    [95, 5_000],
    [96, 5_000],
    [97, 4_200],
    [100, 1_200],
    [101, 200],
    [102, 0],
  ])('after %d of 100 s is %d ms at the most, of five seconds', (elapsed, expected) => {
    const patience = fakePatience(100)
    patience.clock.advance(elapsed)
    expect(limitWithin(patience, 5_000)).toBe(expected)
  })
})

describe('waitAfterFault', () => {
  it('sleeps as the back-off says', async () => {
    const patience = fakePatience(1_000, 1)
    expect(await waitAfterFault(patience, 3)).toBe(true)
    expect(await waitAfterFault(patience, 1, 40)).toBe(true)
    expect(patience.clock.sleeps).toEqual([8, 42])
  })
})
