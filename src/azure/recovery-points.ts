/** Recovery points: what a backup has made and a restore starts from. */

import { type Fields, fields, isFields, list, text, time, usTime } from '../base/read.ts'
import {
  type Health,
  type Job,
  type JobReference,
  normaliseThreatStatus,
  type RecoveryPoint,
  type Threat,
  type Vault,
} from '../domain/job.ts'
import type { Answer, ResourceManager } from './http/resource-manager.ts'
import type { Subject } from './http/subject.ts'
import { type ItemIndex, indexItems } from './item-index.ts'
import { findItems } from './items.ts'
import { listDate } from './job-list.ts'
import { withVersion } from './operation.ts'
import { readPages } from './pages.ts'
import { pathOfId, vaultPath } from './paths.ts'
import { apiVersions } from './versions.ts'

/**
 * How far outside the job's own times its point may lie, in milliseconds: a database's point has the time of its
 * server's clock. Before the start it is less, so that the point of a job just before is not taken for this one's.
 */
const slack = { before: 30_000, after: 120_000 }

/** Tells which item a job is of, with one question a vault for all of its jobs. */
export interface ItemFinder {
  /**
   * The item's ARM ID, by the reference, by the job itself, or by its name in the vault; undefined where none or
   * several fit.
   *
   * @throws what `readPages` throws
   */
  itemOf(job: Job, reference: JobReference): Promise<string | undefined>
}

/** Milliseconds that a vault's items are good for: an item may be protected, and backed up, while others are waited for. */
const itemsLast = 5 * 60_000

/** @param now milliseconds, as a clock's `now` */
export function itemFinder(resourceManager: ResourceManager, now: () => number): ItemFinder {
  const vaults = new Map<string, { askedAt: number; index: Promise<ItemIndex> }>()

  function itemsOf(vault: Vault, oldest: number): Promise<ItemIndex> {
    const key = vaultPath(vault).toLowerCase()
    const known = vaults.get(key)
    if (known !== undefined && known.askedAt >= oldest) return known.index
    const index = findItems(resourceManager, vault.subscriptionId, vault).then(({ items }) =>
      indexItems(items),
    )
    const question = { askedAt: now(), index }
    vaults.set(key, question)
    // What failed is asked again by the next.
    index.catch(() => {
      if (vaults.get(key) === question) vaults.delete(key)
    })
    return index
  }

  return {
    itemOf: async (job, { vault, item, mapping }) => {
      if (item !== undefined) return item
      // The item is in another tenant's vault; one of that name in this vault is another.
      if (mapping !== undefined) return undefined
      if (job.instanceId !== '') return job.instanceId
      const known = (await itemsOf(vault, Number.NEGATIVE_INFINITY)).ownersOf(job)
      const owners = known.length > 0 ? known : (await itemsOf(vault, now() - itemsLast)).ownersOf(job)
      return owners.length === 1 ? owners[0]?.id : undefined
    },
  }
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
  const url = pointsUrl(resourceManager.origin, item, from, to)
  const what: Subject = { kind: 'recovery-points', name: item.split('/').at(-1) ?? '' }
  for await (const answer of readPages(resourceManager, { url, what })) {
    const points = list(fields(answer.body).value).filter(isFields).flatMap(readPoint)
    const found = job.recoveryPointId === '' ? newestWithin(points, from, to) : points.find(isOf(job))
    if (found !== undefined)
      return { ...found.point, ...fateOf(found.properties, job, hasHealth(item, answer)) }
  }
  return undefined
}

/** Whether the service has a threat status for points of this item at all: of VMs (Microsoft: KnownThreatStatus). */
function hasHealth(item: string, { apiVersion }: Answer): boolean {
  return isVirtualMachine(item) && apiVersion >= apiVersions.recoveryPoints
}

/** Whether the ARM ID is of a VM in a Recovery Services vault. */
export function isVirtualMachine(item: string): boolean {
  return /\/protectedItems\/vm;/i.test(item)
}

function isInstance(item: string): boolean {
  return /\/backupInstances\//i.test(item)
}

function pointsUrl(origin: string, item: string, from: number, to: number): URL {
  const version = isInstance(item) ? apiVersions.backupVault : apiVersions.recoveryPoints
  const url = withVersion(`${pathOfId(item)}/recoveryPoints`, origin, version)
  if (!isInstance(item))
    url.searchParams.set('$filter', `startDate eq '${listDate(from)}' and endDate eq '${listDate(to)}'`)
  return url
}

function newestWithin(points: ListedPoint[], from: number, to: number): ListedPoint | undefined {
  const within = points.filter(({ point }) => point.time >= from && point.time <= to)
  return within.sort((one, other) => other.point.time - one.point.time)[0]
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
  properties: Fields
}

/** A point has had few threats; no report has room for more. */
const mostThreats = 50

/**
 * When the point expires, and what is said of its health. Its own time of expiry is below `recoveryPointProperties` (spec:
 * RecoveryPointProperties) or, in a Backup vault, beside the others (spec: AzureBackupDiscreteRecoveryPoint); a VM's job
 * has it in its bag (recorded).
 */
function fateOf(
  properties: Fields,
  job: Job,
  hasHealth: boolean,
): Pick<RecoveryPoint, 'expiresAt' | 'health'> {
  const expiresAt =
    time(fields(properties.recoveryPointProperties).expiryTime) ??
    time(properties.expiryTime) ??
    usTime(job.properties['Recovery Point Expiry Time in UTC'])
  const health: Health = {
    status: normaliseThreatStatus(text(properties.threatStatus)),
    threats: list(properties.threatInfo).filter(isFields).slice(0, mostThreats).map(readThreat),
  }
  return {
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(hasHealth || health.status !== '' ? { health } : {}),
  }
}

/** A threat (spec: ThreatInfo). */
function readThreat(threat: Fields): Threat {
  return {
    title: text(threat.threatTitle) || text(threat.threatDescription),
    severity: text(threat.threatSeverity),
    state: text(threat.threatState),
    time: time(threat.threatStartTime) ?? time(threat.lastUpdatedTime),
  }
}

/** A point of any kind (spec: RecoveryPoint of recoveryservicesbackup, AzureBackupRecoveryPoint of dataprotection). */
function readPoint(point: Fields): ListedPoint[] {
  const properties = fields(point.properties)
  const at = time(properties.recoveryPointTime) ?? time(properties.recoveryPointTimeInUTC)
  const ids = [text(properties.recoveryPointId), text(point.name)].filter((one) => one !== '')
  const [id = ''] = ids
  if (at === undefined || id === '') return []
  const kind = text(properties.recoveryPointType) || text(properties.type)
  const all = [
    ...list(properties.recoveryPointTierDetails),
    ...list(properties.recoveryPointDataStoresDetails),
  ]
  const tiers = all
    .map(fields)
    .filter(holdsPoint)
    .map((tier) => text(tier.type))
  // All of its tiers are deleted, or were never good: there is nothing to restore from.
  if (all.length > 0 && tiers.length === 0) return []
  const named = tiers.filter((tier) => tier !== '')
  const type = named.length === 0 ? kind : `${kind} (${named.join(', ')})`.trim()
  return [{ point: { id, time: at, type }, ids, properties }]
}

/**
 * Whether the point is in that tier (types: RecoveryPointTierStatus; a real body has InstantRP `Deleted` beside
 * HardenedRP `Valid`, azure-cli#28492). The data stores of a Backup vault have no such status.
 */
function holdsPoint({ status }: Fields): boolean {
  return (
    status === undefined || status === null || ['valid', 'rehydrated'].includes(text(status).toLowerCase())
  )
}
