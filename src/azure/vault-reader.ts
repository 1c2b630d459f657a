/**
 * Reads the jobs of one vault together, so that a round costs a request a vault and not one a job. Each job is
 * still followed by itself; here its read is answered from the vault's list for as long as that shows it running.
 */
import type { Clock } from '../base/clock.ts'
import type { JobReference } from '../domain/job.ts'
import type { ResourceManager } from './http/resource-manager.ts'
import { vaultPath } from './paths.ts'
import type { JobReader, JobReading } from './read-job.ts'
import { type VaultList, vaultList } from './vault-list.ts'

/** Up to so many jobs of a vault are read one by one: a list has no tasks and no sizes. */
const fewJobs = 5

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
  const lists = new Map<string, VaultList>()
  const keyOf = ({ vault }: JobReference) => vaultPath(vault).toLowerCase()

  /** One by one; the first that can be read tells why, for where none can be there are errors enough. */
  async function alone(
    list: VaultList | undefined,
    reference: JobReference,
    pause: number,
  ): Promise<JobReading> {
    const reading = await single.read(reference, pause)
    const warning = list?.takeWarning()
    return warning === undefined ? reading : { ...reading, warning }
  }

  return {
    enter: (reference) => {
      const key = keyOf(reference)
      const list = lists.get(key) ?? vaultList(resourceManager, reference.vault, clock, random)
      lists.set(key, list)
      const member = { ...reference }
      list.members.add(member)
      return () => {
        list.members.delete(member)
      }
    },
    read: async (reference, pause) => {
      // Jobs that are followed from the same moment all enter before the first is read.
      await Promise.resolve()
      const list = lists.get(keyOf(reference))
      const many = list !== undefined && list.members.size > fewJobs && reference.region === undefined
      const look = many ? await list.look(pause) : undefined
      if (look === undefined) return await alone(list, reference, pause)
      const { jobs, answer, round } = look
      const job = jobs.get(reference.id.toLowerCase())
      if (job !== undefined) return { job: { ...job, id: reference.id }, answer, round }
      return { ...(await single.read(reference, pause)), round }
    },
  }
}
