/** The outputs, read as the next step of a workflow reads them. */
import type { Night } from '../play.ts'

/** One of `jobs`. */
export interface Entry {
  status: string
  conclusion: string
  jobId: string
  item: string
  operation: string
  startTime: string
  endTime: string
  errorCode: string
  recoveryPointId: string
  recoveryPointThreatStatus: string
}

/** From the worst to the best, as the documents have it. */
export const conclusions = ['error', 'failure', 'cancelled', 'timed-out', 'warning', 'pending', 'success']

export function entriesOf({ written }: Night): Entry[] {
  try {
    const jobs: unknown = JSON.parse(written.outputs.jobs ?? '')
    return Array.isArray(jobs) ? (jobs as Entry[]) : []
  } catch {
    return []
  }
}

/** That they are all there, well formed, and agree with one another and with the exit code. */
export function checkForm(night: Night, names: string[], say: (wrong: string) => void): void {
  const { written, plan } = night
  const { outputs } = written
  const entries = entriesOf(night)
  const set = Object.keys(outputs)
  const missing = names.filter((name) => !set.includes(name))
  const unknown = set.filter((name) => !names.includes(name))
  if (missing.length > 0) say(`outputs that are not set: ${missing.join(', ')}`)
  if (unknown.length > 0) say(`outputs that action.yml does not have: ${unknown.join(', ')}`)
  if (written.twice.length > 0) say(`outputs that are set twice: ${written.twice.join(', ')}`)
  if (entries.length === 0) say(`the output jobs is no list of jobs: ${outputs.jobs?.slice(0, 80)}`)
  const [worst] = entries
  const ranks = entries.map(({ conclusion }) => conclusions.indexOf(conclusion))
  if (ranks.includes(-1)) say('a conclusion that the documents do not have')
  if (ranks.some((rank, index) => rank < (ranks[index - 1] ?? 0))) say('jobs are not worst first')
  if (worst === undefined) return
  for (const [name, value] of [
    ['conclusion', worst.conclusion],
    ['status', worst.status],
    ['job-id', worst.jobId],
    ['item', worst.item],
    ['start-time', worst.startTime],
    ['end-time', worst.endTime],
    ['recovery-point-id', worst.recoveryPointId],
    ['recovery-point-threat-status', worst.recoveryPointThreatStatus],
  ] as const)
    if (outputs[name] !== value) say(`output ${name} is "${outputs[name]}", but the worst job has "${value}"`)
  for (const { startTime, endTime } of entries)
    for (const time of [startTime, endTime])
      if (time !== '' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time)) say(`"${time}" is no time`)
  if (plan.policy.failOn !== undefined && fails(night, entries) !== written.failed)
    say(
      `the step ${written.failed ? 'fails' : 'passes'} with fail-on ${plan.policy.failOn} and ${outputs.conclusion}`,
    )
  if (written.summary === '') say('there is no summary')
}

/** By the table of the documents. */
function fails({ plan, trace }: Night, entries: Entry[]): boolean {
  const { failOn } = plan.policy
  return entries.some(({ conclusion }) => {
    if (conclusion === 'error') return true
    if (failOn === 'never' || conclusion === 'success') return false
    if (conclusion === 'warning') return failOn === 'warning'
    return conclusion === 'pending' ? trace.signalledAt !== undefined : true
  })
}
