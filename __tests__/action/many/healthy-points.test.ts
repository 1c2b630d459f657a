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

const statuses: [status: string | undefined, conclusion: string, said: RegExp][] = [
  ['Healthy', 'success', /^$/],
  ['UnHealthy', 'failure', new RegExp(`the threat status UnHealthy: ${title} \\(High, Active\\)`)],
  ['Warning', 'failure', new RegExp(`the threat status Warning: ${title} \\(Warning, Active\\)`)],
  ['Unknown', 'failure', /the threat status Unknown: source scan is not switched on/],
  ['NotAvailable', 'failure', /the threat status NotAvailable: source scan is not switched on/],
  [undefined, 'failure', /no threat status: source scan is not switched on/],
  ['Quarantined', 'failure', /the threat status Quarantined: no threat is named/],
]
for (const [status, conclusion, said] of statuses) {
  const options = status === undefined ? {} : { threatStatus: status }
  tells(`the threat status ${status} is ${conclusion}`, async () => {
    const item = lastNight(options)
    const run = await follow(simulator, { ...vaultOf(item), 'protected-item': 'web-01', ...healthy })
    const passes = conclusion === 'success'
    expect(run.exitCode).toBe(passes ? 0 : 1)
    expect(run.outputs).toMatchObject({
      conclusion,
      status: 'Completed',
      'recovery-point-id': expect.stringMatching(/^\d+$/),
      'recovery-point-threat-status': status ?? '',
      'error-message': expect.stringMatching(said),
    })
    expect(jobsOf(run)[0]).toMatchObject({ recoveryPointThreatStatus: status ?? '' })
    expect(levels(run)).toEqual(passes ? [] : ['error'])
    const command = `az backup item source-scan-configuration set --subscription ${item.subscriptionId} `
    expect(run.outputs['recommended-action']?.startsWith(command)).toBe(/source scan/.test(said.source))
    const hasThreat = status === 'UnHealthy' || status === 'Warning'
    expect(/\| Threat \| Severity \| State \|/.test(run.summary)).toBe(hasThreat)
    const [read] = asked(simulator, item).filter(({ path }) => path.endsWith('/recoveryPoints'))
    expect(read?.query).toContain('api-version=2026-07-01')
  })

  tells(`the threat status ${status} leaves the verdict where the point is enough`, async () => {
    const item = lastNight(options)
    const inputs = { ...vaultOf(item), 'protected-item': 'web-01', 'verify-recovery-point': 'true' }
    const run = await follow(simulator, inputs)
    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({
      conclusion: 'success',
      'recovery-point-threat-status': status ?? '',
      'error-message': '',
    })
    expect(levels(run)).toEqual(status === undefined || status === 'Healthy' ? [] : ['warning'])
  })
}

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

const tiers: [status: string, conclusion: string, type: string][] = [
  ['Valid', 'success', 'AppConsistent (InstantRP, ColdRP)'],
  ['Rehydrated', 'success', 'AppConsistent (InstantRP, ColdRP)'],
  ['Deleted', 'success', 'AppConsistent (InstantRP)'],
  ['Disabled', 'success', 'AppConsistent (InstantRP)'],
  ['Invalid', 'success', 'AppConsistent (InstantRP)'],
]
for (const [status, conclusion, type] of tiers) {
  tells(`a tier of a name never seen before that is ${status}`, async () => {
    const recoveryPointTiers = [
      { type: 'InstantRP', status: 'Valid' },
      { type: 'ColdRP', status },
    ]
    const item = lastNight({ recoveryPointTiers })
    const inputs = { ...vaultOf(item), 'protected-item': 'web-01', 'verify-recovery-point': 'true' }
    const run = await follow(simulator, inputs)
    expect(run.outputs).toMatchObject({ conclusion, 'recovery-point-type': type })
  })
}

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
