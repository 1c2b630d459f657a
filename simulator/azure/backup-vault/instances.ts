/** What a Backup vault lists: jobs, backup instances and their recovery points. */
import type { Answer, SeenRequest } from '../../http/exchange.ts'
import { armError, notFound } from '../arm/errors.ts'
import { badFilter, interval, isAnswer, isoDate, queryOption, readFilter } from '../arm/odata.ts'
import { dataSourceNamed, itemAt, itemsOf, newestFirst, type ProtectedItem } from '../items/items.ts'
import { type Point, pointsOf } from '../items/points.ts'
import { instanceNames } from '../sources/instance-names.ts'
import { asListed } from '../world/listed.ts'
import { PAGE_SIZE } from '../world/quirks.ts'
import { isoInstant } from '../world/values.ts'
import { vaultId } from '../world/vault.ts'
import type { VaultRequest } from '../world/vault-request.ts'
import { isAtVault, type World } from '../world/world.ts'
import { backupVaultListItem } from './job.ts'

/** Resource type of a backup instance. */
export const INSTANCE_TYPE = 'Microsoft.DataProtection/backupVaults/backupInstances'
// spec: CurrentProtectionState.
const STATES = { protected: 'ProtectionConfigured', stopped: 'ProtectionStopped', deleted: 'SoftDeleted' }
const DAY_MS = 24 * 60 * 60 * 1000

/** Answers GETs of backup instances and their recovery points; undefined for anything else. */
export function backupInstances(world: World, given: VaultRequest): Answer | undefined {
  const { request, rest, path, vault } = given
  if (request.method !== 'GET') return undefined
  if (/^backupInstances$/i.test(rest)) {
    return pageOf(
      world,
      given,
      itemsOf(world, vault).map((item) => instanceBody(world, item)),
    )
  }
  const [, name = '', points = '', id = ''] =
    /^backupInstances\/([^/]+)(?:(\/recoveryPoints)(?:\/([^/]+))?)?$/i.exec(rest) ?? []
  if (name === '') return undefined
  const item = itemAt(world, vault, path)
  if (item === undefined) return notFound(INSTANCE_TYPE, name, vault.resourceGroup)
  if (points === '') return { status: 200, body: instanceBody(world, item) }
  if (id === '') return pointList(world, item, request)
  const found = pointsOf(world, item).find(({ key }) => key === id)
  return found === undefined
    ? notFound(`${INSTANCE_TYPE}/recoveryPoints`, id, vault.resourceGroup)
    : { status: 200, body: pointBody(found, item) }
}

/** A page of the vault's jobs, newest first. There is no filter: one that is given is ignored. */
export function backupVaultJobList(world: World, given: VaultRequest): Answer {
  const now = world.clock.now()
  const lag = (world.quirks.listStartLagSeconds ?? 0) * 1000
  const jobs = [...world.jobs.values()]
    .filter((job) => isAtVault(job, given.vault))
    .filter((job) => now >= job.visibleAt && now >= job.startedAt.ms + lag)
    .sort(newestFirst)
  return pageOf(world, given, jobs, (job) => backupVaultListItem(asListed(world, job, now), job))
}

// The form of the token is not recorded.
function pageOf<T>(
  world: World,
  given: VaultRequest,
  all: T[],
  show: (one: T) => unknown = (one) => one,
): Answer {
  const { request, path, origin } = given
  const size = world.quirks.pageSize ?? PAGE_SIZE
  const token = queryOption(request, '$skipToken')
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString())
  if (!Number.isInteger(from)) return armError(400, 'BadRequest', 'The $skipToken is not valid.')
  const version = queryOption(request, 'api-version') ?? ''
  const next = encodeURIComponent(Buffer.from(String(from + size)).toString('base64'))
  const link = `${world.quirks.nextLinkOrigin ?? origin}${encodeURI(path)}?api-version=${version}&$skipToken=${next}`
  return {
    status: 200,
    body: {
      value: all.slice(from, from + size).map(show),
      ...(from + size < all.length ? { nextLink: link } : {}),
    },
  }
}

