/** Whether what a run says of each job is true. */
import type { JobPlan, OperationPlan } from '../plan.ts'
import type { Night } from '../play.ts'
import { checkAppearing } from './appearing.ts'
import { type Entry, entriesOf } from './entries.ts'
import { checkProgress, excuses } from './excuses.ts'
import { checkLack, checkProof } from './points.ts'

const minute = 60_000
const hour = 60 * minute

const words: Record<string, string> = {
  started: 'InProgress',
  inprogress: 'InProgress',
  succeeded: 'Completed',
  completed: 'Completed',
  completedwithwarnings: 'CompletedWithWarnings',
  failed: 'Failed',
  canceled: 'Cancelled',
  cancelled: 'Cancelled',
  cancelling: 'Cancelling',
}
const last = ['Completed', 'CompletedWithWarnings', 'Failed', 'Cancelled']

/** Every job that was given is told of once, and truly. */
export function checkVerdicts(night: Night, say: (wrong: string) => void): void {
  const { plan, world } = night
  const entries = entriesOf(night)
  const left = new Set(entries)
  const take = (fits: (entry: Entry) => boolean) => {
    const found = entries.filter((entry) => left.has(entry) && fits(entry))
    for (const entry of found) left.delete(entry)
    return found
  }
  const byJob = new Map(plan.jobs.map((job) => [job, take(({ jobId }) => jobId === job.id)]))
  if (plan.given === 'item' || plan.given === 'all-items') {
    for (const job of plan.jobs) {
      const known = [...(byJob.get(job) ?? []), ...take(({ item }) => item === job.item)]
      if (known.length === 1 && known[0] !== undefined) checkItem(night, known[0], job, say)
      else if (!nothingFound(entries, left, night)) say(`item ${job.item} is told of ${known.length} times`)
    }
    for (const entry of left) checkError(night, entry, say)
    return
  }
  for (const [job, own] of byJob) {
    if (own.length > 1) say(`job ${job.id} is told of ${own.length} times`)
    for (const entry of own) checkJob(night, entry, job, say)
    if (own.length === 0 && job.operation === undefined && !nothingFound(entries, left, night))
      say(`job ${job.id} is lost`)
  }
  const open: OperationPlan[] = []
  let failedItems = 0
  for (const operation of plan.operations) {
    const jobs = world.jobsOf(operation)
    const told = jobs.filter((job) => (byJob.get(job) ?? []).length > 0).length
    if (told > 0 && told < jobs.length)
      say(`operation ${operation.id} started ${jobs.length} jobs, ${told} are told of`)
    if (told === 0) open.push(operation)
    else failedItems += operation.failedItems
  }
  checkOperations(night, [...left], open, failedItems, say)
}

/** What could not even begin is told in one line. */
function nothingFound(entries: Entry[], left: Set<Entry>, night: Night): boolean {
  const [only] = entries
  if (only === undefined || entries.length !== 1 || !left.has(only) || only.jobId !== '') return false
  return night.plan.given === 'all-items' || night.plan.given === 'item' || only.conclusion === 'error'
}

function checkOperations(
  night: Night,
  entries: Entry[],
  open: OperationPlan[],
  failedItems: number,
  say: (wrong: string) => void,
): void {
  const { written, world } = night
  const at = written.outputsAt ?? 0
  const ended = open.filter((one) => world.operationStatus(one, at) !== 'InProgress')
  const most: Record<string, number> = {
    success: ended.filter(
      (one) => one.status === 'Succeeded' && one.names === 'none' && one.failedItems === 0,
    ).length,
    failure:
      ended.filter((one) => one.status === 'Failed').length +
      failedItems +
      sum(ended.map((one) => one.failedItems)),
    cancelled: ended.filter((one) => one.status === 'Canceled').length,
    warning: 0,
  }
  for (const [conclusion, limit] of Object.entries(most)) {
    const count = entries.filter((entry) => entry.conclusion === conclusion).length
    if (count > limit) say(`${count} operations are told of as ${conclusion}, and ${limit} are`)
  }
  for (const entry of entries) {
    if (entry.jobId !== '') say(`"${entry.jobId}" is told of, and is no job that was given`)
    if (entry.conclusion === 'error' && open.some(({ names }) => names === 'unreadable')) continue
    checkError(night, entry, say)
    checkTime(night, entry, say)
    const since = Math.max(0, ...open.map(({ endsAt }) => endsAt))
    if (entry.conclusion === 'timed-out') checkProgress(night, entry, since, say)
  }
  if (entries.length < open.length + failedItems && entries.every(({ conclusion }) => conclusion !== 'error'))
    say(`of ${open.length} operations and ${failedItems} items without a job, ${entries.length} are told of`)
}

function checkItem(night: Night, entry: Entry, job: JobPlan, say: (wrong: string) => void): void {
  const { plan, written } = night
  const { maxAgeHours } = plan.policy
  const age = -job.startsAt / hour
  const isNewest = entry.jobId === job.id
  checkAppearing(night, entry, job, say)
  if (entry.conclusion === 'failure' && maxAgeHours !== undefined) {
    if (age + (written.outputsAt ?? 0) / hour > maxAgeHours) return
    if (!isNewest && job.startsAt > 0) return
    if (!isNewest)
      say(
        `item ${job.item} has a job ${age.toFixed(1)} h old, and fails for having none within ${maxAgeHours} h`,
      )
  }
  if (entry.jobId !== '' && !isNewest)
    say(`item ${job.item} is judged by job ${entry.jobId}, which is not its newest`)
  if (['success', 'warning'].includes(entry.conclusion) && maxAgeHours !== undefined && age > maxAgeHours)
    say(`item ${job.item} passes with a job ${age.toFixed(1)} h old; ${maxAgeHours} h were allowed`)
  if (isNewest) checkJob(night, entry, job, say)
  else {
    if (['success', 'warning', 'cancelled'].includes(entry.conclusion))
      say(`item ${job.item} is ${entry.conclusion} without a job`)
    checkError(night, entry, say)
    checkTime(night, entry, say)
  }
}

