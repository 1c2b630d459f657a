/** `GET …/protectedItems/{i}/recoveryPoints` of a Recovery Services vault. */
import type { Answer, SeenRequest } from '../../http/exchange.ts'
import { notFound } from '../arm/errors.ts'
import { interval, isAnswer, readFilter, twelveHourDate } from '../arm/odata.ts'
import type { ProtectedItem } from '../items/items.ts'
import { type Point, pointsOf } from '../items/points.ts'
import { isSince } from '../world/api-version.ts'
import { isoInstant, isoSeconds } from '../world/values.ts'
import type { VaultRequest } from '../world/vault-request.ts'
import type { World } from '../world/world.ts'

const TYPE =
  'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints'
// The fields of BMSRPQueryObject (npm @azure/arm-recoveryservicesbackup) that matter here.
const FIELDS = ['startDate', 'endDate', 'restorePointQueryType', 'extendedInfo']

/** All recovery points of an item that the filter lets through, newest first; or the one with this ID. */
export function recoveryPoints(
  world: World,
  item: ProtectedItem,
  { request, vault }: VaultRequest,
  id: string | undefined,
): Answer {
  const points = pointsOf(world, item)
  if (id !== undefined) {
    const found = points.find((point) => idOf(point, item) === id)
    return found === undefined
      ? notFound(TYPE, id, vault.resourceGroup)
      : { status: 200, body: body(found, item, request) }
  }
  const filter = readFilter(request, FIELDS)
  if (isAnswer(filter)) return filter
  const times = interval(filter, 'startDate', 'endDate', twelveHourDate)
  if (isAnswer(times)) return times
  const wanted = filter.get('restorePointQueryType') ?? 'All'
  const value = points
    .filter(({ time }) => time.ms >= times.from && time.ms <= times.to)
    .map((point) => body(point, item, request))
    .filter(({ properties }) => wanted === 'All' || !('type' in properties) || properties.type === wanted)
  // Null rather than missing (Microsoft's example).
  return { status: 200, body: { nextLink: null, value } }
}

/** A number of 14 or 15 digits, of file shares 18 (Microsoft's examples). */
function idOf({ key }: Point, { source }: ProtectedItem): string {
  const digits = source === 'file-share' ? 18n : 15n
  const number = BigInt(`0x${key.slice(0, 16)}`) % 10n ** digits
  return String(number).padStart(Number(digits), '9')
}

function body(point: Point, item: ProtectedItem, request: SeenRequest) {
  const name = idOf(point, item)
  return {
    id: `${item.id}/recoveryPoints/${name}`,
    name,
    type: TYPE,
    properties: { ...threatOf(point, request), ...properties(point, item), ...fateOf(point) },
  }
}

// Of every kind of recovery point, in this version and newer ones (KnownVersions and RecoveryPoint of npm
// @azure/arm-recoveryservicesbackup, preview).
function threatOf({ threat }: Point, request: SeenRequest): Record<string, unknown> {
  if (threat === undefined || !isSince(request, '2026-07-01')) return {}
  return { threatStatus: threat.status, ...(threat.threats === null ? {} : { threatInfo: threat.threats }) }
}

function fateOf({ tiers, expiresAt }: Point): Record<string, unknown> {
  return {
    ...(tiers === undefined ? {} : { recoveryPointTierDetails: tiers }),
    ...(expiresAt === undefined
      ? {}
      : {
          recoveryPointProperties: {
            expiryTime: isoSeconds({ ms: expiresAt, ticks: 0 }),
            isSoftDeleted: false,
          },
        }),
  }
}

// Fields: azure-rest-api-specs, RecoveryPoints_List.json (VM); Microsoft, Restore Azure file shares and SQL Server
// databases with REST API.
function properties(point: Point, { source, name, container }: ProtectedItem): Record<string, unknown> {
  const { time, tier } = point
  if (source === 'vm') {
    return {
      objectType: 'IaasVMRecoveryPoint',
      recoveryPointType: point.type ?? (point.warned ? 'FileSystemConsistent' : 'AppConsistent'),
      recoveryPointTime: isoInstant(time),
      recoveryPointAdditionalInfo: '',
      sourceVMStorageType: 'NormalStorage',
      isSourceVMEncrypted: false,
      isInstantIlrSessionActive: false,
      recoveryPointTierDetails: [
        { type: 'InstantRP', status: tier === 'vault' ? 'Deleted' : 'Valid' },
        ...(tier === 'snapshot' ? [] : [{ type: 'HardenedRP', status: 'Valid' }]),
      ],
      isManagedVirtualMachine: true,
      virtualMachineSize: 'Standard_D2s_v3',
      originalStorageAccountOption: false,
      osType: 'Linux',
      recoveryPointMoveReadinessInfo: {
        ArchivedRP: {
          isReadyForMove: false,
          additionalInfo:
            "We're still determining if this Recovery Point can be moved.. Please check again after some time.",
        },
      },
      securityType: 'None',
      isPrivateAccessEnabledOnAnyDisk: false,
    }
  }
  if (source === 'file-share') {
    const seconds = isoSeconds(time)
    const account = container ?? 'contosofiles'
    return {
      objectType: 'AzureFileShareRecoveryPoint',
      recoveryPointType: point.type ?? 'FileSystemConsistent',
      // Whole seconds.
      recoveryPointTime: seconds,
      fileShareSnapshotUri: `https://${account}.file.core.windows.net/${name}?sharesnapshot=${seconds.slice(0, -1)}.0000000Z`,
      recoveryPointSizeInGB: 1,
    }
  }
  return {
    objectType: source === 'sql' ? 'AzureWorkloadSQLRecoveryPoint' : 'AzureWorkloadSAPHanaRecoveryPoint',
    recoveryPointTimeInUTC: isoSeconds(time),
    type: point.type ?? 'Full',
    recoveryPointTierDetails: [{ type: 'HardenedRP', status: 'Valid' }],
  }
}
