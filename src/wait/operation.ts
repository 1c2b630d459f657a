/** Follows an operation until it has told which jobs it started, or that it started none. */
import { type Operation, operationEnded, operationFacts, startedJob } from '../azure/operation.ts'
import { operationReader } from '../azure/read-operation.ts'
import { isJobName, type OperationTarget } from '../azure/target.ts'
import { cut } from '../base/text.ts'
import { type Job, type JobReference, unreadJob } from '../domain/job.ts'
import { type Ending, type Outcome, outcomeOf, type Problem } from '../domain/outcome.ts'
import { endingByError, sinceRead, type WaitOptions, waitForNextRead } from './reads.ts'

/** What an operation came to: jobs to follow, and what is already decided. */
export interface Started {
  references: JobReference[]
  outcomes: Outcome[]
}

/** Reads the operation until it has ended, time is up or a signal comes. Throws nothing: trouble is an outcome. */
export async function followOperation(target: OperationTarget, options: WaitOptions): Promise<Started> {
  const { patience, waitFor, watcher } = options
  const watchedFrom = patience.clock.now()
  const { resourceManager, log } = options
  const read = operationReader(target, { resourceManager, log, patience })
  let facts = unreadJob({ id: '', vault: target.vault })
  let seenAt = patience.clock.date()
  let readAt: number | undefined
  const end = (ending: Ending, problem?: Problem): Started => ({
    references: [],
    outcomes: [outcomeOf(facts, ending, seenAt, { problem, ...sinceRead(readAt, patience.clock) })],
  })
  try {
    for (;;) {
      const { operation, answer } = await read()
      facts = operationFacts(operation, target)
      seenAt = answer.serviceTime
      readAt = patience.clock.now()
      watcher.operationRead(facts, seenAt, target.id)
      if (operationEnded(operation) && operation.jobIds.length === 0 && target.isResult)
        log.info(`Operation ${target.id} ended and named no job.`)
      if (operationEnded(operation)) return resultOf(operation, target, seenAt)
      if (waitFor === 'none') return end('looked')
      const age = (patience.clock.now() - watchedFrom) / 1000
      const next = { age, answer, byPost: false, random: patience.random() }
      if ((await waitForNextRead(options, next)) === undefined) return end('timed-out')
    }
  } catch (error) {
    return end(...endingByError(error, `operation ${target.id}`, patience))
  }
}

function resultOf(operation: Operation, target: OperationTarget, seenAt: number): Started {
  const facts = operationFacts(operation, target)
  const wrong = (job: Job, message: string) =>
    outcomeOf(job, 'error', seenAt, { problem: { code: '', cause: message } })
  const started = operation.jobIds.map((id) => startedJob(id, target))
  const references = started.filter(
    (job): job is JobReference => job.vault !== undefined && isJobName(job.id),
  )
  const followed = new Set<unknown>(references)
  const lost = started.filter((job) => !followed.has(job))
  const outcomes = [
    ...operation.failedJobs.map(({ item, error }) =>
      outcomeOf({ ...facts, item: item || facts.item, status: 'Failed', errors: [error] }, 'ended', seenAt),
    ),
    ...lost.map(({ id }) =>
      isJobName(id)
        ? wrong(
            { ...facts, id },
            `The operation started job ${id} but does not say in which vault; set resource-group and vault-name too.`,
          )
        : // Nothing else is put into a path.
          wrong(
            facts,
            `The operation started a job and calls it "${cut(id, 100)}", which is not a job's name.`,
          ),
    ),
    ...(operation.unreadableJob
      ? [
          wrong(
            facts,
            'The operation names a job in a way that cannot be read, so that job is not followed. Look for it among ' +
              "the vault's backup jobs, and give it as job-id.",
          ),
        ]
      : []),
  ]
  const decided =
    operation.status !== 'Succeeded' || operation.errors.length > 0 || started.length + outcomes.length === 0
  return { references, outcomes: decided ? [outcomeOf(facts, 'ended', seenAt), ...outcomes] : outcomes }
}
