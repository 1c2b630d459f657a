/** Answers that asking again does not change: an error at once, with all that support asks for. */
import { expect } from 'vitest'
import { leaps } from './support/leaping-clock.ts'
import { faultsOf, follow, messages, requestsTo } from './support/run.ts'

const ids = { 'x-ms-request-id': 'req-1', 'x-ms-correlation-request-id': 'corr-2' }
const withIds = '(request ID req-1, correlation ID corr-2)'

const refusals = [
  { status: 400, said: `400 BadRequest: The request is invalid. ${withIds}` },
  {
    status: 409,
    body: { error: { code: 'Conflict', message: 'Something\r\nelse  runs.' } },
    said: `409 Conflict: Something else runs. ${withIds}`,
  },
  { status: 410, body: '', said: `410 ${withIds}` },
  {
    status: 300,
    said: `300 a redirect, which is not followed ${withIds}`,
  },
  { status: 304, said: `304 a redirect, which is not followed ${withIds}` },
]

for (const { status, body, said } of refusals) {
  for (const skip of status === 400 ? [0, 2] : [2]) {
    leaps(`${status} at read ${skip + 1}`, async (simulator) => {
      const { jobResourceId, jobId } = simulator.backup()
      simulator.fault({
        kind: 'status',
        status,
        ...(body === undefined ? {} : { body }),
        headers: ids,
        path: jobId,
        skip,
      })
      const run = await follow(simulator, { 'job-id': jobResourceId })
      expect(requestsTo(simulator, 'resource-manager', new RegExp(jobId))).toHaveLength(skip + 1)
      expect(faultsOf(run)).toEqual([])
      expect(run.outputs).toMatchObject({
        conclusion: 'error',
        status: skip === 0 ? '' : 'InProgress',
        'job-id': jobId,
      })
      expect(messages(run, 'error')).toHaveLength(1)
      expect(messages(run, 'error')[0]).toContain(`\nThe answer: ${said}`)
      expect(run.outputs['error-message']).toContain(said)
    })
  }
}

/** Kinds of vault, and what reading a job or an operation in them takes. */
const denials = [
  {
    kind: 'vm-backup',
    input: 'job-id',
    role: 'Backup Reader on the Recovery Services vault',
    action: 'Microsoft.RecoveryServices/Vaults/backupJobs/read',
  },
  {
    kind: 'vm-backup',
    input: 'operation-url',
    role: 'Backup Reader on the Recovery Services vault',
    action:
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/operationsStatus/read',
  },
  {
    kind: 'disk-restore',
    input: 'job-id',
    role: 'Reader on the Backup vault',
    action: 'Microsoft.DataProtection/backupVaults/backupJobs/read',
  },
  {
    kind: 'disk-restore',
    input: 'operation-url',
    role: 'Reader on the Backup vault',
    action: 'Microsoft.DataProtection/backupVaults/operationStatus/read',
  },
]

