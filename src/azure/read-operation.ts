/** Reading one operation, by its Location URL for as long as that says it runs, then by its status. */

import { fields } from '../base/read.ts'
import { cut, plain } from '../base/text.ts'
import type { Log } from '../runner/log.ts'
import { type Answer, RefusedError, type ResourceManager } from './http/resource-manager.ts'
import {
  isKnownOperationStatus,
  type Operation,
  operationEnded,
  operationError,
  readOperation,
  statusUrls,
} from './operation.ts'
import type { OperationTarget } from './target.ts'

/** An operation, and what the answer says of when to ask again. */
export interface OperationReading {
  operation: Operation
  answer: Answer
}

/** @returns reads it once, and throws what `ResourceManager.read` throws */
export function operationReader(
  target: OperationTarget,
  resourceManager: ResourceManager,
  log: Log,
): () => Promise<OperationReading> {
  const know = knownStatus(target.id, log)
  let byResult = target.isResult
  let urls = [target.url]
  let refusal: RefusedError | undefined
  return async () => {
    if (byResult) {
      const result = await readResult(target, resourceManager)
      if (result !== undefined && !(result instanceof RefusedError)) return result
      refusal = result
      byResult = false
      urls = statusUrls(target, resourceManager.origin)
    }
    try {
      const { url, operation, answer } = await readStatus(urls, target, resourceManager)
      urls = [url]
      return { operation: withRefusal(know(operation), refusal), answer }
    } catch (error) {
      throw error instanceof RefusedError ? (refusal ?? error) : error
    }
  }
}

/**
 * By the Location URL.
 *
 * @returns undefined where it tells no more, and a refusal where that may be the operation's own failure
 */
async function readResult(
  { url, id }: OperationTarget,
  resourceManager: ResourceManager,
): Promise<OperationReading | RefusedError | undefined> {
  try {
    const answer = await resourceManager.read({
      url,
      what: { kind: 'operation', name: id },
      mayBeEmpty: true,
    })
    const operation = readOperation(answer.body)
    if (answer.status === 202 || operation.status === 'InProgress')
      return { operation: { ...operation, status: 'InProgress' }, answer }
    return operation.jobIds.length > 0
      ? { operation: { ...operation, status: 'Succeeded' }, answer }
      : undefined
  } catch (error) {
    // A Location URL answers with the error of the request itself when the operation failed, so the status
    // under the same ID has to say whether it did (Resource Manager RPC, async-api-reference).
    if (!(error instanceof RefusedError) || error.status < 400 || [401, 403, 404].includes(error.status))
      throw error
    return error
  }
}

/** By the first of these URLs that is there. */
async function readStatus(
  urls: URL[],
  { id }: OperationTarget,
  resourceManager: ResourceManager,
): Promise<OperationReading & { url: URL }> {
  for (const [index, url] of urls.entries()) {
    try {
      const answer = await resourceManager.read({ url, what: { kind: 'operation', name: id } })
      return { url, operation: readOperation(answer.body), answer }
    } catch (error) {
      const missing = error instanceof RefusedError && error.status === 404
      if (!missing || index === urls.length - 1) throw error
    }
  }
  throw new Error(`There is no URL to read operation ${id} by.`)
}

/** Says once of a status that nobody knows what it counts as. */
function knownStatus(id: string, log: Log): (operation: Operation) => Operation {
  let warned = false
  return (operation) => {
    if (operation.status === '' && operation.jobIds.length > 0) return { ...operation, status: 'Succeeded' }
    if (!warned && !isKnownOperationStatus(operation.status)) {
      warned = true
      log.warning(
        `Operation ${id} has the status "${plain(cut(operation.status, 100))}", which this action does not know. It counts as running, never as success.`,
        'Unknown operation status',
      )
    }
    return operation
  }
}

/** The operation that has ended, with the error that its Location URL gave where the status has none. */
function withRefusal(operation: Operation, refusal: RefusedError | undefined): Operation {
  if (refusal === undefined || !operationEnded(operation)) return operation
  if (operation.status !== 'Succeeded') {
    const errors = operation.errors.length > 0 ? operation.errors : operationError(fields(refusal.body).error)
    return { ...operation, errors }
  }
  if (operation.jobIds.length === 0) throw refusal
  return operation
}
