/** Long computations in turns, so that signals, timers and sockets are never kept waiting. */
import { setImmediate } from 'node:timers/promises'

/** Milliseconds of computation in a row; a person who stops a step waits two seconds at the most. */
const longestTurn = 40

let since = performance.now()
let next: Promise<void> | undefined

/** Lets everything else that is due go first. */
export function restNow(): Promise<void> {
  next ??= setImmediate().then(() => {
    next = undefined
    since = performance.now()
  })
  return next
}

/** Whether the present turn has been long enough. One that began long ago is mostly sleep; that costs a needless rest. */
export function isLong(): boolean {
  return performance.now() - since > longestTurn
}

/** The same where the present turn has been long enough, for loops over thousands and thousands that go on at once. */
export async function rest(): Promise<void> {
  while (isLong()) await restNow()
}
