import { describe, expect, it } from 'vitest'
import { OutOfTimeError, type Request } from '../../src/azure/http/resource-manager.ts'
import { type JobReader, singleJobReader } from '../../src/azure/read-job.ts'
import { vaultJobReader } from '../../src/azure/vault-reader.ts'
import { CredentialError, TrustError } from '../../src/base/errors.ts'
import type { JobReference } from '../../src/domain/job.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { fakeLog } from '../support/fake-log.ts'
import { answer, fakeResourceManager, refusal } from '../support/fake-resource-manager.ts'
import { reference, vault, vaultRoot, vmBody } from '../support/job-body.ts'

const list = `${vaultRoot}/backupJobs`
const references = (count: number): JobReference[] =>
  Array.from({ length: count }, (_, index) => ({ ...reference, id: `job-${index + 1}` }))

/** A vault whose jobs run but for those that have ended. */
function fleet(count: number, ended: string[] = [], trouble?: Error | object) {
  const clock = new FakeClock()
  const log = fakeLog()
  const resourceManager = fakeResourceManager(({ url }: Request) => {
    if (url.pathname !== list) {
      const status = ended.includes(url.pathname.split('/').at(-1) ?? '') ? 'Completed' : 'InProgress'
      return answer(vmBody({ status }))
    }
    if (trouble !== undefined) return trouble instanceof Error ? trouble : answer(trouble)
    const running = references(count).filter(({ id }) => !ended.includes(id))
    return answer({ value: running.map(({ id }) => ({ ...vmBody(), name: id.toUpperCase() })) })
  }, clock)
  const reader = vaultJobReader(resourceManager, singleJobReader(resourceManager), clock, () => 0.5, log)
  const all = references(count)
  const leave = all.map((one) => reader.enter(one))
  return { clock, log, resourceManager, reader, all, leave }
}

const readAll = (reader: JobReader, all: JobReference[], pause: number) =>
  Promise.all(all.map((one) => reader.read(one, pause)))

describe('up to five jobs of a vault', () => {
  it('are read one by one', async () => {
    const { reader, all, resourceManager } = fleet(5)
    await readAll(reader, all, 0)
    expect(resourceManager.paths()).toEqual(all.map(({ id }) => `${list}/${id}`))
  })
})

describe('more jobs of a vault', () => {
  it('are read by one request a round', async () => {
    const { reader, all, resourceManager, clock } = fleet(40)
    const readings = await readAll(reader, all, 0)
    expect(resourceManager.paths()).toEqual([list])
    expect(readings.map(({ job }) => job.id)).toEqual(all.map(({ id }) => id))
    clock.advance(30)
    await readAll(reader, all, 30)
    expect(resourceManager.paths()).toEqual([list, list])
  })

  it('agree on when to look next', async () => {
    const { reader, all } = fleet(6)
    const rounds = (await readAll(reader, all, 0)).map(({ round }) => round)
    expect(new Set(rounds.map((round) => JSON.stringify(round))).size).toBe(1)
    expect(rounds[0]).toMatchObject({ random: 0.5 })
  })

  it('are each read once by itself when the list shows them no longer running', async () => {
    const { reader, all, resourceManager } = fleet(6, ['job-3'])
    const readings = await readAll(reader, all, 0)
    expect(resourceManager.paths()).toEqual([list, `${list}/job-3`])
    expect(readings.map(({ job }) => job.status)).toEqual([
      'InProgress',
      'InProgress',
      'Completed',
      'InProgress',
      'InProgress',
      'InProgress',
    ])
  })

  it('are read one by one again when few are left', async () => {
    const { reader, all, leave, resourceManager, clock } = fleet(6)
    await readAll(reader, all, 0)
    leave[0]?.()
    clock.advance(30)
    await readAll(reader, all.slice(1), 30)
    expect(resourceManager.paths().slice(1)).toEqual(all.slice(1).map(({ id }) => `${list}/${id}`))
  })

  it.each<[string, Error | object, string]>([
    ['is refused', refusal(403, 'AuthorizationFailed', 'No', list), '403 AuthorizationFailed: No'],
    [
      'leads nowhere',
      { value: [], nextLink: 'nowhere' },
      'The list of jobs of vault vault-weu is incomplete: the link to its next page is no URL.',
    ],
    ['leads to where it is refused', refusal(400, 'Bad', 'No', '/elsewhere'), '400 Bad: No'],
  ])(
    'are read one by one where the list %s, which is asked for and told of once',
    async (_name, trouble, why) => {
      const { reader, all, resourceManager, log } = fleet(6, [], trouble)
      await readAll(reader, all, 0)
      await readAll(reader, all, 30)
      expect(resourceManager.paths().filter((path) => path === list)).toHaveLength(1)
      expect(resourceManager.paths()).toHaveLength(1 + 2 * all.length)
      expect(log.of('warning')).toEqual([
        `The job list of vault vault-weu cannot be read, so its jobs are read one by one, which takes more requests: ${why}`,
      ])
    },
  )

  it.each([
    new TrustError('No token is sent there.'),
    new OutOfTimeError('503'),
    new CredentialError('No token.'),
    new Error('stopped by SIGINT'),
  ])('share the trouble that would be every single job’s, too: %s', async (trouble) => {
    const { reader, all, resourceManager } = fleet(6, [], trouble)
    const results = await Promise.allSettled(all.map((one) => reader.read(one, 0)))
    expect(results).toEqual(all.map(() => ({ status: 'rejected', reason: trouble })))
    expect(resourceManager.paths()).toEqual([list])
  })

  it('across regions are never in the list', async () => {
    const { reader, all, resourceManager } = fleet(6)
    await reader.read({ ...(all[0] ?? reference), region: 'eastus2' }, 0)
    expect(resourceManager.requests[0]?.method).toBe('POST')
  })

  it('of different vaults are read apart', async () => {
    const { reader, all, resourceManager } = fleet(6)
    const other = { id: '1', vault: { ...vault, name: 'other' } }
    reader.enter(other)
    await Promise.all([reader.read(other, 0), ...all.map((one) => reader.read(one, 0))])
    expect(resourceManager.paths().sort()).toEqual([list, `${list.replace('vault-weu', 'other')}/1`].sort())
  })
})
