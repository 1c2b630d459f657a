/** Reading one operation: by its URL, or by its status under the same ID where that URL is a Location. */

import { within } from '../base/clock.ts'
import { OutOfTimeError } from '../base/errors.ts'
import { backOffSeconds, limitWithin, type Patience } from '../base/patience.ts'
import { fields, sameWord } from '../base/read.ts'
import { unknownStatus } from '../domain/job.ts'
import type { Log } from '../runner/log.ts'
import { Fault } from './http/answer.ts'
import { type Answer, RefusedError, type Request, type ResourceManager } from './http/resource-manager.ts'
import {
  isKnownOperationStatus,
  type Operation,
  operationEnded,
  operationError,
  readOperation,
  statusUrls,
} from './operation.ts'
import { notOperation } from './own-body.ts'
import type { OperationTarget } from './target.ts'

/** An operation, and what the answer says of when to ask again. */
export interface OperationRead {
  operation: Operation
  answer: Answer
}

/** What operations are read with. */
export interface OperationReaderOptions {
  resourceManager: ResourceManager
  log: Log
  patience: Patience
}

/** @returns reads it once, and throws what `ResourceManager.read` throws */
export function operationReader(
  target: OperationTarget,
  { resourceManager, log, patience }: OperationReaderOptions,
): () => Promise<OperationRead> {
  const { id } = target
  const { clock, random } = patience
  let byLocation = target.isResult
  let locationEnded = !target.isResult
  let urls = byLocation ? statusUrls(target, resourceManager.origin) : [target.url]
  let refusal: RefusedError | undefined
  /** Until when, by the clock's `now`, the status is to be left alone after a fault. */
  let silentUntil = Number.NEGATIVE_INFINITY

  async function read(): Promise<OperationRead> {
    if (byLocation) {
      const early =
        clock.now() < silentUntil ? undefined : await readEarly(target, urls[0], resourceManager, patience)
      if (early instanceof Fault)
        silentUntil = clock.now() + backOffSeconds(1, early.retryAfter, random()) * 1000
      else if (early !== undefined) {
        byLocation = false
        urls = urls.slice(0, 1)
        return await confirmed(early)
      }
      const result = await readResult(target, resourceManager)
      if (
        !(result instanceof RefusedError) &&
        (!operationEnded(result.operation) || tellsAll(result, target))
      )
        return result
      byLocation = false
      locationEnded = true
      refusal = result instanceof RefusedError ? result : undefined
    }
    try {
      await keepSilence()
      const { url, ...status } = await readStatus(urls, target, resourceManager)
      urls = [url]
      return await confirmed(status)
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      throw refusal ?? (target.isResult && error.status === 404 ? noStatus(error) : error)
    }
  }

  async function keepSilence(): Promise<void> {
    const left = silentUntil - clock.now()
    if (left <= 0) return
    await resourceManager.pause(left / 1000)
    if (silentUntil - clock.now() > 1)
      throw new OutOfTimeError('the service asked for a silence that outlasts the deadline')
  }

  /** An operation that has ended without a job or a reason may have both at its Location URL. */
  async function confirmed(status: OperationRead): Promise<OperationRead> {
    const { operation } = status
    const tells = operation.jobIds.length > 0 || operation.unreadableJob || operation.errors.length > 0
    if (locationEnded || tells || !operationEnded(operation)) return status
    locationEnded = true
    try {
      const result = await readResult(target, resourceManager)
      if (result instanceof RefusedError) refusal = result
      else if (result.operation.jobIds.length > 0) return result
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
    }
    return status
  }

  return async () => {
    const { operation, answer } = await read()
    const known = operation.status === '' && operation.jobIds.length > 0 ? 'Succeeded' : operation.status
    if (!isKnownOperationStatus(known))
      log.once(`status of operation ${id}`, () =>
        log.warning(unknownStatus(`Operation ${id}`, known), 'Unknown operation status'),
      )
    return { operation: withRefusal({ ...operation, status: known }, refusal), answer }
  }
}

/**
 * By the status that the vault has under the same ID, without patience: where it has none, or none just now, the
 * Location URL goes on. That one asks for a minute between two reads, the status for none (recorded, 4,437 reads); it
 * knows every operation at once, but for those that it never knows (refreshContainers).
 */
async function readEarly(
  { id, path }: OperationTarget,
  url: URL | undefined,
  resourceManager: ResourceManager,
  patience: Patience,
): Promise<OperationRead | Fault | undefined> {
  if (path.vault?.kind !== 'recovery-services' || url === undefined) return undefined
  try {
    const request: Request = { url, what: { kind: 'operation', name: id }, whyNot: notOperation(id) }
    const milliseconds = limitWithin(patience, Number.POSITIVE_INFINITY)
    const late = () => new Fault('no whole answer by the deadline')
    const answer = await within({ ...patience, milliseconds, late }, (ended) =>
      resourceManager.send(request, ended),
    )
    return { operation: readOperation(answer.body), answer }
  } catch (error) {
    if (error instanceof Fault) return error
    if (error instanceof RefusedError) return undefined
    throw error
  }
}

/**
 * By the Location URL. Its end is the operation's success.
 *
 * @returns a refusal where that may be the operation's own failure
 */
async function readResult(
  { url, id }: OperationTarget,
  resourceManager: ResourceManager,
): Promise<OperationRead | RefusedError> {
  try {
    const answer = await resourceManager.read({
      url,
      what: { kind: 'operation', name: id },
      mayBeEmpty: true,
    })
    const operation = readOperation(answer.body)
    const runs = answer.status === 202 || operation.status === 'InProgress'
    return { operation: { ...operation, status: runs ? 'InProgress' : 'Succeeded' }, answer }
  } catch (error) {
    // A Location URL answers with the error of the request itself when the operation failed, so the status
    // under the same ID has to say whether it did (Resource Manager RPC, async-api-reference).
    if (!(error instanceof RefusedError) || error.status < 400 || [401, 403, 404].includes(error.status))
      throw error
    return error
  }
}

/**
 * Whether the end of a Location URL needs no status beside it: it names a job, or it is of what starts none and has no
 * status anywhere, an operation right below a fabric (refreshContainers, recorded: 202, then 204).
 */
function tellsAll({ operation, answer }: OperationRead, { path }: OperationTarget): boolean {
  const { rest, mapping } = path
  const [first = '', , word = ''] = rest
  const isFabrics = mapping === undefined && rest.length === 4
  const ofFabric = isFabrics && sameWord(first, 'backupFabrics') && sameWord(word, 'operationResults')
  return operation.jobIds.length > 0 || operation.unreadableJob || (ofFabric && answer.status === 204)
}

/** By the first of these URLs that is there. */
async function readStatus(
  urls: URL[],
  { id }: OperationTarget,
  resourceManager: ResourceManager,
): Promise<OperationRead & { url: URL }> {
  for (const [index, url] of urls.entries()) {
    try {
      const answer = await resourceManager.read({
        url,
        what: { kind: 'operation', name: id },
        whyNot: notOperation(id),
      })
      return { url, operation: readOperation(answer.body), answer }
    } catch (error) {
      const missing = error instanceof RefusedError && error.status === 404
      if (!missing || index === urls.length - 1) throw error
    }
  }
  throw new Error(`There is no URL to read operation ${id} by.`)
}

/** Whether it started a job, and how it went, cannot be told: that is no success. */
function noStatus({ message }: RefusedError): Error {
  return new Error(
    `it ended and named no job, and the vault has no status of it (${message}). If it started a job, give that as job-id.`,
  )
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
