/** `GET …/backupPolicies` of a Recovery Services vault, and each policy by its name. */
import type { Answer } from '../../http/exchange.ts'
import { notFound } from '../arm/errors.ts'
import { isAnswer, readFilter } from '../arm/odata.ts'
import { itemsOf, workloadNamed } from '../items/items.ts'
import { vaultId } from '../world/vault.ts'
import type { VaultRequest } from '../world/vault-request.ts'
import type { World } from '../world/world.ts'
import { holds, page } from './page.ts'

const TYPE = 'Microsoft.RecoveryServices/vaults/backupPolicies'
const TIME = '2026-01-05T02:00:00Z'
const daily = {
  retentionPolicyType: 'LongTermRetentionPolicy',
  dailySchedule: { retentionTimes: [TIME], retentionDuration: { count: 30, durationType: 'Days' } },
}
const nightly = {
  schedulePolicyType: 'SimpleSchedulePolicy',
  scheduleRunFrequency: 'Daily',
  scheduleRunTimes: [TIME],
  scheduleWeeklyFrequency: 0,
}

// Every vault is made with the first two; fields: azure-rest-api-specs, BackupPolicies_List.json and
// ProtectionPolicies_Get of each type.
const POLICIES: Record<string, { name: string; properties: Record<string, unknown> }> = {
  AzureIaasVM: {
    name: 'DefaultPolicy',
    properties: {
      backupManagementType: 'AzureIaasVM',
      policyType: 'V1',
      instantRpRetentionRangeInDays: 2,
      schedulePolicy: nightly,
      retentionPolicy: daily,
      timeZone: 'UTC',
    },
  },
  AzureWorkload: {
    name: 'HourlyLogBackup',
    properties: {
      backupManagementType: 'AzureWorkload',
      workLoadType: 'SQLDataBase',
      settings: { timeZone: 'UTC', issqlcompression: false, isCompression: false },
      subProtectionPolicy: [
        { policyType: 'Full', schedulePolicy: nightly, retentionPolicy: daily },
        {
          policyType: 'Log',
          schedulePolicy: { schedulePolicyType: 'LogSchedulePolicy', scheduleFrequencyInMins: 60 },
          retentionPolicy: {
            retentionPolicyType: 'SimpleRetentionPolicy',
            retentionDuration: { count: 30, durationType: 'Days' },
          },
        },
      ],
    },
  },
  AzureStorage: {
    name: 'DailyPolicy',
    properties: {
      backupManagementType: 'AzureStorage',
      workLoadType: 'AzureFileShare',
      schedulePolicy: nightly,
      retentionPolicy: daily,
      timeZone: 'UTC',
    },
  },
}

/** Name of the policy that items of a backup management type are under. */
export function policyOf(management: string | undefined): string {
  return POLICIES[management ?? '']?.name ?? 'DefaultPolicy'
}

/** All policies that the filter lets through, or the one that the path names. */
export function policies(world: World, given: VaultRequest): Answer {
  const { request, vault, rest } = given
  const managed = itemsOf(world, vault).map(({ source }) => workloadNamed(source)?.backupManagementType)
  const all = Object.entries(POLICIES).map(([management, { name, properties }]) => ({
    id: `${vaultId(vault)}/backupPolicies/${name}`,
    name,
    type: TYPE,
    properties: { ...properties, protectedItemsCount: managed.filter((one) => one === management).length },
  }))
  const wanted = rest.split('/')[1]
  if (wanted !== undefined) {
    const found = all.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())
    return found === undefined ? notFound(TYPE, wanted, vault.resourceGroup) : { status: 200, body: found }
  }
  // The fields of ProtectionPolicyQueryObject (npm @azure/arm-recoveryservicesbackup).
  const filter = readFilter(request, ['backupManagementType', 'workloadType'])
  if (isAnswer(filter)) return filter
  return page(
    world,
    given,
    all.filter(({ properties }) => holds(properties, filter, { workloadType: 'workLoadType' })),
  )
}
