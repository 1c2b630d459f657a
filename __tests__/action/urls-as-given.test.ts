/** URLs are followed as they were given, whatever they look like, and their query is shown nowhere. */
import { expect } from 'vitest'
import { asked, follow, type Run, simulate, start, type Trigger, tells } from './support.ts'

const simulator = await simulate()
const arm = simulator.resourceManagerUrl
const quick = { seconds: 20, snapshotSeconds: 5, operationSeconds: 8 }

const vaultOf = ({ resourceGroup, vaultName }: Trigger) => ({
  'resource-group': resourceGroup,
  'vault-name': vaultName,
})

function expectSuccess(run: Run, trigger: Trigger): void {
  expect(run.outputs).toMatchObject({
    conclusion: 'success',
    'job-id': trigger.jobId,
    'vault-name': trigger.vaultName,
    'resource-group': trigger.resourceGroup,
  })
}

/** Everything of a run that a person, a next step or the runner's log sees. */
const shown = (run: Run) => [run.stdout, run.stderr, run.summary, ...Object.values(run.outputs)].join('\n')

for (const kind of ['vm-backup', 'disk-restore', 'vm-cross-region-restore']) {
  for (const header of ['operationUrl', 'locationUrl'] as const) {
    tells(`a signed ${header} of ${kind} is followed to the letter and not shown`, async () => {
      const trigger = start(simulator, kind, { ...quick, signed: true })
      const given = trigger[header]
      expect(given.length).toBeGreaterThan(3_000)
      const run = await follow(simulator, { 'operation-url': given, ...vaultOf(trigger) })
      expectSuccess(run, trigger)
      const [first, ...others] = asked(simulator, trigger)
      expect(first?.url).toBe(given)
      // What the action makes up itself is not signed.
      expect(others.filter(({ url }) => url !== given && /[?&][tcsh]=/.test(url))).toEqual([])
      const secrets = new URL(given).searchParams
      for (const name of ['t', 'c', 's', 'h']) expect(shown(run)).not.toContain(secrets.get(name))
    })
  }
}

tells('a signed URL whose job cannot be read is not shown in the error', async () => {
  const trigger = start(simulator, 'vm-backup', { ...quick, signed: true })
  simulator.fault({ kind: 'denied', path: trigger.operationId })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl })
  expect(run.outputs.conclusion).toBe('error')
  expect(shown(run)).not.toContain(new URL(trigger.operationUrl).searchParams.get('s'))
})

for (const header of ['operationUrl', 'locationUrl'] as const) {
  tells(`a malformed query of the ${header} is left alone`, async () => {
    const trigger = start(simulator, 'file-share-backup', {
      ...quick,
      malformedQuery: true,
      apiVersion: '2016-12-01',
    })
    expect(trigger[header]).toContain('?fabricName=Azure?api-version=2016-12-01')
    const run = await follow(simulator, { 'operation-url': trigger[header] })
    expectSuccess(run, trigger)
    expect(asked(simulator, trigger)[0]?.url).toBe(trigger[header])
  })
}

tells('raw semicolons stay raw, and a preview version stays what it is', async () => {
  const trigger = start(simulator, 'vm-backup', { ...quick, apiVersion: '2019-05-13-preview' })
  const run = await follow(simulator, { 'operation-url': trigger.operationUrl })
  expectSuccess(run, trigger)
  const { path, query } = asked(simulator, trigger)[0] ?? {}
  expect(path).toContain('/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-prod;web-01/')
  expect(query).toBe('?api-version=2019-05-13-preview')
})

tells('escaped semicolons stay escaped', async () => {
  const trigger = start(simulator, 'vm-backup', quick)
  const given = trigger.operationUrl.replaceAll(';', '%3B')
  const run = await follow(simulator, { 'operation-url': given })
  expectSuccess(run, trigger)
  expect(asked(simulator, trigger)[0]?.url).toBe(given)
})

