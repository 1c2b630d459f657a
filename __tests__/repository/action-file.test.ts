/** action.yml by GitHub's schema, and by what the best actions keep to. */
import { describe, expect, it } from 'vitest'
import { actionFile } from './support/action-file.ts'
import { read } from './support/files.ts'
import { problemsOfAction } from './support/github-parser.ts'

const text = read('action.yml')
const named = [...Object.entries(actionFile.inputs), ...Object.entries(actionFile.outputs)]

describe('action.yml', () => {
  it('is what the schema of GitHub says', () => {
    expect(problemsOfAction(text)).toEqual([])
  })

  it.each([
    ['an icon that is none', text.replace(/icon: .*/, 'icon: login.svg')],
    ['a colour that is none', text.replace(/color: .*/, 'color: azure')],
    ['a runtime that is none', text.replace('node24', 'node23')],
    ['a key that is none', text.replace('branding:', 'brandng:')],
  ])('would not pass with %s', (_, wrong) => {
    expect(wrong).not.toBe(text)
    expect(problemsOfAction(wrong)).toHaveLength(1)
  })

  it('runs a committed file on the Node.js that the tests run on', () => {
    expect(actionFile.runs.using).toBe(`node${process.versions.node.split('.')[0]}`)
    expect(actionFile.runs.main).toBe('dist/index.js')
    // Only for what a signal did not reach; see cancel-job.
    expect(actionFile.runs).toMatchObject({ post: 'dist/post.js', 'post-if': 'cancelled()' })
  })

  it('has an author, and a name and a description that a marketplace shows', () => {
    expect(actionFile.author).not.toBe('')
    expect(actionFile.name).not.toBe('')
    expect(actionFile.description.length).toBeLessThanOrEqual(125)
  })

  it('has names in kebab case, each described in full sentences', () => {
    const names = named.map(([name]) => name)
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([])
    expect(named.filter(([, { description }]) => !/\.$/.test(description))).toEqual([])
  })

  it('says of each input that it is optional, and its default as text', () => {
    // A default without quotes that YAML takes for a boolean or a number would reach the action in a form of its own.
    const wrong = Object.entries(actionFile.inputs).filter(
      ([, input]) => input.required !== false || typeof input.default !== 'string',
    )
    expect(wrong).toEqual([])
  })

  it('names the unit of what is a duration', () => {
    const durations = Object.keys(actionFile.inputs).filter((name) =>
      /(^|-)(timeout|interval|age)(-|$)/.test(name),
    )
    expect(durations.filter((name) => !/-(seconds|minutes|hours)$/.test(name))).toEqual([])
  })
})
