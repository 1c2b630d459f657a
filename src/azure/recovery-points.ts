/** Recovery points: what a backup has made and a restore starts from. */

import { type Fields, fields, isFields, list, text, time, verbatim } from '../base/read.ts'
import type { Job, JobReference, RecoveryPoint } from '../domain/job.ts'
import type { ResourceManager } from './http/resource-manager.ts'
import { findItems, isJobOf } from './items.ts'
import { listDate } from './job-list.ts'
import { withVersion } from './operation.ts'
import { pathOfId } from './paths.ts'
import { apiVersions } from './versions.ts'

/**
 * How far outside the job's own times its point may lie, in milliseconds: a database's point has the time of its
 * server's clock. Before the start it is less, so that the point of a job just before is not taken for this one's.
 */
const slack = { before: 30_000, after: 120_000 }
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
 * The recovery point that the job made: the one that it names, and no other; the newest within its time, where it
 * names none. Jobs of Backup vaults name theirs (`targetRecoverPoint`, recorded), those of Recovery Services do not.
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
  const from = (job.startTime ?? until) - slack.before
  const to = until + slack.after
  let url = pointsUrl(resourceManager.origin, item, from, to)
  for (let page = 1; page <= mostPages; page += 1) {
    const { body } = await resourceManager.read({
      url,
      what: { kind: 'recovery-points', name: item.split('/').at(-1) ?? '' },
    })
    const points = list(fields(body).value).filter(isFields).flatMap(readPoint)
    const found = job.recoveryPointId === '' ? newestWithin(points, from, to) : points.find(isOf(job))?.point
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
    `${pathOfId(item)}/recoveryPoints`,
    origin,
    isInstance ? apiVersions.backupVault : apiVersions.recoveryServices,
  )
  if (!isInstance)
    url.searchParams.set('$filter', `startDate eq '${listDate(from)}' and endDate eq '${listDate(to)}'`)
  return url
}

function newestWithin(points: ListedPoint[], from: number, to: number): RecoveryPoint | undefined {
  const within = points.map(({ point }) => point).filter(({ time }) => time >= from && time <= to)
  return within.sort((one, other) => other.time - one.time)[0]
}

/** The job and the list need not write an ID alike: without hyphens (recorded), or as the GUID that it is. */
function isOf({ recoveryPointId }: Job): (point: ListedPoint) => boolean {
  const bare = (id: string) => id.replaceAll('-', '').toLowerCase()
  return ({ ids }) => ids.some((id) => bare(id) === bare(recoveryPointId))
}

interface ListedPoint {
  point: RecoveryPoint
  /** By which it may be named. */
  ids: string[]
}

/** A point of any kind (spec: RecoveryPoint of recoveryservicesbackup, AzureBackupRecoveryPoint of dataprotection). */
function readPoint(point: Fields): ListedPoint[] {
  const properties = fields(point.properties)
  const at = time(properties.recoveryPointTime) ?? time(properties.recoveryPointTimeInUTC)
  const ids = [text(properties.recoveryPointId), text(point.name)].filter((one) => one !== '')
  const [id = ''] = ids
  if (at === undefined || id === '') return []
  const kind = text(properties.recoveryPointType) || text(properties.type)
  const tiers = [
    ...list(properties.recoveryPointTierDetails),
    ...list(properties.recoveryPointDataStoresDetails),
  ]
    .map((tier) => text(fields(tier).type))
    .filter((tier) => tier !== '')
  const type = tiers.length === 0 ? kind : `${kind} (${tiers.join(', ')})`.trim()
  return [{ point: { id, time: at, type }, ids }]
}
