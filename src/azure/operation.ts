/** An operation's status: it tells whether a job was started, and which; never how the job went. */

import { fields, isFields, list, membersOf, sameWord, text } from '../base/read.ts'
import { type Job, type JobError, type JobReference, unreadJob } from '../domain/job.ts'
import { readError, timesOf } from './job-body.ts'
import { isMappingName, itemAt, parsePath, rootId, rootPath, vaultPath } from './paths.ts'
import type { OperationTarget } from './target.ts'
import { apiVersions } from './versions.ts'

/** What an answer says of an operation. */
export interface Operation {
  /** `InProgress`, `Succeeded`, `Failed` or `Canceled`; a word never seen before as it is. */
  status: string
  /** As given: names, or full ARM IDs in odd case. */
  jobIds: string[]
  /** Whether it names a job in a way that cannot be read. */
  unreadableJob: boolean
  /** Items whose jobs could not be started, each with the reason. */
  failedJobs: { item: string; error: JobError }[]
  /** Why it failed, or what a validation found. */
  errors: JobError[]
  startTime: number | undefined
  endTime: number | undefined
}

const words = new Map([
  ['inprogress', 'InProgress'],
  ['accepted', 'InProgress'],
  ['running', 'InProgress'],
  ['succeeded', 'Succeeded'],
  ['failed', 'Failed'],
  ['canceled', 'Canceled'],
  ['cancelled', 'Canceled'],
])

/** Whether the operation is over. An unknown word never is. */
export function operationEnded(operation: Operation): boolean {
  return ['Succeeded', 'Failed', 'Canceled'].includes(operation.status)
}

/** Whether the word is one that operations are known to use. */
export function isKnownOperationStatus(status: string): boolean {
  return [...words.values()].includes(status)
}

/** Reads an operation's status, or the result that a Location URL ends in. */
export function readOperation(body: unknown): Operation {
  const operation = fields(body)
  const properties = fields(operation.properties)
  const word = text(operation.status)
  const named = [operation, properties].flatMap((place) => [
    ...membersOf(place, 'jobId'),
    ...membersOf(place, 'jobIds').flatMap((many) =>
      Array.isArray(many) ? many.map((id) => id ?? '') : [many],
    ),
  ])
  const given = named.filter((id) => id !== null)
  const ids = given.map((id) => (typeof id === 'string' || typeof id === 'number' ? text(id) : ''))
  const validation = list(fields(properties.validateOperationResponse).validationResults)
  return {
    status: words.get(word.toLowerCase()) ?? word,
    jobIds: [...new Set(ids.filter((id) => id !== ''))],
    unreadableJob: ids.includes('') || (ids.length === 0 && mentionsJob(body)),
    failedJobs: [operation, properties]
      .flatMap((place) => membersOf(place, 'failedJobsError'))
      .flatMap(reasonsIn)
      .map(([item, reason]) => ({ item, error: failedJobError(reason) })),
    errors: [...operationError(operation.error), ...validation.flatMap(readError)],
    ...timesOf(operation),
  }
}

/**
 * Whether a job is named in a place that nobody has seen yet, at any depth or in JSON within a string. Where none is
 * known, that is no operation without a job.
 */
function mentionsJob(body: unknown): boolean {
  return /"jobids?\\*"\s*:\s*(?!null\b|\[\s*\])/i.test(JSON.stringify(body) ?? '')
}

/** By the items' names (recorded); of another shape without, for what has failed has to be told. */
function reasonsIn(failed: unknown): [item: string, reason: unknown][] {
  if (isFields(failed)) return Object.entries(failed)
  const reasons = Array.isArray(failed) ? failed : [failed]
  return reasons.filter((reason) => reason !== null && reason !== '').map((reason) => ['', reason])
}

function failedJobError(reason: unknown): JobError {
  const [error] = readError(reason)
  return error ?? { code: '', message: text(reason) || 'The job could not be started.', recommendations: [] }
}

/** A Backup vault's error has its recommendations in `additionalInfo[].info`, a UserFacingError (recorded). */
export function operationError(value: unknown): JobError[] {
  const [error] = readError(value)
  if (error === undefined) return []
  const infos = list(fields(value).additionalInfo).map((entry) => fields(entry).info)
  const [info] = infos.flatMap(readError)
  if (info === undefined || error.recommendations.length > 0) return [error]
  const cause = error.cause ?? info.cause
  return [{ ...error, recommendations: info.recommendations, ...(cause === undefined ? {} : { cause }) }]
}

/**
 * The URLs that tell the operation's status under the same ID, the likeliest first: what is asked when a
 * Location URL ends without naming a job. At our own api-version and without the signed query, which belongs to
 * the other URL (recorded: both give 200).
 */
