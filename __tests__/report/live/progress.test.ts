import { describe, expect, it } from 'vitest'
import type { Job } from '../../../src/domain/job.ts'
import { progressLog } from '../../../src/report/live/progress.ts'
import type { Log } from '../../../src/runner/log.ts'
import { attack } from '../hostile.ts'
import { outcomeOf } from '../samples.ts'

const minute = 60_000
const begun = Date.parse('2026-02-11T02:18:36Z')

function logged(): { lines: string[]; log: Log } {
  const lines: string[] = []
  const never = () => {
    throw new Error('only lines are expected')
  }
  const log = { info: (line: string) => void lines.push(line) }
  return {
    lines,
    log: { ...log, debug: never, fault: never, notice: never, warning: never, error: never, once: never },
  }
}

function running(facts: Partial<Job> = {}): Job {
  const { job } = outcomeOf({
    status: 'InProgress',
    endTime: undefined,
    durationSeconds: undefined,
    ...facts,
  })
  return job
}

describe('a job', () => {
  it('has a line when something changes: elapsed time, status, phases', () => {
    const { lines, log } = logged()
    const watcher = progressLog(log)
    const phases = (snapshot: string, transfer: string) => [
      { name: 'Take Snapshot', status: snapshot },
      { name: 'Transfer data to vault', status: transfer },
    ]
    watcher.jobRead(running({ phases: phases('InProgress', 'NotStarted') }), begun + minute)
    watcher.jobRead(running({ phases: phases('InProgress', 'NotStarted') }), begun + 2 * minute)
    watcher.jobRead(running({ phases: phases('Completed', 'InProgress') }), begun + 8 * minute)
    expect(lines).toEqual([
      'Backup vm-web-1: 1m · InProgress · Take Snapshot running, Transfer data to vault not started',
      'Backup vm-web-1: 8m · InProgress · Take Snapshot done, Transfer data to vault running',
    ])
  })

  it('tells percent, what is transferred, and the time left that the service gives', () => {
    const { lines, log } = logged()
    const phases = [{ name: 'Transfer', status: 'InProgress', details: '115.13 GBs / 127 GBs Transferred' }]
    progressLog(log).jobRead(running({ percent: 45, remainingSeconds: 754, phases }), begun + 10 * minute)
    expect(lines).toEqual([
      'Backup vm-web-1: 10m · InProgress · Transfer running · 45 % · 115.13 GBs / 127 GBs Transferred · 12m 34s left',
    ])
  })

  it('tells the time left by the pace, once that can be told', () => {
    const { lines, log } = logged()
    const watcher = progressLog(log)
    for (const at of [0, 1, 5, 10]) watcher.jobRead(running({ percent: 10 + 4 * at }), begun + at * minute)
    expect(lines).toHaveLength(3)
    expect(lines[0]).not.toContain('left')
    expect(lines.at(-1)).toBe('Backup vm-web-1: 10m · InProgress · 50 % · about 13m left')

    const other = logged()
    const byAmount = progressLog(other.log)
    const phase = (done: string) => [
      { name: 'T', status: 'InProgress', details: `${done} / 100 GB Transferred` },
    ]
    for (const [at, done] of [
      [0, '512 MB'],
      [6, '40.5 GB'],
    ] as const)
      byAmount.jobRead(running({ phases: phase(done) }), begun + at * minute)
    expect(other.lines.at(-1)).toContain('about 9m left')
  })

  it('has a line every five minutes though nothing changes', () => {
    const { lines, log } = logged()
    const watcher = progressLog(log)
    for (let at = 0; at <= 60 * minute; at += minute / 2) watcher.jobRead(running(), begun + at)
    expect(lines).toHaveLength(13)
    expect(lines[3]).toBe('Backup vm-web-1: 15m · InProgress')
  })

  it('shows foreign text as text, and not too much of it', () => {
    const { lines, log } = logged()
    const hostile = `${attack}\n::error::owned`.repeat(1_000)
    const phases = Array.from({ length: 100 }, () => ({ name: hostile, status: hostile, details: hostile }))
    const job = running({ operation: hostile, item: hostile, status: hostile, phases })
    progressLog(log).jobRead(job, begun)
    expect(lines).toHaveLength(1)
    expect(lines[0]?.length).toBeLessThanOrEqual(1_000)
    expect(lines[0]).not.toMatch(/\n|##\[|[\u202A-\u202E]/)
  })
})

describe('six hours', () => {
  const reads = (every: number, read: (at: number, count: number) => void) => {
    for (let at = 0, count = 0; at <= 360 * minute; at += every, count += 1) read(begun + at, count)
  }
  const silences = (times: number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0))

  it.each([1, 2, 5, 6, 1_000])('stay under 150 lines with %i jobs that change at every read', (jobs) => {
    const { lines, log } = logged()
    const times: number[] = []
    let now = 0
    const watcher = progressLog({
      ...log,
      info: (line) => {
        times.push(now)
        log.info(line)
      },
    })
    reads(30_000, (at, count) => {
      now = at
      for (let index = 0; index < jobs; index += 1) {
        const phases = [
          { name: 'Transfer', status: count % 2 === 0 ? 'InProgress' : 'Paused', details: `${count} MB` },
        ]
        const status = (count + index) % 3 === 0 ? 'Paused' : 'InProgress'
        watcher.jobRead(running({ id: `job-${index}`, status, percent: (count / 8) % 100, phases }), at)
      }
    })
    expect(lines.length).toBeLessThan(150)
    expect(lines.length).toBeGreaterThan(70)
    expect(Math.max(...silences(times))).toBeLessThanOrEqual(5.5 * minute)
  })
})

