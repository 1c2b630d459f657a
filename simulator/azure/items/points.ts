/** Recovery points, worked out from the jobs that made them. */
import { createHash } from 'node:crypto'
import { endOf, snapshotPart, viewOf } from '../world/timeline.ts'
import { type Instant, isoInstant } from '../world/values.ts'
import type { Job, World } from '../world/world.ts'
import { type ProtectedItem, partsOf } from './items.ts'

/** A recovery point. */
export interface Point {
  /** Unique: the activity ID of its job without dashes (recorded of Backup vaults), or as random. */
  key: string
  time: Instant
  /** Whether its data is still a snapshot beside the source, is in the vault, or both. */
  tier: 'snapshot' | 'both' | 'vault'
  /** Word for its consistency, or for the kind of backup; undefined for the usual one. */
  type: string | undefined
  /** Whether its job ended with warnings. */
  warned: boolean
  /** Its tiers, where they are not the usual ones. */
  tiers?: { type: string; status: string }[] | undefined
  /** When it expires, simulated milliseconds since the epoch. */
  expiresAt?: number | undefined
  /** What Microsoft Defender says of the source at its time; undefined for nothing (yet). */
  threat?: { status: string; threats: unknown[] | null } | undefined
}

const DAY_MS = 24 * 60 * 60 * 1000
const OLDER_POINTS = 3

/** The recovery points of an item that are there now, newest first. */
export function pointsOf(world: World, item: ProtectedItem): Point[] {
  const now = world.clock.now()
  const made = item.jobs
    .filter((job) => partsOf(job.kind.name)?.action === 'backup')
    .flatMap((job) => pointOf(job, now, item.source) ?? [])
  const first = item.jobs.at(-1)
  const count = first === undefined ? 0 : (world.quirks.olderPoints ?? OLDER_POINTS)
  const older = Array.from({ length: count }, (_, index): Point => {
    const days = index + 1
    const start = first?.startedAt ?? { ms: now, ticks: 0 }
    return {
      key: createHash('sha256').update(`${item.id} ${days}`).digest('hex').slice(0, 32),
      time: { ms: start.ms - days * DAY_MS, ticks: start.ticks },
      // Snapshots are kept for two days unless a policy says otherwise.
      tier: days > 2 ? 'vault' : 'both',
      type: undefined,
      warned: false,
    }
  })
  return [...made, ...older].sort((one, other) => other.time.ms - one.time.ms)
}

/**
 * The point that a job has made so far. A VM's is there when the snapshot is taken, and is in the vault too when
 * the job ends well; the snapshot stays, whatever becomes of the transfer. All others are there at the end.
 */
function pointOf(job: Job, now: number, source: string): Point | undefined {
  const { recoveryPointSeconds: delay, recoveryPointType: type } = job.options
  const view = viewOf(job, now)
  const good = view.ended && /^(completed|succe)/i.test(view.status)
  const warned = good && /warning/i.test(view.status)
  const key = job.activityId.replaceAll('-', '')
  if (delay === null) return undefined
  if (delay !== undefined && (!good || now < view.at.ms + delay * 1000)) return undefined
  const snapshot = source === 'vm' ? job.plannedSeconds * snapshotPart(job) : Infinity
  const taken = view.at.ms >= job.startedAt.ms + snapshot * 1000
  if (!good && !taken) return undefined
  // Within the job: of a VM while the snapshot is taken, of a disk shortly before the end (recorded: a job from
  // 12:00:04 to 12:03:12, points at 12:02:57 and the like).
  const part = source === 'vm' ? Math.min(1, snapshotPart(job)) / 2 : source === 'file-share' ? 0.3 : 0.92
  const { ms, ticks } = job.startedAt
  const time = { ms: Math.floor(ms + job.plannedSeconds * part * 1000), ticks }
  const { recoveryPointTiers: tiers, recoveryPointExpirySeconds: expiry } = job.options
  const over = endOf(job).at.ms
  const thereAt = delay === undefined ? Math.min(over, ms + snapshot * 1000) : over + delay * 1000
  return {
    key,
    time,
    tier: good ? 'both' : 'snapshot',
    type,
    warned,
    tiers,
    expiresAt: expiry === undefined ? undefined : time.ms + expiry * 1000,
    threat: threatOf(job, now, thereAt, time),
  }
}

function threatOf(job: Job, now: number, thereAt: number, time: Instant): Point['threat'] {
  const { threatStatus: status, threatSeconds = 0, threatInfo } = job.options
  if (status === undefined || now < thereAt + threatSeconds * 1000) return undefined
  const severity = { UnHealthy: 'High', Warning: 'Warning' }[status]
  const usual = severity === undefined ? [] : [threat(severity, time)]
  return { status, threats: threatInfo === undefined ? usual : threatInfo }
}

// Fields and words: ThreatInfo, ThreatSeverity and ThreatState of npm @azure/arm-recoveryservicesbackup (preview);
// what they say is made up, in the manner of Defender's alerts.
function threat(threatSeverity: string, { ms, ticks }: Instant) {
  return {
    threatTitle: 'Suspicious file encryption activity',
    threatDescription: 'Many files were rewritten with content of high entropy in a short time.',
    threatURI:
      'https://portal.azure.com/#blade/Microsoft_Azure_Security/AlertBlade/alertId/2517538088322968242',
    threatState: 'Active',
    threatSeverity,
    threatStartTime: isoInstant({ ms: ms - 3_600_000, ticks }),
    lastUpdatedTime: isoInstant({ ms: ms - 1_800_000, ticks }),
  }
}
