/** Chance that is the same every time: all that a night draws comes from its seed. */

/** A row of draws. */
export interface Dice {
  /** From 0 up to 1. */
  next(): number
  chance(probability: number): boolean
  /** A whole number, both ends included. */
  whole(from: number, to: number): number
  /** Evenly over orders of magnitude: as many between 1 and 10 as between 10 and 100. */
  scale(from: number, to: number): number
  pick<Value>(values: readonly Value[]): Value
  /** One of the words, each as often as its weight says. */
  word<Word extends string>(weights: Record<Word, number>): Word
  guid(): string
}

/** The same draws for the same seed; `purpose` tells several rows of one seed apart. */
export function dice(seed: number, purpose = ''): Dice {
  let state = mix(seed + 1)
  for (const letter of purpose) state = mix(state ^ (letter.codePointAt(0) ?? 0))
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const hex = (digits: number) => Array.from({ length: digits }, () => whole(0, 15).toString(16)).join('')
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    scale: (from, to) => Math.round(from * (to / from) ** next()),
    pick: (values) => {
      const value = values[whole(0, values.length - 1)]
      if (value === undefined) throw new Error('There is nothing to pick from.')
      return value
    },
    word: (weights) => {
      const entries = Object.entries<number>(weights) as [keyof typeof weights, number][]
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [word, weight] of entries) {
        left -= weight
        if (left < 0) return word
      }
      throw new Error('There is nothing to choose from.')
    },
    guid: () => [8, 4, 4, 4, 12].map(hex).join('-'),
  }
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x45d9f3b)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b)
  return mixed ^ (mixed >>> 16)
}
