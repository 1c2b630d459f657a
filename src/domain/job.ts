/** The domain: what a job is, whatever kind of vault and workload it belongs to. */
import type { Size } from '../base/read.ts'
import { cut, plain } from '../base/text.ts'

/** The input `vault-type`: of Microsoft.RecoveryServices or Microsoft.DataProtection. */
export type VaultKind = 'recovery-services' | 'backup'

/** A vault, by the parts of its ARM ID. */
export interface Vault {
  kind: VaultKind
  subscriptionId: string
  resourceGroup: string
  name: string
}

/** A job that can be read. */
export interface JobReference {
  vault: Vault
  /** The job's name, mostly a GUID. */
  id: string
  /** The secondary region, for a cross-region job; it is read in another way (recorded). */
  region?: string
  /** The mapping to another tenant's vault below which a cross-tenant job stands, and nowhere else (spec). */
  mapping?: string
  /** ARM ID of the protected item, where it is known from where the job was found. */
  item?: string
}

/** A step of a job: a task of a Recovery Services job, a sub-task of a Backup vault's. */
export interface Phase {
  name: string
  status: string
  /** Milliseconds since 1970. */
  startTime?: number
  endTime?: number
  /** `115.13 GBs / 127 GBs Transferred`, on cross-region and disk restores (recorded). */
  details?: string
}

/** What a backup has made and a restore starts from. */
export interface RecoveryPoint {
  /** Its name. */
  id: string
  /** Milliseconds since 1970. */
  time: number
  /** Consistency or kind, and the tiers that it is in: `AppConsistent (InstantRP, HardenedRP)`. */
  type: string
  /** When it expires, in milliseconds since 1970, where the service tells it. */
  expiresAt?: number
  /** Absent where the service has no such thing: in Backup vaults, and in clouds that lack the api-version. */
  health?: Health
}

/** What Microsoft Defender for Cloud said of the source when the point was made; it scans no backup (ThreatInfo). */
export interface Health {
  /** `Healthy`, `UnHealthy`, `Warning`, `Unknown`, `NotAvailable`, or a word never seen before; empty for none yet. */
  status: string
  threats: Threat[]
}

/** A threat that was found in the source. */
export interface Threat {
  title: string
  severity: string
  state: string
  /** Milliseconds since 1970: when it began, or when it was last heard of. */
  time: number | undefined
}

const threatStatuses = ['Healthy', 'UnHealthy', 'Warning', 'Unknown', 'NotAvailable']

/** A threat status in today's spelling (KnownThreatStatus); a word never seen before as it is. */
export function normaliseThreatStatus(word: string): string {
  return threatStatuses.find((known) => known.toLowerCase() === word.toLowerCase()) ?? word
}

/** Whether the status says nothing either way: it may come later, or never, where source scan is not on. */
export function isUntold({ status }: Health): boolean {
  return ['', 'Unknown', 'NotAvailable'].includes(status)
}

/** What a job says of why it failed, or of what else went wrong. */
export interface JobError {
  /** `errorCode` or `code` as given; empty where the service gives none (MAB and DPM jobs). */
  code: string
  /** Title and text, or the message. */
  message: string
  recommendations: string[]
  /** The innermost error, where errors are nested (Backup vaults). */
  cause?: { code: string; message: string }
}

/** The facts of one job, or of an operation that started none (`id` is then empty). */
export interface Job {
  id: string
  vault: Vault | undefined
  operation: string
  /** The protected item's friendly name. */
  item: string
  /** The status, old spellings normalised; a word never seen before as it is. */
  status: string
  /** Milliseconds since 1970. */
  startTime: number | undefined
  endTime: number | undefined
  /** As the service tells it of a job that has ended. */
  durationSeconds: number | undefined
  size: Size | undefined
  phases: Phase[]
  errors: JobError[]
  /** The property bag, keys trimmed. */
  properties: Record<string, unknown>
  /** 0 to 100, where the service tells it. */
  percent: number | undefined
  /** Seconds left, where the service tells it. */
  remainingSeconds: number | undefined
  /** What Microsoft's support asks for. */
  activityId: string
  /** The container of the protected item, or its storage account; empty where the job does not tell. */
  container: string
  /** The computer of a MARS agent that the job ran on; empty where the job does not tell. */
  server: string
  /** ARM ID of the backup instance, of a job in a Backup vault. */
  instanceId: string
  /** The recovery point that the job made, where it tells (Backup vaults). */
  recoveryPointId: string
}

