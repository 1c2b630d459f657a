/** Whether a run waits for jobs that start during the night as long as it was told to. */
import type { JobPlan } from '../plan.ts'
import type { Night } from '../play.ts'
import type { Entry } from './entries.ts'
import { checkProgress } from './excuses.ts'

const minute = 60_000
const hour = 60 * minute

/** An item fails for having no job only when the time for one to start is over, and none has been there to be seen. */
export function checkAppearing(night: Night, entry: Entry, job: JobPlan, say: (wrong: string) => void): void {
  const { plan, written, world } = night
  const { waitFor, maxAgeHours, appearWithinMinutes = 0 } = plan.policy
  const until = waitFor === 'none' ? 0 : appearWithinMinutes * minute
  const isFound = entry.jobId === job.id && -job.startsAt / hour <= (maxAgeHours ?? Number.POSITIVE_INFINITY)
  if (isFound || until === 0) return
  if (entry.conclusion === 'failure' && (written.outputsAt ?? 0) < until - 2_000)
    say(`item ${job.item} fails ${written.outputsAt} ms after the start, and a job had ${until} ms to start`)
  if (job.startsAt <= 0) return
  const lag = world.troubles('late-list').concat(world.troubles('stale') as never[])
  const shownAt = job.startsAt + lag.reduce((most, { by }) => most + by, 0)
  if (entry.conclusion === 'failure' && shownAt < until - 1_000)
    say(`item ${job.item} fails for having no job, which is there since ${shownAt} ms; it had ${until} ms`)
  if (entry.conclusion === 'timed-out') checkProgress(night, entry, shownAt, say)
}
