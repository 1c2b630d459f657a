/**
 * The body of a job, of either kind of vault and of any workload, as a Job. It is read by its structure and not
 * by its type's name: types outside the SDK's list do occur (`AzureWorkloadJobV2`, recorded).
 */

import {
  cutSignatures,
  durationSeconds,
  type Fields,
  fields,
  isFields,
  list,
  longestText,
  number,
  type Size,
  size,
  sizeIn,
  text,
  time,
} from '../base/read.ts'
import { cut } from '../base/text.ts'
import { type Job, type JobError, normaliseStatus, type Phase, type Vault } from '../domain/job.ts'

/** How deep errors and bags are followed; two levels are recorded. */
const deepest = 20

/** By which one job is told from thousands. */
export type JobHead = Pick<
  Job,
  'operation' | 'item' | 'status' | 'startTime' | 'container' | 'server' | 'instanceId'
>

/** Reads of a job what tells whether it is one that is looked for: a fraction of the work of reading all of it. */
export function readHead(body: unknown): JobHead {
  const job = fields(fields(body).properties)
  const status = text(job.status)
  return {
    operation: text(job.operation) || text(job.operationCategory),
    item: text(job.entityFriendlyName) || text(job.backupInstanceFriendlyName) || text(job.dataSourceName),
    // A body without a status is no news of the job; it counts as running, like any unknown word.
    status: status === '' ? 'Unknown' : normaliseStatus(status),
    startTime: time(job.startTime),
    container: text(job.containerName) || text(job.storageAccountName),
    server: text(job.mabServerName),
    instanceId: text(job.backupInstanceId),
  }
}

/**
 * Reads a job.
 *
 * @param id the job's name, as it was asked for
 * @param vault as it was asked for; a cross-region job's own ID has none (recorded)
 * @param head what was read of it already
 */
export function readJob(body: unknown, id: string, vault: Vault, head: JobHead = readHead(body)): Job {
  const job = fields(fields(body).properties)
  const extended = fields(job.extendedInfo)
  const properties = propertiesOf(extended)
  return {
    id,
    vault,
    ...head,
    ...timesOf(job),
    durationSeconds: durationSeconds(job.duration),
    size: sizeOf(extended),
    phases: phasesOf(extended),
    errors: errorsOf(job, extended),
    properties,
    percent: percentOf(extended),
    remainingSeconds: durationSeconds(extended.estimatedRemainingDuration),
    activityId: text(job.activityId) || text(job.activityID),
    recoveryPointId: text(fields(extended.targetRecoverPoint).recoveryPointID),
  }
}

/** Recorded: an end in whole seconds, 0.3 s before its start in parts of them. */
const rounding = 1_000

/** Start and end, in milliseconds since 1970. A running job's end is 2001 (recorded, 2016): one before the start is none. */
export function timesOf({ startTime, endTime }: Fields): Record<'startTime' | 'endTime', number | undefined> {
  const [start, end] = [time(startTime), time(endTime)]
  const earliest = (start ?? 0) - rounding
  return { startTime: start, endTime: end !== undefined && end >= earliest ? end : undefined }
}

function percentOf(extended: Fields): number | undefined {
  const percent = number(extended.progressPercentage)
  return percent !== undefined && percent >= 0 && percent <= 100 ? percent : undefined
}

/** `tasksList` (Recovery Services) or `subTasks` (Backup vaults). Task IDs of the former are display text. */
function phasesOf(extended: Fields): Phase[] {
  const tasks = [...list(extended.tasksList), ...list(extended.subTasks)]
  return tasks.filter(isFields).flatMap((task) => {
    const name = text(task.taskName) || text(task.taskId)
    if (name === '') return []
    const { startTime, endTime } = timesOf(task)
    const details = text(task.taskExecutionDetails) || text(task.taskProgress)
    return {
      name,
      status: normaliseStatus(text(task.status) || text(task.taskStatus)),
      ...(startTime === undefined ? {} : { startTime }),
      ...(endTime === undefined ? {} : { endTime }),
      ...(details === '' ? {} : { details }),
    }
  })
}

/**
 * The property bag. A Backup vault has none; what its job made and worked with stands in fields of their own,
 * which are put together here so that the next step finds them.
 */
function propertiesOf(extended: Fields): Record<string, unknown> {
  const bag = [...entriesOf(extended.propertyBag), ...entriesOf(extended.additionalDetails)]
  for (const name of ['recoveryDestination', 'backupInstanceState']) {
    if (text(extended[name]) !== '') bag.push([name, cleaned(extended[name])])
  }
  for (const name of ['sourceRecoverPoint', 'targetRecoverPoint']) {
    const point = fields(extended[name])
    if (text(point.recoveryPointID) !== '') bag.push([`${name}Id`, text(point.recoveryPointID)])
    const at = time(point.recoveryPointTime)
    if (at !== undefined) bag.push([`${name}Time`, new Date(at).toISOString()])
  }
  return Object.fromEntries(bag)
}

