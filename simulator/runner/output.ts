/** What a step writes to its streams. */
import type { ChildProcessByStdio } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** What a process has written so far. */
export interface Output {
  stdout: string
  stderr: string
  /** Lines of stdout. */
  log: string[]
  /** Resolves with the first line, past or to come, that matches; rejects where the process ends without. */
  waitForLine(pattern: RegExp): Promise<string>
}

/** Reads both streams of a process until they end; `onLine` is called with every line of stdout. */
export function readOutput(
  child: ChildProcessByStdio<null, Readable, Readable>,
  onLine?: (line: string) => void,
): Output {
  // Those who wait for a line; undefined tells them that there will be no more.
  const waiting = new Set<(line: string | undefined) => void>()
  const output: Output = { stdout: '', stderr: '', log: [], waitForLine }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.log.push(line)
    onLine?.(line)
    for (const look of waiting) look(line)
  })
  child.once('close', () => {
    for (const look of waiting) look(undefined)
  })

  function waitForLine(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const { log } = output
      const past = log.find((line) => pattern.test(line))
      if (past !== undefined) return resolve(past)
      const look = (line: string | undefined) => {
        if (line !== undefined && !pattern.test(line)) return
        waiting.delete(look)
        if (line === undefined)
          reject(new Error(`No line matched ${pattern}:\n${log.join('\n')}\n${output.stderr}`))
        else resolve(line)
      }
      waiting.add(look)
      if (child.exitCode !== null) look(undefined)
    })
  }

  return output
}
