/** Follows an operation until it has told which jobs it started, or that it started none. */
import {
  isKnownOperationStatus,
  type Operation,
  operationEnded,
  operationError,
  operationFacts,
  readOperation,
  startedJob,
  statusUrls,
} from '../azure/operation.ts'
import { type Answer, RefusedError } from '../azure/resource-manager.ts'
import { isJobName, type OperationTarget } from '../azure/target.ts'
import { fields } from '../azure/values.ts'
import { type Job, type JobReference, unreadJob } from '../job.ts'
import type { Ending, Outcome, Problem } from '../outcome.ts'
import { cut, plain } from '../report/text.ts'
import { endingByError, rest, type WaitOptions } from './look.ts'

/** What an operation came to: jobs to follow, and what is already decided. */
export interface Started {
  references: JobReference[]
  outcomes: Outcome[]
}

export async function followOperation(target: OperationTarget, options: WaitOptions): Promise<Started> {
  const { patience, waitFor, watcher } = options
  const watchedFrom = patience.clock.now()
  const read = operationReader(target, options)
  let facts = unreadJob({ id: '', vault: target.vault })
  let seenAt = watchedFrom
  const outcome = (job: Job, ending: Ending, problem?: Problem): Outcome => ({
    job,
    ending,
    problem,
    seenAt,
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
      watcher.operationRead(facts, seenAt, target.id)
      if (operationEnded(operation)) return resultOf(operation, target, outcome)
      if (waitFor === 'none') return end('looked')
      const age = (patience.clock.now() - watchedFrom) / 1000
      const look = { age, answer, byPost: false, random: patience.random() }
      if ((await rest(options, look)) === undefined) return end('timed-out')
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
            message: `The operation started job ${id} but does not say in which vault; set resource-group and vault-name too.`,
          })
        : // Nothing else is put into a path.
          outcome(facts, 'error', {
            code: '',
            message: `The operation started a job and calls it "${id.slice(0, 100)}", which is not a job's name.`,
          }),
    ),
  ]
  const decided =
    operation.status !== 'Succeeded' || operation.errors.length > 0 || started.length + outcomes.length === 0
  return { references, outcomes: decided ? [outcome(facts, 'ended'), ...outcomes] : outcomes }
}

interface OperationReading {
  operation: Operation
  answer: Answer
}

/** Reads the operation, by its Location URL for as long as that says it runs, then by its status. */
function operationReader(target: OperationTarget, options: WaitOptions): () => Promise<OperationReading> {
  const { resourceManager, log } = options
  const what = `operation ${target.id}`
  let byResult = target.isResult
  let urls = [target.url]
  let refusal: RefusedError | undefined
  let warned = false

  async function readResult(): Promise<OperationReading | undefined> {
    try {
      const answer = await resourceManager.read({ url: target.url, what, mayBeEmpty: true })
      const operation = readOperation(answer.body)
      if (answer.status === 202 || operation.status === 'InProgress')
        return { operation: { ...operation, status: 'InProgress' }, answer }
      if (operation.jobIds.length > 0) return { operation: { ...operation, status: 'Succeeded' }, answer }
    } catch (error) {
      // A Location URL answers with the error of the request itself when the operation failed, so the status
      // under the same ID has to say whether it did (Resource Manager RPC, async-api-reference).
      if (!(error instanceof RefusedError) || error.status < 400 || [401, 403, 404].includes(error.status))
        throw error
      refusal = error
    }
    return undefined
  }

  async function readStatus(): Promise<OperationReading> {
    for (const [index, url] of urls.entries()) {
      try {
        const answer = await resourceManager.read({ url, what })
        if (index > 0) urls = [url]
        return { operation: known(readOperation(answer.body)), answer }
      } catch (error) {
        const missing = error instanceof RefusedError && error.status === 404
        if (!missing || index === urls.length - 1) throw refusal ?? error
      }
    }
    throw new Error(`There is no URL to read ${what} by.`)
  }

  function known(operation: Operation): Operation {
    if (operation.status === '' && operation.jobIds.length > 0) return { ...operation, status: 'Succeeded' }
    if (!warned && !isKnownOperationStatus(operation.status)) {
      warned = true
      log.warning(
        `Operation ${target.id} has the status "${plain(cut(operation.status, 100))}", which this action does not know. It counts as running, never as success.`,
        'Unknown operation status',
      )
    }
    return operation
  }

  return async () => {
    if (byResult) {
      const reading = await readResult()
      if (reading !== undefined) return reading
      byResult = false
      urls = statusUrls(target, resourceManager.origin)
    }
    const reading = await readStatus()
    if (refusal === undefined || !operationEnded(reading.operation)) return reading
    return { ...reading, operation: withRefusal(reading.operation, refusal) }
  }
}

/** The status, with the error that the Location URL gave where the status has none. */
function withRefusal(operation: Operation, refusal: RefusedError): Operation {
  if (operation.status === 'Succeeded' && operation.jobIds.length === 0) throw refusal
  const errors = operation.errors.length > 0 ? operation.errors : operationError(fields(refusal.body).error)
  return operation.status === 'Succeeded' ? operation : { ...operation, errors }
}