/** The body of an instance, in the list and by itself (recorded through Resource Graph in 2025). */
export function instanceBody(world: World, item: ProtectedItem) {
  const { vault, name, id } = item
  const source = dataSourceNamed(item.source)
  const names = source && instanceNames(source, vault, name, item.container)
  const points = pointsOf(world, item)
  const time = (point: Point | undefined) => (point ? isoInstant(point.time) : '0001-01-01T00:00:00Z')
  const described = (objectType: string, resourceID: string | undefined, resourceName: string) => ({
    resourceLocation: vault.location,
    datasourceType: source?.type,
    objectType,
    resourceID,
    resourceType: source?.type,
    resourceProperties: null,
    resourceName,
    resourceUri: '',
    baseUri: null,
  })
  return {
    properties: {
      friendlyName: names?.friendlyName ?? name,
      dataSourceInfo: described('Datasource', names?.dataSourceId, name),
      dataSourceSetInfo: described('DatasourceSet', names?.setId, names?.set ?? name),
      policyInfo: {
        policyId: `${vaultId(vault)}/backupPolicies/${item.source}policy`,
        policyVersion: null,
        policyParameters: null,
      },
      protectionStatus: { errorDetails: null, status: 'ProtectionConfigured' },
      currentProtectionState: STATES[item.standing ?? 'protected'],
      protectionErrorDetails: null,
      provisioningState: 'Succeeded',
      validationType: null,
      datasourceAuthCredentials: null,
      identityDetails: null,
      backupInstanceExtendedProperties: {
        recoveryPointInfo: {
          latestRecoveryPointInPrimaryRegion: time(points[0]),
          oldestRecoveryPointInPrimaryRegion: time(points.at(-1)),
        },
      },
      objectType: 'BackupInstance',
    },
    id,
    name: id.slice(id.lastIndexOf('/') + 1),
    type: INSTANCE_TYPE,
  }
}

// ISO 8601 here, not the form of Recovery Services vaults; an empty filter is none (both recorded).
function pointList(world: World, item: ProtectedItem, request: SeenRequest): Answer {
  const filter = readFilter(request, ['startDate', 'endDate'])
  if (isAnswer(filter)) return filter
  const times = interval(filter, 'startDate', 'endDate', isoDate)
  if (isAnswer(times)) return times
  if (times.from > times.to) return badFilter('startDate and endDate', 'the end is before the start')
  const value = pointsOf(world, item)
    .filter(({ time }) => time.ms >= times.from && time.ms <= times.to)
    .map((point) => pointBody(point, item))
  return { status: 200, body: { value } }
}

// Recorded of a disk in 2023; the store's time is a good minute before the point's.
function pointBody({ key, time, type, tier, expiresAt }: Point, { id, source }: ProtectedItem) {
  const operational = dataSourceNamed(source)?.store === 'OperationalStore'
  const created = { ms: time.ms - 78_000, ticks: time.ticks }
  const expiryTime = isoInstant({ ms: expiresAt ?? created.ms + 7 * DAY_MS, ticks: created.ticks })
  return {
    properties: {
      objectType: 'AzureBackupDiscreteRecoveryPoint',
      recoveryPointId: key,
      recoveryPointTime: isoInstant(time),
      recoveryPointType: type ?? (source === 'disk' ? 'Incremental' : 'Full'),
      friendlyName: key,
      recoveryPointDataStoresDetails: [
        {
          id: `${key.slice(0, 8)}-${key.slice(8, 12)}-4${key.slice(13, 16)}-8${key.slice(17, 20)}-${key.slice(20)}`,
          type: operational ? 'OperationalStore' : 'VaultStore',
          creationTime: isoInstant(created),
          expiryTime,
          metaData: null,
          visible: true,
          state: 'COMMITTED',
          rehydrationExpiryTime: null,
          rehydrationStatus: null,
        },
      ],
      recoveryPointState: tier === 'snapshot' ? 'Partial' : 'Completed',
      retentionTagName: 'Default',
      retentionTagVersion: '638224851417049008',
      policyName: `${source}policy`,
      policyVersion: null,
      expiryTime,
    },
    id: `${id}/recoveryPoints/${key}`,
    name: key,
    type: `${INSTANCE_TYPE}/recoveryPoints`,
  }
}