for (const { kind, input, role, action } of denials) {
  leaps(`403 of ${kind} by ${input}: the role and the action that are missing`, async (simulator) => {
    const { jobResourceId, operationUrl } = simulator.start(kind)
    simulator.fault({ kind: 'denied' })
    const run = await follow(simulator, { [input]: input === 'job-id' ? jobResourceId : operationUrl })
    expect(requestsTo(simulator, 'resource-manager')).toHaveLength(1)
    expect(run.outputs).toMatchObject({ conclusion: 'error', 'error-code': 'AuthorizationFailed' })
    const [message = ''] = messages(run, 'error')
    expect(message).toContain('\nThe answer: 403 AuthorizationFailed: The client ')
    // Backup vaults give no request ID.
    expect(message).toMatch(/\((request ID .+, )?correlation ID .+\)/)
    expect(message).toMatch(/^The identity lacks the role /)
    expect(message.replace(/ \S+ \(action/, ' (action')).toContain(`${role} (action ${action})`)
    expect(message).toMatch(/\naz role assignment create --assignee-object-id .* --scope \/subscriptions\//)
  })

  if (kind === 'vm-backup' && input === 'job-id') continue
  leaps(`403 of ${kind} by ${input} whose text names no action`, async (simulator) => {
    const { jobResourceId, operationUrl } = simulator.start(kind)
    simulator.fault({ kind: 'status', status: 403, headers: ids })
    const run = await follow(simulator, { [input]: input === 'job-id' ? jobResourceId : operationUrl })
    const [message = ''] = messages(run, 'error')
    expect(message).toContain(
      `403 AuthorizationFailed: The client does not have authorization to perform this action. ${withIds}`,
    )
    expect(message).toMatch(/^The identity lacks the role /)
    expect(message.replace(/ \S+ \(action/, ' (action')).toContain(`${role} (action ${action})`)
    expect(message).toMatch(/\naz role assignment create --assignee-object-id .* --scope \/subscriptions\//)
  })
}

const above = [
  { code: 'SubscriptionNotFound', said: 'There is no subscription' },
  { code: 'ResourceGroupNotFound', said: 'There is no resource group' },
]

for (const { code, said } of above) {
  leaps(`404 ${code}: at once, and it says what is missing`, async (simulator) => {
    const { jobResourceId, jobId } = simulator.backup()
    const body = { error: { code, message: 'It could not be found.' } }
    simulator.fault({ kind: 'status', status: 404, body, path: jobId })
    const run = await follow(simulator, { 'job-id': jobResourceId })
    expect(requestsTo(simulator, 'resource-manager', new RegExp(jobId))).toHaveLength(1)
    expect(run.outputs).toMatchObject({ conclusion: 'error', 'error-code': code })
    expect(messages(run, 'error')[0]).toContain(said)
  })
}

const lacking = { 'Microsoft.RecoveryServices': ['2023-06-01', '2024-04-01'] }
const versionsOf = (all: { query: string }[]) => [
  ...new Set(all.map(({ query }) => /api-version=([^&]*)/.exec(query)?.[1])),
]

for (const apiVersionRefusal of [
  'NoRegisteredProviderFound',
  'InvalidApiVersionParameter',
  'InvalidResourceType',
] as const) {
  leaps(
    `a cloud that has older ones, and says so with ${apiVersionRefusal}`,
    async (simulator) => {
      const { jobResourceId, jobId, operationUrl } = simulator.backup({ seconds: 120 })
      const operation = operationUrl.replace(/api-version=[^&]*/, 'api-version=2024-04-01')
      for (const inputs of [{ 'job-id': jobResourceId }, { 'operation-url': operation }]) {
        const run = await follow(simulator, inputs)
        expect(run.outputs).toMatchObject({ conclusion: 'success', 'job-id': jobId })
        expect(messages(run, 'warning')).toEqual([])
      }
      const reads = requestsTo(simulator, 'resource-manager', new RegExp(`backupJobs/${jobId}`))
      expect(versionsOf(reads)).toEqual(['2025-02-01', '2024-04-01'])
      expect(reads.filter(({ query }) => query.includes('2025-02-01'))).toHaveLength(2)
    },
    { quirks: { apiVersions: lacking, apiVersionRefusal } },
  )

  leaps(
    `a cloud that has none, and says so with ${apiVersionRefusal}: one error, at once`,
    async (simulator) => {
      const { jobResourceId, jobId } = simulator.backup()
      const run = await follow(simulator, { 'job-id': jobResourceId })
      expect(run.outputs).toMatchObject({ conclusion: 'error', 'error-code': apiVersionRefusal })
      expect(messages(run, 'error')).toHaveLength(1)
      const [message] = messages(run, 'error')
      expect(message).toMatch(new RegExp(`^Azure refused to read job ${jobId}: ${apiVersionRefusal}: `))
      expect(message).toContain('Check the inputs environment and resource-manager-url.')
      expect(message).not.toContain('no such job')
      expect(requestsTo(simulator, 'resource-manager', new RegExp(jobId))).toHaveLength(1)
    },
    { quirks: { apiVersions: { 'Microsoft.RecoveryServices': [] }, apiVersionRefusal } },
  )

  leaps(
    `a later preview of cross-tenant restores, after ${apiVersionRefusal}`,
    async (simulator) => {
      const { jobResourceId } = simulator.start('vm-cross-tenant-restore', { seconds: 120 })
      const run = await follow(simulator, { 'job-id': jobResourceId })
      expect(run.outputs.conclusion).toBe('success')
      const reads = requestsTo(simulator, 'resource-manager', /backupJobs/)
      expect(versionsOf(reads)).toEqual(['2026-03-31-preview', '2026-08-31-preview'])
    },
    {
      quirks: {
        apiVersions: { 'Microsoft.RecoveryServices': ['2025-02-01', '2026-08-31-preview', '2026-11-01'] },
        apiVersionRefusal,
      },
    },
  )
}

for (const [name, versions, requests] of [
  ['older ones', '2024-04-01, 2025-02-01', 1],
  ['a later one that lacks it too', '2025-02-01, 2026-11-01', 2],
] as const) {
  leaps(
    `a cloud that lacks the preview of cross-tenant restores and names ${name}: one error`,
    async (simulator) => {
      const { jobResourceId } = simulator.start('vm-cross-tenant-restore')
      const message = `The resource type could not be found in the namespace. The supported api-versions are '${versions}'.`
      const body = { error: { code: 'InvalidResourceType', message } }
      simulator.fault({ kind: 'status', status: 404, body, path: 'backupJobs' })
      const run = await follow(simulator, { 'job-id': jobResourceId })
      expect(run.outputs).toMatchObject({ conclusion: 'error', 'error-code': 'InvalidResourceType' })
      expect(messages(run, 'error')).toHaveLength(1)
      expect(messages(run, 'error')[0]).toContain('Cross-tenant restores are a preview')
      expect(requestsTo(simulator, 'resource-manager', /backupJobs/)).toHaveLength(requests)
    },
  )
}

leaps('a cloud without our api-version is asked in its newest, and remembered', async (simulator) => {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 120 })
  simulator.override(({ path, query }) =>
    path.includes(jobId) && query.includes('api-version=2025-02-01')
      ? {
          status: 400,
          body: {
            error: {
              code: 'NoRegisteredProviderFound',
              message:
                "No registered resource provider found for location 'chinaeast2' and API version '2025-02-01' for type 'vaults'. The supported api-versions are '2016-12-01, 2024-04-01'.",
            },
          },
        }
      : undefined,
  )
  const run = await follow(simulator, { 'job-id': jobResourceId })
  expect(run.outputs.conclusion).toBe('success')
  const versions = requestsTo(simulator, 'resource-manager', new RegExp(jobId)).map(({ query }) => query)
  expect(versions.length).toBeGreaterThan(2)
  expect(versions.slice(1).filter((query) => !query.includes('api-version=2024-04-01'))).toEqual([])
})
