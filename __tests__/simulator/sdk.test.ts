/** The simulator as Microsoft's own client sees it. */
import { readFileSync } from 'node:fs'
import { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../../simulator/demo/client.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { until } from './support.ts'

const vault = 'vault-prod'
const group = 'rg-prod'
const fabric = 'Azure'
const container = `IaasVMContainer;iaasvmcontainerv2;${group};web-01`
const item = `VM;iaasvmcontainerv2;${group};web-01`

/** The simulator's clock is fast, the client's is not: it obeys Retry-After in seconds of its own. */
let simulator: Simulator
let client: RecoveryServicesBackupClient

beforeAll(async () => {
  simulator = await startSimulator({ speed: 100, retryAfterSeconds: 0 })
  const credential = {
    getToken: async () => ({ token: simulator.accessToken(), expiresOnTimestamp: Date.now() + 3_600_000 }),
  }
  client = new RecoveryServicesBackupClient(credential, '0b1f6471-1bf0-4dda-aec3-cb9272f09590', {
    endpoint: simulator.resourceManagerUrl,
    tlsOptions: { ca: readFileSync(simulator.certificateFile) },
  })
})
afterAll(() => simulator.close())

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of list) found.push(one)
  return found
}

/** Starts a backup, and gives the operation as it ends. */
async function backUp() {
  let url = ''
  const parameters = { properties: { objectType: 'IaasVMBackupRequest' as const } }
  await client.backups.trigger(vault, group, fabric, container, item, parameters, {
    onResponse: (response) => {
      url = response.headers.get('azure-asyncoperation') ?? ''
    },
  })
  const operationId = /\/operationsStatus\/([^?]+)/.exec(url)?.[1] ?? ''
  return until(
    () => client.backupOperationStatuses.get(vault, group, operationId),
    ({ status }) => status !== 'InProgress',
  )
}

const jobIdOf = (operation: { properties?: unknown }) => (operation.properties as { jobId: string }).jobId

const job = async (id: string) => (await client.jobDetails.get(vault, group, id)).properties

