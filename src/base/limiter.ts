/** A bounded number of things at a time; the others wait in line. */

/**
 * It hears no signal: the work is to look at its own when its turn comes.
 *
 * @param most how many at a time
 * @returns does the work when its turn comes, and gives what it gives or throws
 */
export function createLimiter(most: number): <Value>(work: () => Promise<Value>) => Promise<Value> {
  const line: (() => void)[] = []
  let left = most
  return async (work) => {
    if (left > 0) left -= 1
    else await new Promise<void>((resolve) => line.push(resolve))
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next === undefined) left += 1
      else next()
    }
  }
}
