/** How an operation and its job are to go. */
import type { ArmError } from '../arm/errors.ts'

/** How an operation and its job are to go. Every duration is in simulated seconds. */
export interface StartOptions {
  /** Which kind; only for requests that do not say (a Backup vault's `backup` does not name the workload). */
  kind?: string
  subscriptionId?: string
  resourceGroup?: string
  vaultName?: string
  /** Friendly name of the protected item. */
  item?: string
  /** Sets apart items of the same friendly name: the resource group of a VM or disk, the account of a file share, the server of a database. */
  container?: string
  /** The recovery point is there so many seconds after a good end, whatever is usual; null for never. */
  recoveryPointSeconds?: number | null
  /** Its type: `CrashConsistent`, `Log` and the like. */
  recoveryPointType?: string
  /** Its tiers with their status (`Invalid`, `Valid`, `Disabled`, `Deleted`, `Rehydrated`), whatever is usual. */
  recoveryPointTiers?: { type: string; status: string }[]
  /** It expires so long after its time: told by the point and by the job's property bag. */
  recoveryPointExpirySeconds?: number
  /** Its `threatStatus`: `Healthy`, `UnHealthy`, `Warning`, `Unknown`, `NotAvailable` or any other word. Default: none. */
  threatStatus?: string
  /** The status, and the threats, are told only so long after the point is there. */
  threatSeconds?: number
  /** Its `threatInfo`. Default: one threat that fits `UnHealthy` or `Warning`, else none; null for no such field. */
  threatInfo?: unknown[] | null
  /** The `api-version` of the URLs that are given back. */
  apiVersion?: string
  /** How long the operation runs, and how it ends: `Succeeded`, `Failed`, `Canceled` or any other word. */
  operationSeconds?: number
  operationEnds?: string
  /** The error of an operation that failed; null for none at all. */
  operationError?: ArmError | null
  /** The operation succeeds and starts no job. */
  noJob?: boolean
  /** How long the job runs, and the status it ends with: any word. */
  seconds?: number
  ends?: string
  /** Its status word until then. Default: `InProgress`. */
  runs?: string
  /** How long its snapshot takes, where it has one. */
  snapshotSeconds?: number
  /** Its `errorDetails`. Default: one that fits a failure or a warning, none otherwise; null for none. */
  errors?: unknown[] | null
  /** Retry-After of its 202s. Default: that of the simulator. */
  retryAfterSeconds?: number
  /** `Backup Size` in MB, data transferred in MB, or bytes of a Backup vault (null and strings there too). */
  size?: number | string | null
  /** For so long after it was announced the job is not found. */
  notFoundSeconds?: number
  /** What becomes of a request to cancel: see README. Default: `accepted`. */
  cancel?: 'accepted' | 'refused' | 'refused-later'
  /** How long the job is `Cancelling`. */
  cancelSeconds?: number
  /** How many jobs a policy change starts, and what it could not start: item to message. */
  jobs?: number
  failedJobs?: Record<string, string>
  /** What a validation finds. */
  validationResults?: { code: string; message: string; recommendations?: string[] }[]
  /** The mapping of a cross-tenant restore. Default: `mapping-01`. */
  mapping?: string
  /** Signs the URLs, as the service does since 2024: some 3,300 characters each. */
  signed?: boolean
  /** Signs the blob URLs that a restore leaves in its property bag. */
  sasUrls?: boolean
  /** Durations as TimeSpan rather than ISO 8601. */
  timeSpan?: boolean
  /** `/Subscriptions/`, `/resourcegroups/` and the like in URLs and IDs. */
  oddCase?: boolean
  /** `?fabricName=Azure?api-version=…` in the URLs, as container operations have it. */
  malformedQuery?: boolean
  /** The job's ID in the operation's answer as bare GUID (or as full ARM ID), whatever is usual. */
  bareJobId?: boolean
  /** Properties of the job, and of its `extendedInfo`, that replace the usual ones; undefined removes one. */
  properties?: Record<string, unknown>
  extendedInfo?: Record<string, unknown>
}
