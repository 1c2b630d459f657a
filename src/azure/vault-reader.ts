/**
 * Reads the jobs of one vault together, so that a round costs a request a vault and not one a job. Each job is
 * still followed by itself; here its read is answered from the vault's list for as long as that shows it running.
 */
import type { Clock } from '../clock.ts'
import { elapsedSeconds, type Job, type JobReference } from '../job.ts'
import { BrokenListError, listJobs } from './job-list.ts'
import { vaultPath } from './paths.ts'
import type { JobReader, JobReading } from './read-job.ts'
import { type Answer, RefusedError, type ResourceManager } from './resource-manager.ts'

/** Up to so many jobs of a vault are read one by one: a list has no tasks and no sizes. */
const fewJobs = 5

/** One look at a vault's running jobs. */
interface Listing {
  jobs: Map<string, Job>
  answer: Answer
  round: { age: number | undefined; random: number }
}

interface Group {
  members: Set<JobReference>
  /** The last look, or the one under way. */
  listing: { at: number; result: Promise<Listing> } | undefined
  /** Whether the list cannot be read; its jobs are then read one by one. */
  unlisted: boolean
  /** What is yet to be said of that. */
  warning: string | undefined
}

/**
 * @param single reads what the list does not show, and what it shows no longer running
 * @param random 0 to 1
 */
export function vaultJobReader(
  resourceManager: ResourceManager,
  single: JobReader,
  clock: Clock,
  random: () => number,
): JobReader {
  const groups = new Map<string, Group>()
  const keyOf = ({ vault }: JobReference) => vaultPath(vault).toLowerCase()

  async function look(group: Group, reference: JobReference): Promise<Listing> {
    const { jobs, answer } = await listJobs(resourceManager, reference.vault, { status: 'InProgress' })
    // Jobs that others have started say nothing of when to look again.
    const wanted = new Set([...group.members].map(({ id }) => id.toLowerCase()))
    const own = new Map(
      jobs.map((job) => [job.id.toLowerCase(), job] as const).filter(([id]) => wanted.has(id)),
    )
    let age: number | undefined
    for (const job of own.values()) {
      const elapsed = elapsedSeconds(job, answer.serviceTime) ?? 0
      age = Math.min(age ?? elapsed, elapsed)
    }
    return { jobs: own, answer, round: { age, random: random() } }
  }

  /** The last look where it is younger than half a pause, or else a new one. */
  function listing(group: Group, reference: JobReference, pause: number): Promise<Listing> {
    const { listing: last } = group
    if (last !== undefined && clock.now() - last.at < pause * 500) return last.result
    const current = { at: Number.POSITIVE_INFINITY, result: look(group, reference) }
    group.listing = current
    // Until it is answered it is as young as can be; what failed is asked again.
    current.result.then(
      () => {
        current.at = clock.now()
      },
      () => {
        if (group.listing === current) group.listing = undefined
      },
    )
    return current.result
  }

  /** One by one; the first that can be read tells why, for where none can be there are errors enough. */
  async function alone(
    group: Group | undefined,
    reference: JobReference,
    pause: number,
  ): Promise<JobReading> {
    const reading = await single.read(reference, pause)
    const warning = group?.warning
    if (group === undefined || warning === undefined) return reading
    group.warning = undefined
    return { ...reading, warning }
  }

  /** The list, or undefined where there is none to read but the jobs themselves may be. */
  async function listed(group: Group, reference: JobReference, pause: number): Promise<Listing | undefined> {
    try {
      return await listing(group, reference, pause)
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof BrokenListError)) throw error
      if (!group.unlisted)
        group.warning =
          `The job list of vault ${reference.vault.name} cannot be read, so its jobs are read one by one, which takes ` +
          `more requests: ${error.message}`
      group.unlisted = true
      return undefined
    }
  }

  return {
    enter: (reference) => {
      const key = keyOf(reference)
      const group = groups.get(key) ?? {
        members: new Set(),
        listing: undefined,
        unlisted: false,
        warning: undefined,
      }
      groups.set(key, group)
      const member = { ...reference }
      group.members.add(member)
      return () => {
        group.members.delete(member)
      }
    },
    read: async (reference, pause) => {
      // Jobs that are followed from the same moment all enter before the first is read.
      await Promise.resolve()
      const group = groups.get(keyOf(reference))
      const byItself =
        group === undefined ||
        group.unlisted ||
        group.members.size <= fewJobs ||
        reference.region !== undefined
      const look = byItself ? undefined : await listed(group, reference, pause)
      if (look === undefined) return await alone(group, reference, pause)
      const { jobs, answer, round } = look
      const job = jobs.get(reference.id.toLowerCase())
      if (job !== undefined) return { job: { ...job, id: reference.id }, answer, round }
      return { ...(await single.read(reference, pause)), round }
    },
  }
}
