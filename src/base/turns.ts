/** Long computations in turns, so that signals, timers and sockets are never kept waiting. */
import { setImmediate } from 'node:timers/promises'

/** Milliseconds of computation in a row; a person who stops a step waits two seconds at the most. */
const longestTurn = 40

let since = performance.now()

/** Lets everything else that is due go first. */
export async function restNow(): Promise<void> {
  await setImmediate()
  since = performance.now()
}

/** The same where the present turn has been long enough: for loops over thousands. */
export async function rest(): Promise<void> {
  // A turn that began long ago is mostly sleep; that costs one needless rest.
  if (performance.now() - since > longestTurn) await restNow()
}