/** What is known of a job before it was read: where it is. */
export function unreadJob({ id, vault }: { id: string; vault: Vault | undefined }): Job {
  return {
    id,
    vault,
    operation: '',
    item: '',
    status: '',
    startTime: undefined,
    endTime: undefined,
    durationSeconds: undefined,
    size: undefined,
    phases: [],
    errors: [],
    properties: {},
    percent: undefined,
    remainingSeconds: undefined,
    activityId: '',
    container: '',
    server: '',
    instanceId: '',
    recoveryPointId: '',
  }
}

const words = new Map([
  ['completed', 'Completed'],
  ['succeeded', 'Completed'],
  ['success', 'Completed'],
  ['completedwithwarnings', 'CompletedWithWarnings'],
  ['completedwithwarning', 'CompletedWithWarnings'],
  ['successwithwarnings', 'CompletedWithWarnings'],
  ['successwithwarning', 'CompletedWithWarnings'],
  ['failed', 'Failed'],
  ['cancelled', 'Cancelled'],
  ['canceled', 'Cancelled'],
  ['inprogress', 'InProgress'],
  ['started', 'InProgress'],
  ['cancelling', 'Cancelling'],
  ['canceling', 'Cancelling'],
  ['paused', 'Paused'],
])

const running = new Set(['InProgress', 'Cancelling', 'Paused'])
const terminal = new Set(['Completed', 'CompletedWithWarnings', 'Failed', 'Cancelled'])
/** Words of an operation that started no job, and so is told of in the place of one. */
const terminalOfOperations = new Set(['Succeeded', 'Canceled'])

/**
 * A job's status in today's spelling. Backup vaults say `Started` and `Succeeded` in the spec's examples and
 * `InProgress` and `Completed` on the wire (recorded); the case differs too.
 */
export function normaliseStatus(word: string): string {
  return words.get(word.toLowerCase()) ?? word
}

/** Whether the job, or the operation that started none, is over. An unknown word never is. */
export function hasEnded(job: Job): boolean {
  return terminal.has(job.status) || terminalOfOperations.has(job.status)
}

/** Whether the status is a word that Azure Backup is known to use. */
export function isKnownStatus(status: string): boolean {
  return running.has(status) || terminal.has(status)
}

/** What a status that nobody knows counts as; `what` is `Job 1` or `Operation 1`. */
export function unknownStatus(what: string, status: string): string {
  return `${what} has the status "${plain(cut(status, 100))}", which this action does not know. It counts as running, never as success.`
}

/**
 * The snapshot's phases, told by their task and not by the job's kind. Task IDs are display text (recorded); tasks of
 * one name may be several, with an `instanceId` each (types: AzureIaaSVMJobTaskDetails).
 */
export function snapshotPhases(job: Job): Phase[] {
  return job.phases.filter((phase) => phase.name.toLowerCase() === 'take snapshot')
}

/** Whether the snapshot is taken, all of it; undefined for a job without that phase. */
export function snapshotCompleted(job: Job): boolean | undefined {
  const phases = snapshotPhases(job)
  return phases.length === 0 ? undefined : phases.every(({ status }) => status === 'Completed')
}

/**
 * How long the job took, in seconds, or has been running.
 *
 * @param now milliseconds since 1970 by the service's clock
 */
export function elapsedSeconds(job: Job, now: number): number | undefined {
  if (hasEnded(job) && job.durationSeconds) return job.durationSeconds
  const end = job.endTime ?? (hasEnded(job) ? undefined : now)
  if (job.startTime === undefined || end === undefined) return job.durationSeconds
  return Math.max(0, (end - job.startTime) / 1000)
}
