/** Recovery points: what a backup has made and a restore starts from. */
import type { Job, JobReference, RecoveryPoint } from '../job.ts'
import { findItems, isJobOf } from './items.ts'
import { listDate } from './job-list.ts'
import { withVersion } from './operation.ts'
import type { ResourceManager } from './resource-manager.ts'
import { type Fields, fields, isFields, list, text, time, verbatim } from './values.ts'
import { apiVersions } from './versions.ts'

/** How far outside the job's own times its point may lie, in milliseconds: clocks differ. */
const slack = 120_000
const mostPages = 100

/** The item's ARM ID, by the reference, by the job itself, or by its name in the vault; undefined where several fit. */
export async function itemOfJob(
  resourceManager: ResourceManager,
  job: Job,
  reference: JobReference,
): Promise<string | undefined> {
  if (reference.item !== undefined) return reference.item
  if (job.instanceId !== '') return job.instanceId
  const items = await findItems(resourceManager, reference.vault.subscriptionId, reference.vault)
  const [item, ...others] = items.filter((one) => isJobOf(job, one))
  return others.length === 0 ? item?.id : undefined
}

/**
 * The recovery point that the job made: the newest within its time, or the one that it names.
 *
 * @param item ARM ID of the protected item or backup instance
 * @param until milliseconds since 1970: the job's end, or now while it runs
 */
export async function findRecoveryPoint(
  resourceManager: ResourceManager,
  job: Job,
  item: string,
  until: number,
): Promise<RecoveryPoint | undefined> {
  const from = (job.startTime ?? until) - slack
  const to = until + slack
  let url = pointsUrl(resourceManager.origin, item, from, to)
  for (let page = 1; page <= mostPages; page += 1) {
    const { body } = await resourceManager.read({ url, what: `recovery points of ${item.split('/').at(-1)}` })
    const points = list(fields(body).value).filter(isFields).flatMap(readPoint)
    const named = points.find(
      ({ id }) => job.recoveryPointId !== '' && id.toLowerCase() === job.recoveryPointId.toLowerCase(),
    )
    const [newest] = points
      .filter((point) => point.time >= from && point.time <= to)
      .sort((one, other) => other.time - one.time)
    const found = named ?? newest
    if (found !== undefined) return found
    const next = verbatim(fields(body).nextLink)
    if (!URL.canParse(next)) return undefined
    url = new URL(next)
  }
  return undefined
}

function pointsUrl(origin: string, item: string, from: number, to: number): URL {
  const isInstance = /\/backupInstances\//i.test(item)
  const url = withVersion(
    `${item}/recoveryPoints`,
    origin,
    isInstance ? apiVersions.backupVault : apiVersions.recoveryServices,
  )
  if (!isInstance)
    url.searchParams.set('$filter', `startDate eq '${listDate(from)}' and endDate eq '${listDate(to)}'`)
  return url
}

/** A point of any kind (spec: RecoveryPoint of recoveryservicesbackup, AzureBackupRecoveryPoint of dataprotection). */
function readPoint(point: Fields): RecoveryPoint[] {
  const properties = fields(point.properties)
  const at = time(properties.recoveryPointTime) ?? time(properties.recoveryPointTimeInUTC)
  const id = text(properties.recoveryPointId) || text(point.name)
  if (at === undefined || id === '') return []
  const kind = text(properties.recoveryPointType) || text(properties.type)
  const tiers = [
    ...list(properties.recoveryPointTierDetails),
    ...list(properties.recoveryPointDataStoresDetails),
  ]
    .map((tier) => text(fields(tier).type))
    .filter((tier) => tier !== '')
  return [{ id, time: at, type: tiers.length === 0 ? kind : `${kind} (${tiers.join(', ')})`.trim() }]
}
