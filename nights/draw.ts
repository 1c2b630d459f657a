/** Draws a night from its seed. */
import { type Dice, dice } from './dice.ts'
import { drawLate } from './draw-late.ts'
import { drawTroubles } from './draw-troubles.ts'
import type { JobPlan, OperationPlan, Plan, Policy } from './plan.ts'

const minute = 60_000
const hour = 60 * minute

/** The night of a seed: the same every time. */
export function drawNight(seed: number): Plan {
  const draw = dice(seed, 'night')
  const vaultKind = draw.word({ 'recovery-services': 3, backup: 1 })
  const given = draw.word({
    'status-url': 5,
    'location-url': 2,
    'both-urls': 1,
    'job-id': 3,
    'job-arm-id': 2,
    item: 3,
    'all-items': 1,
  })
  const byUrl = given.endsWith('-url') || given === 'both-urls'
  const crossRegion =
    draw.chance(0.15) && (vaultKind === 'backup' ? given === 'job-id' : byUrl || given === 'job-id')
  const count = draw.word({ one: 12, few: 5, many: 3, fifty: 1 })
  const jobCount = { one: 1, few: draw.whole(2, 5), many: draw.whole(6, 20), fifty: 50 }[count]
  const operations = byUrl ? drawOperations(draw, jobCount, vaultKind === 'backup') : []
  // A second vault only where the IDs say which.
  const vaults = given === 'job-arm-id' || given === 'all-items' ? draw.whole(1, 2) : 1
  const pace = draw.word({ quick: 4, usual: 4, long: 1 })
  const byItem = given === 'item' || given === 'all-items'
  const drawn = Array.from({ length: jobCount }, (_, index) =>
    drawJob(draw, {
      index,
      vaultKind,
      operations,
      vault: index % vaults,
      pace,
      byItem,
    }),
  ).filter((job) => !byUrl || startsJobs(operations[job.operation ?? -1]))
  const late = byItem ? drawLate(seed, drawn) : undefined
  const jobs = late?.jobs ?? drawn
  const policy = { ...drawPolicy(draw, jobs, byItem), ...late?.policy }
  const plan: Plan = {
    seed,
    vaultKind,
    given,
    crossRegion,
    policy,
    operations,
    jobs,
    oldWords: vaultKind === 'backup' && draw.chance(0.3),
    latency: [draw.scale(5, 50), draw.scale(60, 2_000)],
    troubles: [],
  }
  return { ...plan, troubles: drawTroubles(draw, plan) }
}

function startsJobs(operation: OperationPlan | undefined): boolean {
  return operation?.status === 'Succeeded' && operation.names !== 'unreadable' && operation.names !== 'none'
}

function drawOperations(draw: Dice, jobCount: number, isBackup: boolean): OperationPlan[] {
  const count = draw.chance(0.7) ? 1 : Math.min(jobCount, draw.whole(1, 4))
  return Array.from({ length: count }, () => {
    const perOperation = Math.ceil(jobCount / count)
    const status = draw.word({ Succeeded: 16, Failed: 2, Canceled: 1 })
    const failedItems = perOperation > 1 && !isBackup && draw.chance(0.2) ? draw.whole(1, 3) : 0
    return {
      id: draw.guid(),
      endsAt: draw.chance(0.5) ? -1_000 : draw.scale(1_000, 10 * minute),
      status,
      names:
        perOperation > 1
          ? 'jobs'
          : isBackup
            ? draw.word({ job: 4, arm: 8, none: 1 })
            : draw.word({ job: 10, arm: 3, none: 1, unreadable: 1 }),
      failedItems,
      result: draw.word({ named: 1, empty: 1 }),
    }
  })
}

