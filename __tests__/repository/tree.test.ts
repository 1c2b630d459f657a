/** The whole tree: nothing of the machine that it was made on, and documents that lead somewhere. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documents, find, read, root } from './support/files.ts'
import { blocksOf, tablesUnder, wordsIn } from './support/markdown.ts'

const binary = /\.(png|ico|woff2?)$/
const texts = find('**/*', '*', '.*', '.github/**', '.ci/*').filter((path) => !binary.test(path))

/** Put together, so that this file does not name them itself. */
const registry = new RegExp(['registry', '(npmjs|yarnpkg|npmmirror)', '(org|com)'].join('\\.'))
const machine = new RegExp(`(^|[\\s"'\`(=:])/(${['work', 'home', 'root', 'Users'].join('|')})/\\w`)

describe('the tree', () => {
  it('is found', () => {
    expect(texts.length).toBeGreaterThan(100)
    expect(texts).toContain('.ci/run')
  })

  it('names no package registry', () => {
    expect(texts.filter((path) => registry.test(read(path)))).toEqual([])
    expect(read('package-lock.json')).not.toContain('"resolved"')
  })

  it('names no place of a machine', () => {
    expect(texts.filter((path) => machine.test(read(path)))).toEqual([])
  })

  it('would not pass with either', () => {
    expect(registry.test(['https://registry', 'npmjs', 'org/a'].join('.'))).toBe(true)
    expect(machine.test(`in "/${'home'}/me/main.ts"`)).toBe(true)
  })

  it('draws the same cases at every run', () => {
    const tests = texts.filter(
      (path) => path.endsWith('.test.ts') && /^import fc from 'fast-check'/m.test(read(path)),
    )
    expect(tests.length).toBeGreaterThan(3)
    expect(tests.filter((path) => !/^sameCases\(\d*\)$/m.test(read(path)))).toEqual([])
    // It replaces all that was configured, the seed too.
    const configuring = texts.filter((path) => /\bfc\.configureGlobal\(/.test(read(path)))
    expect(configuring).toEqual(['__tests__/support/seed.ts'])
  })

  it('ends its lines in the same way everywhere', () => {
    // dist is as it is built, and Windows reads command files in its own way.
    const others = texts.filter((path) => !path.startsWith('dist/') && !path.endsWith('.cmd'))
    expect(others.filter((path) => read(path).includes('\r'))).toEqual([])
  })
})

describe('documents', () => {
  const links = documents().flatMap((path) => {
    const prose = blocksOf(path, read(path)).reduce((text, block) => text.replace(block.text, ''), read(path))
    const targets = [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)]
    return targets.map((match) => [path, match[1] ?? match[2] ?? ''] as const)
  })
  const inner = links.filter(([, target]) => !/^(https?:|mailto:)/.test(target))

  it('are those that a repository has', () => {
    const expected = ['ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'README.md', 'SECURITY.md']
    expect(documents()).toEqual(expect.arrayContaining(expected))
    expect(find('LICENSE', '.github/CODEOWNERS', '.github/pull_request_template.md')).toHaveLength(3)
  })

  it.each(inner)('%s links to %s, which is there', (path, target) => {
    const [file = '', anchor] = target.split('#')
    const linked = file === '' ? path : join(dirname(path), file)
    expect(existsSync(join(root, linked))).toBe(true)
    if (anchor === undefined) return
    const headings = [...read(linked).matchAll(/^#+ (.*)$/gm)].map((match) => slug(match[1] ?? ''))
    expect(headings).toContain(anchor)
  })

  it('README tells things in the order in which a reader asks for them', () => {
    const [intro = ''] = read('README.md').split('\n## ')
    expect(intro).toContain('> [!IMPORTANT]')
    const headings = [...read('README.md').matchAll(/^## (.*)$/gm)].map((match) => match[1])
    expect(headings).toEqual([
      'Use',
      'Recipes',
      'Inputs',
      'Outputs',
      'Permissions',
      'Verdict',
      'Troubleshooting',
      'Try it without Azure',
      'Versions',
      'License',
    ])
  })

  it('README leads to every document, and the recipes begin with a table of all of them', () => {
    const readme = read('README.md')
    expect(find('docs/*.md').filter((path) => !readme.includes(`](${path}`))).toEqual([])
    const recipes = read('docs/recipes.md')
    const [contents = ''] = recipes.split('\n## ')
    const listed = [...contents.matchAll(/^ {2}- \[(.*)\]\(#(.*)\)$/gm)].map((match) => [match[1], match[2]])
    const headings = [...recipes.matchAll(/^## (.*)$/gm)].map((match) => match[1] ?? '')
    expect(listed).toEqual(headings.map((heading) => [heading, slug(heading)]))
    expect(headings.length).toBeGreaterThan(15)
  })

  it('README has 2,500 words at most, those in snippets and folded tables included', () => {
    expect(wordsIn(read('README.md'))).toBeLessThanOrEqual(2500)
  })

  it('counts words as a reader does', () => {
    const table = '| a | b |\n|---|---|\n| `one` | [two](https://example.com/three) |\n'
    const folded = '<details>\n<summary>three</summary>\n\nfour\n\n</details>\n'
    expect(wordsIn(`${table}\n${folded}\n\`\`\`yaml\n- run: five\n\`\`\`\n`)).toBe(8)
  })

  it('say what a runner costs as minutes and rates come to', () => {
    const [table = []] = tablesUnder('## What a held runner costs', read('docs/recipes.md'))
    const [head = [], ...rows] = table
    const rates = head.slice(2).map((cell) => Number(/USD (\d+\.\d+)/.exec(cell)?.[1]))
    const costs = rows.map(([, minutes = '']) =>
      rates.map((rate) => (Number.parseInt(minutes, 10) * rate).toFixed(2)),
    )
    expect(rows.map(([, , ...cells]) => cells)).toEqual(costs)
    expect(costs.length).toBeGreaterThan(2)
  })
})

/** A heading's anchor, as GitHub makes it. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')
}
