/** The workflows: right by actionlint and by GitHub's own parser, and as safe as workflows can be. */
import { execFileSync, type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { version } from '../../src/base/version.ts'
import { lint } from './support/actionlint.ts'
import { find, read, root, workflows } from './support/files.ts'
import { problemsOf } from './support/github-parser.ts'
import { injectable, parseWorkflow, stepsOf, type Workflow } from './support/workflow.ts'

const all = workflows().map((path) => [path, read(path)] as const)

/** Lines that use an action in another way than by the full SHA of a commit, with its version. */
function unpinned(text: string): string[] {
  const uses = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line))
  return uses.filter((line) => !/uses: (\.\/$|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/.test(line))
}

/**
 * Whether a run of one commit, or of one tag, may be cancelled for another's: within one concurrency group GitHub
 * keeps one that waits, and cancels it when the next one comes.
 */
function mayBeLost({ on, concurrency }: Workflow): boolean {
  const { push, pull_request: pulls } = on as Record<string, { tags?: string[] } | null>
  const { group = '' } = (concurrency ?? {}) as { group?: string }
  if (push?.tags !== undefined) return !/github\.(ref|sha)/.test(group)
  return push !== undefined && pulls !== undefined && !group.includes('github.sha')
}

describe.each(all)('%s', (path, text) => {
  const workflow = parseWorkflow(text)
  const jobs = Object.entries(workflow.jobs)

  it('passes actionlint', async () => {
    expect(await lint(path, text)).toEqual([])
  })

  it("passes GitHub's own parser", async () => {
    expect(await problemsOf(text)).toEqual([])
  })

  it('uses actions by the full SHA of a commit alone', () => {
    expect(unpinned(text)).toEqual([])
  })

  it('puts no expression into a script', () => {
    expect(injectable(workflow)).toEqual([])
  })

  it('has no permissions but those that a job asks for, each with the reason', () => {
    expect(workflow.permissions).toEqual({})
    for (const [, job] of jobs) expect(job.permissions).toBeTypeOf('object')
    const granted = text.split('\n').filter((line) => /^ +[a-z-]+: (read|write)\b/.test(line))
    expect(granted.filter((line) => !/ # ./.test(line))).toEqual([])
  })

  it('leaves no credentials behind, ends in time, and gives way to itself', () => {
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false })
    for (const [, job] of jobs) expect(job['timeout-minutes']).toBeTypeOf('number')
    expect(workflow.concurrency).toBeDefined()
  })

  it('loses no verdict on main, nor a release, to the next one', () => {
    expect(mayBeLost(workflow)).toBe(false)
  })

  it('is not run with rights for what a fork wrote', () => {
    expect(text).not.toMatch(/pull_request_target|workflow_run|secrets\./)
  })
})

describe('the checks', () => {
  const [, text = ''] = all.find(([path]) => path.endsWith('/ci.yml')) ?? []

  it('see what actionlint is for', async () => {
    expect(await lint('a.yml', text.replace('ubuntu-24.04', 'ubuntu-1'))).not.toEqual([])
    expect(await lint('a.yml', text.replace('steps.wait.outcome', 'steps.weit.outcome'))).not.toEqual([])
  })

  it('see an action by a tag, by a short SHA, and without its version', () => {
    for (const uses of ['a/b@v1', 'a/b@3d3c42e', `a/b@${'0'.repeat(40)}`, 'docker://alpine:3'])
      expect(unpinned(`      - uses: ${uses}`)).toHaveLength(1)
    expect(unpinned(`        uses: a/b/c@${'0'.repeat(40)} # v1.2.3\n      - uses: ./`)).toEqual([])
  })

  it('see a verdict on main, and a release, that may be lost', () => {
    expect(mayBeLost(parseWorkflow(text.replace(/^ {2}group: .*/m, '  group: ci-main')))).toBe(true)
    const release = read('.github/workflows/release.yml').replace(/^ {2}group: .*/m, '  group: release')
    expect(mayBeLost(parseWorkflow(release))).toBe(true)
  })

  it('see an expression in a script', () => {
    const wrong = text.replace('run: npm ci', ['run: echo $', '{{ github.head_ref }}'].join(''))
    expect(injectable(parseWorkflow(wrong))).toHaveLength(1)
  })
})