for (const kind of ['postgres-backup', 'vm-cross-region-restore']) {
  tells(`an operation's ID of ${kind} may end in = or in %3D`, async () => {
    const trigger = start(simulator, kind, quick)
    expect(trigger.operationId).toMatch(/=$/)
    const escaped = trigger.operationUrl.replace(/=+(?=\?)/, (signs) => '%3D'.repeat(signs.length))
    expect(escaped).not.toBe(trigger.operationUrl)
    const run = await follow(simulator, { 'operation-url': escaped, ...vaultOf(trigger) })
    expectSuccess(run, trigger)
    expect(asked(simulator, trigger)[0]?.url).toBe(escaped)
  })
}

for (const kind of ['vm-backup', 'aks-backup']) {
  for (const header of ['operationUrl', 'locationUrl'] as const) {
    tells(`a ${header} of ${kind} may be in odd case, and so may the job's ID`, async () => {
      const trigger = start(simulator, kind, { ...quick, oddCase: true, bareJobId: false })
      expect(trigger[header]).toContain('/Subscriptions/')
      const run = await follow(simulator, { 'operation-url': trigger[header], ...vaultOf(trigger) })
      expectSuccess(run, trigger)
      expect(asked(simulator, trigger)[0]?.url).toBe(trigger[header])
    })
  }
}

tells('a job’s ARM ID may be in odd case, and may have a query', async () => {
  const trigger = start(simulator, 'vm-backup', quick)
  const odd = trigger.jobResourceId
    .replace('/subscriptions/', '/Subscriptions/')
    .replace('/resourceGroups/', '/resourcegroups/')
    .replace('/Microsoft.RecoveryServices/', '/microsoft.recoveryservices/')
    .replace('/vaults/', '/Vaults/')
    .replace('/backupJobs/', '/BackupJobs/')
  const run = await follow(simulator, { 'job-id': `${odd}?api-version=2021-10-01` })
  expectSuccess(run, trigger)
})

tells('a Backup vault’s job is known by its ARM ID too', async () => {
  const trigger = start(simulator, 'disk-backup', quick)
  const run = await follow(simulator, {
    'job-id': trigger.jobResourceId.replace('/backupVaults/', '/Backupvaults/'),
  })
  expectSuccess(run, trigger)
})

tells('a documented Location with the subscription twice is followed', async () => {
  const trigger = start(simulator, 'vm-restore', quick)
  const twice = `${arm}/subscriptions//subscriptions/`
  const given = trigger.locationUrl.replace(`${arm}/subscriptions/`, twice)
  simulator.override((request) => {
    if (request.url === given)
      request.path = request.path.replace('/subscriptions//subscriptions', '/subscriptions')
    return undefined
  })
  const run = await follow(simulator, { 'operation-url': given })
  expectSuccess(run, trigger)
  expect(asked(simulator, trigger)[0]?.url).toBe(given)
})

tells('and its recovery point is asked for at the item, not at that path', async () => {
  const trigger = start(simulator, 'vm-backup', quick)
  const given = trigger.operationUrl.replace(`${arm}/subscriptions/`, `${arm}/subscriptions//subscriptions/`)
  simulator.override((request) => {
    if (request.url === given)
      request.path = request.path.replace('/subscriptions//subscriptions', '/subscriptions')
    return undefined
  })
  const run = await follow(simulator, { 'operation-url': given, 'verify-recovery-point': 'true' })
  expectSuccess(run, trigger)
  expect(run.outputs['recovery-point-id']).toMatch(/^\d+$/)
})

tells('the two URLs of one operation are one job', async () => {
  const trigger = start(simulator, 'disk-backup', quick)
  const both = `${trigger.operationUrl}\n${trigger.locationUrl}`
  const run = await follow(simulator, { 'operation-url': both })
  expectSuccess(run, trigger)
  expect(JSON.parse(run.outputs.jobs ?? '')).toHaveLength(1)
})

tells('blanks and empty lines around a URL do not matter', async () => {
  const trigger = start(simulator, 'vm-backup', quick)
  const run = await follow(simulator, { 'operation-url': `\n  ${trigger.operationUrl}  \r\n\n` })
  expectSuccess(run, trigger)
})
