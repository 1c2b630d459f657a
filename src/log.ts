import * as core from '@actions/core'

/** The step's log. */
export interface Log {
  info(line: string): void
  /** Shown when the runner's step debugging is on. */
  debug(line: string): void
  /** A read that failed and is tried again: one line each, no annotation. */
  fault(line: string): void
  notice(message: string, title?: string): void
  warning(message: string, title?: string): void
  error(message: string, title?: string): void
}

/** A line of foreign text cannot give the runner a command or begin a line of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

export const runnerLog: Log = {
  info: (line) => core.info(harmless(line)),
  debug: (line) => core.debug(oneLine(line)),
  fault: (line) => core.info(harmless(line)),
  notice: (message, title) => core.notice(message, title === undefined ? {} : { title }),
  warning: (message, title) => core.warning(message, title === undefined ? {} : { title }),
  error: (message, title) => core.error(message, title === undefined ? {} : { title }),
}

/** The runner reads `::command::` and `##[command]` where a line begins, after blanks too. */
function harmless(line: string): string {
  const single = oneLine(line)
  return /^\s*(::|##\[)/.test(single) ? `\u200B${single}` : single
}
