/** Ways of Resource Manager that a client must cope with: versions that a cloud lacks, redirects, late jobs. */
import { describe, expect, it } from 'vitest'
import { ask } from '../../simulator/demo/client.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { get, send, until, withSimulator } from './support.ts'

const errorOf = ({ status, body }: { status: number; body: unknown }) => ({
  status,
  ...(body as { error: { code: string; message: string } }).error,
})

describe('a cloud that lacks an api-version', () => {
  const supported = ['2023-06-01', '2024-04-01']
  const cases = [
    [
      'NoRegisteredProviderFound',
      400,
      "No registered resource provider found for location 'westeurope' and API version '2025-02-01' for type 'vaults/backupJobs'. The supported api-versions are '2023-06-01, 2024-04-01'. The supported locations are 'westeurope, northeurope'.",
    ],
    [
      'InvalidApiVersionParameter',
      400,
      "The api-version '2025-02-01' is invalid. The supported versions are '2023-06-01,2024-04-01'.",
    ],
    [
      'InvalidResourceType',
      404,
      "The resource type 'vaults/backupJobs' could not be found in the namespace 'Microsoft.RecoveryServices' for api version '2025-02-01'. The supported api-versions are '2023-06-01,2024-04-01'.",
    ],
  ] as const

  it.each(cases)('answers %s with those that it has', async (code, status, message) => {
    const quirks = { apiVersions: { 'microsoft.recoveryservices': supported }, apiVersionRefusal: code }
    await withSimulator(
      () => startSimulator({ quirks }),
      async (simulator) => {
        const { jobResourceId } = simulator.backup()
        expect(errorOf(await get(simulator, jobResourceId))).toEqual({ status, code, message })
        for (const version of supported)
          expect((await get(simulator, jobResourceId, version)).status).toBe(200)
        // The other provider has its own.
        const disk = simulator.start('disk-backup')
        expect((await get(simulator, disk.jobResourceId, '2025-07-01')).status).toBe(200)
        delete simulator.quirks.apiVersions
        expect((await get(simulator, jobResourceId)).status).toBe(200)
      },
    )
  })
})

describe('a redirect to a region', () => {
  it.each([301, 302, 307, 308])('is a %s to the same path at its host, and once', async (status) => {
    await withSimulator(startSimulator, async (simulator) => {
      const { jobUrl, jobResourceId } = simulator.backup()
      simulator.fault({ kind: 'redirect', status, region: 'westeurope', method: 'GET', path: 'backupJobs' })
      const token = simulator.accessToken('https://management.azure.com')
      const path = `${jobResourceId}?api-version=2025-02-01`
      const at = (host: string) => ask(simulator, 'GET', simulator.resourceManagerUrl + path, { token, host })
      const { status: seen, headers } = await at('management.azure.com')
      expect([seen, headers.location]).toEqual([status, `https://westeurope.management.azure.com${path}`])
      expect((await at('westeurope.management.azure.com')).status).toBe(200)
      const posted = await send(simulator, 'POST', `${jobUrl}/cancel`, '2025-02-01')
      expect(posted.status).toBe(202)
    })
  })
})

describe('a job that begins later', () => {
  const jobsAt = async (simulator: Simulator, vaultId: string) =>
    ((await get(simulator, `${vaultId}/backupJobs`)).body as { value: { name: string }[] }).value.map(
      ({ name }) => name,
    )

  it.each(['vm', 'disk'])('of a %s is nowhere until then', async (source) => {
    await withSimulator(
      () => startSimulator({ speed: 200 }),
      async (simulator) => {
        const item = simulator.history({ source }, [{ inSeconds: 300, seconds: 120 }, { hoursAgo: 25 }])
        const [late, old] = item.jobs
        expect(await jobsAt(simulator, item.vaultId)).toEqual([old?.id])
        expect((await get(simulator, late?.resourceId ?? '')).status).toBe(404)
        const rows = async () => {
          const query = `RecoveryServicesResources | where type in~ ('microsoft.recoveryservices/vaults/backupjobs', 'microsoft.dataprotection/backupvaults/backupjobs')`
          const path = '/providers/Microsoft.ResourceGraph/resources'
          const { body } = await send(simulator, 'POST', path, '2021-03-01', { query })
          return (body as { data: { name: string }[] }).data.length
        }
        expect(await rows()).toBe(1)
        const found = await until(
          () => get(simulator, late?.resourceId ?? ''),
          ({ status }) => status === 200,
        )
        expect((found.body as { properties: { status: string } }).properties.status).toBe('InProgress')
        expect(simulator.clock.now()).toBeGreaterThanOrEqual(late?.startsAt ?? Infinity)
        expect(await jobsAt(simulator, item.vaultId)).toEqual([late?.id, old?.id])
        expect(await rows()).toBe(2)
        const ended = await until(
          () => get(simulator, late?.resourceId ?? ''),
          ({ body }) => (body as { properties: { status: string } }).properties.status === 'Completed',
        )
        expect(ended.status).toBe(200)
      },
    )
  })
})

