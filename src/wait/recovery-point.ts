/** After a good backup: that its recovery point is there. */
import { findRecoveryPoint, itemOfJob } from '../azure/recovery-points.ts'
import type { Outcome } from '../outcome.ts'
import { conclude } from '../verdict.ts'
import { pauseWithin } from './back-off.ts'
import { endingByError, type WaitOptions } from './look.ts'

/** How long after the job's end its point may take to show, in milliseconds. */
const patienceForPoint = 10 * 60_000

/** The outcome with its recovery point, or the failure that there is none. Never throws. */
export async function verifyRecoveryPoint(outcome: Outcome, options: WaitOptions): Promise<Outcome> {
  const { job, reference, seenAt } = outcome
  const { resourceManager, patience } = options
  const conclusion = conclude(outcome)
  if (reference === undefined || (conclusion !== 'success' && conclusion !== 'warning')) return outcome
  if (!/^backup\b/i.test(job.operation)) return outcome
  const end = job.endTime ?? seenAt
  // How long ago the job ended, by the service's own clock: a gate on last night waits for nothing.
  const left = Math.max(0, patienceForPoint - Math.max(0, seenAt - end))
  const deadline = Math.min(patience.deadline, patience.clock.now() + left)
  try {
    const item = await itemOfJob(resourceManager, job, reference)
    if (item === undefined) {
      return fail(
        outcome,
        'error',
        `Which item job ${job.id} backed up cannot be told by its name; give the operation-url, or protected-item.`,
      )
    }
    for (;;) {
      const recoveryPoint = await findRecoveryPoint(resourceManager, job, item, end)
      if (recoveryPoint !== undefined) return { ...outcome, recoveryPoint }
      if (!(await pauseWithin({ ...patience, deadline }, 15 + 5 * patience.random(), 0))) break
    }
    return fail(
      outcome,
      'no-recovery-point',
      `Job ${job.id} made no recovery point that the vault shows: none within the job's time was there ten minutes after it, or by the deadline.`,
    )
  } catch (error) {
    const [ending, problem] = endingByError(error, 'recovery points', patience)
    return { ...outcome, ending, problem }
  }
}

function fail(outcome: Outcome, ending: Outcome['ending'], message: string): Outcome {
  return { ...outcome, ending, problem: { code: '', message } }
}
