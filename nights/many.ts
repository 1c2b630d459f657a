/** Plays many nights, over several processes. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Played } from './worker.ts'

/** Seeds that a process is given at once. */
const chunk = 25

/** Which nights to play. */
export interface Many {
  from: number
  seeds: number
  /** How many processes. */
  jobs: number
  /** The folder of src, or of a copy. */
  source: string
  /** Failures after which no more are looked for. */
  enough: number
  told?: (played: number, failures: Played['failures']) => void
}

/** @returns the failures, by their seeds */
export async function playMany({
  from,
  seeds,
  jobs,
  source,
  enough,
  told,
}: Many): Promise<Played['failures']> {
  const failures: Played['failures'] = []
  let next = from
  let count = 0
  const worker = fileURLToPath(new URL('worker.ts', import.meta.url))
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      const child = fork(worker, [source])
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      child.on('message', (played: Played) => {
        count += played.count
        failures.push(...played.failures)
        if (played.count > 0) told?.(count, played.failures)
        if (next >= from + seeds || failures.length >= enough) {
          child.kill()
          resolve()
          return
        }
        const to = Math.min(next + chunk, from + seeds)
        child.send({ from: next, to })
        next = to
      })
      child.on('error', reject)
      child.on('exit', (code) => {
        if (code) reject(new Error(`a process that plays nights ended with ${code}`))
      })
      await promise
    }),
  )
  return failures.sort((one, other) => one.seed - other.seed)
}
