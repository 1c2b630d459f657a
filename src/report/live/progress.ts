/** The live log: a line when something changes, and one every five minutes so that a person sees it live. */

import { vaultPath } from '../../azure/paths.ts'
import { amount, forPeople } from '../../base/format.ts'
import { cut, plain } from '../../base/text.ts'
import { elapsedSeconds, hasEnded, type Job } from '../../domain/job.ts'
import type { Log } from '../../runner/log.ts'
import type { Watcher } from '../../wait/reads.ts'
import { phaseWord } from '../words/phase-word.ts'
import { awaitedLine } from './awaited.ts'
import { createTally } from './tally.ts'
import { fractionDone, type Mark, secondsLeft } from './time-left.ts'

/** A silence longer than this, in milliseconds, looks like a step that hangs. */
const quietest = 5 * 60_000
/**
 * Lines that may follow one another at once. Every five minutes allow one more, so that six hours stay under 150
 * lines whatever changes at every read; what was held back stands in the next line.
 */
const burst = 50
/** With more jobs than this a line tells of all of them. */
const fewJobs = 5
/** Milliseconds between two lines about many jobs, which are read one after the other. */
const roundGap = 60_000
/** The console cuts a line after 1,024 characters (actions/runner, JobServerQueue.cs). */
const longest = 1_000

interface Seen {
  name: string
  job: Job
  state: string
  first: Mark | undefined
  /** What stood in the log when it was last told of. */
  said: string | undefined
}

/** What the log needs to know beforehand. */
export interface ProgressOptions {
  /** How many jobs are known of from the start. */
  jobs?: () => number
}

/** A watcher that writes the log. */
export function progressLog(log: Log, { jobs: expected = () => 1 }: ProgressOptions = {}): Watcher {
  const seen = new Map<string, Seen>()
  const tally = createTally()
  const allowed = allowance()
  let saidAt = Number.NEGATIVE_INFINITY
  let tallySaid = ''
  /** Vaults whose items were said to be waited for. */
  const awaitedIn = new Set<string>()

  function note(key: string, name: string, job: Job, now: number): Seen {
    const fraction = fractionDone(job)
    const before = seen.get(key)
    const first = before?.first ?? (fraction === undefined ? undefined : { fraction, at: now })
    const entry = { name, job, state: stateOf(job), first, said: before?.said }
    seen.set(key, entry)
    return entry
  }

  function say(line: string, now: number): void {
    allowed.spend(now)
    saidAt = now
    log.info(cut(plain(line), longest))
  }

  /** An answer whose time was a day ahead must not silence the log for a day. */
  const quietFor = (now: number) => {
    saidAt = Math.min(saidAt, now)
    return now - saidAt
  }

  function sayOne(entry: Seen, now: number): void {
    const changed = entry.said !== entry.state && allowed.has(now)
    if (!changed && quietFor(now) < quietest) return
    entry.said = entry.state
    say(`${entry.name}: ${lineOf(entry, now)}`, now)
  }

  function sayAll(now: number): void {
    const text = tally.text()
    const changed = text !== tallySaid && quietFor(now) >= roundGap && allowed.has(now)
    if (!changed && quietFor(now) < quietest) return
    tallySaid = text
    say(`${text}${tally.takeNews()}`, now)
  }

  return {
    jobRead: (job, now) => {
      const name = [job.operation || 'Job', job.item || job.id].join(' ')
      const many = Math.max(tally.size, expected()) > fewJobs
      // The round before is told of when the next one begins; the last one when all is over.
      if (many && tally.beginsRound(job.id)) sayAll(now)
      tally.note(name, job)
      if (!many) sayOne(note(`job ${job.id}`, name, job, now), now)
      else if (tally.size >= expected() && tally.isOver()) sayAll(now)
    },
    operationRead: (operation, now, id) => {
      sayOne(note(`operation ${id}`, operationName(operation, id), operation, now), now)
    },
    itemsAwaited: (awaited, now) => {
      const key = vaultPath(awaited.vault)
      const isNew = !awaitedIn.has(key)
      if (!isNew && quietFor(now) < quietest) return
      awaitedIn.add(key)
      say(awaitedLine(awaited, now, isNew), now)
    },
  }
}

/** By its item, or the end of its ID: that is a GUID, or base64 that is alike at its beginning (recorded). */
function operationName({ item }: Job, id: string): string {
  return item === '' ? `Operation …${id.replace(/=+$/, '').slice(-8)}` : `Operation on ${item}`
}

/** Lines that may be said now: a number to begin with, and one more with every five minutes. */
function allowance() {
  let left = burst
  let since: number | undefined
  const grow = (now: number) => {
    since = Math.min(since ?? now, now)
    const more = Math.floor(Math.max(0, now - since) / quietest)
    left = Math.min(burst, left + more)
    since += more * quietest
  }
  return {
    has: (now: number) => {
      grow(now)
      return left > 0
    },
    spend: (now: number) => {
      grow(now)
      left = Math.max(0, left - 1)
    },
  }
}

/** What a change of deserves a line. */
function stateOf(job: Job): string {
  const phases = job.phases
    .slice(0, 12)
    .map(({ name, status }) => `${cut(name, 60)} ${phaseWord(status)}`)
    .join(', ')
  return joined([cut(job.status, 100), phases])
}

/** The whole line: also what moves all the time, and so is no reason for one. */
function lineOf({ job, state, first }: Seen, now: number): string {
  const seconds = elapsedSeconds(job, now)
  const running = job.phases.filter(({ status }) => status === 'InProgress')
  return joined([
    seconds === undefined ? '' : forPeople(seconds),
    state,
    job.percent === undefined ? '' : `${Math.round(job.percent)} %`,
    ...running.slice(0, 3).map(({ details = '' }) => cut(details, 100)),
    hasEnded(job) ? '' : timeLeft(job, first, now),
    job.size === undefined ? '' : amount(job.size.bytes),
  ])
}

function timeLeft(job: Job, first: Mark | undefined, at: number): string {
  if (job.remainingSeconds !== undefined) return `${forPeople(job.remainingSeconds)} left`
  const fraction = fractionDone(job)
  const left =
    first === undefined || fraction === undefined ? undefined : secondsLeft(first, { fraction, at })
  return left === undefined ? '' : `about ${forPeople(left < 90 ? left : Math.round(left / 60) * 60)} left`
}

function joined(parts: string[]): string {
  return parts.filter((part) => part !== '').join(' · ')
}
