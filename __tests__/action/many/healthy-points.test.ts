/** `verify-recovery-point: healthy`: the recovery point of a good backup has to be clean, too. */
import { expect } from 'vitest'
import { asked, follow, jobsOf, levels, simulate, start, type Trigger, tells } from '../support.ts'
import { protect, tellsIn, vaultOf } from './support.ts'

const simulator = await simulate()
const healthy = { 'verify-recovery-point': 'healthy' }
const title = 'Suspicious file encryption activity'

/** A backup that ended a quarter of an hour ago, so that no status is waited for. */
function lastNight(options: object, where = simulator, source = 'vm') {
  return protect(where, { source, item: 'web-01' }, [{ hoursAgo: 1, seconds: 2_700, options }])
}

const scan = /source scan is not switched on/
const statuses: [status: string | undefined, conclusion: string, said: RegExp][] = [
  ['Healthy', 'success', /^$/],
  ['UnHealthy', 'failure', new RegExp(`the threat status UnHealthy: ${title} \\(High, Active\\)`)],
  ['Warning', 'failure', new RegExp(`the threat status Warning: ${title} \\(Warning, Active\\)`)],
  ['Unknown', 'failure', /the threat status Unknown: source scan is not switched on/],
  ['NotAvailable', 'failure', /the threat status NotAvailable: source scan is not switched on/],
  [undefined, 'failure', /no threat status: source scan is not switched on/],
  ['Quarantined', 'failure', /the threat status Quarantined: no threat is named/],
]

/** A vault with an item for each status. */
function itemOfEach() {
  const { subscriptionId } = protect(simulator, { item: 'vm-first' }, [])
  for (const [status = 'none'] of statuses) {
    const options = status === 'none' ? {} : { threatStatus: status }
    protect(simulator, { item: `vm-${status}`, subscriptionId }, [{ hoursAgo: 1, seconds: 2_700, options }])
  }
  const names = statuses.map(([status = 'none']) => `vm-${status}`).join('\n')
  const { vaultName, resourceGroup } = protect(simulator, { item: 'vm-last', subscriptionId }, [])
  return {
    subscriptionId,
    inputs: {
      'protected-item': names,
      'vault-name': vaultName,
      'resource-group': resourceGroup,
      'subscription-id': subscriptionId,
    },
  }
}

tells('only Healthy is a success, and each other status says why', async () => {
  const { inputs, subscriptionId } = itemOfEach()
  const run = await follow(simulator, { ...inputs, ...healthy })
  expect(run.exitCode).toBe(1)
  const jobs = jobsOf(run)
  expect(jobs).toHaveLength(statuses.length)
  for (const [status, conclusion, said] of statuses) {
    const job = jobs.find(({ item }) => item === `vm-${status ?? 'none'}`)
    expect(job).toMatchObject({
      conclusion,
      status: 'Completed',
      recoveryPointId: expect.stringMatching(/^\d+$/),
      recoveryPointThreatStatus: status ?? '',
      errorMessage: expect.stringMatching(said),
    })
    const command = `az backup item source-scan-configuration set --subscription ${subscriptionId} `
    expect(String(job?.recommendedAction).startsWith(command)).toBe(scan.test(said.source))
  }
  // Threats of one status, and scans of one status, are a cause each.
  expect(levels(run)).toEqual(statuses.slice(1).map(() => 'error'))
  expect(run.summary).toContain(`| vm-UnHealthy | ${title} | High | Active |`)
  expect(run.summary).toContain(`| vm-Warning | ${title} | Warning | Active |`)
  const reads = asked(simulator, { subscriptionId }).filter(({ path }) => path.endsWith('/recoveryPoints'))
  for (const { query } of reads) expect(query).toContain('api-version=2026-07-01')
})

