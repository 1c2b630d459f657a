import { existsSync, readFileSync } from 'node:fs'

/**
 * The inputs of an action file and their defaults, `${{ github.token }}` filled in and any other expression
 * empty. It reads the shape that this repository's action.yml has, a default on one line, and no other YAML.
 */
export function readInputs(file: string, githubToken: string): Record<string, string> {
  const inputs: Record<string, string> = {}
  if (!existsSync(file)) return inputs
  let section = ''
  let name = ''
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    section = /^([\w-]+):/.exec(line)?.[1] ?? section
    if (section !== 'inputs') continue
    const key = /^ {2}([\w-]+):/.exec(line)?.[1]
    if (key !== undefined) {
      name = key
      inputs[name] = ''
    }
    const value = /^ {4}default:\s*(.*)$/.exec(line)?.[1]
    if (value !== undefined) inputs[name] = expand(scalar(value), githubToken)
  }
  return inputs
}

function scalar(text: string): string {
  const quoted = /^'((?:[^']|'')*)'/.exec(text)
  if (quoted?.[1] !== undefined) return quoted[1].replaceAll("''", "'")
  const double = /^"(?:[^"\\]|\\.)*"/.exec(text)
  if (double !== null) return String(JSON.parse(double[0]))
  return text.replace(/(^|\s+)#.*$/, '').trim()
}

function expand(text: string, githubToken: string): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression) =>
    expression === 'github.token' ? githubToken : '',
  )
}