describe('an answer whose time is a day ahead', () => {
  it.each([1, 10])('does not silence the log of %d jobs', (count) => {
    const { lines, log } = logged()
    const watcher = progressLog(log, { jobs: () => count })
    for (let read = 0; read < 60; read += 1) {
      const ahead = read === 3 ? 24 * 60 * minute : 0
      for (let index = 0; index < count; index += 1)
        watcher.jobRead(running({ id: `job-${index}`, status: 'InProgress' }), begun + read * minute + ahead)
    }
    expect(lines.length).toBeGreaterThan(9)
  })
})

describe('many jobs', () => {
  it('have one line for the round, with counts, that names what has ended badly', () => {
    const { lines, log } = logged()
    const watcher = progressLog(log, { jobs: () => 10 })
    const round = (at: number, statusOf: (index: number) => string) => {
      for (let index = 0; index < 10; index += 1)
        watcher.jobRead(
          running({ id: `job-${index}`, item: `vm-${index}`, status: statusOf(index) }),
          begun + at,
        )
    }
    round(0, () => 'InProgress')
    round(2 * minute, (index) => (index === 7 ? 'Failed' : index < 3 ? 'Completed' : 'InProgress'))
    round(3 * minute, (index) => (index === 7 ? 'Failed' : index < 3 ? 'Completed' : 'InProgress'))
    round(5 * minute, (index) => (index === 7 ? 'Failed' : 'Completed'))
    expect(lines).toEqual([
      '10 jobs: 10 InProgress',
      '10 jobs: 3 Completed, 1 Failed, 6 InProgress · new: Backup vm-7 Failed',
      '10 jobs: 9 Completed, 1 Failed',
    ])
  })
})

describe('an operation', () => {
  it('has its own line', () => {
    const { lines, log } = logged()
    const watcher = progressLog(log)
    const { job } = outcomeOf({ id: '', item: '', operation: '', status: 'InProgress', endTime: undefined })
    watcher.operationRead({ ...job, durationSeconds: undefined }, begun + 5_000, 'op-1')
    watcher.operationRead({ ...job, durationSeconds: undefined, status: 'Succeeded' }, begun + 10_000, 'op-1')
    expect(lines).toEqual(['Operation …op-1: 5s · InProgress', 'Operation …op-1: Succeeded'])
  })

  it('is told from others by its item, or by the end of its ID', () => {
    const { lines, log } = logged()
    const watcher = progressLog(log)
    const { job } = outcomeOf({ id: '', item: '', operation: '', status: 'InProgress' })
    const ids = ['MTIzNDU2Nzg5MDtiMjQ3YWM1Zg==', 'MTIzNDU2Nzg5MDs5YzFlMGQzYQ==']
    for (const id of ids) watcher.operationRead({ ...job, durationSeconds: 5 }, begun, id)
    watcher.operationRead({ ...job, item: 'web-01', durationSeconds: 5 }, begun, 'op-3')
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'Operation …Q3YWM1Zg',
      'Operation …FlMGQzYQ',
      'Operation on web-01',
    ])
  })
})

describe('items whose jobs have yet to start', () => {
  const until = begun + 60 * minute
  const vault = { kind: 'recovery-services', subscriptionId: 's', resourceGroup: 'rg', name: 'v' } as const
  const awaited = (...names: string[]) => ({ vault, names, operation: 'Backup', maxAgeHours: 12, until })

  it('have a line at once, and one every five minutes', () => {
    const { lines, log } = logged()
    const watcher = progressLog(log)
    for (let at = 0; at <= 11 * minute; at += 30_000) watcher.itemsAwaited(awaited('web-01'), begun + at)
    expect(lines).toEqual([
      'Waiting for a Backup job of web-01 to start, until 2026-02-11 03:18:36 UTC (1h left); none has within the last 12 h',
      'Still waiting for a Backup job of web-01 to start, until 2026-02-11 03:18:36 UTC (55m left)',
      'Still waiting for a Backup job of web-01 to start, until 2026-02-11 03:18:36 UTC (50m left)',
    ])
  })

  it('are counted and named where they are several, for each vault', () => {
    const { lines, log } = logged()
    const watcher = progressLog(log)
    watcher.itemsAwaited(awaited('a', 'b'), begun)
    watcher.itemsAwaited({ ...awaited('c'), vault: { ...vault, name: 'other' } }, begun)
    watcher.itemsAwaited(awaited('b'), begun + minute)
    expect(lines).toEqual([
      'Waiting for Backup jobs of 2 items to start, until 2026-02-11 03:18:36 UTC (1h left); none has within the last 12 h: a, b',
      'Waiting for a Backup job of c to start, until 2026-02-11 03:18:36 UTC (1h left); none has within the last 12 h',
    ])
  })

  it('add no line while others tell that the step lives', () => {
    const { lines, log } = logged()
    const watcher = progressLog(log)
    watcher.itemsAwaited(awaited('a'), begun)
    for (let at = 0; at <= 20; at += 1) {
      watcher.jobRead(running({ percent: at }), begun + at * minute)
      watcher.itemsAwaited(awaited('a'), begun + at * minute)
    }
    expect(lines.filter((line) => line.startsWith('Still'))).toEqual([])
    expect(lines.length).toBeGreaterThan(4)
  })

  it('cannot put a command into the log', () => {
    const { lines, log } = logged()
    progressLog(log).itemsAwaited(awaited(attack), begun)
    expect(lines[0]).not.toMatch(/##\[|^\s*::|[\u202A-\u202E\u2066-\u2069\n]/m)
  })
})
