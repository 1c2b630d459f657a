import { expect, it } from 'vitest'
import { createLimiter } from '../../src/base/limiter.ts'

it('does so many things at a time, in order, whatever becomes of them', async () => {
  const inTurn = createLimiter(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const works = Array.from({ length: 5 }, (_, index) =>
    inTurn(async () => {
      begun.push(index)
      await new Promise<void>((resolve) => ends.push(resolve))
      if (index === 1) throw new Error('no')
      return index
    }),
  )
  const settled = Promise.allSettled(works)
  const soon = () => new Promise((resolve) => setImmediate(resolve))
  await soon()
  expect(begun).toEqual([0, 1])
  ends[1]?.()
  await soon()
  expect(begun).toEqual([0, 1, 2])
  for (let end = 0; end < 5; end += 1) {
    ends[end]?.()
    await soon()
  }
  expect((await settled).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ])
  expect(begun).toEqual([0, 1, 2, 3, 4])
  // All are free again.
  const more = [6, 7, 8].map((one) => inTurn(async () => begun.push(one)))
  await soon()
  expect(begun.slice(5)).toEqual([6, 7, 8])
  await Promise.all(more)
})