export function statusUrls(target: OperationTarget, origin: string): URL[] {
  const { path, vault, id } = target
  const name = encodeURIComponent(id)
  const subscription = `/subscriptions/${encodeURIComponent(path.subscriptionId)}`
  if (path.kind === 'recovery-services') {
    if (path.vault === undefined) {
      if (path.location === undefined) return []
      const location = `${subscription}/providers/Microsoft.RecoveryServices/locations/${encodeURIComponent(path.location)}`
      return [withVersion(`${location}/backupCrrOperationsStatus/${name}`, origin, apiVersions.crossRegion)]
    }
    const root = rootPath(path.vault, path.mapping)
    const general = `${root}/backupOperations/${name}`
    const [first = '', second = ''] = path.rest
    const isValidation = /backupValidateOperation/i.test(first)
    if (path.mapping !== undefined) {
      // Below a mapping there are no backupOperations (spec).
      const places = isValidation
        ? ['backupValidateOperationsStatuses']
        : [...path.rest.slice(0, -2).map(encodeURIComponent), 'operationsStatus']
      return [withVersion([root, ...places, name].join('/'), origin, apiVersions.crossTenant)]
    }
    const special = isValidation
      ? `${root}/backupValidateOperationsStatuses/${name}`
      : sameWord(first, 'backupPolicies')
        ? `${root}/backupPolicies/${encodeURIComponent(second)}/operations/${name}`
        : undefined
    const paths =
      special === undefined
        ? [general]
        : special.includes('Validate')
          ? [special, general]
          : [general, special]
    return paths.map((one) => withVersion(one, origin, apiVersions.recoveryServices))
  }
  const scopes = [
    ...(path.location === undefined
      ? []
      : [
          `${subscription}/providers/Microsoft.DataProtection/locations/${encodeURIComponent(path.location)}`,
        ]),
    ...(vault === undefined ? [] : [vaultPath(vault)]),
    ...(path.resourceGroup === undefined || path.vault !== undefined
      ? []
      : [
          `${subscription}/resourceGroups/${encodeURIComponent(path.resourceGroup)}/providers/Microsoft.DataProtection`,
        ]),
  ]
  return scopes.map((scope) =>
    withVersion(`${scope}/operationStatus/${name}`, origin, apiVersions.backupVault),
  )
}

/** A URL at Resource Manager. */
export function withVersion(path: string, origin: string, version: string): URL {
  return new URL(`${path}?api-version=${version}`, origin)
}

/** A job that an operation started: where it is by its ARM ID, or else where the operation is. */
export function startedJob(
  jobId: string,
  target: OperationTarget,
): JobReference | { id: string; vault: undefined } {
  const path = parsePath(jobId)
  const id =
    jobId
      .split('/')
      .filter((segment) => segment !== '')
      .at(-1) ?? jobId
  const vault = path?.vault ?? target.vault
  if (vault === undefined) return { id, vault }
  const { mapping } = path ?? target.path
  // Its name would become part of a path; the whole is no job's name, which is an error.
  if (mapping !== undefined && !isMappingName(mapping)) return { id: jobId, vault: undefined }
  // A Recovery Services operation below a location is a cross-region one. A Backup vault's is one only where
  // its region is not the vault's own, which the vault has to be asked for; its jobs' IDs are bare (recorded).
  const region = path === undefined ? target.path.location : path.location
  const item = itemIdOf(target)
  return {
    id,
    vault,
    ...(region === undefined ? {} : { region }),
    ...(mapping === undefined ? {} : { mapping }),
    ...(item === undefined ? {} : { item }),
  }
}

/**
 * ARM ID of the item that the operation is of, where its URL tells. Put together anew: the URL may begin with
 * `/subscriptions//subscriptions/` (Microsoft: Restore Azure VMs using REST API), and has its names escaped.
 */
function itemIdOf({ path }: OperationTarget): string | undefined {
  const at = itemAt(path.rest)
  const names = path.rest.slice(0, at + 2)
  return path.vault === undefined || at < 0 || names.length < at + 2
    ? undefined
    : `${rootId(path.vault, path.mapping)}/${names.join('/')}`
}

/** The facts of an operation that started no job, or none yet. */
export function operationFacts(operation: Operation, target: OperationTarget): Job {
  return {
    ...unreadJob({ id: '', vault: target.vault }),
    item: itemOf(target),
    status: operation.status,
    startTime: operation.startTime,
    endTime: operationEnded(operation) ? operation.endTime : undefined,
    errors: operation.errors,
  }
}

/** The item's name, from `protectedItems/VM;iaasvmcontainerv2;group;name` or `backupInstances/name`. */
function itemOf({ path }: OperationTarget): string {
  const at = itemAt(path.rest)
  return at < 0 ? '' : (path.rest[at + 1]?.split(';').at(-1) ?? '')
}