tells('a threat status leaves the verdict where the point is enough, and is a warning', async () => {
  const { inputs } = itemOfEach()
  const run = await follow(simulator, { ...inputs, 'verify-recovery-point': 'true' })
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'error-message': '' })
  const told = jobsOf(run).map(({ recoveryPointThreatStatus: status }) => status)
  expect(told.sort()).toEqual(statuses.map(([status = '']) => status).sort())
  expect(run.annotations.map(({ level, title }) => `${level}: ${title}`).sort()).toEqual(
    ['NotAvailable', 'Quarantined', 'UnHealthy', 'Unknown', 'Warning'].map(
      (status) => `warning: The recovery point of vm-${status} has the threat status ${status}`,
    ),
  )
})

tells('an unhealthy recovery point is in outputs, annotation and summary', async () => {
  const item = lastNight({ threatStatus: 'UnHealthy' })
  const run = await follow(simulator, { ...vaultOf(item), 'protected-item': 'web-01', ...healthy })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({
    conclusion: 'failure',
    status: 'Completed',
    'recovery-point-id': expect.stringMatching(/^\d+$/),
    'recovery-point-threat-status': 'UnHealthy',
  })
  expect(run.annotations.map((one) => one.title)).toEqual([
    'Backup of web-01 completed in 45m, but its recovery point has the threat status UnHealthy',
  ])
  expect(run.annotations[0]?.message).toContain(`${title} (High, Active)`)
  expect(run.summary).toContain('| Threat | Severity | State | Since (UTC) |')
})

for (const refusal of ['NoRegisteredProviderFound', 'InvalidApiVersionParameter'] as const) {
  const older = {
    apiVersions: { 'Microsoft.RecoveryServices': ['2023-06-01', '2025-02-01'] },
    apiVersionRefusal: refusal,
  }
  tellsIn(
    `a cloud without the api-version has points, and no health (${refusal})`,
    { quirks: older },
    async (world) => {
      const item = lastNight({ threatStatus: 'UnHealthy' }, world.simulator)
      const gate = { ...vaultOf(item), 'protected-item': 'web-01' }
      const content = await world.run({ ...gate, 'verify-recovery-point': 'true' })
      expect(content.outputs).toMatchObject({
        conclusion: 'success',
        'recovery-point-type': 'AppConsistent (InstantRP, HardenedRP)',
        'recovery-point-threat-status': '',
      })
      const run = await world.run({ ...gate, ...healthy })
      expect(run.exitCode).toBe(1)
      expect(run.outputs).toMatchObject({
        conclusion: 'failure',
        'error-message': expect.stringContaining('this cloud lacks api-version 2026-07-01'),
      })
      const versions = asked(world.simulator, item)
        .filter(({ path }) => path.endsWith('/recoveryPoints'))
        .map(({ query }) => new URLSearchParams(query).get('api-version'))
      expect(versions).toEqual(['2026-07-01', '2025-02-01', '2026-07-01', '2025-02-01'])
    },
  )
}

tellsIn('a status that comes late is waited for', {}, async (world) => {
  const options = { seconds: 20, threatStatus: 'Healthy', threatSeconds: 90 }
  const trigger = start(world.simulator, 'vm-backup', options)
  const run = await world.run({ 'operation-url': trigger.operationUrl, ...healthy })
  expect(run.exitCode).toBe(0)
  expect(run.outputs).toMatchObject({ conclusion: 'success', 'recovery-point-threat-status': 'Healthy' })
})

tellsIn(
  'a status that never comes is a failure, ten minutes after the end',
  { speed: 150 },
  async (world) => {
    const trigger = start(world.simulator, 'vm-backup', { seconds: 20 })
    const run = await world.run({ 'operation-url': trigger.operationUrl, ...healthy })
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({
      conclusion: 'failure',
      'error-message': expect.stringMatching(/no threat status: source scan is not switched on/),
    })
    expect(run.annotations[0]?.message).toContain('\naz backup item source-scan-configuration set ')
  },
)

