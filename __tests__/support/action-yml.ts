import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')

/** The names of a block of action.yml, each with the lines below it. */
function block(name: string): Map<string, string> {
  const [, body = ''] = new RegExp(`^${name}:\\n((?: .*\\n|\\n)*)`, 'm').exec(text) ?? []
  const entries = body.split(/^ {2}(?=\S)/m).filter((entry) => entry.trim() !== '')
  return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf(':')), entry]))
}

/** What each input of action.yml is where nobody sets it. */
export const defaults: Record<string, string> = Object.fromEntries(
  [...block('inputs')].map(([name, lines]) => {
    const [, value = ''] = /^ {4}default: *(.*)$/m.exec(lines) ?? []
    return [name, value.replace(/^'(.*)'$/, '$1')]
  }),
)

/** The names of the outputs of action.yml. */
export const outputNames: string[] = [...block('outputs').keys()]
