/** What the runner tells a step by variables and files. */
import { readFileSync } from 'node:fs'

/** The variables of the process. */
export type Variables = Record<string, string | undefined>

/** The payload of the event that started the run, as GITHUB_EVENT_PATH has it; undefined where it cannot be read. */
export function readEvent({ GITHUB_EVENT_PATH: path = '' }: Variables): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
