import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { JobReference } from '../../src/domain/job.ts'
import { actionsRunner } from '../../src/runner/runner.ts'
import { leftRunning, runningKeeper, saveEnded } from '../../src/runner/state.ts'
import { backupVault, reference } from '../support/job-body.ts'

const file = join(tmpdir(), `state-${process.pid}`)

beforeEach(() => {
  writeFileSync(file, '')
  vi.stubEnv('GITHUB_STATE', file)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(file)
})

/** Gives the state back as the runner does: a variable for each name, the last value that it had. */
function comeBack(): Record<string, string> {
  const lines = readFileSync(file, 'utf8').matchAll(/^(.+?)<<(\S+)\n([\s\S]*?)\n\2$/gm)
  const variables = Object.fromEntries([...lines].map(([, name, , value]) => [`STATE_${name}`, value ?? '']))
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  return variables
}

const many = (count: number): JobReference[] =>
  Array.from({ length: count }, (_, index) => ({
    ...reference,
    id: `869ad8d0-06ba-4359-a01e-${String(index).padStart(12, '0')}`,
    item: `/subscriptions/${'s'.repeat(300)}`,
  }))

it('tells a post step which jobs were followed, whatever their kind', () => {
  const keep = runningKeeper(actionsRunner)
  keep([reference, { ...reference, id: 'b', region: 'eastus2' }])
  keep([{ vault: backupVault, id: 'c' }])
  keep([{ ...reference, id: 'd', mapping: 'from-contoso' }])
  comeBack()
  expect(leftRunning(actionsRunner)).toEqual([
    reference,
    { ...reference, id: 'b', region: 'eastus2' },
    { vault: backupVault, id: 'c' },
    { ...reference, id: 'd', mapping: 'from-contoso' },
  ])
})

it('keeps every variable of thousands of jobs below what Linux allows, and writes each once', () => {
  const keep = runningKeeper(actionsRunner)
  keep(many(5_000))
  keep(many(1))
  const variables = comeBack()
  for (const value of Object.values(variables)) expect(value.length).toBeLessThan(100_000)
  expect(readFileSync(file, 'utf8').length).toBeLessThan(250_000)
  expect(leftRunning(actionsRunner).map(({ id }) => id)).toEqual(
    [...many(5_000), ...many(1)].map(({ id }) => id),
  )
})

it('leaves nothing to do once the wait has ended', () => {
  runningKeeper(actionsRunner)([reference])
  saveEnded(actionsRunner)
  comeBack()
  expect(leftRunning(actionsRunner)).toEqual([])
})
