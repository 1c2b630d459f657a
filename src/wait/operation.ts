/** Follows an operation until it has told which jobs it started, or that it started none. */
import { type Operation, operationEnded, operationFacts, startedJob } from '../azure/operation.ts'
import { operationReader } from '../azure/read-operation.ts'
import { isJobName, type OperationTarget } from '../azure/target.ts'
import { type Job, type JobReference, unreadJob } from '../domain/job.ts'
import type { Ending, Outcome, Problem } from '../domain/outcome.ts'
import { endingByError, sinceRead, type WaitOptions, waitForNextLook } from './look.ts'

/** What an operation came to: jobs to follow, and what is already decided. */
export interface Started {
  references: JobReference[]
  outcomes: Outcome[]
}

/** Reads the operation until it has ended, time is up or a signal comes. Throws nothing: trouble is an outcome. */
export async function followOperation(target: OperationTarget, options: WaitOptions): Promise<Started> {
  const { patience, waitFor, watcher } = options
  const watchedFrom = patience.clock.now()
  const read = operationReader(target, options.resourceManager, options.log)
  let facts = unreadJob({ id: '', vault: target.vault })
  let seenAt = patience.clock.date()
  let readAt: number | undefined
  const outcome = (job: Job, ending: Ending, problem?: Problem): Outcome => ({
    job,
    ending,
    problem,
    seenAt,
    ...sinceRead(readAt, patience.clock),
    observed: [],
  })
  const end = (ending: Ending, problem?: Problem): Started => ({
    references: [],
    outcomes: [outcome(facts, ending, problem)],
  })
  try {
    for (;;) {
      const { operation, answer } = await read()
      facts = operationFacts(operation, target)
      seenAt = answer.serviceTime
      readAt = patience.clock.now()
      watcher.operationRead(facts, seenAt, target.id)
      if (operationEnded(operation)) return resultOf(operation, target, outcome)
      if (waitFor === 'none') return end('looked')
      const age = (patience.clock.now() - watchedFrom) / 1000
      const look = { age, answer, byPost: false, random: patience.random() }
      if ((await waitForNextLook(options, look)) === undefined) return end('timed-out')
    }
  } catch (error) {
    return end(...endingByError(error, `operation ${target.id}`, patience))
  }
}

function resultOf(
  operation: Operation,
  target: OperationTarget,
  outcome: (job: Job, ending: Ending, problem?: Problem) => Outcome,
): Started {
  const facts = operationFacts(operation, target)
  const started = operation.jobIds.map((id) => startedJob(id, target))
  const references = started.filter(
    (job): job is JobReference => job.vault !== undefined && isJobName(job.id),
  )
  const lost = started.filter((job) => !references.some((reference) => reference === job))
  const outcomes = [
    ...operation.failedJobs.map(({ item, error }) =>
      outcome({ ...facts, item, status: 'Failed', errors: [error] }, 'ended'),
    ),
    ...lost.map(({ id }) =>
      isJobName(id)
        ? outcome({ ...facts, id }, 'error', {
            code: '',
            cause: `The operation started job ${id} but does not say in which vault; set resource-group and vault-name too.`,
          })
        : // Nothing else is put into a path.
          outcome(facts, 'error', {
            code: '',
            cause: `The operation started a job and calls it "${id.slice(0, 100)}", which is not a job's name.`,
          }),
    ),
  ]
  const decided =
    operation.status !== 'Succeeded' || operation.errors.length > 0 || started.length + outcomes.length === 0
  return { references, outcomes: decided ? [outcome(facts, 'ended'), ...outcomes] : outcomes }
}
