/** Items of a vault or a subscription by their names, so that thousands of jobs and names each find theirs at once. */
import { isJobOf, namesOf, type ProtectedItem, partsOf } from './items.ts'
import type { JobHead } from './job-body.ts'

/** Finds items. */
export interface ItemIndex {
  /** The items that a name may mean. */
  named(name: string): ProtectedItem[]
  /** The items that a job may be of, as far as it tells. */
  ownersOf(job: JobHead): ProtectedItem[]
}

/** Looks at each item once. */
export function indexItems(items: ProtectedItem[]): ItemIndex {
  const byAnyName = new Map<string, Set<ProtectedItem>>()
  const byName = new Map<string, Set<ProtectedItem>>()
  const byId = new Map<string, Set<ProtectedItem>>()
  let longest = 0
  for (const item of items) {
    for (const name of namesOf(item)) add(byAnyName, name, item)
    add(byName, item.name, item)
    add(byId, item.id, item)
    longest = Math.max(longest, item.name.length)
  }

  /** Names that an item of this job may have: its own, without its server, and without each instance before it. */
  function namesIn(job: JobHead): string[] {
    const { full } = partsOf(job.item)
    const names = [job.item, full]
    for (let at = full.indexOf('/'); at >= 0; at = full.indexOf('/', at + 1))
      if (full.length - at - 1 <= longest) names.push(full.slice(at + 1))
    return names
  }

  return {
    named: (name) => [...(byAnyName.get(name.toLowerCase()) ?? [])],
    ownersOf: (job) => {
      if (job.instanceId !== '') return [...(byId.get(job.instanceId.toLowerCase()) ?? [])]
      const owners = new Set<ProtectedItem>()
      for (const name of namesIn(job)) {
        for (const item of byName.get(name.toLowerCase()) ?? [])
          if (!owners.has(item) && isJobOf(job, item)) owners.add(item)
      }
      return [...owners]
    },
  }
}

function add(map: Map<string, Set<ProtectedItem>>, name: string, item: ProtectedItem): void {
  const key = name.toLowerCase()
  const items = map.get(key) ?? new Set()
  map.set(key, items.add(item))
}
