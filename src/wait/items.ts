/** Protected items, from their names to the jobs to follow. */
import { indexItems } from '../azure/item-index.ts'
import { findItems, type ProtectedItem } from '../azure/items.ts'
import { vaultPath } from '../azure/paths.ts'
import type { ItemsTarget } from '../azure/target.ts'
import { unreadJob } from '../domain/job.ts'
import { outcomeOf } from '../domain/outcome.ts'
import { type FoundJobs, findInVault } from './appear.ts'
import { endingByError, type WaitOptions } from './reads.ts'
import { notCounted, select, whyUnprotected } from './select-items.ts'

/** The newest job of each item. Never throws: what goes wrong is an outcome. */
export async function findNewestJobs(target: ItemsTarget, options: WaitOptions): Promise<FoundJobs> {
  const { patience, resourceManager, log, waitFor } = options
  const nothing = unreadJob({ id: '', vault: target.vault })
  const began = patience.clock.now()
  // Who looks once waits for nothing.
  const until = began + (waitFor === 'none' ? 0 : target.appearWithinMinutes * 60_000)
  try {
    // Ages go by the service's clock: a runner that is days behind would take an old backup for a fresh one.
    const { items: all, serviceTime: now } = await findItems(
      resourceManager,
      target.subscriptionId,
      target.vault,
    )
    const { items, wrong, unprotected } = select(all, target)
    if (unprotected.length > 0 && items.length > 0) {
      if (target.names === '*') log.info(notCounted(unprotected))
      else
        log.warning(
          `No new backup is to be expected of what was given: ${whyUnprotected(unprotected)}.`,
          'Not protected',
        )
    }
    const inVault = ({ vault }: ProtectedItem) => vaultPath(vault).toLowerCase()
    const everyone = Map.groupBy(all, inVault)
    const found = await Promise.all(
      [...Map.groupBy(items, inVault)].map(([key, group]) => {
        const [{ vault }] = group as [ProtectedItem]
        const index = indexItems(everyone.get(key) ?? group)
        return findInVault({ vault, index, target, options, began, until }, group, now)
      }),
    )
    const refused = wrong.map(({ name, error }) => {
      const job = name === '' ? nothing : { ...nothing, item: name, operation: target.operation }
      return outcomeOf(job, 'error', now, { problem: { code: '', cause: error.message } })
    })
    return {
      references: found.flatMap(({ references }) => references),
      outcomes: [...found.flatMap(({ outcomes }) => outcomes), ...refused],
      later: found.flatMap(({ later }) => later),
    }
  } catch (error) {
    const [ending, problem] = endingByError(error, 'protected items', patience)
    const outcome = outcomeOf(nothing, ending, patience.clock.date(), { problem })
    return { references: [], outcomes: [outcome], later: [] }
  }
}
