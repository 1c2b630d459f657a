/** After a good backup: that its recovery point is there. */
import { findRecoveryPoint, type ItemFinder } from '../azure/recovery-points.ts'
import { pauseWithin } from '../base/patience.ts'
import { cut, plain } from '../base/text.ts'
import type { Job } from '../domain/job.ts'
import type { Outcome, Problem, Verification } from '../domain/outcome.ts'
import { conclude } from '../domain/verdict.ts'
import { endingByError, type WaitOptions } from './reads.ts'

/**
 * How long after the job's end its point may take to show, in milliseconds. Nothing is documented; a guess on the
 * safe side, for points of the recorded jobs have times before their jobs' ends.
 */
const patienceForPoint = 10 * 60_000

/** The outcome with its recovery point, or the failure that there is none. Never throws. */
export async function verifyRecoveryPoint(
  outcome: Outcome,
  items: ItemFinder,
  options: WaitOptions,
): Promise<Outcome> {
  const { job, reference, seenAt } = outcome
  const { resourceManager, patience, waitFor, log } = options
  const conclusion = conclude(outcome)
  if (conclusion !== 'success' && conclusion !== 'warning') return outcome
  if (reference === undefined || !/^backup\b/i.test(job.operation)) {
    log.notice(whyNot(outcome), 'No recovery point is verified')
    return outcome
  }
  const end = job.endTime ?? seenAt
  // How long ago the job ended, by the service's own clock: a gate on last night waits for nothing.
  const left = Math.max(0, patienceForPoint - Math.max(0, seenAt - end))
  const deadline = Math.min(patience.deadline, patience.clock.now() + left)
  const over = (state: Verification['state'], problem?: Problem): Outcome => ({
    ...outcome,
    verification: { state, problem },
  })
  try {
    const item = await items.itemOf(job, reference)
    if (item === undefined) {
      const message = `Which item job ${job.id} backed up cannot be told by its name; give the operation-url, or protected-item.`
      return over('error', { code: '', message })
    }
    for (;;) {
      const recoveryPoint = await findRecoveryPoint(resourceManager, job, item, end)
      if (recoveryPoint !== undefined) return { ...over('verified'), recoveryPoint }
      if (waitFor === 'none' && left > 0) return over('looked')
      if (!(await pauseWithin({ ...patience, deadline }, 15 + 5 * patience.random(), 0))) break
    }
    const message = `Job ${job.id} made no recovery point that the vault shows: ${missing(job)} ten minutes after it, or by the deadline.`
    return over('missing', { code: '', message })
  } catch (error) {
    return over(...endingByError(error, 'recovery points', patience))
  }
}

function missing({ recoveryPointId }: Job): string {
  return recoveryPointId === ''
    ? "none within the job's time was there"
    : `${recoveryPointId}, which the job names, was not there`
}

/** Proof was asked for: that there is none to give is said. */
function whyNot({ job }: Outcome): string {
  if (job.id === '') return 'The operation started no job, so there is no recovery point to verify.'
  const word =
    job.operation === ''
      ? 'it does not tell its operation'
      : `its operation is "${plain(cut(job.operation, 100))}"`
  return `Job ${job.id} is no backup (${word}), so no recovery point is verified.`
}
