/** Every URL that the service gives of an operation that starts a job (reference, 1.2 and 4.2). */
import { expect } from 'vitest'
import {
  askedFor,
  follow,
  jobsOf,
  levels,
  type StartOptions,
  simulate,
  start,
  type Trigger,
  tells,
} from './support.ts'

const simulator = await simulate()
const arm = simulator.resourceManagerUrl
const versions = { job: '2025-02-01', backupVaultJob: '2025-07-01', crossRegion: '2023-01-15' }

const jobRead = ({ jobResourceId }: Trigger, version = versions.job) =>
  `GET ${jobResourceId}?api-version=${version}`
const read = (url: string) => `GET ${url.replace(arm, '')}`

interface Shape {
  name: string
  kind: string
  options?: StartOptions
  url(trigger: Trigger): string
  /** What is asked for, beyond the URL itself, or in its place. */
  reads(trigger: Trigger): string[]
  /** A Location URL of a Recovery Services vault: the status under the same ID tells all of it, and sooner. */
  unread?: true
}

const quick = { seconds: 20, snapshotSeconds: 5, operationSeconds: 8 }
const vaultOperation = ({ vaultId, operationId }: Trigger) => `${vaultId}/backupOperations/${operationId}`
const vaultStatus = (trigger: Trigger) => `GET ${vaultOperation(trigger)}?api-version=${versions.job}`
const location = ({ subscriptionId }: Trigger, provider: string, region: string) =>
  `/subscriptions/${subscriptionId}/providers/Microsoft.${provider}/locations/${region}`
