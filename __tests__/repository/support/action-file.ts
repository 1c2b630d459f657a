/** action.yml, as the runner reads it. */
import { parse } from 'yaml'
import { read } from './files.ts'

export interface ActionInput {
  description: string
  required?: boolean
  default?: unknown
}

export interface ActionFile {
  name: string
  description: string
  author: string
  branding: { icon: string; color: string }
  inputs: Record<string, ActionInput>
  outputs: Record<string, { description: string }>
  runs: Record<string, string>
}

export const actionFile = parse(read('action.yml')) as ActionFile

/** The default of each input, as the runner gives it to the action where the workflow sets none. */
export const defaults: Record<string, string> = Object.fromEntries(
  Object.entries(actionFile.inputs).map(([name, input]) => [name, String(input.default ?? '')]),
)
