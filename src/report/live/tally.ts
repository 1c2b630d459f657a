/** Many jobs in one line: how many have which status, and what has ended badly since the last line. */

import { counted, cut, grouped } from '../../base/text.ts'
import { hasEnded, type Job } from '../../domain/job.ts'

/** Kept by the read, for each of a thousand jobs is read every half minute. */
export interface Tally {
  readonly size: number
  /** Whether reading this job again begins another round of reads. */
  beginsRound(id: string): boolean
  note(name: string, job: Job): void
  /** Whether every job has ended. */
  isOver(): boolean
  /** `12 jobs: 3 InProgress, 9 Completed`. */
  text(): string
  /** ` · new: Backup vm-7 Failed`, once; empty where there is nothing new. */
  takeNews(): string
}

const mostStatuses = 10
const mostNames = 5

/** Counts nothing yet. */
export function createTally(): Tally {
  const statuses = new Map<string, string>()
  const counts = new Map<string, number>()
  const news: string[] = []
  let round = new Set<string>()
  let ended = 0

  return {
    get size() {
      return statuses.size
    },
    beginsRound: (id) => round.has(id),
    note(name, job) {
      if (round.has(job.id)) round = new Set()
      round.add(job.id)
      const before = statuses.get(job.id)
      if (before === job.status) return
      if (before !== undefined) counts.set(before, (counts.get(before) ?? 1) - 1)
      statuses.set(job.id, job.status)
      counts.set(job.status, (counts.get(job.status) ?? 0) + 1)
      if (!hasEnded(job)) return
      ended += 1
      if (job.status !== 'Completed') news.push(`${cut(name, 80)} ${job.status}`)
    },
    isOver: () => ended === statuses.size,
    text() {
      const parts = [...counts]
        .filter(([, count]) => count > 0)
        .sort(([one], [other]) => one.localeCompare(other))
        .slice(0, mostStatuses)
        .map(([status, count]) => `${grouped(count)} ${cut(status, 40)}`)
      return `${counted(statuses.size, 'job')}: ${parts.join(', ')}`
    },
    takeNews() {
      const all = news.splice(0)
      const left = all.length - mostNames
      const named = [...all.slice(0, mostNames), ...(left > 0 ? [`${left} more`] : [])]
      return named.length === 0 ? '' : ` · new: ${named.join(', ')}`
    },
  }
}