/** Keys trimmed: `Recovery point time ` has a blank at its end (recorded). */
function entriesOf(bag: unknown, depth = 0): [string, unknown][] {
  return Object.entries(fields(bag)).flatMap(([key, value]) => {
    const name = text(key)
    return name === '' || value === null ? [] : [[name, cleaned(value, depth + 1)]]
  })
}

/** A value of any shape without signatures; nothing that is nested deeper than any bag was ever seen. */
function cleaned(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cutSignatures(cut(value, longestText))
  if (depth > deepest) return undefined
  if (Array.isArray(value)) return value.map((entry) => cleaned(entry, depth + 1))
  return isFields(value) ? Object.fromEntries(entriesOf(value, depth)) : value
}

/**
 * The size. VM backups have it with its unit (`Backup Size`: `19306 MB`), SQL, HANA and file shares only the
 * data transferred, its unit in the key (`Data Transferred (in MB)`: `20.1147`), Backup vaults a number of
 * bytes, misspelt by some versions (all recorded).
 */
function sizeOf(extended: Fields): Size | undefined {
  const bag = entriesOf(extended.propertyBag)
  for (const name of ['backup size', 'data transferred']) {
    for (const [key, value] of bag) {
      const [suffix = '', unit] = /\(in ([a-z]+)\)$/i.exec(key) ?? []
      if (
        key
          .slice(0, key.length - suffix.length)
          .trim()
          .toLowerCase() !== name
      )
        continue
      const found = unit === undefined ? size(value) : sizeIn(unit, value)
      if (found !== undefined) return found
    }
  }
  const bytes =
    number(extended.dataTransferredInBytes) ??
    number(extended.dataTransferedInBytes) ??
    bytesOfTasks(extended)
  return bytes === undefined || bytes < 0 || !Number.isSafeInteger(Math.round(bytes))
    ? undefined
    : { text: `${Math.round(bytes)} B`, bytes: Math.round(bytes) }
}

/** What a restore's tasks transferred, together (recorded: the job's own field is then null, and theirs a text). */
function bytesOfTasks(extended: Fields): number | undefined {
  const bytes = list(extended.subTasks)
    .map((task) => number(fields(fields(task).additionalDetails).DataTransferredInBytes))
    .filter((count) => count !== undefined)
  return bytes.length === 0 ? undefined : bytes.reduce((sum, count) => sum + count, 0)
}

function errorsOf(job: Fields, extended: Fields): JobError[] {
  const details = job.errorDetails
  const given = isFields(details) ? [details] : list(details)
  const warnings = list(extended.warningDetails).map((entry) => fields(entry).warning ?? entry)
  const errors = [...given, ...warnings].flatMap(readError)
  const dynamic = text(extended.dynamicErrorMessage)
  if (dynamic === '') return errors
  const [first, ...others] = errors
  if (first === undefined) return [{ code: '', message: dynamic, recommendations: [] }]
  return first.message.includes(dynamic) || first.cause
    ? errors
    : [{ ...first, cause: { code: '', message: dynamic } }, ...others]
}

/** One error, in either shape: Recovery Services (`errorCode`, `errorString`) or UserFacingError (`code`, `message`). */
export function readError(value: unknown): JobError[] {
  if (!isFields(value)) return []
  const title = text(value.errorTitle)
  const said = text(value.errorString) || text(value.message)
  const message = title === '' || title === said ? said : said === '' ? title : `${title}: ${said}`
  const code = text(value.errorCode) || text(value.code)
  const actions = [...list(value.recommendations), ...list(value.recommendedAction)]
  const recommendations = actions.map(text).filter((action) => action !== '')
  const cause = rootCause(value, 0)
  if (code === '' && message === '' && recommendations.length === 0 && cause === undefined) return []
  return [{ code, message, recommendations, ...(cause === undefined ? {} : { cause }) }]
}

/** The innermost of nested errors; `isUserError` in them tells nothing (recorded). */
function rootCause(error: Fields, depth: number): JobError['cause'] {
  if (depth > deepest) return undefined
  const inner = [...list(error.details), error.innerError, error.embeddedInnerError].find(isFields)
  if (inner === undefined) return undefined
  const deeper = rootCause(inner, depth + 1)
  if (deeper !== undefined) return deeper
  const detail = text(fields(inner.additionalInfo).DetailedNonLocalisedMessage)
  const cause = { code: text(inner.code), message: text(inner.message) || detail }
  return cause.code === '' && cause.message === '' ? undefined : cause
}
