/** The running jobs of one vault, read together by all who follow one of them. */
import type { Clock } from '../base/clock.ts'
import { elapsedSeconds, type Job, type JobReference, type Vault } from '../domain/job.ts'
import { type Answer, RefusedError, type ResourceManager } from './http/resource-manager.ts'
import { listJobs } from './job-list.ts'
import { BrokenListError } from './pages.ts'

/** One read of a vault's running jobs. */
export interface ListRead {
  /** Those that are followed, by their IDs in lower case. */
  jobs: Map<string, Job>
  answer: Answer
  /** As `JobRead` has it. */
  round: { age: number | undefined; random: number }
}

/** A vault's list. */
export interface VaultList {
  /** The jobs of the vault that are followed now. */
  members: Set<JobReference>
  /** Why the list cannot be read though the jobs themselves may be. */
  readonly unreadable: string | undefined
  /**
   * The last read where it is younger than half a pause, or than two seconds; or else a new one. Undefined where the
   * list cannot be read.
   *
   * @param pause seconds since a job was last read
   * @throws what `ResourceManager.read` throws, but for a refusal
   */
  read(pause: number): Promise<ListRead | undefined>
}

/** @param random 0 to 1 */
export function vaultList(
  resourceManager: ResourceManager,
  vault: Vault,
  clock: Clock,
  random: () => number,
): VaultList {
  const members = new Set<JobReference>()
  let unreadable: string | undefined

  const readOnce = shared(clock, async (): Promise<ListRead> => {
    const { jobs, answer } = await listJobs(resourceManager, vault, { status: 'InProgress' })
    const own = followed(jobs, members)
    return { jobs: own, answer, round: { age: youngest(own.values(), answer.serviceTime), random: random() } }
  })

  return {
    members,
    get unreadable() {
      return unreadable
    },
    read: async (pause) => {
      if (unreadable !== undefined) return undefined
      try {
        return await readOnce(pause)
      } catch (error) {
        if (!(error instanceof RefusedError || error instanceof BrokenListError)) throw error
        unreadable = error.message
        return undefined
      }
    },
  }
}

/** Milliseconds that thousands of jobs which are followed from the same moment may take to ask for the first time. */
const firstAsked = 2_000

/** One answer for all who ask while it is younger than half a pause, in seconds; what failed is asked again. */
function shared<Value>(clock: Clock, ask: () => Promise<Value>): (pause: number) => Promise<Value> {
  let last: { at: number; result: Promise<Value> } | undefined
  return (pause) => {
    if (last !== undefined && clock.now() - last.at < Math.max(pause * 500, firstAsked)) return last.result
    // Until it is answered it is as young as can be.
    const current = { at: Number.POSITIVE_INFINITY, result: ask() }
    last = current
    current.result.then(
      () => {
        current.at = clock.now()
      },
      () => {
        if (last === current) last = undefined
      },
    )
    return current.result
  }
}

/** Jobs that others have started say nothing of when to read again. */
function followed(jobs: Job[], members: Set<JobReference>): Map<string, Job> {
  const wanted = new Set([...members].map(({ id }) => id.toLowerCase()))
  return new Map(jobs.map((job) => [job.id.toLowerCase(), job] as const).filter(([id]) => wanted.has(id)))
}

/** The age in seconds of the youngest; undefined where there is none. */
function youngest(jobs: Iterable<Job>, now: number): number | undefined {
  let age: number | undefined
  for (const job of jobs) {
    const elapsed = elapsedSeconds(job, now) ?? 0
    age = Math.min(age ?? elapsed, elapsed)
  }
  return age
}
