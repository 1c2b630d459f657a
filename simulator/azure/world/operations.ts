/** Operations: how a request becomes one, and what its URLs answer as time goes by. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Answer } from '../../http/exchange.ts'
import type { StartOptions } from './options.ts'
import {
  backupVaultOperationId,
  crossRegionOperationId,
  dotNetTicks,
  type Instant,
  instant,
  isoInstant,
  isoSeconds,
} from './values.ts'
import { vaultId } from './vault.ts'
import { API_VERSIONS, type Job, type Kind, type Operation, type Target, type World } from './world.ts'

const DEFAULT_ERROR = {
  code: 'UserErrorVmNotInDesirableState',
  message: 'VM is not in a state that allows backups.',
}

/** Starts an operation and what it starts. `requestPath` is the decoded path of the request. */
export function begin(
  world: World,
  kind: Kind,
  target: Target,
  requestPath: string,
  options: StartOptions,
): Operation {
  const now = world.clock.now()
  const id =
    kind.form === 'backup-vault'
      ? backupVaultOperationId()
      : kind.form === 'cross-region'
        ? crossRegionOperationId()
        : randomUUID()
  const ends = options.operationEnds ?? 'Succeeded'
  const seconds = options.seconds ?? kind.seconds
  const taken =
    options.operationSeconds ?? (kind.operationSeconds === 'job' ? seconds : kind.operationSeconds)
  const startedAt = instant(now)
  const jobs = ends === 'Succeeded' && !options.noJob ? makeJobs(kind, target, options, startedAt) : []
  const mapping = /\/backupCrossTenantVaultMappings\/([^/]+)/i.exec(requestPath)?.[1]
  for (const job of jobs) job.mapping = mapping
  const paths = kind.paths(requestPath, id, target.vault)
  const cased = (path: string) => (options.oddCase ? oddCase(path) : path)
  const operation: Operation = {
    id,
    kind,
    vault: target.vault,
    statusPath: cased(paths.status),
    resultPath: cased(paths.result),
    ...(mapping === undefined
      ? fallbackPaths(kind, target, id)
      : { otherStatusPaths: [], otherResultPaths: [] }),
    statusQuery: paths.status === '' ? '' : query(world, kind, options),
    resultQuery: query(world, kind, options),
    startedAt,
    endsAt: instant(now + taken * 1000),
    ends,
    error:
      options.operationError === null ? undefined : (options.operationError ?? kind.failure ?? DEFAULT_ERROR),
    properties: outcome(world, kind, target, jobs, options),
    result: kind.result?.(world, target, options) ?? { status: 204 },
    jobs,
    retryAfterSeconds: options.retryAfterSeconds ?? world.retryAfterSeconds,
  }
  world.operations.set(id, operation)
  for (const job of jobs) world.jobs.set(job.id, job)
  return operation
}

function makeJobs(kind: Kind, target: Target, options: StartOptions, startedAt: Instant): Job[] {
  const count = kind.jobs === 'none' ? 0 : kind.jobs === 'many' ? (options.jobs ?? 3) : 1
  const seconds = options.seconds ?? kind.seconds
  return Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    kind,
    vault: target.vault,
    item: count > 1 ? `${target.item}-${index + 1}` : target.item,
    plannedSeconds: seconds,
    secondaryRegion: kind.secondary ? target.vault.secondaryLocation : undefined,
    // The same instant as the operation's (recorded).
    startedAt,
    endsAt: instant(startedAt.ms + seconds * 1000),
    ends: options.ends ?? 'Completed',
    visibleAt: startedAt.ms + (options.notFoundSeconds ?? 0) * 1000,
    activityId: randomUUID(),
    cancelledAt: undefined,
    options,
  }))
}

function outcome(world: World, kind: Kind, target: Target, jobs: Job[], options: StartOptions) {
  const own = kind.outcome?.(world, options)
  const [first] = jobs
  if (first === undefined || own !== undefined) return own
  if (kind.jobs === 'many') {
    return {
      objectType: 'OperationStatusJobsExtendedInfo',
      jobIds: jobs.map((job) => job.id),
      failedJobsError: options.failedJobs ?? {},
    }
  }
  if (kind.form !== 'backup-vault') return { objectType: 'OperationStatusJobExtendedInfo', jobId: first.id }
  // A bare GUID where the job runs in another region, else its full ID (both recorded).
  const full = `${vaultId(target.vault)}/backupJobs/${first.id}`
  const jobId = (options.bareJobId ?? kind.secondary) ? first.id : options.oddCase ? oddCase(full) : full
  return { jobId, objectType: 'OperationJobExtendedInfo' }
}

