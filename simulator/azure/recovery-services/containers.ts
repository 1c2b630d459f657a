/** `GET …/backupProtectionContainers` of a Recovery Services vault: what its items are in. */
import type { Answer } from '../../http/exchange.ts'
import { isAnswer, readFilter } from '../arm/odata.ts'
import { itemsOf, type ProtectedItem, workloadNamed } from '../items/items.ts'
import { vaultId } from '../world/vault.ts'
import type { VaultRequest } from '../world/vault-request.ts'
import type { World } from '../world/world.ts'
import { holds, page } from './page.ts'

const TYPE = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers'
// The fields of BMSContainerQueryObject (npm @azure/arm-recoveryservicesbackup) that tell containers apart here.
const FIELDS = ['backupManagementType', 'friendlyName', 'containerType', 'status']

/** All containers that the filter lets through, each once. */
export function containers(world: World, given: VaultRequest): Answer {
  const { request, vault } = given
  const filter = readFilter(request, FIELDS)
  if (isAnswer(filter)) return filter
  const found = new Map(
    itemsOf(world, vault).flatMap((item) => {
      const body = containerBody(item)
      return body === undefined ? [] : [[body.id.toLowerCase(), body] as const]
    }),
  )
  const wanted = [...found.values()].filter(({ properties }) =>
    holds(properties, filter, { status: 'registrationStatus' }),
  )
  return page(world, given, wanted)
}

// Fields: the types' own definitions (npm @azure/arm-recoveryservicesbackup, ProtectionContainer and below).
function containerBody({ vault, source, name, container }: ProtectedItem) {
  const workload = workloadNamed(source)
  const own = workload?.names?.(vault, name, container).container
  if (workload === undefined || own === undefined) return undefined
  const [, , group = '', parent = ''] = own.split(';')
  const resource = (type: string) =>
    `/subscriptions/${vault.subscriptionId}/resourceGroups/${group}/providers/${type}/${parent}`
  const machine = 'Microsoft.Compute/virtualMachines'
  const kinds: Record<string, Record<string, unknown>> = {
    vm: {
      containerType: machine,
      virtualMachineId: resource(machine),
      virtualMachineVersion: 'Compute',
      resourceGroup: group,
    },
    'file-share': {
      containerType: 'StorageContainer',
      sourceResourceId: resource('Microsoft.Storage/storageAccounts'),
      storageAccountVersion: 'Storage',
      resourceGroup: group,
    },
    mab: { containerType: 'Windows' },
  }
  return {
    id: `${vaultId(vault)}/backupFabrics/Azure/protectionContainers/${own}`,
    name: own,
    type: TYPE,
    properties: {
      friendlyName: own.split(';').at(-1),
      backupManagementType: workload.backupManagementType,
      registrationStatus: 'Registered',
      healthStatus: 'Healthy',
      ...(kinds[source] ?? { containerType: 'VMAppContainer', sourceResourceId: resource(machine) }),
    } as Record<string, unknown>,
  }
}