function drawJob(
  draw: Dice,
  about: {
    index: number
    vaultKind: Plan['vaultKind']
    operations: OperationPlan[]
    vault: number
    pace: 'quick' | 'usual' | 'long'
    byItem: boolean
  },
): JobPlan {
  const { index, operations, byItem } = about
  const operation = operations.length === 0 ? undefined : index % operations.length
  const started = operation === undefined ? undefined : operations[operation]?.endsAt
  const startsAt =
    started === undefined
      ? -draw.scale(byItem ? 6 * minute : 1_000, byItem ? 40 * hour : 3 * hour)
      : started - draw.whole(0, 900)
  const most = { quick: 10 * minute, usual: 2 * hour, long: 20 * hour }[about.pace]
  const takes = draw.scale(20_000, most)
  // A gate on last night finds what has ended long ago.
  const endsAt = draw.chance(0.05)
    ? undefined
    : byItem || draw.chance(0.1)
      ? startsAt + takes
      : Math.max(startsAt, 0) + takes
  const verb = byItem || draw.chance(0.75) ? 'Backup' : draw.word({ Restore: 2, ConfigureBackup: 1 })
  const isVm = about.vaultKind === 'recovery-services' && verb === 'Backup' && draw.chance(0.7)
  const snapshotAt = isVm ? startsAt + Math.round((takes * draw.whole(5, 80)) / 100) : undefined
  const pointAt =
    endsAt === undefined || verb !== 'Backup'
      ? undefined
      : draw.word({ before: 6, soon: 3, never: 2 }) === 'before'
        ? endsAt - 1_000
        : draw.chance(0.6)
          ? endsAt + draw.scale(1_000, 8 * minute)
          : undefined
  return {
    id: draw.guid(),
    vault: about.vault,
    ...(operation === undefined ? {} : { operation }),
    item: `item-${index}x`,
    verb,
    startsAt,
    ...(endsAt === undefined ? {} : { endsAt }),
    status: draw.word({ Completed: 14, CompletedWithWarnings: 2, Failed: 3, Cancelled: 2 }),
    ...(snapshotAt === undefined ? {} : { snapshotAt }),
    ...(pointAt === undefined ? {} : { pointAt }),
    ...(isVm && pointAt !== undefined ? drawThreat(draw, pointAt) : {}),
    history: byItem ? drawHistory(draw, startsAt) : [],
  }
}

function drawThreat(draw: Dice, pointAt: number): Pick<JobPlan, 'threat'> {
  if (draw.chance(0.15)) return {}
  const status = draw.word({ Healthy: 8, UnHealthy: 2, Warning: 1, Unknown: 1, NotAvailable: 1, Odd: 1 })
  return { threat: { status, at: draw.chance(0.6) ? pointAt : pointAt + draw.scale(1_000, 8 * minute) } }
}

function drawHistory(draw: Dice, startsAt: number): JobPlan['history'] {
  return Array.from({ length: draw.whole(0, 2) }, (_, index) => ({
    id: draw.guid(),
    startsAt: startsAt - (index + 1) * 24 * hour,
    status: draw.word({ Completed: 3, Failed: 1 }),
  }))
}

function drawPolicy(draw: Dice, jobs: JobPlan[], byItem: boolean): Policy {
  const longest = Math.max(minute, ...jobs.map(({ endsAt }) => endsAt ?? 0))
  const enough = (longest * draw.pick([1.1, 1.5, 3])) / minute + 12
  const tight = Math.max(0.1, (longest * draw.next()) / minute)
  const timeoutMinutes = Number((draw.chance(0.7) ? Math.min(enough, 350) : Math.min(tight, 350)).toFixed(2))
  const maxAgeHours = byItem && draw.chance(0.6) ? freshHours(draw, jobs) : undefined
  return {
    waitFor: draw.word({ completion: 8, snapshot: 2, none: 1 }),
    timeoutMinutes,
    pollSeconds: draw.pick([timeoutMinutes < 45 ? 1 : 30, 10, 30, 30, 30, 60, 300]),
    failOn: draw.word({ failure: 5, warning: 2, never: 1 }),
    cancelJob: draw.word({ never: 4, 'on-timeout': 1, 'on-cancel': 1, always: 1 }),
    verify: draw.word({ false: 10, true: 3, healthy: 3 }),
    ...(maxAgeHours === undefined ? {} : { maxAgeHours }),
  }
}

/** Hours that no job's age comes near, so that what is fresh is no question of seconds. */
function freshHours(draw: Dice, jobs: JobPlan[]): number | undefined {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const hours = draw.pick([0.5, 1, 2, 6, 12, 26, 48])
    if (jobs.every(({ startsAt }) => Math.abs(hours * hour + startsAt) > 30 * minute)) return hours
  }
  return undefined
}