describe('zizmor', () => {
  it('is asked for in the form that its action takes', () => {
    const steps = stepsOf(parseWorkflow(read('.github/workflows/zizmor.yml')))
    const step = steps.find(({ uses }) => uses?.startsWith('zizmorcore/zizmor-action@'))
    // zizmor-action, action.sh: no v before it.
    expect(String(step?.with?.version)).toMatch(/^\d+\.\d+\.\d+$/)
  })
})

describe('one and the same action', () => {
  it('has the same version everywhere', () => {
    const found = all.flatMap(([, text]) => [...text.matchAll(/uses: ([\w.-]+\/[\w.-]+)[\w./-]*@(.*)/g)])
    const versions = Map.groupBy(found, (match) => match[1])
    for (const [action, matches] of versions)
      expect([action, [...new Set(matches.map((match) => match[2]))]]).toEqual([action, [expect.any(String)]])
    expect(versions.size).toBeGreaterThan(5)
  })
})

// The script is bash's; on Windows its path would have to be found first.
describe.skipIf(process.platform === 'win32')('the notes of a release', () => {
  const script = stepsOf(parseWorkflow(read('.github/workflows/release.yml'))).find(({ name }) =>
    name?.startsWith('Take the notes'),
  )?.run

  /** The notes that the workflow would take for a tag. */
  function notesOf(tag: string): string {
    const directory = mkdtempSync(join(tmpdir(), 'notes-'))
    try {
      cpSync(join(root, 'CHANGELOG.md'), join(directory, 'CHANGELOG.md'))
      const env = { PATH: process.env.PATH, TAG: tag }
      execFileSync('bash', ['-e', '-o', 'pipefail', '-c', script ?? 'exit 1'], { cwd: directory, env })
      return readFileSync(join(directory, 'notes.md'), 'utf8')
    } finally {
      rmSync(directory, { recursive: true })
    }
  }

  it('are what the changelog has of the version, and no more', () => {
    const notes = notesOf(`v${version}`)
    expect(notes).toMatch(/^### Added/m)
    expect(notes).not.toMatch(/^## |^\[/m)
  })

  it('are missing for a version that the changelog does not have', () => {
    expect(() => notesOf('v99.0.0')).toThrow()
  })
})

// As above; gh is a stand-in that knows tags, commits and one reference, and answers as GitHub does.
describe.skipIf(process.platform === 'win32')('the major tag', () => {
  const script = stepsOf(parseWorkflow(read('.github/workflows/release.yml'))).find(({ name }) =>
    name?.startsWith('Point it'),
  )?.run
  const gh = `#!/usr/bin/env bash
set -e
sha() { for part; do case "$part" in sha=*) echo "\${part#sha=}";; esac; done; }
refuse() { if [ -n "$REFUSAL" ]; then echo '{"message":"…"}'; echo "$REFUSAL" >&2; exit 1; fi; }
case "$*" in
  *"/releases "*) cat published ;;
  *"/commits/"*) for part; do case "$part" in *"/commits/"*) echo "sha-of-\${part##*/}";; esac; done ;;
  *"/git/matching-refs/tags/$MAJOR "*) if [ -f reference ]; then echo "refs/tags/$MAJOR"; fi; sed 's#^#refs/tags/#' published ;;
  *"PATCH"*"/git/refs/tags/$MAJOR "*)
    refuse
    if [ ! -f reference ]; then echo 'gh: Reference does not exist (HTTP 422)' >&2; exit 1; fi
    sha "$@" > reference ;;
  *"POST"*"/git/refs "*"refs/tags/$MAJOR "*)
    refuse
    if [ -f reference ]; then echo 'gh: Reference already exists (HTTP 422)' >&2; exit 1; fi
    sha "$@" > reference ;;
  *"/git/ref/tags/$MAJOR "*) if [ -n "$STUCK" ]; then echo sha-of-v0.9.0; else cat reference; fi ;;
  *) exit 1 ;;
esac
`

  /** The script's exit code and its output, and where the tag is after it. */
  function move(tag: string, published: string[], { before = '', stuck = '', refusal = '' } = {}) {
    const directory = mkdtempSync(join(tmpdir(), 'major-'))
    try {
      const reference = join(directory, 'reference')
      writeFileSync(join(directory, 'gh'), gh, { mode: 0o755 })
      writeFileSync(join(directory, 'published'), `${published.join('\n')}\n`)
      if (before !== '') writeFileSync(reference, `${before}\n`)
      const PATH = `${directory}:${process.env.PATH}`
      const major = tag.replace(/\..*/, '')
      const env = { PATH, TAG: tag, MAJOR: major, STUCK: stuck, REFUSAL: refusal, GITHUB_REPOSITORY: 'o/r' }
      // The runner's default for `run`.
      const options: SpawnSyncOptions = { cwd: directory, env, stdio: ['ignore', 'pipe', 'ignore'] }
      const { status, stdout } = spawnSync('bash', ['-e', '-c', script ?? 'exit 99'], options)
      const at = existsSync(reference) ? readFileSync(reference, 'utf8').trim() : undefined
      return { status, at, log: stdout.toString() }
    } finally {
      rmSync(directory, { recursive: true })
    }
  }

  it('is made by the first release, and moved by the next ones', () => {
    expect(move('v1.0.0', ['v1.0.0'])).toMatchObject({ status: 0, at: 'sha-of-v1.0.0' })
    const published = ['v1.9.0', 'v1.10.0', 'v2.0.0', 'v10.0.0']
    const moved = move('v1.10.0', published, { before: 'sha-of-v1.9.0' })
    expect(moved).toMatchObject({ status: 0, at: 'sha-of-v1.10.0' })
  })

  it('is at the newest release, whichever comes last', () => {
    const moved = move('v1.0.1', ['v1.1.0', 'v1.0.1'], { before: 'sha-of-v1.1.0' })
    expect(moved).toMatchObject({ status: 0, at: 'sha-of-v1.1.0' })
  })

  it.each(['', 'sha-of-v1.0.0'])(
    'is told why GitHub refuses it, and what to do by hand (before: %j)',
    (before) => {
      const refusal = 'gh: Resource not accessible by integration (HTTP 403)'
      const { status, at, log } = move('v1.1.0', ['v1.1.0', 'v1.0.0'], { before, refusal })
      expect([status, at ?? '']).toEqual([1, before])
      expect(log).toContain(refusal)
      const [error = ''] = log
        .split('\n')
        .filter((line) => line.startsWith('::error title=v1 is not at v1.1.0::'))
      expect(error).toContain('workflow files differ from those at the tip of every branch')
      expect(error).toMatch(
        /: git fetch origin tag v1\.1\.0 && git push --force origin sha-of-v1\.1\.0:refs\/tags\/v1$/,
      )
      expect(log).not.toContain('already exists')
    },
  )

  it('is told of any other error in the words of GitHub', () => {
    const refusal = 'gh: Object does not exist (HTTP 422)'
    const { status, at, log } = move('v1.1.0', ['v1.1.0'], { before: 'sha-of-v1.0.0', refusal })
    expect([status, at]).toEqual([1, 'sha-of-v1.0.0'])
    expect(log).toContain(`::error title=v1 is not at v1.1.0::GitHub answered: ${refusal}. In a clone`)
    expect(log).not.toContain('workflow files')
  })

  it('is looked at again', () => {
    expect(move('v1.0.0', ['v1.0.0'], { stuck: 'yes' }).status).toBe(1)
  })

  it('is moved when a person has published, and not when a tag is pushed', () => {
    const { on, jobs } = parseWorkflow(read('.github/workflows/release.yml'))
    expect(on).toMatchObject({ release: { types: ['published'] } })
    const when = Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.if ?? job.needs]))
    expect(when).toEqual({
      verify: "github.event_name == 'push'",
      release: 'verify',
      major: "github.event_name == 'release'",
    })
  })
})

describe('dependabot', () => {
  it('waits before it proposes what is new', () => {
    const text = read('.github/dependabot.yml')
    const updates = text.match(/package-ecosystem:/g) ?? []
    expect(text.match(/default-days: ([7-9]|\d\d)/g)).toHaveLength(updates.length)
    expect(updates).toHaveLength(2)
  })
})

it('every workflow that there has to be is there', () => {
  const names = [
    'check-dist',
    'ci',
    'codeql',
    'dependency-review',
    'nightly',
    'release',
    'scorecard',
    'zizmor',
  ]
  expect(find('.github/workflows/*')).toEqual(names.map((name) => `.github/workflows/${name}.yml`))
})
