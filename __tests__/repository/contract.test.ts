/** What users see is said three times, in action.yml, in the code and in the README: it has to be the same. */
import { describe, expect, it } from 'vitest'
import { readInputs } from '../../src/inputs.ts'
import { unreadJob } from '../../src/job.ts'
import { outputsOf } from '../../src/outputs.ts'
import { actionFile, defaults } from './support/action-file.ts'
import { find, read } from './support/files.ts'
import { code, tableAfter } from './support/markdown.ts'

const declared = Object.keys(actionFile.inputs)
const vault =
  '/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/v'
const job = `${vault}/backupJobs/6b1a2c3d-0000-4000-8000-1234567890ab`

/** The names of all inputs that are asked for when these are set and the others have their defaults. */
function asked(inputs: Record<string, string>): string[] {
  const names = new Set<string>()
  const get = (name: string) => {
    names.add(name)
    return inputs[name] ?? defaults[name] ?? ''
  }
  readInputs(get, {})
  return [...names]
}

describe('inputs', () => {
  it('are the same in action.yml and in the code', () => {
    const byTargets = [
      asked({ 'job-id': job }),
      asked({ 'operation-url': `https://management.azure.com${vault}/backupOperations/1` }),
      asked({ 'protected-item': `${vault}/backupFabrics/Azure/protectionContainers/c/protectedItems/i` }),
    ].flat()
    const byName = find('src/**/*.ts').flatMap((path) =>
      [...read(path).matchAll(/\bgetInput\('([^']+)'/g)].map((match) => match[1]),
    )
    expect([...new Set([...byTargets, ...byName])].sort()).toEqual([...declared].sort())
  })

  it('are the same in action.yml and in the README, with their defaults', () => {
    const rows = tableAfter('## Inputs', read('README.md'))
    const documented = rows.map(([name = '', , byDefault = '']) => [code(name), code(byDefault)])
    expect(documented).toEqual(declared.map((name) => [name, defaults[name]]))
  })

  it('have defaults that the code accepts', () => {
    expect(() => asked({ 'job-id': job })).not.toThrow()
  })
})

describe('outputs', () => {
  const outcome = {
    job: unreadJob({ id: '', vault: undefined }),
    ending: 'ended',
    problem: undefined,
    seenAt: 0,
    observed: [],
  } as const

  it('are the same in action.yml and in the code', () => {
    const set = Object.keys(outputsOf([{ ...outcome, observed: [] }], ''))
    expect(set).toEqual(Object.keys(actionFile.outputs))
  })

  it('are the same in action.yml and in the README', () => {
    const rows = tableAfter('## Outputs', read('README.md'))
    expect(rows.map(([name = '']) => code(name))).toEqual(Object.keys(actionFile.outputs))
  })
})
