/** Draws the nights whose gate runs before the backups do. */
import { dice } from './dice.ts'
import type { JobPlan, Policy } from './plan.ts'

const minute = 60_000
const hour = 60 * minute

/** What differs in such a night. */
export interface LateNight {
  jobs: JobPlan[]
  policy: Required<Pick<Policy, 'maxAgeHours' | 'appearWithinMinutes'>>
}

/**
 * Lets some of the jobs start during the night, and has the gate wait for them: long enough, mostly. Undefined for the
 * nights in which none does. It has dice of its own, so that all other nights stay what they were.
 */
export function drawLate(seed: number, jobs: JobPlan[]): LateNight | undefined {
  const draw = dice(seed, 'late')
  if (!draw.chance(0.4)) return undefined
  // Less than the age of any job before it, and no job's age comes near it.
  const maxAgeHours = draw.pick([0.5, 1, 2, 6, 12])
  const latest = draw.scale(minute, 3 * hour)
  const late = jobs.map((job) => {
    const near = Math.abs(maxAgeHours * hour + job.startsAt) <= 30 * minute
    return near || draw.chance(0.5) ? startingAt(job, draw.whole(1_000, latest)) : job
  })
  const last = Math.max(0, ...late.map(({ startsAt }) => startsAt)) / minute
  const minutes = draw.chance(0.7) ? last * draw.pick([1.1, 2]) + 8 : Math.max(0.1, last * draw.next())
  return { jobs: late, policy: { maxAgeHours, appearWithinMinutes: Number(minutes.toFixed(2)) } }
}

/** The same job at another time; those before it stay. */
function startingAt(job: JobPlan, startsAt: number): JobPlan {
  const later = (time: number) => time + startsAt - job.startsAt
  const { endsAt, snapshotAt, pointAt, threat } = job
  return {
    ...job,
    startsAt,
    ...(endsAt === undefined ? {} : { endsAt: later(endsAt) }),
    ...(snapshotAt === undefined ? {} : { snapshotAt: later(snapshotAt) }),
    ...(pointAt === undefined ? {} : { pointAt: later(pointAt) }),
    ...(threat === undefined ? {} : { threat: { ...threat, at: later(threat.at) } }),
  }
}
