/** A bounded number of things at a time; the others wait in line. */
import { unlessAborted } from './clock.ts'

/**
 * @param most how many at a time
 * @returns waits for a slot, and gives what frees it; that may be called again to no effect. Throws the signal's
 *   reason when it is aborted meanwhile.
 */
export function createSlots(most: number): (signal: AbortSignal) => Promise<() => void> {
  const line: (() => void)[] = []
  let left = most

  async function take(): Promise<() => void> {
    if (left > 0) left -= 1
    else await new Promise<void>((resolve) => line.push(resolve))
    let taken = true
    return () => {
      if (!taken) return
      taken = false
      const next = line.shift()
      if (next === undefined) left += 1
      else next()
    }
  }

  return async (signal) => {
    const slot = take()
    return await unlessAborted(slot, signal).catch((error: unknown) => {
      slot.then((free) => free())
      throw error
    })
  }
}
