/** The input `appear-within-minutes`: looks again until each item has a job that is recent enough, or the time is over. */
import type { Answer } from '../azure/http/resource-manager.ts'
import type { ProtectedItem } from '../azure/items.ts'
import { forPeople } from '../base/format.ts'
import { pauseSeconds } from '../base/pace.ts'
import { floorSeconds, pauseWithin } from '../base/patience.ts'
import type { JobReference } from '../domain/job.ts'
import { type Outcome, outcomeOf } from '../domain/outcome.ts'
import { jobless, type Look, lookForJobs, noneStarted, type Search } from './newest-jobs.ts'
import { endingByError } from './reads.ts'

/** The jobs to follow, and what is already decided. */
export interface FoundJobs {
  references: JobReference[]
  outcomes: Outcome[]
  /** Those that start later, of each vault that has items to wait for. None of them rejects. */
  later: Promise<FoundJobs>[]
}

/**
 * Looks at the items of one vault, and goes on looking for what is missing. Never throws.
 *
 * @param now milliseconds since 1970 by the service's clock, as far as it is known
 */
export async function findInVault(search: Search, items: ProtectedItem[], now: number): Promise<FoundJobs> {
  try {
    return goOn(search, await lookForJobs(search, items, now))
  } catch (error) {
    return failed(search, items, now, error, false)
  }
}

function goOn(search: Search, { references, outcomes, missing, answer }: Look): FoundJobs {
  return { references, outcomes, later: missing.length === 0 ? [] : [findLater(search, missing, answer)] }
}

/** Looks again until there is something to follow or to tell, at the pace of an old job. Never throws. */
async function findLater(search: Search, items: ProtectedItem[], first: Answer): Promise<FoundJobs> {
  const { patience } = search.options
  const { clock } = patience
  let answer = first
  try {
    for (;;) {
      const seenAt = clock.now()
      tellWatcher(search, items, answer)
      if (!(await pauseBeforeLook(search, answer))) return outOfTime(search, items, answer.serviceTime)
      const look = await lookForJobs(search, items, answer.serviceTime + clock.now() - seenAt)
      if (look.references.length + look.outcomes.length > 0) return goOn(search, look)
      answer = look.answer
    }
  } catch (error) {
    return failed(search, items, answer.serviceTime, error, true)
  }
}

/** Waits for the next look, to the deadline at the most; whether there is one. */
async function pauseBeforeLook({ options, until }: Search, answer: Answer): Promise<boolean> {
  const { patience, pollInterval: longest } = options
  const { retryAfter, remaining } = answer
  const random = patience.random()
  const age = Number.POSITIVE_INFINITY
  const pace = pauseSeconds({ age, longest, retryAfter, remaining, byPost: false }, random)
  const left = (until - patience.clock.now()) / 1000
  // The last look is when the time is over, or as soon after that as the service wants to be asked.
  return await pauseWithin(
    patience,
    Math.max(Math.min(pace, left), floorSeconds(retryAfter, random)),
    retryAfter,
  )
}

function tellWatcher(
  { vault, target, options, until }: Search,
  items: ProtectedItem[],
  { serviceTime }: Answer,
): void {
  const { clock, deadline } = options.patience
  const { operation, maxAgeHours } = target
  const end = serviceTime + Math.min(until, deadline) - clock.now()
  const names = items.map(({ name }) => name)
  options.watcher.itemsAwaited({ vault, names, operation, maxAgeHours, until: end }, serviceTime)
}

/** The deadline came first. */
function outOfTime(search: Search, items: ProtectedItem[], seenAt: number): FoundJobs {
  const minutes = search.target.appearWithinMinutes
  const outcomes = items.map((item) => {
    const cause =
      `${noneStarted(item, search)}: timeout-minutes was over before the ${forPeople(minutes * 60)} of ` +
      'appear-within-minutes.'
    return outcomeOf(jobless(item, search.target), 'timed-out', seenAt, {
      problem: { code: '', cause },
      noJobYet: true,
    })
  })
  return { references: [], outcomes, later: [] }
}

/** The list cannot be read, or a signal came. */
function failed(
  { target, options, vault }: Search,
  items: ProtectedItem[],
  seenAt: number,
  error: unknown,
  looked: boolean,
): FoundJobs {
  const [ending, problem] = endingByError(error, `jobs of vault ${vault.name}`, options.patience)
  const more = looked && ending === 'stopped' ? { noJobYet: true as const } : {}
  const outcomes = items.map((item) => outcomeOf(jobless(item, target), ending, seenAt, { problem, ...more }))
  return { references: [], outcomes, later: [] }
}