const snapshots: [status: string, exitCode: number][] = [
  ['Healthy', 0],
  ['UnHealthy', 1],
]
for (const [threatStatus, exitCode] of snapshots) {
  tellsIn(`with wait-for: snapshot, the snapshot’s point is asked: ${threatStatus}`, {}, async (world) => {
    const options = { seconds: 36_000, snapshotSeconds: 20, threatStatus }
    const trigger = start(world.simulator, 'vm-backup', options)
    const inputs = { 'operation-url': trigger.operationUrl, 'wait-for': 'snapshot', ...healthy }
    const run = await world.run(inputs)
    expect(run.exitCode).toBe(exitCode)
    expect(run.outputs).toMatchObject({
      conclusion: exitCode === 0 ? 'success' : 'failure',
      status: 'InProgress',
      'recovery-point-threat-status': threatStatus,
    })
  })
}

for (const kind of ['sql-backup', 'disk-backup']) {
  tells(`a ${kind} has no threat status, and is said to have none`, async () => {
    const trigger: Trigger = start(simulator, kind, { seconds: 0 })
    const run = await follow(simulator, { 'operation-url': trigger.operationUrl, ...healthy })
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({
      conclusion: 'failure',
      'error-message': expect.stringContaining('Azure has one for VMs in Recovery Services vaults only'),
    })
  })
}

tells(
  'tiers of a name never seen before count and are named where they are Valid or Rehydrated',
  async () => {
    const states = ['Valid', 'Rehydrated', 'Deleted', 'Disabled', 'Invalid']
    const first = protect(simulator, { item: 'vm-first' }, [])
    const { subscriptionId } = first
    for (const status of states) {
      const recoveryPointTiers = [
        { type: 'InstantRP', status: 'Valid' },
        { type: 'ColdRP', status },
      ]
      const entry = { hoursAgo: 1, seconds: 2_700, options: { recoveryPointTiers } }
      protect(simulator, { item: `vm-${status}`, subscriptionId }, [entry])
    }
    const run = await follow(simulator, {
      ...vaultOf(first),
      'protected-item': states.map((status) => `vm-${status}`).join('\n'),
      'verify-recovery-point': 'true',
    })
    expect(run.outputs.conclusion).toBe('success')
    const types = jobsOf(run).map(({ item, recoveryPointType }) => `${item} ${recoveryPointType}`)
    expect(types.sort()).toEqual(
      [
        'vm-Valid AppConsistent (InstantRP, ColdRP)',
        'vm-Rehydrated AppConsistent (InstantRP, ColdRP)',
        'vm-Deleted AppConsistent (InstantRP)',
        'vm-Disabled AppConsistent (InstantRP)',
        'vm-Invalid AppConsistent (InstantRP)',
      ].sort(),
    )
  },
)

tells('a point whose tiers are all gone is none', async () => {
  const recoveryPointTiers = [{ type: 'InstantRP', status: 'Deleted' }]
  const item = lastNight({ recoveryPointTiers, threatStatus: 'Healthy' })
  const run = await follow(simulator, { ...vaultOf(item), 'protected-item': 'web-01', ...healthy })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ conclusion: 'failure', 'recovery-point-id': '' })
})

tells('the expiry is an output, of the point or of the job’s bag', async () => {
  const week = 7 * 24 * 3_600
  const item = lastNight({ threatStatus: 'Healthy', recoveryPointExpirySeconds: week })
  const run = await follow(simulator, { ...vaultOf(item), 'protected-item': 'web-01', ...healthy })
  const made = Date.parse(run.outputs['recovery-point-time'] ?? '')
  const expiry = Date.parse(run.outputs['recovery-point-expiry'] ?? '')
  expect(Math.abs(expiry - made - week * 1000)).toBeLessThan(2_000)
  const trigger = start(simulator, 'vm-backup', { seconds: 0, threatStatus: 'Healthy' })
  const bag = await follow(simulator, { 'operation-url': trigger.operationUrl, ...healthy })
  expect(bag.outputs['recovery-point-expiry']).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/)
  expect(jobsOf(bag)[0]).toMatchObject({ recoveryPointExpiry: bag.outputs['recovery-point-expiry'] })
})
