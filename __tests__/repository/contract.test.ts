/** What users see is said three times, in action.yml, in the code and in the README: it has to be the same. */
import { describe, expect, it } from 'vitest'
import { unreadJob } from '../../src/domain/job.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { conclude, conclusions, fails } from '../../src/domain/verdict.ts'
import { defaults as inputDefaults } from '../../src/inputs/defaults.ts'
import { readInputs } from '../../src/inputs/inputs.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { bareJob, outcomeOf } from '../support/outcome.ts'
import { actionFile, defaults } from './support/action-file.ts'
import { find, read } from './support/files.ts'
import { code, pageOf, tableAfter, tablesUnder } from './support/markdown.ts'

const declared = Object.keys(actionFile.inputs)
/** Read and checked already; action.yml declares each together with what it does. */
const toCome = ['continue-with', 'pull-request']
const vault =
  '/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/v'
const job = `${vault}/backupJobs/6b1a2c3d-0000-4000-8000-1234567890ab`

/** A cell's text without the backslashes that Markdown takes. */
function plain(cell: string): string {
  return cell.replaceAll(/\\([*|])/g, '$1')
}

/** The rows of all tables under a heading of the README, which have the same head, sorted by their first cell. */
function documentedUnder(heading: string, head: string[]): string[][] {
  const tables = tablesUnder(heading, read('README.md'))
  expect(tables.length).toBeGreaterThan(2)
  expect(tables.map(([first]) => first)).toEqual(tables.map(() => head))
  const rows = tables.flatMap(([, ...rest]) => rest)
  return byName(rows.map((cells) => cells.map((cell) => code(plain(cell)))))
}

function byName(rows: string[][]): string[][] {
  return rows.sort(([one = ''], [other = '']) => (one < other ? -1 : 1))
}

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
    expect([...new Set([...byTargets, ...byName])].sort()).toEqual(
      [...new Set([...declared, ...toCome])].sort(),
    )
  })

  it('are the same in action.yml and in the README, with descriptions and defaults', () => {
    const declaredRows = Object.entries(actionFile.inputs).map(([name, { description }]) => [
      name,
      description,
      defaults[name] ?? '',
    ])
    // Sorted, so that each has exactly one row, in whichever of the groups.
    expect(documentedUnder('## Inputs', ['Name', 'Description', 'Default'])).toEqual(byName(declaredRows))
  })

  it('have the defaults in the code that they have in action.yml, but for expressions', () => {
    const plain = Object.entries(defaults).filter(([, value]) => value !== '' && !value.includes('${{'))
    expect(inputDefaults).toEqual(Object.fromEntries(plain))
  })

  it('that are given empty count as not given', () => {
    const read = (inputs: Record<string, string>) =>
      readInputs((name) => (name === 'job-id' ? job : (inputs[name] ?? '')), {})
    const tokens = { commentKey: '', gitHubToken: '' }
    expect(read({})).toEqual({ ...read(defaults), ...tokens })
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

  it('are the same in action.yml and in the README, with descriptions', () => {
    const declaredRows = Object.entries(actionFile.outputs).map(([name, { description }]) => [
      name,
      description,
    ])
    expect(documentedUnder('## Outputs', ['Name', 'Description'])).toEqual(byName(declaredRows))
  })

  it('and inputs are shown as tables, the folded ones too', () => {
    // Without a blank line after <summary> GitHub shows a folded table as bare text.
    const page = pageOf(read('README.md'))
    const names = [...declared, ...Object.keys(actionFile.outputs)]
    const shown = (name: string) => page.split(`<td><code>${name}</code></td>`).length - 1
    const expected = (name: string) => names.filter((other) => other === name).length
    expect(names.filter((name) => shown(name) < expected(name))).toEqual([])
    expect(page.match(/<details>/g)).toHaveLength(2)
    expect(page.match(/<\/details>/g)).toHaveLength(2)
  })
})

describe('the verdict', () => {
  const ways: Record<string, Outcome[]> = {
    success: [
      outcomeOf(bareJob('Completed')),
      outcomeOf(bareJob('Succeeded')),
      outcomeOf(bareJob('InProgress'), 'snapshot'),
    ],
    warning: [outcomeOf(bareJob('CompletedWithWarnings'))],
    failure: [
      outcomeOf(bareJob('Failed')),
      outcomeOf(bareJob('Completed'), 'not-fresh'),
      outcomeOf(bareJob('Completed'), 'ended', { verification: { state: 'missing' } }),
    ],
    cancelled: [outcomeOf(bareJob('Cancelled')), outcomeOf(bareJob('Canceled'))],
    'timed-out': [outcomeOf(bareJob('InProgress'), 'timed-out')],
    'pending looked': [
      outcomeOf(bareJob('InProgress'), 'looked'),
      outcomeOf(bareJob('InProgress'), 'handed-on'),
    ],
    'pending stopped': [outcomeOf(bareJob('InProgress'), 'stopped')],
    error: [outcomeOf(bareJob(''), 'error')],
  }
  const rows = tableAfter('## Verdict', read('README.md')).map(
    ([conclusion = '', from = '', ...verdicts]) => {
      const name = code(conclusion)
      const way = name === 'pending' ? `${name} ${from.startsWith('Stopped') ? 'stopped' : 'looked'}` : name
      return [way, name, verdicts.map((verdict) => verdict.replace(/,.*/, ''))] as const
    },
  )

  it('has a row in the README for each way that there is', () => {
    expect(rows.map(([way]) => way)).toEqual(Object.keys(ways))
    expect(new Set(rows.map(([, name]) => name))).toEqual(new Set(conclusions))
  })

  it.each(rows)('on %s is what the README says', (way, name, verdicts) => {
    for (const outcome of ways[way] ?? []) {
      expect(conclude(outcome)).toBe(name)
      const found = (['failure', 'warning', 'never'] as const).map((failOn) => fails(outcome, failOn))
      expect(found.map((failed) => (failed ? 'fail' : 'pass'))).toEqual(verdicts)
    }
  })
})

describe('troubleshooting', () => {
  // Adjacent strings are one for who reads the log.
  const source = find('src/**/*.ts')
    .map((path) => read(path).replaceAll(/(['`"]) \+\s*(['`"])/g, ''))
    .join('\n')
  /** What others say: Entra, the runner, GitHub and Node. */
  const foreign =
    /^(AADSTS\d+|Skip output|Resource not accessible by integration|unable to get local issuer certificate)/
  const quoted = ['README.md', 'docs/troubleshooting.md'].flatMap((path) => {
    const heading = path === 'README.md' ? '## Troubleshooting' : '# More troubleshooting'
    return tableAfter(heading, read(path)).map(([text = '']) => [path, code(text)] as const)
  })

  it.each(quoted.filter(([, text]) => !foreign.test(text)))(
    'of %s quotes "%s", which the code says',
    (_, text) => {
      expect(source).toContain(text)
    },
  )

  it('quotes nothing twice', () => {
    const texts = quoted.map(([, text]) => text)
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts.length).toBeGreaterThan(20)
  })
})
