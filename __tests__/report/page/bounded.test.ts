import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/domain/outcome.ts'
import { bounded } from '../../../src/report/page/bounded.ts'
import { good, refused, unhealthy, vault } from '../samples.ts'

/** An outcome with one text wherever a name stands, and another wherever a message does. */
function outcomeWith(name: string, message: string): Outcome {
  const problem = {
    code: name,
    cause: message,
    cure: message,
    said: message,
    facts: [[name, name]] as [string, string][],
    commands: [message, message],
  }
  return {
    job: {
      ...good.job,
      id: name,
      vault: { ...vault, subscriptionId: name, resourceGroup: name, name },
      operation: name,
      item: name,
      status: name,
      size: { text: name, bytes: 1 },
      phases: [{ name, status: name, startTime: 1, details: name }],
      errors: [
        {
          code: name,
          message,
          recommendations: [message, message],
          cause: { code: name, message },
        },
      ],
      activityId: name,
    },
    ending: 'ended',
    problem,
    verification: { state: 'error', healthy: true, problem },
    recoveryPoint: {
      id: '1',
      time: 2,
      type: name,
      health: { status: name, threats: [{ title: name, severity: name, state: name, time: 3 }] },
    },
    seenAt: 4,
    observed: [{ name, status: name, startedAt: 5, endedAt: 6 }],
  }
}

describe('an outcome for a report', () => {
  it('has every text cut, and all else as it was', () => {
    expect(bounded(outcomeWith('n'.repeat(301), 'm'.repeat(4_001)))).toStrictEqual(
      outcomeWith(`${'n'.repeat(299)}…`, `${'m'.repeat(3_999)}…`),
    )
    const longest = outcomeWith('n'.repeat(300), 'm'.repeat(4_000))
    expect(bounded(longest)).toStrictEqual(longest)
  })

  it('gets nothing that it had not', () => {
    for (const outcome of [good, unhealthy, refused]) expect(bounded(outcome)).toEqual(outcome)
    const phases = [{ name: 'Take Snapshot', status: 'Completed' }]
    const errors = [{ code: 'C', message: 'm', recommendations: [] }]
    const bare: Outcome = {
      ...good,
      job: { ...good.job, vault: undefined, size: undefined, phases, errors },
      problem: { code: '', cause: 'c' },
      verification: { state: 'missing', problem: undefined },
      recoveryPoint: { id: '1', time: 0, type: '' },
    }
    expect(bounded(bare)).toStrictEqual(bare)
  })
})
