/** How long a job still takes: as the service tells it, or as far as its progress lets it be told. Pure. */
import { size } from '../../base/read.ts'
import type { Job } from '../../domain/job.ts'

/** How much was done when. */
export interface Mark {
  fraction: number
  /** Milliseconds since 1970. */
  at: number
}

/** An estimate needs so much time and progress between two marks; less tells nothing. */
const shortest = 2 * 60_000
const least = 0.02

/** Begins only where a number does, and each part has an end, so that no text takes longer than its length. */
const amounts =
  /(?<![\d.,])([\d.,]{1,30})\s{0,9}([kmgtp]?b)s?\s{0,9}(?:\/|of)\s{0,9}([\d.,]{1,30})\s{0,9}([kmgtp]?b)s?/i

/** How much of the job is done, 0 to 1: its percentage, or what its running phase says it transferred. */
export function fractionDone(job: Job): number | undefined {
  if (job.percent !== undefined) return job.percent / 100
  for (const { status, details = '' } of job.phases) {
    if (status !== 'InProgress') continue
    const [, done, doneUnit, all, allUnit] = amounts.exec(details) ?? []
    const [part, whole] = [size(`${done} ${doneUnit}`), size(`${all} ${allUnit}`)]
    if (part !== undefined && whole !== undefined && whole.bytes > 0)
      return Math.min(1, part.bytes / whole.bytes)
  }
  return undefined
}

/** Seconds left by the pace since the first mark; undefined where too little has happened to tell. */
export function secondsLeft(first: Mark, now: Mark): number | undefined {
  const progress = now.fraction - first.fraction
  const time = now.at - first.at
  if (time < shortest || progress < least) return undefined
  return ((1 - now.fraction) * time) / progress / 1000
}
