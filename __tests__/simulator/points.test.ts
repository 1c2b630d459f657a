/** Recovery points: what they say of threats, tiers and their end, and in which api-version. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type MadeItem,
  type Simulator,
  type StartOptions,
  startSimulator,
} from '../../simulator/simulator.ts'
import { get, until } from './support.ts'

let simulator: Simulator
let made = 0
beforeAll(async () => {
  simulator = await startSimulator({ speed: 1000 })
})
afterAll(() => simulator.close())

interface Point {
  name: string
  properties: Record<string, unknown>
}

/** An item that was backed up an hour ago. */
function backedUp(options: StartOptions, source = 'vm'): MadeItem {
  made += 1
  const entry = { hoursAgo: 1, seconds: 600, options }
  return simulator.history({ source, item: `item-${made}` }, [entry])
}

const listOf = async (item: MadeItem, version: string): Promise<Point[]> => {
  const { body } = await get(simulator, `${encodeURI(item.id)}/recoveryPoints`, version)
  return (body as { value: Point[] }).value
}

/** The newest point, in the list and by itself. */
async function newest(item: MadeItem, version: string): Promise<Record<string, unknown>> {
  const [point] = await listOf(item, version)
  const alone = await get(simulator, `${encodeURI(item.id)}/recoveryPoints/${point?.name}`, version)
  expect((alone.body as Point).properties).toEqual(point?.properties)
  return point?.properties ?? {}
}

describe('the threat status of a point', () => {
  it.each(['Healthy', 'UnHealthy', 'Warning', 'Unknown', 'NotAvailable'])('is %s', async (threatStatus) => {
    const item = backedUp({ threatStatus })
    for (const version of ['2026-07-01', '2026-08-31-preview', '2026-11-01']) {
      const properties = await newest(item, version)
      expect(properties.threatStatus).toBe(threatStatus)
      const threats = properties.threatInfo as { threatSeverity: string; threatState: string }[]
      const severity = { UnHealthy: 'High', Warning: 'Warning' }[threatStatus]
      expect(threats.map((threat) => threat.threatSeverity)).toEqual(severity === undefined ? [] : [severity])
      expect(threats.every(({ threatState }) => threatState === 'Active')).toBe(true)
    }
  })

  it.each(['2025-02-01', '2026-05-01'])('is not told in %s', async (version) => {
    const properties = await newest(backedUp({ threatStatus: 'UnHealthy' }), version)
    expect(Object.keys(properties)).not.toContain('threatStatus')
    expect(Object.keys(properties)).not.toContain('threatInfo')
  })

  it('is of that point alone, and of none where source scan is off', async () => {
    const version = '2026-07-01'
    const points = await listOf(backedUp({ threatStatus: 'Healthy', threatInfo: null }), version)
    expect(points.map(({ properties }) => properties.threatStatus)).toEqual([
      'Healthy',
      undefined,
      undefined,
      undefined,
    ])
    expect(points[0]?.properties).not.toHaveProperty('threatInfo')
    expect(await newest(backedUp({}), version)).not.toHaveProperty('threatStatus')
    const databases = await newest(backedUp({ threatStatus: 'Warning' }, 'sql'), version)
    expect(databases.threatStatus).toBe('Warning')
  })

  it('comes late', async () => {
    made += 1
    const trigger = simulator.start('vm-backup', {
      item: `item-${made}`,
      seconds: 600,
      snapshotSeconds: 300,
      threatStatus: 'UnHealthy',
      threatSeconds: 2000,
    })
    const id = `${trigger.vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-prod;item-${made}/protectedItems/VM;iaasvmcontainerv2;rg-prod;item-${made}`
    const read = async () => (await listOf({ id } as MadeItem, '2026-07-01'))[0]?.properties ?? {}
    let without = 0
    const told = await until(read, ({ recoveryPointTime, threatStatus }) => {
      const there = Date.parse(String(recoveryPointTime)) > simulator.clock.now() - 3_000_000
      if (there && threatStatus === undefined) without += 1
      return threatStatus !== undefined
    })
    expect(without).toBeGreaterThan(0)
    expect(told.threatStatus).toBe('UnHealthy')
    // Since the snapshot, which was taken 300 s after the start: the point's time is in the middle of that.
    expect(simulator.clock.now() - Date.parse(String(told.recoveryPointTime))).toBeGreaterThan(2_100_000)
  })
})

describe('tiers and the end of a point', () => {
  it.each([
    [
      [
        { type: 'InstantRP', status: 'Deleted' },
        { type: 'HardenedRP', status: 'Valid' },
      ],
    ],
    [[{ type: 'HardenedRP', status: 'Disabled' }]],
    [
      [
        { type: 'ArchivedRP', status: 'Rehydrated' },
        { type: 'IASnapshotRP', status: 'Invalid' },
      ],
    ],
    [[]],
  ])('are as they were given: %j', async (recoveryPointTiers) => {
    expect((await newest(backedUp({ recoveryPointTiers }), '2025-02-01')).recoveryPointTierDetails).toEqual(
      recoveryPointTiers,
    )
    const share = await newest(backedUp({ recoveryPointTiers }, 'file-share'), '2025-02-01')
    expect(share.recoveryPointTierDetails).toEqual(recoveryPointTiers)
  })

  it('is told by the point and by the job', async () => {
    const week = 7 * 24 * 3600
    const item = backedUp({ recoveryPointExpirySeconds: week })
    const { recoveryPointTime, recoveryPointProperties } = await newest(item, '2025-02-01')
    const { expiryTime } = recoveryPointProperties as { expiryTime: string }
    const days = (Date.parse(expiryTime) - Date.parse(String(recoveryPointTime))) / 86_400_000
    expect(days).toBeCloseTo(7, 3)
    const job = await get(simulator, item.jobs[0]?.resourceId ?? '')
    const { propertyBag } = (
      job.body as { properties: { extendedInfo: { propertyBag: Record<string, string> } } }
    ).properties.extendedInfo
    const bag = propertyBag['Recovery Point Expiry Time in UTC'] ?? ''
    expect(Math.abs(Date.parse(`${bag} UTC`) - Date.parse(expiryTime))).toBeLessThan(600_000)
    expect(await newest(backedUp({}), '2025-02-01')).not.toHaveProperty('recoveryPointProperties')
  })

  it('is told by a Backup vault too', async () => {
    const item = backedUp({ recoveryPointExpirySeconds: 3600 }, 'disk')
    const { expiryTime, recoveryPointTime } = await newest(item, '2025-07-01')
    expect(Date.parse(String(expiryTime)) - Date.parse(String(recoveryPointTime))).toBeCloseTo(3_600_000, -2)
  })
})