describe('@azure/arm-recoveryservicesbackup', () => {
  it('triggers a backup, polls it, and is refused a second one meanwhile', async () => {
    simulator.plan({ seconds: 300, snapshotSeconds: 60 })
    const operation = await backUp()
    expect(operation.status).toBe('Succeeded')
    const id = jobIdOf(operation)
    expect(await job(id)).toMatchObject({ jobType: 'AzureIaaSVMJob', status: 'InProgress' })

    const second = await backUp()
    expect(second).toMatchObject({
      status: 'Failed',
      error: {
        code: 'UserErrorBackupOperationInProgress',
        message: 'Unable to initiate backup as another backup operation is currently in progress',
      },
    })

    const ended = await until(
      () => job(id),
      (properties) => properties?.status !== 'InProgress',
    )
    expect(ended).toMatchObject({ status: 'Completed', entityFriendlyName: 'web-01' })
    const filter = "operation eq 'Backup' and status eq 'Completed'"
    expect((await all(client.backupJobs.list(vault, group, { filter }))).map(({ name }) => name)).toEqual([
      id,
    ])
  })

  it('may start another one when the first is over, and cancel it', async () => {
    simulator.plan({ seconds: 4000, cancelSeconds: 20 })
    const id = jobIdOf(await backUp())
    await client.jobCancellations.trigger(vault, group, id)
    const ended = await until(
      () => job(id),
      (properties) => !/^(InProgress|Cancelling)$/.test(properties?.status ?? ''),
    )
    expect(ended?.status).toBe('Cancelled')
    await expect(client.jobCancellations.trigger(vault, group, id)).rejects.toMatchObject({ statusCode: 400 })
  })

  it('lists items, their containers and policies, and recovery points', async () => {
    const filter = "backupManagementType eq 'AzureIaasVM'"
    const [one] = await all(client.backupProtectedItems.list(vault, group, { filter }))
    expect(one?.properties).toMatchObject({
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      friendlyName: 'web-01',
      policyName: 'DefaultPolicy',
    })
    const containers = await all(client.backupProtectionContainers.list(vault, group, { filter }))
    expect(containers.map(({ name, properties }) => [name, properties?.registrationStatus])).toEqual([
      [container, 'Registered'],
    ])
    const policies = await all(client.backupPolicies.list(vault, group, { filter }))
    expect(policies.map(({ name }) => name)).toEqual(['DefaultPolicy'])
    expect(policies[0]?.id).toBe(one?.properties?.policyId)
    expect(policies[0]?.properties?.protectedItemsCount).toBe(1)
    expect(await all(client.backupPolicies.list(vault, group))).toHaveLength(3)

    const points = await all(client.recoveryPoints.list(vault, group, fabric, container, item))
    expect(points.length).toBeGreaterThan(1)
    expect(points[0]?.properties).toMatchObject({ objectType: 'IaasVMRecoveryPoint' })
    const name = points[0]?.name ?? ''
    const found = await client.recoveryPoints.get(vault, group, fabric, container, item, name)
    expect(found.name).toBe(name)
  })

  it('restores a recovery point to its end', async () => {
    const [point] = await all(client.recoveryPoints.list(vault, group, fabric, container, item))
    simulator.plan({ seconds: 60 })
    const parameters = { properties: { objectType: 'IaasVMRestoreRequest' as const } }
    const options = { updateIntervalInMs: 50 }
    const id = point?.name ?? ''
    await client.restores.beginTriggerAndWait(vault, group, fabric, container, item, id, parameters, options)
    const filter = "operation eq 'Restore'"
    const [restore] = await all(client.backupJobs.list(vault, group, { filter }))
    expect(restore?.properties).toMatchObject({ operation: 'Restore', entityFriendlyName: 'web-01' })
  })

  it('is told the type that there is not', async () => {
    await expect(client.backupEngines.list(vault, group).next()).rejects.toMatchObject({
      statusCode: 404,
      code: 'InvalidResourceType',
      message: expect.stringContaining(
        "The resource type 'vaults/backupEngines' could not be found in the namespace 'Microsoft.RecoveryServices' for api version '2023-06-01'.",
      ),
    })
  })
})

describe('the simulator', () => {
  it('has a certificate file that ends in a newline', () => {
    expect(readFileSync(simulator.certificateFile, 'utf8')).toMatch(/-----END CERTIFICATE-----\n$/)
    expect(readFileSync(simulator.certificateFile, 'utf8')).toBe(simulator.certificate)
  })

  it.each([
    ['file-share', 'Failed', 'BMSUserErrorObjectLocked'],
    // A database's backup is taken in, and its job fails.
    ['sql', 'Succeeded', undefined],
    ['hana', 'Succeeded', undefined],
  ])('refuses a second backup of a %s as the service is known to', async (source, status, code) => {
    simulator.start(`${source}-backup`, { item: 'busy', seconds: 1000 })
    const request = simulator.request(`${source}-backup`, { item: 'busy' })
    const url = `${simulator.resourceManagerUrl}${request?.path}?api-version=2025-02-01`
    const { headers } = await ask(simulator, 'POST', url, { body: {} })
    const read = async () =>
      (await ask(simulator, 'GET', headers['azure-asyncoperation'] ?? '')).body as {
        status: string
        error?: { code: string }
        properties?: { jobId: string }
      }
    const operation = await until(read, (body) => body.status !== 'InProgress')
    expect([operation.status, operation.error?.code]).toEqual([status, code])
    if (source !== 'sql') return
    const ended = await until(
      () => job(operation.properties?.jobId ?? ''),
      (properties) => properties?.status !== 'InProgress',
    )
    expect(ended).toMatchObject({ status: 'Failed', errorDetails: [{ errorCode: 510008 }] })
  })
})
