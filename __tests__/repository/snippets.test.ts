/** Every piece of a workflow in the documents: GitHub takes it, and this action does too. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { indexItems } from '../../src/azure/item-index.ts'
import type { ProtectedItem } from '../../src/azure/items.ts'
import { readInputs } from '../../src/inputs/inputs.ts'
import { actionFile, defaults } from './support/action-file.ts'
import { lint } from './support/actionlint.ts'
import { documents, find, read, workflows } from './support/files.ts'
import { problemsOf } from './support/github-parser.ts'
import { blocksOf } from './support/markdown.ts'
import { injectable, parseWorkflow, type Step, stepsOf, stepsOfThisAction } from './support/workflow.ts'

/** Blocks of YAML: workflows, or parts of them. */
const blocks = documents()
  .flatMap((path) => blocksOf(path, read(path)))
  .concat(find('docs/*.yml').map((path) => ({ place: path, language: 'yml', text: read(path) })))
  .filter(({ language }) => language === 'yaml' || language === 'yml')
const snippets = blocks.map(({ place, text }) => [place, workflowOf(text)] as const)

/** A whole workflow around what a document shows of one: steps, jobs, or a head. */
function workflowOf(text: string): string {
  const indented = (by: string) => text.replace(/^(?=.)/gm, by)
  // What starts an operation is often shown elsewhere.
  const start = text.includes('steps.start.') && !/\bid: start\b/.test(text)
  const before = start ? '      - { id: start, run: "true" }\n' : ''
  if (/^(#.*\n)*- /.test(text))
    return `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${before}${indented('      ')}`
  const head = /^on:/m.test(text) ? '' : 'on: push\n'
  const jobs = /^jobs:/m.test(text)
    ? ''
    : 'jobs:\n  job:\n    runs-on: ubuntu-latest\n    steps: [{ run: "true" }]\n'
  return head + text + jobs
}

/** The heading of the one snippet with background steps, new in June 2026, which actionlint does not know. */
const background = 'Run tests while the backup runs'

/** The heading that a place in a document stands under. */
function headingOf(place: string): string {
  const [path = '', line = ''] = place.split(':')
  const before = read(path).split('\n').slice(0, Number(line))
  return before.findLast((text) => /^#+ /.test(text))?.replace(/^#+ /, '') ?? ''
}

const guid = '0b1f6471-1bf0-4dda-aec3-cb9272f09590'
const vaultOf = (kind: string) =>
  `/subscriptions/${guid}/resourceGroups/rg/providers/${kind === 'backup' ? 'Microsoft.DataProtection/backupVaults' : 'Microsoft.RecoveryServices/vaults'}/v`

/** What a step's inputs come to in a run, with something likely for each expression. */
function inputsOf(step: Step): Record<string, string> {
  const given = Object.entries(step.with ?? {}).map(([name, value]) => [name, String(value)] as const)
  const kind = Object.fromEntries(given)['vault-type'] ?? ''
  // What the step that starts an operation gives: mostly the full ID.
  const bare = given.some(([name]) => name === 'vault-name')
  const likely: Record<string, string> = {
    'job-id': bare ? guid : `${vaultOf(kind)}/backupJobs/${guid}`,
    'operation-url': `https://management.azure.com${vaultOf(kind)}/backupOperations/${guid}`,
    'protected-item': 'web-01',
    'max-age-hours': '26',
    'pull-request': '12',
    'resource-manager-url': 'https://management.azure.com',
  }
  return Object.fromEntries(
    given.map(([name, value]) => [name, value.replaceAll(/\$\{\{.*?\}\}/g, likely[name] ?? guid).trim()]),
  )
}

const vault = { kind: 'recovery-services', subscriptionId: guid, resourceGroup: 'rg', name: 'v' } as const
const containers = `${vaultOf('recovery-services')}/backupFabrics/Azure/protectionContainers`

/** A vault as the documents speak of one, with what Azure has for names of its items. */
const items: ProtectedItem[] = [
  {
    id: `${containers}/IaasVMContainer;iaasvmcontainerv2;rg;web-01/protectedItems/VM;iaasvmcontainerv2;rg;web-01`,
    vault,
    name: 'web-01',
    container: 'iaasvmcontainerv2;rg;web-01',
    server: '',
    instance: '',
    standing: 'protected',
  },
  ...['sql-01', 'sql-02'].map((server) => ({
    id: `${containers}/VMAppContainer;compute;rg;${server}/protectedItems/SQLDataBase;mssqlserver;orders`,
    vault,
    name: 'orders',
    container: `VMAppContainer;compute;rg;${server}`,
    server,
    instance: 'mssqlserver',
    standing: 'protected' as const,
  })),
]

/** Names of items in a step that do not mean exactly one. */
function unknownItems(step: Step): string[] {
  const names = (inputsOf(step)['protected-item'] ?? '')
    .split('\n')
    .filter((name) => !['', '*'].includes(name))
  return names.filter((name) => indexItems(items).named(name).length !== 1)
}

/** What the action says against a step's inputs; undefined where it takes them. */
function refusalOf(step: Step): string | undefined {
  const inputs = inputsOf(step)
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(actionFile.inputs, name))
  if (unknown.length > 0) return `There is no input ${unknown.join(', ')}`
  try {
    readInputs((name) => inputs[name] ?? defaults[name] ?? '', {})
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions.
describe('the snippets', () => {
  it('are found', () => {
    expect(snippets.length).toBeGreaterThan(10)
  })

  it.each(snippets)('%s is a workflow', async (_, workflow) => {
    expect(await problemsOf(workflow)).toEqual([])
  })

  it.each(snippets)('%s passes actionlint', async (place, workflow) => {
    const problems = await lint(place, workflow)
    if (headingOf(place) !== background) return expect(problems).toEqual([])
    expect(problems).toEqual([
      expect.stringContaining('unexpected key "background"'),
      expect.stringContaining('unexpected key "wait"'),
      expect.stringContaining('step must run script'),
    ])
  })

  it.each(snippets)('%s has inputs that this action takes', (_, workflow) => {
    expect(stepsOfThisAction(parseWorkflow(workflow)).map(refusalOf)).not.toContainEqual(expect.any(String))
  })

  it.each(snippets)('%s puts no expression into a script', (_, workflow) => {
    expect(injectable(parseWorkflow(workflow))).toEqual([])
  })

  it.each(snippets)('%s names items as they are called', (_, workflow) => {
    expect(stepsOfThisAction(parseWorkflow(workflow)).flatMap(unknownItems)).toEqual([])
  })

  it('begin with one that is whole', async () => {
    const readme = read('README.md')
    const line = readme.slice(0, readme.indexOf('\n## Use\n')).split('\n').length
    const first = blocks.find(({ place }) => Number(/^README\.md:(\d+)$/.exec(place)?.[1]) > line)
    expect(Object.keys(parseWorkflow(first?.text ?? ''))).toEqual(['on', 'permissions', 'jobs'])
    expect(await problemsOf(first?.text ?? '')).toEqual([])
  })

  const step =
    '- id: wait\n  uses: OWNER/wait-for-azure-backup@v1\n  with:\n    job-id: ${{ steps.start.outputs.job }}\n'

  it.each([
    ['an input that there is not', `${step}    job: 1\n`, /job/],
    ['an output that there is not', `${step}- run: echo \${{ steps.wait.outputs.state }}\n`, /state/],
    ['a step that there is not', `${step}- run: echo \${{ steps.weit.outputs.status }}\n`, /weit/],
    ['a key that there is not', `${step}- rnu: true\n`, /rnu/],
  ])('would not pass with %s', async (_, text, problem) => {
    expect(await problemsOf(workflowOf(text))).toContainEqual(expect.stringMatching(problem))
  })

  it('would not pass actionlint with a step that there is not', async () => {
    const wrong = workflowOf(
      `${step}- run: echo "$STATUS"\n  env: { STATUS: '\${{ steps.weit.outputs.status }}' }\n`,
    )
    expect(await lint('wrong', wrong)).toEqual([expect.stringContaining('weit')])
  })

  it('would not pass with a value that the action refuses', () => {
    const [wrong] = stepsOfThisAction(parseWorkflow(workflowOf(`${step}    fail-on: always\n`)))
    expect(refusalOf(wrong ?? {})).toMatch(/fail-on/)
  })

  it('would not pass with an expression in a script, nor with an item that there is not', () => {
    const script = '- run: echo "${{ steps.wait.outputs.item }}"\n'
    expect(injectable(parseWorkflow(workflowOf(step + script)))).toHaveLength(1)
    const names = ['web-01', 'sql-01/orders', 'sql-01;other/orders', 'orders']
    expect(unknownItems({ with: { 'protected-item': names.join('\n') } })).toEqual(names.slice(2))
  })
})

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.

// The scripts are for Bash on a Linux runner.
describe.skipIf(process.platform === 'win32')('the script that starts backups of many VMs', () => {
  const text = blocks.find(({ place }) => headingOf(place) === 'Back up many VMs')?.text ?? ''
  const [start, , check] = stepsOf(parseWorkflow(workflowOf(text))) as (Step & { env: Variables })[]
  type Variables = Record<string, string>

  /** Runs a step as the runner does, with a stand-in for az. */
  function run(step: (Step & { env: Variables }) | undefined, az: string, env: Variables) {
    const folder = mkdtempSync(join(tmpdir(), 'start-'))
    try {
      const output = join(folder, 'output')
      writeFileSync(output, '')
      writeFileSync(join(folder, 'az'), `#!/bin/bash\nvm="$9"\n${az}\n`)
      chmodSync(join(folder, 'az'), 0o755)
      const { status, stdout } = spawnSync('bash', ['-e', '-c', step?.run ?? 'false'], {
        encoding: 'utf8',
        env: { PATH: `${folder}${delimiter}${process.env.PATH}`, GITHUB_OUTPUT: output, ...env },
      })
      return { status, stdout, output: readFileSync(output, 'utf8') }
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  const id = (vm: string) => `${vaultOf('recovery-services')}/backupJobs/${vm}`
  const print = `echo "${id('$vm')}"`

  it('gives the IDs of all', () => {
    const { status, output } = run(start, print, start?.env ?? {})
    expect(status).toBe(0)
    expect(output).toBe(`jobs<<END\n${['web-01', 'web-02', 'web-03'].map(id).join('\n')}\nEND\nfailed=\n`)
  })

  it.each([
    ['az fails', 'exit 3'],
    ['az prints nothing', 'exit 0'],
    ['az prints the operation, which failed', `echo ${guid}; exit 0`],
  ])('keeps the other IDs, and names the VM, where %s', (_, failing) => {
    const { status, output } = run(
      start,
      `if [ "$vm" = web-02 ]; then ${failing}; fi\n${print}`,
      start?.env ?? {},
    )
    expect(status).toBe(0)
    expect(output).toBe(`jobs<<END\n${['web-01', 'web-03'].map(id).join('\n')}\nEND\nfailed= web-02\n`)
  })

  it('has a last step that fails for one that was not started', () => {
    const { status, stdout } = run(check, '', { FAILED: ' web-02' })
    expect(status).toBe(1)
    expect(stdout).toContain('web-02')
  })
})

describe('the workflows of this repository', () => {
  it.each(workflows())('%s gives this action inputs that it takes', (path) => {
    expect(stepsOfThisAction(parseWorkflow(read(path))).map(refusalOf)).not.toContainEqual(expect.any(String))
  })
})
