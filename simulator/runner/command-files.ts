/** The files through which a step and the runner tell each other things. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileCommands } from './commands.ts'

/** Where the files of a step are. */
export interface CommandFiles {
  output: string
  summary: string
  state: string
  env: string
  path: string
  event: string
}

/** What a step left in its files. */
export interface FileResults {
  outputs: Record<string, string>
  state: Record<string, string>
  /** The job summary, Markdown. */
  summary: string
}

/** Makes the files of a step, in a folder of their own within `folder`. */
export function createCommandFiles(folder: string): CommandFiles {
  const commands = join(folder, '_runner_file_commands')
  mkdirSync(commands)
  const file = (name: string, text = '') => {
    const path = join(commands, name)
    writeFileSync(path, text)
    return path
  }
  return {
    output: file('set_output'),
    summary: file('step_summary'),
    state: file('save_state'),
    env: file('set_env'),
    path: file('add_path'),
    event: file('event.json', '{}'),
  }
}

/** Reads them; throws where a command has no end. */
export function readCommandFiles(files: CommandFiles): FileResults {
  return {
    outputs: fileCommands(readFileSync(files.output, 'utf8')),
    state: fileCommands(readFileSync(files.state, 'utf8')),
    summary: readFileSync(files.summary, 'utf8'),
  }
}
