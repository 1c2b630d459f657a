/** Scenarios of many jobs, and of jobs that a schedule started. */
import type { Simulator } from '../api.ts'
import type { Scenario } from './scenario.ts'

const minutes = (count: number) => count * 60

/** What a vault has backed up during the night, and the inputs of a gate on it. */
function lastNight(simulator: Simulator, newest: { hoursAgo: number; end?: string }): Record<string, string> {
  const earlier = { hoursAgo: 33, seconds: minutes(50) }
  const { vaultName, resourceGroup, subscriptionId } = simulator.history({ source: 'vm', item: 'web-01' }, [
    { seconds: minutes(50), ...newest },
    earlier,
  ])
  simulator.history({ source: 'sql', item: 'orders' }, [{ hoursAgo: 8.5, seconds: minutes(4) }, earlier])
  simulator.history({ source: 'file-share', item: 'documents' }, [{ hoursAgo: 8, seconds: 20 }])
  return {
    'protected-item': 'web-01\norders\ndocuments',
    'vault-name': vaultName,
    'resource-group': resourceGroup,
    'subscription-id': subscriptionId,
    'max-age-hours': '24',
  }
}

/** All of them. */
export const FLEET_SCENARIOS: Scenario[] = [
  {
    name: 'fleet',
    description: 'Forty items of three vaults are backed up at once, and two of the backups fail',
    kind: 'vm-backup',
    begin: (simulator) => {
      const fleet = simulator.fleet({ vaults: 3, jobs: 40, failed: 2, seconds: [minutes(3), minutes(14)] })
      return { 'protected-item': '*', 'subscription-id': fleet.subscriptionIds[0] ?? '' }
    },
    conclusion: 'failure',
    exitCode: 1,
  },
  {
    name: 'last-night',
    description: 'A gate on last night: every item has a fresh backup and its recovery point',
    kind: 'vm-backup',
    begin: (simulator) => lastNight(simulator, { hoursAgo: 9 }),
    inputs: { 'verify-recovery-point': 'true' },
    conclusion: 'success',
    exitCode: 0,
  },
  {
    name: 'last-night-missed',
    description: 'A gate on last night: the newest backup of one item is of the night before',
    kind: 'vm-backup',
    begin: (simulator) => lastNight(simulator, { hoursAgo: 33.5 }),
    conclusion: 'failure',
    exitCode: 1,
  },
  {
    name: 'appears-late',
    description: "A gate in the evening: tonight's backup begins ten minutes later, and is waited for",
    kind: 'vm-backup',
    begin: (simulator) => {
      const tonight = {
        inSeconds: minutes(10),
        seconds: minutes(15),
        options: { snapshotSeconds: minutes(4) },
      }
      const item = simulator.history({ item: 'web-01' }, [tonight, { hoursAgo: 23.5 }])
      return {
        'protected-item': 'web-01',
        'vault-name': item.vaultName,
        'resource-group': item.resourceGroup,
        'subscription-id': item.subscriptionId,
      }
    },
    inputs: { 'max-age-hours': '12', 'appear-within-minutes': '60' },
    conclusion: 'success',
    exitCode: 0,
  },
]
