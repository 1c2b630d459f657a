/** What a night is, as plain values: drawn from a seed, made smaller one by one, and played. */

/** Milliseconds since the night began; negative before it. */
export type Time = number

/** All of a night. */
export interface Plan {
  seed: number
  vaultKind: 'recovery-services' | 'backup'
  /** How the run is told what to follow. */
  given: 'status-url' | 'location-url' | 'both-urls' | 'job-id' | 'job-arm-id' | 'item' | 'all-items'
  /** Jobs run in a secondary region. */
  crossRegion: boolean
  policy: Policy
  operations: OperationPlan[]
  jobs: JobPlan[]
  /** Words of old api-versions, `Started` and `Succeeded`, in the place of today's. */
  oldWords: boolean
  /** Milliseconds that an answer takes, at the least and at the most. */
  latency: [number, number]
  troubles: Trouble[]
}

/** The inputs that decide. */
export interface Policy {
  waitFor: 'completion' | 'snapshot' | 'none'
  timeoutMinutes: number
  pollSeconds: number
  failOn: 'failure' | 'warning' | 'never'
  cancelJob: 'never' | 'on-timeout' | 'on-cancel' | 'always'
  verify: 'false' | 'true' | 'healthy'
  maxAgeHours?: number
  /** Where jobs start during the night. */
  appearWithinMinutes?: number
}

/** An operation that starts jobs, or not. */
export interface OperationPlan {
  id: string
  endsAt: Time
  status: 'Succeeded' | 'Failed' | 'Canceled'
  /** How it names its jobs: `jobId`, `jobIds`, ARM IDs in odd case; or it started none, or gives
   * something that nobody can read. */
  names: 'job' | 'jobs' | 'arm' | 'none' | 'unreadable'
  /** How many items it could start no job for. */
  failedItems: number
  /** Of a Location URL that has ended: with a body that names the job, or with none. */
  result: 'named' | 'empty'
}

/** A job, as it truly goes. */
export interface JobPlan {
  id: string
  /** Which of the two vaults. */
  vault: number
  /** The operation that starts it. */
  operation?: number
  item: string
  verb: 'Backup' | 'Restore' | 'ConfigureBackup'
  startsAt: Time
  /** Absent: it outlasts the night. */
  endsAt?: Time
  status: 'Completed' | 'CompletedWithWarnings' | 'Failed' | 'Cancelled'
  /** Of a VM's backup. */
  snapshotAt?: Time
  /** When its recovery point can be seen; absent: never. */
  pointAt?: Time
  /** What that point's threat status is, and from when on it is told; absent: never, as of all but VMs. */
  threat?: { status: 'Healthy' | 'UnHealthy' | 'Warning' | 'Unknown' | 'NotAvailable' | 'Odd'; at: Time }
  /** Older jobs of the same item, the newest first. */
  history: { id: string; startsAt: Time; status: JobPlan['status'] }[]
}

/** Ways in which one answer is none. */
export type FaultKind =
  | 'reset'
  | 'refused'
  | 'silence'
  | 'cut-off'
  | 'drip'
  | 'empty'
  | 'html'
  /** A whole answer, but of another job or operation. */
  | 'another'
  | '408'
  | '429'
  | '500'
  | '502'
  | '503'
  | '504'

/** What goes wrong, or only strangely. Times and counts are where it begins and how long it lasts. */
export type Trouble =
  /** Every request in this time. */
  | { kind: 'outage'; at: Time; for: number; how: FaultKind; retryAfter: number; asDate: boolean }
  /** So many requests, from the nth. */
  | { kind: 'faults'; nth: number; count: number; how: FaultKind; retryAfter: number; asDate: boolean }
  /** A refusal of one path, or of all of them. */
  | { kind: 'refusal'; at: Time; status: 400 | 403 | 404 | 409; job: number | 'all' }
  | { kind: 'redirect'; nth: number; status: 301 | 302 | 307 | 308; to: 'elsewhere' | 'region' }
  /** A thing that is not there yet. */
  | { kind: 'missing'; what: 'operation' | 'job'; index: number; for: number }
  /** Tokens that were issued before are refused. */
  | { kind: 'revoked'; at: Time }
  /** Every token is refused. */
  | { kind: 'unauthorised'; at: Time }
  | { kind: 'short-tokens'; minutes: number }
  | { kind: 'entra-outage'; at: Time; for: number; how: 'reset' | 'silence' | '503' | '429' }
  | { kind: 'entra-refusal'; at: Time }
  /** The machine's wall clock. */
  | { kind: 'clock-jump'; at: Time; by: number }
  /** Reads that show what was. */
  | { kind: 'stale'; at: Time; for: number; by: number }
  /** A list that knows of ends and beginnings only later. */
  | { kind: 'late-list'; by: number }
  | { kind: 'small-pages'; size: number }
  /** Answers that take long, and in no order. */
  | { kind: 'slow'; at: Time; for: number; most: number }
  | { kind: 'strange-status'; job: number; at: Time; for: number; word: string }
  | { kind: 'signal'; at: Time }
  /** The next page of every list and the vault's own Location lie on another host. */
  | { kind: 'evil-links' }
  /** Good answers ask for a pause too. */
  | { kind: 'asks-pauses'; seconds: number }
  | { kind: 'low-quota'; remaining: number }
  /** A cloud that has no newer api-version. */
  | { kind: 'old-cloud'; newest: string }
