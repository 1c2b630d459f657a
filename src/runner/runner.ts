/** The runner that a step runs on: what it gives, and what it takes. */
import * as core from '@actions/core'
import { type Log, runnerLog } from './log.ts'

/** What a step reads from its runner and writes to it. */
export interface Runner {
  /** An input, trimmed; empty where it is not set. */
  input(name: string): string
  /** @throws an error of the file system */
  output(name: string, value: string): void
  /**
   * Adds Markdown to the job summary.
   *
   * @throws an error of the file system
   */
  summary(markdown: string): Promise<void>
  /** Keeps a value for the post step. */
  saveState(name: string, value: string): void
  /** In the post step: what the main step kept; empty for nothing. */
  state(name: string): string
  /** Hides a secret in the log from now on. */
  mask(secret: string): void
  log: Log
  /** Lets the step end in failure. */
  fail(): void
}

/** GitHub's. */
export const actionsRunner: Runner = {
  input: (name) => core.getInput(name),
  output: (name, value) => core.setOutput(name, value),
  summary: async (markdown) => {
    await core.summary.addRaw(markdown).write()
  },
  saveState: (name, value) => core.saveState(name, value),
  state: (name) => core.getState(name),
  mask: (secret) => core.setSecret(secret),
  log: runnerLog,
  fail: () => {
    // @github/local-action's core has no ExitCode.
    process.exitCode = 1
  },
}
