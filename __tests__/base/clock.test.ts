import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemClock, unlessAborted, waitUpTo } from '../../src/base/clock.ts'

const timer = vi.hoisted(() =>
  vi.fn<(milliseconds: number, value: unknown, options: object) => Promise<void>>(),
)

vi.mock('node:timers/promises', () => ({ setTimeout: timer }))

afterEach(() => {
  timer.mockReset()
})

describe('the system clock', () => {
  it('tells the time', () => {
    const before = Date.now()
    const date = systemClock.date()
    expect(date).toBeGreaterThanOrEqual(before)
    expect(date).toBeLessThanOrEqual(Date.now())
  })

  it('goes on where the wall clock jumps', () => {
    const before = systemClock.now()
    for (const jump of [2, -2]) {
      vi.spyOn(Date, 'now').mockReturnValueOnce(Date.now() + jump * 3_600_000)
      const passed = systemClock.now() - before
      expect(passed).toBeGreaterThanOrEqual(0)
      expect(passed).toBeLessThan(60_000)
    }
    vi.restoreAllMocks()
  })

  it.each([
    [1_500, 1_500],
    [0, 0],
    [-5, 0],
    [2 ** 31, 2 ** 31 - 1],
    [40 * 86_400_000, 2 ** 31 - 1],
    [Number.POSITIVE_INFINITY, 2 ** 31 - 1],
  ])('asked to sleep %d ms sets a timer of %d', async (asked, set) => {
    timer.mockResolvedValue()
    await systemClock.sleep(asked)
    expect(timer).toHaveBeenCalledExactlyOnceWith(set, undefined, {})
  })

  it('throws the signal’s reason when it is aborted', async () => {
    const { setTimeout } =
      await vi.importActual<typeof import('node:timers/promises')>('node:timers/promises')
    timer.mockImplementation(setTimeout as typeof timer)
    const controller = new AbortController()
    const slept = systemClock.sleep(600_000, controller.signal)
    controller.abort(new Error('stopped by SIGINT'))
    await expect(slept).rejects.toThrow('stopped by SIGINT')
  })

  it('passes on what else goes wrong with a timer', async () => {
    timer.mockRejectedValue(new Error('no timer'))
    await expect(systemClock.sleep(5, new AbortController().signal)).rejects.toThrow('no timer')
  })

  it('has one listener on a signal that thousands wait for, each of whom hears of it', async () => {
    const { setTimeout } =
      await vi.importActual<typeof import('node:timers/promises')>('node:timers/promises')
    timer.mockImplementation(setTimeout as typeof timer)
    const controller = new AbortController()
    const { signal } = controller
    const sleeping = Array.from({ length: 10_000 }, () => systemClock.sleep(600_000, signal))
    const asking = unlessAborted(new Promise(() => {}), signal)
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    controller.abort(new Error('stopped'))
    const ends = await Promise.allSettled([...sleeping, asking])
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(10_001)
  })
})

describe('unlessAborted', () => {
  it('gives the value', async () => {
    expect(await unlessAborted(Promise.resolve(7), new AbortController().signal)).toBe(7)
  })

  it('passes an error on', async () => {
    const failed = unlessAborted(Promise.reject(new Error('no')), new AbortController().signal)
    await expect(failed).rejects.toThrow('no')
  })

  it('throws the reason as soon as it is aborted, whatever the promise does', async () => {
    const controller = new AbortController()
    const never = unlessAborted(new Promise(() => {}), controller.signal)
    controller.abort(new Error('stopped by SIGINT'))
    await expect(never).rejects.toThrow('stopped by SIGINT')
  })

  it('throws at once where it was aborted before', async () => {
    const signal = AbortSignal.abort(new Error('stopped'))
    await expect(unlessAborted(Promise.resolve(7), signal)).rejects.toThrow('stopped')
  })

  it('adds no listener for each', async () => {
    const { signal } = new AbortController()
    for (let count = 0; count < 100; count += 1) await unlessAborted(Promise.resolve(7), signal)
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  })
})

describe('waiting up to some time', () => {
  const sleeping = () => {
    const signals: AbortSignal[] = []
    const sleep = (_milliseconds: number, signal?: AbortSignal) => {
      if (signal !== undefined) signals.push(signal)
      return new Promise<void>((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason)),
      )
    }
    return { signals, clock: { now: () => 0, date: () => 0, sleep, after: () => () => {} } }
  }

  it('is over with the promise, whatever becomes of it, and leaves no timer behind', async () => {
    for (const promise of [Promise.resolve(1), Promise.reject(new Error('no'))]) {
      const { signals, clock } = sleeping()
      await waitUpTo(1_000, promise, clock)
      expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    }
  })

  it('is over when the time is up', async () => {
    const clock = { now: () => 0, date: () => 0, sleep: () => Promise.resolve(), after: () => () => {} }
    await waitUpTo(1_000, new Promise(() => {}), clock)
  })
})
