/** Whether a recovery point is there, and healthy, as the night has it. */
import type { Exchange } from '../model/trace.ts'
import type { JobPlan } from '../plan.ts'
import type { Night } from '../play.ts'
import type { Entry } from './entries.ts'

const minute = 60_000

/** What a good verdict needs. */
export function checkProof(
  night: Night,
  entry: Entry,
  job: JobPlan,
  name: string,
  say: (wrong: string) => void,
): void {
  const { plan, world, written } = night
  const at = written.outputsAt ?? 0
  if (job.pointAt === undefined || job.pointAt > at) say(`${name} has no recovery point`)
  if (entry.recoveryPointId !== world.pointId(job))
    say(`${name} made the recovery point ${world.pointId(job)}, not "${entry.recoveryPointId}"`)
  if (plan.policy.verify === 'healthy' && toldAt(night, job, at) !== 'Healthy')
    say(`${name} has a recovery point that is not known to be healthy`)
  checkStatus(night, entry, job, name, say)
}

/** That a point is missing, or its status, is known only ten minutes after the job's end, or at the deadline. */
export function checkLack(
  night: Night,
  entry: Entry,
  job: JobPlan,
  name: string,
  say: (wrong: string) => void,
): void {
  const { plan, trace, world } = night
  const look = looksAt(night, job).at(-1)
  if (look === undefined) {
    say(`${name} lacks its recovery point, which nobody looked for`)
    return
  }
  const isThere = job.pointAt !== undefined && job.pointAt <= look.at
  if (isThere && plan.policy.verify !== 'healthy') say(`${name} has its recovery point since ${job.pointAt}`)
  const told = isThere ? toldAt(night, job, look.at) : undefined
  if (told === 'Healthy') say(`${name} has a healthy recovery point since ${job.threat?.at}`)
  checkStatus(night, entry, job, name, say)
  // What is told, or never can be, needs no patience; it may have come about while the answer was on its way.
  const answeredAt = look.endedAt ?? look.at
  if (['UnHealthy', 'Warning', 'Odd'].includes(toldAt(night, job, answeredAt))) return
  const isSeen = job.pointAt !== undefined && job.pointAt <= answeredAt
  if (isSeen && (job.snapshotAt === undefined || world.troubles('old-cloud').length > 0)) return
  // Of a job that goes on after its snapshot, the time begins with the read that saw it; lists show none.
  const sees = ({ id, by }: { id: string; by: string }) => id === job.id && by === 'single'
  const seen = trace.exchanges.findLast(({ tells }) => tells.some(sees))?.at ?? 0
  const from = entry.status === 'InProgress' ? seen : (world.jobState(job, look.at).endedAt ?? look.at)
  const patient = Math.min(from + 10 * minute, plan.policy.timeoutMinutes * minute)
  if ((look.endedAt ?? look.at) < patient - 2_000)
    say(`${name} was given ${look.at} ms for its recovery point, not ${patient}`)
}

/** The output is what the last look was told. */
function checkStatus(
  night: Night,
  entry: Entry,
  job: JobPlan,
  name: string,
  say: (wrong: string) => void,
): void {
  const look = looksAt(night, job).at(-1)
  const may =
    look === undefined ? [''] : [look.at, look.endedAt ?? look.at].map((at) => toldAt(night, job, at))
  const status = entry.recoveryPointId === '' ? '' : entry.recoveryPointThreatStatus
  if (!may.includes(status)) say(`${name} has the threat status "${may.join(' or ')}", not "${status}"`)
}

/** The looks that were answered. */
function looksAt({ trace, world }: Night, job: JobPlan): Exchange[] {
  const path = `${world.itemId(job)}/recoveryPoints`.toLowerCase()
  return trace.exchanges.filter(
    ({ url, status }) => status === 200 && decodeURIComponent(url.pathname).toLowerCase() === path,
  )
}

/** The threat status that the service tells at a time; empty for none. */
function toldAt({ world }: Night, { pointAt, threat }: JobPlan, at: number): string {
  const isOld = world.troubles('old-cloud').length > 0
  if (isOld || threat === undefined || threat.at > at || pointAt === undefined || pointAt > at) return ''
  return threat.status
}