/** The operation's status: 200 with its body, whatever became of it. */
export function statusAnswer(world: World, operation: Operation, path: string): Answer {
  const { kind, startedAt, endsAt } = operation
  const over = world.clock.now() >= endsAt.ms
  const plain = kind.form === 'recovery-services'
  const vaultForm = kind.form === 'backup-vault'
  const succeeded = over && operation.ends === 'Succeeded'
  const failed = over && /^(failed|cancell?ed)$/i.test(operation.ends)
  return {
    status: 200,
    body: {
      id: plain ? operation.id : path,
      name: operation.id,
      status: over ? operation.ends : vaultForm ? 'Inprogress' : 'InProgress',
      startTime: isoInstant(startedAt),
      // In a Recovery Services vault the end of an operation equals its start (recorded).
      endTime: over
        ? plain
          ? isoInstant(startedAt)
          : isoSeconds(endsAt)
        : `0001-01-01T00:00:00${vaultForm ? 'Z' : ''}`,
      ...(succeeded && operation.properties ? { properties: operation.properties } : {}),
      ...(failed && operation.error ? { error: operation.error } : {}),
    },
  }
}

/** The operation's result: 202 until it is over, then what it came to (Microsoft: Track asynchronous operations). */
export function resultAnswer(world: World, operation: Operation, origin: string): Answer {
  if (world.clock.now() < operation.endsAt.ms) return accepted(operation, origin)
  if (operation.ends !== 'Succeeded') {
    const error = operation.error ?? { code: 'InternalServerError', message: 'The operation failed.' }
    return { status: 400, body: { error } }
  }
  // A Backup vault's result names the job, or only its own type where there is none (recorded).
  if (operation.kind.form !== 'backup-vault') return operation.result
  const headers = { 'Azure-AsyncOperation': statusUrl(operation, origin) }
  return { status: 200, headers, body: operation.properties ?? { objectType: 'OperationJobExtendedInfo' } }
}

/** 202 with the operation's URLs. */
export function accepted(operation: Operation, origin: string): Answer {
  return {
    status: 202,
    headers: {
      ...(operation.statusPath === '' ? {} : { 'Azure-AsyncOperation': statusUrl(operation, origin) }),
      ...(operation.resultPath === '' ? {} : { Location: resultUrl(operation, origin) }),
      'Retry-After': String(operation.retryAfterSeconds),
    },
  }
}

/** The URL of its status; empty where it has none. */
export function statusUrl(operation: Operation, origin: string): string {
  return operation.statusPath === '' ? '' : origin + operation.statusPath + operation.statusQuery
}

/** The URL of its result; empty where it has none. */
export function resultUrl(operation: Operation, origin: string): string {
  return operation.resultPath === '' ? '' : origin + operation.resultPath + operation.resultQuery
}

/** Whether a decoded path shows the operation's status or its result; undefined for neither. */
export function roleOf(operation: Operation, path: string): 'status' | 'result' | undefined {
  const same = (one: string) => one.toLowerCase() === path.toLowerCase()
  if ([operation.statusPath, ...operation.otherStatusPaths].some(same)) return 'status'
  return [operation.resultPath, ...operation.otherResultPaths].some(same) ? 'result' : undefined
}

// The same ID resolves at the vault too (recorded: the CLI asks there), a Backup vault's in three scopes.
function fallbackPaths(kind: Kind, { vault }: Target, id: string) {
  const { subscriptionId, resourceGroup, location } = vault
  if (kind.form === 'recovery-services') {
    const base = vaultId(vault)
    return {
      otherStatusPaths: [`${base}/backupOperations/${id}`],
      otherResultPaths: [`${base}/backupOperationResults/${id}`],
    }
  }
  if (kind.form === 'cross-region') return { otherStatusPaths: [], otherResultPaths: [] }
  const scopes = [
    vaultId(vault),
    `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.DataProtection`,
    ...[location, vault.secondaryLocation].map(
      (region) => `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection/locations/${region}`,
    ),
  ]
  return {
    otherStatusPaths: scopes.map((scope) => `${scope}/operationStatus/${id}`),
    otherResultPaths: scopes.map((scope) => `${scope}/operationResults/${id}`),
  }
}

// 3,270 to 3,311 characters a URL since early 2024, in base64url without padding (recorded).
function query(world: World, kind: Kind, options: StartOptions): string {
  const version = options.apiVersion ?? kind.apiVersion ?? API_VERSIONS[kind.form]
  const plain = `?${options.malformedQuery ? 'fabricName=Azure?' : ''}api-version=${version}`
  if (!options.signed) return plain
  const noise = (bytes: number) => randomBytes(bytes).toString('base64url')
  const values = { t: dotNetTicks(world.clock.now()), c: noise(1950), s: noise(256), h: noise(32) }
  world.secrets.push(...Object.values(values))
  return Object.entries(values).reduce((text, [key, value]) => `${text}&${key}=${value}`, plain)
}

// Spellings seen in recordings.
function oddCase(path: string): string {
  return path
    .replace('/subscriptions/', '/Subscriptions/')
    .replace('/resourceGroups/', '/resourcegroups/')
    .replace('Microsoft.RecoveryServices', 'microsoft.recoveryservices')
    .replace('/backupVaults/', '/BackupVaults/')
}
