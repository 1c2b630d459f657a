import { describe, expect, it } from 'vitest'
import { find, row } from '../support/find-items.ts'
import { vault, vaultRoot } from '../support/job-body.ts'

describe('a job that fits several items', () => {
  const database = (instance: string) => ({
    id: `${vaultRoot}/backupFabrics/Azure/protectionContainers/VMAppContainer;compute;rg-a;sql-01/protectedItems/SQLDataBase;${instance};msdb`,
    properties: { friendlyName: 'msdb', serverName: 'sql-01', parentName: instance },
  })
  const both = [database('MSSQLSERVER'), database('REPORTS')]
  const job = (hoursAgo: number, item: string) => ({ hoursAgo, item, properties: { containerName: '' } })
  const gate = { names: '*', maxAgeHours: 24 } as const

  it('counts for that instance alone which it names', async () => {
    const { references, outcomes } = await find(
      [job(2, 'REPORTS/msdb [sql-01]'), job(30, 'MSSQLSERVER/msdb [sql-01]')],
      gate,
      both,
    )
    expect(references).toEqual([{ vault, id: '1', item: both[1]?.id }])
    expect(outcomes).toMatchObject([{ ending: 'not-fresh', job: { id: '2' } }])
  })

  it('counts for none of them, and says so of each', async () => {
    const jobs = [job(2, 'msdb [sql-01]'), job(9, 'MSSQLSERVER/msdb [sql-01]')]
    const { references, outcomes } = await find(jobs, gate, both)
    expect(references).toEqual([])
    const cause =
      'The newest Backup job that may be of msdb is 1 ("msdb [sql-01]"), which fits 2 items of vault vault-weu: ' +
      'sql-01;MSSQLSERVER/msdb, sql-01;REPORTS/msdb. It does not tell which of them it is of, so it counts for none. ' +
      'Follow it by operation-url or job-id instead.'
    expect(outcomes).toMatchObject([
      { ending: 'error', job: { id: '', item: 'msdb' }, problem: { cause } },
      { ending: 'error', job: { id: '', item: 'msdb' }, problem: { cause } },
    ])
  })

  it('counts for none although only one of them was asked for', async () => {
    const names = ['sql-01;reports/msdb']
    const { references, outcomes } = await find([job(2, 'msdb [sql-01]')], { names }, both)
    expect([references, outcomes.map(({ ending }) => ending)]).toEqual([[], ['error']])
  })

  it('is no news where it is too old, and no last good one either', async () => {
    const { outcomes } = await find([job(30, 'msdb [sql-01]')], gate, both)
    const cause = 'No Backup job of msdb started within 24 h. No good one is known of the last 14 days.'
    expect(outcomes).toMatchObject([
      { ending: 'not-fresh', problem: { cause } },
      { ending: 'not-fresh', problem: { cause } },
    ])
  })

  it('is of a MARS agent’s server, where two have a folder of a name', async () => {
    const folder = (computerName: string) => ({
      id: `${vaultRoot}/backupFabrics/Azure/protectionContainers/Windows;${computerName}/protectedItems/FileFolder;1`,
      properties: { friendlyName: 'C:\\', computerName },
    })
    const properties = { containerName: '', mabServerName: 'files-01' }
    const { references, outcomes } = await find([{ hoursAgo: 2, item: 'C:\\', properties }], gate, [
      folder('files-01'),
      folder('files-02'),
    ])
    expect(references.map(({ item }) => item)).toEqual([folder('files-01').id])
    expect(outcomes.map(({ ending }) => ending)).toEqual(['not-fresh'])
  })
})

describe('what * leaves out', () => {
  const without = (name: string, properties: object) => {
    const { id, properties: own } = row(name)
    return { id, properties: { ...own, ...properties } }
  }
  const rows = [
    row('web-01'),
    without('web-02', { protectionState: 'ProtectionStopped' }),
    without('web-03', { protectionState: 'ProtectionStopped', isScheduledForDeferredDelete: true }),
  ]

  it('is said in one line', async () => {
    const { ids, outcomes, log } = await find([{ hoursAgo: 1 }], { names: '*', maxAgeHours: 24 }, rows)
    expect([ids, outcomes]).toEqual([['1'], []])
    expect(log.of('info')).toEqual([
      '2 items are not counted: protection is stopped (web-02) or the item is deleted (web-03).',
    ])
  })

  it('is there by its name', async () => {
    const { outcomes, log } = await find([], { names: ['web-02'], maxAgeHours: 24 }, rows)
    expect(outcomes).toMatchObject([{ ending: 'not-fresh', job: { item: 'web-02' } }])
    expect(log.of('info')).toEqual([])
  })
})

describe('a wrong name among several', () => {
  it('fails alone', async () => {
    const names = ['web-01', 'web-9', 'web-02']
    const { ids, outcomes } = await find([{ hoursAgo: 1 }, { hoursAgo: 2, item: 'web-02' }], { names }, [
      row('web-01'),
      row('web-02'),
    ])
    expect(ids).toEqual(['1', '2'])
    expect(outcomes).toMatchObject([
      {
        ending: 'error',
        job: { id: '', item: 'web-9', operation: 'Backup', vault },
        problem: {
          cause:
            'Input protected-item: "web-9" is no protected item of vault vault-weu. It has: web-01, web-02.',
        },
      },
    ])
  })
})