const group = ({ subscriptionId, resourceGroup }: Trigger) =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.DataProtection`
const dpJob = (trigger: Trigger) => [jobRead(trigger, versions.backupVaultJob)]
const version = '?api-version=2024-04-01'

const shapes: Shape[] = [
  {
    name: 'protectedItems/…/operationsStatus',
    kind: 'vm-backup',
    url: ({ operationUrl }) => operationUrl,
    reads: (trigger) => [jobRead(trigger)],
  },
  {
    name: 'protectedItems/…/operationResults, which ends in 204',
    kind: 'vm-backup',
    url: ({ locationUrl }) => locationUrl,
    unread: true,
    reads: (trigger) => [vaultStatus(trigger), jobRead(trigger)],
  },
  {
    name: 'protectedItems/…/operationResults, which ends in 200 with the item',
    kind: 'vm-configure',
    options: { seconds: 8 },
    url: ({ locationUrl }) => locationUrl,
    unread: true,
    reads: (trigger) => [vaultStatus(trigger), jobRead(trigger)],
  },
  {
    name: 'backupOperations of the vault',
    kind: 'vm-delete-data',
    options: { seconds: 8 },
    url: ({ operationUrl }) => operationUrl,
    reads: (trigger) => [jobRead(trigger)],
  },
  {
    name: 'backupOperationResults of the vault',
    kind: 'vm-delete-data',
    options: { seconds: 8 },
    url: ({ locationUrl }) => locationUrl,
    unread: true,
    reads: (trigger) => [vaultStatus(trigger), jobRead(trigger)],
  },
  {
    name: 'backupOperations, made up from the ID at the end of a header',
    kind: 'sql-backup',
    url: (trigger) => `${arm}${vaultOperation(trigger)}${version}`,
    reads: (trigger) => [jobRead(trigger)],
  },
  {
    name: 'backupPolicies/…/operations',
    kind: 'policy-change',
    options: { jobs: 1 },
    url: ({ operationUrl }) => operationUrl,
    reads: (trigger) => [jobRead(trigger)],
  },
  {
    name: 'backupPolicies/…/operationResults',
    kind: 'policy-change',
    options: { jobs: 1 },
    url: ({ locationUrl }) => locationUrl,
    unread: true,
    reads: (trigger) => [vaultStatus(trigger), jobRead(trigger)],
  },
  {
    name: 'backupCrrOperationsStatus',
    kind: 'vm-cross-region-restore',
    url: ({ operationUrl }) => operationUrl,
    reads: (trigger) => [crossRegionJob(trigger)],
  },
  {
    name: 'backupCrrOperationResults',
    kind: 'sql-cross-region-restore',
    url: ({ locationUrl }) => locationUrl,
    reads: (trigger) => [
      `GET ${location(trigger, 'RecoveryServices', 'northeurope')}/backupCrrOperationsStatus/` +
        `${encodeURIComponent(trigger.operationId)}?api-version=${versions.crossRegion}`,
      crossRegionJob(trigger),
    ],
  },
  {
    name: 'operationStatus of a Backup vault',
    kind: 'postgres-backup',
    url: ({ operationUrl }) => operationUrl,
    reads: dpJob,
  },
  {
    name: 'operationResults of a location, which ends in 200 with the job',
    kind: 'disk-restore',
    url: ({ locationUrl }) => locationUrl,
    reads: dpJob,
  },
  {
    name: 'operationStatus of a location',
    kind: 'aks-backup',
    url: (trigger) =>
      `${arm}${location(trigger, 'DataProtection', 'westeurope')}/operationStatus/${trigger.operationId}${version}`,
    reads: dpJob,
  },
  {
    name: 'operationStatus of a resource group',
    kind: 'blob-backup',
    url: (trigger) => `${arm}${group(trigger)}/operationStatus/${trigger.operationId}${version}`,
    reads: dpJob,
  },
  {
    name: 'operationResults of a Backup vault',
    kind: 'disk-backup',
    url: (trigger) => `${arm}${trigger.vaultId}/operationResults/${trigger.operationId}${version}`,
    reads: dpJob,
  },
  {
    name: 'operationResults of a resource group',
    kind: 'disk-backup',
    url: (trigger) => `${arm}${group(trigger)}/operationResults/${trigger.operationId}${version}`,
    reads: dpJob,
  },
]

function crossRegionJob(trigger: Trigger): string {
  return `POST ${location(trigger, 'RecoveryServices', 'northeurope')}/backupCrrJob?api-version=${versions.crossRegion}`
}

function begun({ kind, options, url }: Shape): [Trigger, string] {
  const trigger = start(simulator, kind, { ...quick, ...options })
  return [trigger, url(trigger)]
}

// What names its vault can be followed with others in one step: up to five jobs are read one by one.
const named = shapes.filter(({ kind }) => !kind.includes('cross-region'))
for (let from = 0; from < named.length; from += 5) {
  const some = named.slice(from, from + 5)
  tells(`follows ${some.map(({ name }) => name).join('; ')}`, async () => {
    const all = some.map(begun)
    const run = await follow(simulator, { 'operation-url': all.map(([, url]) => url).join('\n') })
    for (const [index, [trigger, url]] of all.entries()) {
      const { name, reads, unread } = some[index] as Shape
      const first = unread ? [] : [read(url)]
      expect(askedFor(simulator, trigger), name).toEqual([...first, ...reads(trigger)])
      expect(
        jobsOf(run).find(({ jobId }) => jobId === trigger.jobId),
        name,
      ).toMatchObject({
        conclusion: 'success',
        status: 'Completed',
        vaultName: trigger.vaultName,
        resourceGroup: trigger.resourceGroup,
      })
    }
    expect(jobsOf(run)).toHaveLength(some.length)
    expect(run.outputs.conclusion).toBe('success')
    expect(levels(run)).toEqual([])
  })
}

for (const shape of shapes.filter(({ kind }) => kind.includes('cross-region'))) {
  tells(`follows ${shape.name}`, async () => {
    const [trigger, url] = begun(shape)
    const vault = { 'resource-group': trigger.resourceGroup, 'vault-name': trigger.vaultName }
    const run = await follow(simulator, { 'operation-url': url, ...vault })
    expect(askedFor(simulator, trigger)).toEqual([read(url), ...shape.reads(trigger)])
    expect(run.outputs).toMatchObject({
      conclusion: 'success',
      status: 'Completed',
      'job-id': trigger.jobId,
      'vault-name': trigger.vaultName,
      'resource-group': trigger.resourceGroup,
    })
  })
}