function checkJob(night: Night, entry: Entry, job: JobPlan, say: (wrong: string) => void): void {
  const { plan, world, written } = night
  const { waitFor, verify } = plan.policy
  const at = written.outputsAt ?? 0
  const truth = world.jobState(job, at)
  const name = `job ${job.id} (${entry.status}, ${entry.conclusion}; truly ${truth.status})`
  const ended = truth.endedAt !== undefined
  const bySnapshot = waitFor === 'snapshot' && entry.status === 'InProgress'
  const good = entry.conclusion === 'success' || entry.conclusion === 'warning'
  const proves = verify !== 'false' && job.verb === 'Backup'
  if (entry.conclusion === 'success') {
    if (bySnapshot ? truth.snapshot !== 'Completed' : truth.status !== 'Completed')
      say(`${name} is told of as a success, and is none`)
  }
  if (entry.conclusion === 'warning' && truth.status !== 'CompletedWithWarnings')
    say(`${name} has no warnings`)
  if (entry.conclusion === 'cancelled' && truth.status !== 'Cancelled') say(`${name} was not cancelled`)
  if (good && proves) checkProof(night, entry, job, name, say)
  if (entry.conclusion === 'failure' && truth.status !== 'Failed') {
    if (!proves || entry.status === 'Failed') say(`${name} has not failed`)
    else checkLack(night, entry, job, name, say)
  }
  checkServed(night, entry, job, name, say)
  checkError(night, entry, say)
  checkTime(night, entry, say)
  if (entry.conclusion === 'timed-out' && ended && verify === 'false')
    checkProgress(night, entry, truth.endedAt ?? 0, say)
  if (entry.conclusion === 'pending' && waitFor !== 'none' && night.trace.signalledAt === undefined)
    say(`${name} is pending, and nobody stopped the run`)
}

/** The facts are those of the last body that was served. */
function checkServed(
  night: Night,
  entry: Entry,
  job: JobPlan,
  name: string,
  say: (wrong: string) => void,
): void {
  const { trace, world } = night
  const told = trace.exchanges.flatMap(({ tells, endedAt = 0 }) =>
    tells
      .filter(({ id }) => id === job.id)
      .map((one) => ({ ...one, status: words[one.status.toLowerCase()] ?? one.status, endedAt })),
  )
  const singles = told.filter(({ by }) => by === 'single').map(({ status }) => status)
  const lists = told.filter(({ by }) => by === 'list').map(({ status }) => status)
  if (entry.status === '') {
    if (entry.conclusion !== 'error' && entry.conclusion !== 'timed-out' && entry.conclusion !== 'pending')
      say(`${name} has no status`)
    return
  }
  const final = last.includes(entry.status)
  // An answer that comes as the run is stopped may count or not.
  if (entry.conclusion === 'error' && lists.includes(entry.status)) return
  const running = lists.filter((status) => !last.includes(status))
  const may = final ? singles.slice(-1) : [...singles.slice(-2), ...running.slice(-2)]
  if (
    !may.includes(entry.status) &&
    !(final && lists.includes(entry.status) && entry.conclusion === 'failure')
  )
    say(`${name} was served as ${may.join(' and ') || 'nothing'} last`)
  if (entry.item !== job.item || entry.operation !== job.verb)
    say(`${name} is ${job.verb} of ${job.item}, not ${entry.operation} of ${entry.item}`)
  if (entry.startTime !== new Date(world.clock.epochOf(job.startsAt)).toISOString())
    say(`${name} did not start at ${entry.startTime}`)
  const end = world.jobState(job, Number.POSITIVE_INFINITY).endedAt
  const endTime = final && end !== undefined ? new Date(world.clock.epochOf(end)).toISOString() : ''
  if (entry.endTime !== endTime) say(`${name} ended at "${endTime}", not "${entry.endTime}"`)
  const code =
    entry.status === 'Failed' ? (night.plan.vaultKind === 'backup' ? 'UserErrorDisk' : '400095') : ''
  if (entry.conclusion !== 'error' && entry.status === 'Failed' && entry.errorCode !== code)
    say(`${name} has the error ${code}, not "${entry.errorCode}"`)
}

function checkError(night: Night, entry: Entry, say: (wrong: string) => void): void {
  if (entry.conclusion === 'error' && !excuses(night))
    say(
      `job "${entry.jobId}" is an error, and nothing was refused: ${night.written.outputs['error-message']}`,
    )
}

function checkTime({ plan, written, trace }: Night, entry: Entry, say: (wrong: string) => void): void {
  const at = written.outputsAt ?? 0
  if (entry.conclusion === 'timed-out' && at < plan.policy.timeoutMinutes * minute - 1_000)
    say(`job "${entry.jobId}" is timed out ${at} ms after the start, before the deadline`)
  if (entry.conclusion === 'pending' && plan.policy.waitFor !== 'none' && trace.signalledAt === undefined)
    say(`job "${entry.jobId}" is pending, and nobody stopped the run`)
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
