import * as core from '@actions/core'
import { plain } from '../base/text.ts'

/** The step's log. */
export interface Log {
  info(line: string): void
  /** Made and said only where the runner's step debugging is on: elsewhere it drops the line, and each answer makes one. */
  debug(say: () => string): void
  /** A read that failed and is tried again: one line each, no annotation. */
  fault(line: string): void
  notice(message: string, title?: string): void
  warning(message: string, title?: string): void
  error(message: string, title?: string): void
  /** Says it the first time that it is asked to under this key. */
  once(key: string, say: () => void): void
}

/** For a log's `once`. */
export function sayOnce(): Log['once'] {
  const said = new Set<string>()
  return (key, say) => {
    if (said.has(key)) return
    said.add(key)
    say()
  }
}

/**
 * Keeps the process alive where nobody reads the log any more (EPIPE) or nothing can hold it (ENOSPC): outputs, summary
 * and cancellation matter more.
 */
export function outliveLog(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

/** Waits until the log is written: pipes take it in their own time on Windows. */
export async function flushLog(): Promise<void> {
  await new Promise((resolve) => process.stdout.write('', resolve))
}

/** The runner's own: workflow commands on stdout. */
export const runnerLog: Log = {
  info: (line) => core.info(plain(line)),
  debug: (say) => {
    if (core.isDebug()) core.debug(plain(say()))
  },
  fault: (line) => core.info(plain(line)),
  notice: (message, title) => core.notice(message, title === undefined ? {} : { title }),
  warning: (message, title) => core.warning(message, title === undefined ? {} : { title }),
  error: (message, title) => core.error(message, title === undefined ? {} : { title }),
  once: sayOnce(),
}
