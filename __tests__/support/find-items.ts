import type { ItemsTarget } from '../../src/azure/target.ts'
import { findNewestJobs } from '../../src/wait/items.ts'
import { start } from './fake-clock.ts'
import { answer } from './fake-resource-manager.ts'
import { subscription, vault, vaultRoot, vmBody } from './job-body.ts'
import { waiting } from './wait-options.ts'

const hour = 3_600_000
const group = (name: string, of = 'rg-a') => `iaasvmcontainerv2;${of};${name}`
export const idOf = (name: string, of = 'rg-a') =>
  `${vaultRoot}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${group(name, of)}/protectedItems/VM;${group(name, of)}`
export const row = (name: string, of = 'rg-a') => ({
  id: idOf(name, of),
  properties: { friendlyName: name, containerName: group(name, of) },
})

export const target = (given: Partial<ItemsTarget> = {}): ItemsTarget => ({
  kind: 'items',
  names: ['web-01'],
  subscriptionId: subscription,
  vault,
  operation: 'Backup',
  maxAgeHours: undefined,
  appearWithinMinutes: 0,
  ...given,
})

interface MadeJob {
  hoursAgo: number
  item?: string
  properties?: object
  status?: string
  operation?: string
}

/** Finds among jobs `1`, `2` and so on; the list's filter is not the service's business here. */
export async function find(
  jobs: MadeJob[],
  given: Partial<ItemsTarget> = {},
  rows: unknown[] = [row('web-01')],
  /** Hours that the runner's clock is behind the service's. */
  behind = 0,
) {
  const world = waiting(({ url }) => {
    const serviceTime = start + behind * hour
    if (url.pathname.includes('ResourceGraph')) return answer({ data: rows }, { serviceTime })
    const value = jobs.map(
      (
        { hoursAgo, item = 'web-01', status = 'Completed', operation = 'Backup', properties: more },
        index,
      ) => {
        const startTime = new Date(start - hoursAgo * hour).toISOString()
        const properties = {
          entityFriendlyName: item,
          containerName: group(item),
          operation,
          status,
          startTime,
          ...more,
        }
        return { ...vmBody(properties), name: String(index + 1) }
      },
    )
    return answer({ value }, { serviceTime })
  })
  const found = await findNewestJobs(target(given), world.options)
  const lists = world.resourceManager.requests.filter(({ url }) => url.pathname.endsWith('/backupJobs'))
  const hours = lists.map(({ url }) => {
    const [, from = '', to = ''] =
      /'(.*)' and endTime eq '(.*)'/.exec(url.searchParams.get('$filter') ?? '') ?? []
    return [from, to].map((text) => (Date.parse(`${text} UTC`) - start) / hour)
  })
  return { ...found, hours, log: world.log, ids: found.references.map(({ id }) => id) }
}
