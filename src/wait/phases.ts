/** When phases began and ended, as the reads saw it: the service gives tasks no times in most jobs (recorded). */
import type { Job } from '../domain/job.ts'
import type { ObservedPhase } from '../domain/outcome.ts'

/**
 * What is known after one more read.
 *
 * @param now milliseconds since 1970 by the service's clock
 */
export function observePhases(before: ObservedPhase[], job: Job, now: number): ObservedPhase[] {
  const first = before.length === 0
  return job.phases.map(({ name, status, startTime, endTime }, index) => {
    const known = before.find((phase) => phase.name === name)
    const running = status === 'InProgress'
    const waiting = status === 'NotStarted' || status === ''
    // The first phase begins with the job; any other when it is first seen running, but not after its own end.
    const begun = first && index === 0 ? job.startTime : Math.min(now, endTime ?? job.endTime ?? now)
    const startedAt =
      startTime ?? known?.startedAt ?? (running || (!waiting && known !== undefined) ? begun : undefined)
    const over = !running && !waiting
    const endedAt = over
      ? (endTime ?? known?.endedAt ?? (startedAt === undefined ? undefined : (job.endTime ?? now)))
      : undefined
    return { name, status, startedAt, endedAt }
  })
}
