/** Issue forms, by GitHub's rules for them: a form that breaks one is not shown at all. */
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { find, read } from './support/files.ts'

interface Element {
  type: string
  id?: string
  attributes: { label?: string; value?: string; options?: string[]; default?: number }
  validations?: { required?: boolean }
}

const forms = find('.github/ISSUE_TEMPLATE/*.yml').filter((path) => !path.endsWith('/config.yml'))

describe.each(forms)('%s', (path) => {
  const form = parse(read(path)) as { name: string; description: string; body: Element[] }
  const asked = form.body.filter(({ type }) => type !== 'markdown')

  it('has a name, a description and something to fill in', () => {
    expect([form.name, form.description]).toEqual([expect.any(String), expect.any(String)])
    expect(asked.length).toBeGreaterThan(0)
  })

  it('has elements of kinds that there are, each with an ID and a label of its own', () => {
    const kinds = ['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']
    expect(form.body.map(({ type }) => type).filter((type) => !kinds.includes(type))).toEqual([])
    const ids = asked.map(({ id }) => id)
    const labels = asked.map(({ attributes }) => attributes.label)
    expect(new Set(ids).size).toBe(asked.length)
    expect(new Set(labels).size).toBe(asked.length)
    for (const id of ids) expect(id).toMatch(/^[\w-]+$/)
  })

  it('has choices that differ, and a default among them', () => {
    for (const { attributes } of asked.filter(({ type }) => type === 'dropdown')) {
      const options = attributes.options ?? []
      expect(options.length).toBeGreaterThan(1)
      expect(new Set(options).size).toBe(options.length)
      expect(attributes.default ?? 0).toBeLessThan(options.length)
    }
  })
})

it('a bug cannot be reported without what it takes to see it again', () => {
  const form = parse(read('.github/ISSUE_TEMPLATE/bug.yml')) as { body: Element[] }
  const required = form.body.filter(({ validations }) => validations?.required).map(({ id }) => id)
  expect(required).toEqual(expect.arrayContaining(['version', 'workflow', 'log', 'login', 'cloud']))
})
