import { describe, expect, it } from 'vitest'
import { type Pace, pauseSeconds } from '../../src/base/pace.ts'

const pace: Pace = {
  age: 0,
  longest: 30,
  retryAfter: 0,
  remaining: Number.POSITIVE_INFINITY,
  byPost: false,
}

const pause = (given: Partial<Pace>, random = 1) => pauseSeconds({ ...pace, ...given }, random)

describe('the pause before the next look', () => {
  it.each([
    [0, 5],
    [25, 6],
    [100, 9],
    [300, 17],
    [625, 30],
    [86_400, 30],
    [-50, 5],
  ])('at an age of %d s is %d s at the most', (age, expected) => {
    expect(pause({ age })).toBe(expected)
  })

  it('is spread downwards by at most 15 %', () => {
    expect(pause({ age: 3600 }, 0)).toBe(25.5)
    expect(pause({ age: 3600 }, 0.5)).toBeCloseTo(27.75, 9)
  })

  it('never exceeds poll-interval-seconds of its own accord', () => {
    expect(pause({ age: 3600, longest: 1 })).toBe(1)
    expect(pause({ age: 3600, longest: 600 })).toBe(149)
  })

  it('is that of Retry-After where it is longer, spread upwards', () => {
    expect(pause({ retryAfter: 60 }, 0)).toBe(60)
    expect(pause({ retryAfter: 60 }, 1)).toBe(63)
    expect(pause({ age: 3600, retryAfter: 5 })).toBe(30)
  })

  it('follows Retry-After for ten minutes at the most', () => {
    expect(pause({ retryAfter: 86_400 }, 0)).toBe(600)
  })

  it.each([
    [4, 120],
    [0, 120],
    [5, 60],
    [19, 60],
    [20, 30],
    [150, 30],
  ])('is longer with few requests left: %d', (remaining, expected) => {
    expect(pause({ age: 3600, remaining })).toBe(expected)
  })

  it('is never below 30 s where reads spend the write quota', () => {
    expect(pause({ byPost: true }, 0)).toBe(30)
    expect(pause({ byPost: true, longest: 1 }, 0)).toBe(30)
    expect(pause({ byPost: true, age: 3600, longest: 120 })).toBe(120)
  })
})

describe('the cadence of a whole backup', () => {
  /** Looks within so many seconds, and the longest that an end goes unseen. */
  function looks(seconds: number): { count: number; late: number } {
    let count = 0
    let late = 0
    for (let age = 0; age < seconds; count += 1) {
      const next = pause({ age })
      late = Math.max(late, next)
      age += next
    }
    return { count, late }
  }

  it('needs far fewer looks than a client that looks every five or ten seconds', () => {
    expect(looks(4_277).count).toBeLessThan(200)
    expect(looks(4_277).late).toBe(30)
  })

  it('sees the end of a short job within seconds', () => {
    expect(looks(60).late).toBeLessThan(8)
  })
})
