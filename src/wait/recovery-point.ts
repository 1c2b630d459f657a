/** After a good backup: that its recovery point is there, and healthy where that is asked for. */
import { findRecoveryPoint, type ItemFinder } from '../azure/recovery-points.ts'
import { pauseWithin } from '../base/patience.ts'
import { cut, plain } from '../base/text.ts'
import { isUntold, type Job, type RecoveryPoint } from '../domain/job.ts'
import type { Outcome, Problem, Verification } from '../domain/outcome.ts'
import { conclude } from '../domain/verdict.ts'
import { healthProblem } from './health.ts'
import { endingByError, type WaitOptions } from './reads.ts'

/**
 * How long after the job's end its point, and the point's threat status, may take to show, in milliseconds. Nothing is
 * documented; a guess on the safe side, for points of the recorded jobs have times before their jobs' ends.
 */
const patienceForPoint = 10 * 60_000

/** The outcome with its recovery point, or the failure that there is none, or no healthy one. Never throws. */
export async function verifyRecoveryPoint(
  outcome: Outcome,
  items: ItemFinder,
  options: WaitOptions,
): Promise<Outcome> {
  const { job, reference, seenAt } = outcome
  const { resourceManager, patience, waitFor, log } = options
  const healthy = options.verifyRecoveryPoint === 'healthy'
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
  let recoveryPoint: RecoveryPoint | undefined
  const over = (state: Verification['state'], problem?: Problem): Outcome => ({
    ...outcome,
    verification: { state, problem, ...(healthy && { healthy }) },
    ...(recoveryPoint && { recoveryPoint }),
  })
  try {
    const item = await items.itemOf(job, reference)
    if (item === undefined) {
      const cause = `Which item job ${job.id} backed up cannot be told by its name; give the operation-url, or protected-item.`
      return over('error', { code: '', cause })
    }
    for (;;) {
      recoveryPoint = (await findRecoveryPoint(resourceManager, job, item, end)) ?? recoveryPoint
      if (recoveryPoint !== undefined && !(healthy && comesLate(recoveryPoint))) break
      if (waitFor === 'none' && left > 0) return over('looked')
      if (!(await pauseWithin({ ...patience, deadline }, 15 + 5 * patience.random(), 0))) break
    }
    if (recoveryPoint === undefined) {
      const cause = `Job ${job.id} made no recovery point that the vault shows: ${whatIsMissing(job)} ten minutes after it, or by the deadline.`
      return over('missing', { code: '', cause })
    }
    const problem = healthProblem(recoveryPoint, item, job, healthy)
    return over(healthy && problem !== undefined ? 'unhealthy' : 'verified', problem)
  } catch (error) {
    return over(...endingByError(error, 'recovery points', patience))
  }
}

/** Whether its threat status may yet be told. */
function comesLate({ health }: RecoveryPoint): boolean {
  return health !== undefined && isUntold(health)
}

function whatIsMissing({ recoveryPointId }: Job): string {
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
