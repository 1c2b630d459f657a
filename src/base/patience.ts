/** Waiting, and how long to go on: after a fault, and between two reads. */
import type { Clock } from './clock.ts'

/** The longest wait that a Retry-After header can ask for (Resource Manager RPC, async-api-reference: 10 min). */
export const longestRetryAfter = 600

/**
 * Seconds to wait after the nth fault in a row: doubling from 2 s, three minutes at most, which keeps an outage
 * of hours in the log without flooding it. Retry-After is a floor.
 *
 * @param faults how many so far, from 1
 * @param random 0 to 1: spreads the steps of a matrix, which a fault hits at once
 */
export function backOffSeconds(faults: number, retryAfter: number, random: number): number {
  const pause = faults > 10 ? 180 : Math.min(2 ** faults, 60)
  return Math.max(floorSeconds(retryAfter, random), pause * (0.75 + random * 0.25))
}

/** What Retry-After asks for at the least, spread upwards. */
export function floorSeconds(retryAfter: number, random: number): number {
  return Math.min(retryAfter, longestRetryAfter) * (1 + 0.05 * random)
}

/** How to go on. */
export interface Patience {
  clock: Clock
  /** 0 to 1. */
  random: () => number
  /** When, by `clock.now()`, nothing is tried again. */
  deadline: number
  /** Aborted by a person. */
  signal: AbortSignal
}

/** Milliseconds after the deadline within which the last request has to be answered; the step has two seconds in all. */
const lastMoment = 1_200

/** Milliseconds that work which the deadline ends may take: `most`, or what is left of the time. */
export function limitWithin({ clock, deadline }: Patience, most: number): number {
  return Math.max(0, Math.min(most, deadline + lastMoment - clock.now()))
}

/**
 * Waits, to the deadline at the most.
 *
 * @param pause seconds
 * @param retryAfter seconds of silence that the service asked for, within the pause
 * @returns whether to go on: once more at the deadline, unless the service asked for a longer silence
 */
export async function pauseWithin(patience: Patience, pause: number, retryAfter: number): Promise<boolean> {
  const { clock, deadline, signal } = patience
  const left = (deadline - clock.now()) / 1000
  if (left <= 0) return false
  await clock.sleep(Math.min(pause, left) * 1000, signal)
  return Math.min(retryAfter, longestRetryAfter) <= left
}

/** Waits after a fault; the same answer as `pauseWithin`. */
export function waitAfterFault(patience: Patience, faults: number, retryAfter = 0): Promise<boolean> {
  return pauseWithin(patience, backOffSeconds(faults, retryAfter, patience.random()), retryAfter)
}
