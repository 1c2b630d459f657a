/** The live log: a line when something changes, and one every five minutes so that a person sees it live. */
import { elapsedSeconds, type Job } from '../job.ts'
import type { Log } from '../log.ts'
import type { Watcher } from '../wait/look.ts'
import { forPeople } from './format.ts'

const quietest = 5 * 60_000

/** A watcher that writes the log, one line a job at most for each read. */
export function progressLog(log: Log): Watcher {
  const last = new Map<string, { said: string; at: number }>()
  const report = (key: string, name: string, job: Job, now: number) => {
    const said = state(job)
    const before = last.get(key)
    if (before !== undefined && before.said === said && now - before.at < quietest) return
    last.set(key, { said, at: now })
    const seconds = elapsedSeconds(job, now)
    log.info(
      `${name}: ${[seconds === undefined ? '' : forPeople(seconds), said, detail(job)].filter((part) => part !== '').join(' · ')}`,
    )
  }
  return {
    jobRead: (job, now) =>
      report(`job ${job.id}`, [job.operation || 'Job', job.item || job.id].join(' '), job, now),
    operationRead: (operation, now) => report('operation', 'Operation', operation, now),
  }
}

/** What a change of deserves a line. */
function state(job: Job): string {
  const phases = job.phases.map(({ name, status }) => `${name} ${phaseWord(status)}`).join(', ')
  return [job.status, phases].filter((part) => part !== '').join(' · ')
}

function phaseWord(status: string): string {
  const words: Record<string, string> = {
    Completed: 'done',
    InProgress: 'running',
    NotStarted: 'not started',
  }
  return (Object.hasOwn(words, status) ? words[status] : undefined) ?? status
}

/** What moves all the time, and so stands in a line but is no reason for one. */
function detail(job: Job): string {
  const parts = [
    job.percent === undefined ? '' : `${job.percent} %`,
    ...job.phases.map((phase) => phase.details ?? ''),
    job.remainingSeconds === undefined ? '' : `${forPeople(job.remainingSeconds)} left`,
    job.size?.text ?? '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}