describe('a cross-tenant restore', () => {
  it('is started, followed and read below its mapping, and nowhere else', async () => {
    await withSimulator(
      () => startSimulator({ speed: 100 }),
      async (simulator) => {
        const request = simulator.request('vm-cross-tenant-restore', { mapping: 'from-contoso' })
        expect(request?.apiVersion).toBe('2026-03-31-preview')
        const { apiVersion = '', path = '' } = request ?? {}
        const accepted = await send(simulator, 'POST', path, apiVersion, request?.body)
        const url = accepted.headers['azure-asyncoperation'] ?? ''
        expect(url).toMatch(
          /\/vaults\/vault-prod\/backupCrossTenantVaultMappings\/from-contoso\/backupFabrics\/.*\/operationsStatus\/[^/]+\?api-version=2026-03-31-preview$/,
        )
        const operation = await until(
          async () => (await get(simulator, url)).body as { status: string; properties: { jobId: string } },
          ({ status }) => status === 'Succeeded',
        )
        const vaultId = path.replace(/\/backupCrossTenantVaultMappings\/.*/, '')
        const mapping = `${vaultId}/backupCrossTenantVaultMappings/from-contoso`
        const { jobId } = operation.properties
        const job = await get(simulator, `${mapping}/backupJobs/${jobId}`, apiVersion)
        expect(job.body).toMatchObject({ id: `${mapping}/backupJobs/${jobId}`, name: jobId })
        for (const elsewhere of [vaultId, `${vaultId}/backupCrossTenantVaultMappings/other`]) {
          expect((await get(simulator, `${elsewhere}/backupJobs/${jobId}`, apiVersion)).status).toBe(404)
        }
        expect((await get(simulator, `${vaultId}/backupJobs`)).body).toEqual({ value: [] })
        const id = /operationsStatus\/([^?]+)/.exec(url)?.[1]
        expect((await get(simulator, `${vaultId}/backupOperations/${id}`)).status).toBe(404)
        const result = await get(simulator, accepted.headers.location ?? '')
        expect(result.status).toBe(204)
      },
    )
  })

  it('is known by its IDs where it is started directly, and can be validated', async () => {
    await withSimulator(startSimulator, async (simulator) => {
      const trigger = simulator.start('vm-cross-tenant-restore')
      expect(trigger.jobResourceId).toBe(
        `${trigger.vaultId}/backupCrossTenantVaultMappings/mapping-01/backupJobs/${trigger.jobId}`,
      )
      expect((await get(simulator, trigger.jobResourceId, '2026-03-31-preview')).status).toBe(200)
      const { operationUrl } = simulator.start('cross-tenant-validate')
      expect(operationUrl).toContain(
        '/backupCrossTenantVaultMappings/mapping-01/backupValidateOperationsStatuses/',
      )
      expect((await get(simulator, operationUrl)).status).toBe(200)
    })
  })

  it('is in two previews only', async () => {
    await withSimulator(startSimulator, async (simulator) => {
      const { jobResourceId } = simulator.start('vm-cross-tenant-restore')
      expect((await get(simulator, jobResourceId, '2026-08-31-preview')).status).toBe(200)
      simulator.quirks.apiVersionRefusal = 'InvalidResourceType'
      expect(errorOf(await get(simulator, jobResourceId, '2026-11-01'))).toEqual({
        status: 404,
        code: 'InvalidResourceType',
        message:
          "The resource type 'vaults/backupCrossTenantVaultMappings/backupJobs' could not be found in the namespace 'Microsoft.RecoveryServices' for api version '2026-11-01'. The supported api-versions are '2026-03-31-preview,2026-08-31-preview'.",
      })
      simulator.quirks.apiVersions = { 'Microsoft.RecoveryServices': ['2025-02-01'] }
      const { message } = errorOf(await get(simulator, jobResourceId, '2026-03-31-preview'))
      expect(message).not.toContain('supported')
    })
  })
})
