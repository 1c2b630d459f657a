import { describe, expect, it } from 'vitest'
import { createTally } from '../../../src/report/live/tally.ts'
import { bareJob } from '../../support/outcome.ts'

function tallyOf(...reads: [id: string, status: string][]) {
  const tally = createTally()
  for (const [id, status] of reads) tally.note(`Backup ${id}`, bareJob(status, { id }))
  return tally
}

describe('the tally', () => {
  it('counts each job once, by its newest status', () => {
    const tally = tallyOf(['a', 'InProgress'], ['b', 'InProgress'], ['a', 'InProgress'], ['a', 'Completed'])
    expect([tally.size, tally.text()]).toEqual([2, '2 jobs: 1 Completed, 1 InProgress'])
    tally.note('b', bareJob('Completed', { id: 'b' }))
    expect([tally.size, tally.text(), tally.takeNews()]).toEqual([2, '2 jobs: 2 Completed', ''])
    expect(tallyOf().text()).toBe('0 jobs: ')
    expect(tallyOf(['a', 'Paused']).text()).toBe('1 job: 1 Paused')
  })

  it('tells of ten statuses, in order, each cut', () => {
    const words = [...'kjihgfedcba'].map((letter): [string, string] => [letter, letter.repeat(50)])
    const shown = [...'abcdefghij'].map((letter) => `1 ${letter.repeat(39)}…`)
    expect(tallyOf(...words).text()).toBe(`11 jobs: ${shown.join(', ')}`)
  })

  it('is over when every job has ended', () => {
    const reads: [string, string][] = [
      ['a', 'Completed'],
      ['b', 'InProgress'],
    ]
    expect(
      [tallyOf(), tallyOf(...reads), tallyOf(...reads, ['b', 'Failed'])].map((one) => one.isOver()),
    ).toEqual([true, false, true])
  })

  it('tells once of what ended badly, five by name', () => {
    const bad = ['a', 'b', 'c', 'd', 'e'].map((id): [string, string] => [id, 'Failed'])
    const names = bad.map(([id]) => `Backup ${id} Failed`).join(', ')
    const tally = tallyOf(['ok', 'Completed'], ['on', 'InProgress'], ...bad)
    expect([tally.takeNews(), tally.takeNews()]).toEqual([` · new: ${names}`, ''])
    expect(tallyOf(...bad, ['f', 'Cancelled'], ['g', 'Failed']).takeNews()).toBe(` · new: ${names}, 2 more`)
    tally.note('x'.repeat(100), bareJob('CompletedWithWarnings', { id: 'on' }))
    expect(tally.takeNews()).toBe(` · new: ${'x'.repeat(79)}… CompletedWithWarnings`)
  })

  it('counts an end once, however often it is read', () => {
    const tally = tallyOf(['a', 'Failed'], ['a', 'Failed'], ['a', 'Failed'])
    expect([tally.isOver(), tally.text(), tally.takeNews()]).toEqual([
      true,
      '1 job: 1 Failed',
      ' · new: Backup a Failed',
    ])
  })

  it('begins a round where a job is read again', () => {
    const tally = tallyOf(['a', 'InProgress'], ['b', 'InProgress'])
    expect([tally.beginsRound('a'), tally.beginsRound('c')]).toEqual([true, false])
    tally.note('a', bareJob('InProgress', { id: 'a' }))
    expect([tally.beginsRound('a'), tally.beginsRound('b')]).toEqual([true, false])
  })
})
