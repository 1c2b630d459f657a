/** In the place of GitHub's runner: takes down all that a step writes. */
import type { Time } from './plan.ts'

/** What a step has written. */
export interface Written {
  outputs: Record<string, string>
  /** When the last output was set. */
  outputsAt: Time | undefined
  /** Outputs that were set more than once. */
  twice: string[]
  summary: string
  state: Record<string, string>
  log: { at: Time; kind: string; text: string }[]
  failed: boolean
}

/** @param inputs those that are given; the others have action.yml's defaults */
export function recordingRunner(
  inputs: Record<string, string>,
  defaults: Record<string, string>,
  now: () => Time,
) {
  const written: Written = {
    outputs: {},
    outputsAt: undefined,
    twice: [],
    summary: '',
    state: {},
    log: [],
    failed: false,
  }
  const said = new Set<string>()
  const line = (kind: string) => (text: string, title?: string) => {
    written.log.push({ at: now(), kind, text: title === undefined ? text : `${title}: ${text}` })
  }
  const runner = {
    input: (name: string) => (inputs[name] ?? defaults[name] ?? '').trim(),
    output: (name: string, value: string) => {
      if (name in written.outputs) written.twice.push(name)
      written.outputs[name] = value
      written.outputsAt = now()
    },
    summary: async (markdown: string) => {
      written.summary += markdown
    },
    saveState: (name: string, value: string) => {
      written.state[name] = value
    },
    state: () => '',
    mask: () => {},
    log: {
      info: line('info'),
      debug: (say: () => string) => line('debug')(say()),
      fault: line('fault'),
      notice: line('notice'),
      warning: line('warning'),
      error: line('error'),
      once: (key: string, say: () => void) => {
        if (!said.has(key)) say()
        said.add(key)
      },
    },
    fail: () => {
      written.failed = true
    },
  }
  return { runner, written }
}
