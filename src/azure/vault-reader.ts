/**
 * Reads the jobs of one vault together, so that a round costs a request a vault and not one a job. Each job is
 * still followed by itself; here its read is answered from the vault's list for as long as that shows it running.
 */
import type { Clock } from '../base/clock.ts'
import { plain } from '../base/text.ts'
import type { JobReference } from '../domain/job.ts'
import type { Log } from '../runner/log.ts'
import type { ResourceManager } from './http/resource-manager.ts'
import { vaultPath } from './paths.ts'
import type { JobRead, JobReader } from './read-job.ts'
import { type VaultList, vaultList } from './vault-list.ts'

/** Up to so many jobs of a vault are read one by one: a list has no tasks and no sizes. */
const fewJobs = 5

/**
 * @param single reads what the list does not show, and what it shows no longer running
 * @param random 0 to 1
 * @param log is told of a list that cannot be read
 */
export function vaultJobReader(
  resourceManager: ResourceManager,
  single: JobReader,
  clock: Clock,
  random: () => number,
  log: Log,
): JobReader {
  const lists = new Map<string, VaultList>()
  const keyOf = ({ vault }: JobReference) => vaultPath(vault).toLowerCase()

  /** One by one; the first that can be read tells why, for where none can be there are errors enough. */
  async function alone(
    list: VaultList | undefined,
    reference: JobReference,
    pause: number,
  ): Promise<JobRead> {
    const read = await single.read(reference, pause)
    const { name } = reference.vault
    const why = list?.unreadable
    if (why !== undefined)
      log.once(`list of vault ${keyOf(reference)}`, () =>
        log.warning(
          plain(
            `The job list of vault ${name} cannot be read, so its jobs are read one by one, which takes more requests: ${why}`,
          ),
          'Jobs are read one by one',
        ),
      )
    return read
  }

  return {
    enter: (reference) => {
      if (!isListed(reference)) return () => {}
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
      const list = isListed(reference) ? lists.get(keyOf(reference)) : undefined
      const many = list !== undefined && list.members.size > fewJobs
      const together = many ? await list.read(pause) : undefined
      if (together === undefined) return await alone(list, reference, pause)
      const { jobs, answer, round } = together
      const job = jobs.get(reference.id.toLowerCase())
      if (job !== undefined) return { job: { ...job, id: reference.id }, answer, round }
      return { ...(await single.read(reference, pause)), round }
    },
  }
}

/** Jobs in another region and jobs below a mapping are not among those that the vault lists (recorded; spec). */
function isListed({ region, mapping }: JobReference): boolean {
  return region === undefined && mapping === undefined
}
