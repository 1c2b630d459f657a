/** What the runner reads from a step: workflow commands in its log, and command files. */

/** An annotation, as it would stand at the run. */
export interface Annotation {
  level: 'error' | 'warning' | 'notice'
  message: string
  title?: string
  /** `title`, `file`, `line` and so on, where given. */
  properties: Record<string, string>
}

/** Annotations and masks of a log. */
export function commandsOf(log: string[]): { annotations: Annotation[]; masks: string[] } {
  const annotations: Annotation[] = []
  const masks: string[] = []
  let stopped: string | undefined
  for (const line of log) {
    const [, command = '', given = '', data = ''] =
      /^\s*::([\w-]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/.exec(line) ?? []
    // Between stop-commands and its token the runner takes nothing for a command.
    if (stopped !== undefined) {
      if (command === stopped) stopped = undefined
      continue
    }
    if (command === 'stop-commands') stopped = data
    if (command === 'add-mask') masks.push(unescapeData(data))
    if (command === 'error' || command === 'warning' || command === 'notice') {
      const properties = propertiesOf(given)
      const title = properties.title === undefined ? {} : { title: properties.title }
      annotations.push({ level: command, message: unescapeData(data), ...title, properties })
    }
  }
  return { annotations, masks }
}

/** The values of a command file: `name<<DELIMITER`, lines, `DELIMITER`; or `name=value`. The last one counts. */
export function fileCommands(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    const heredoc = /^([^=]*?)<<(.+)$/.exec(line)
    if (heredoc?.[1] !== undefined && heredoc[2] !== undefined) {
      const end = lines.indexOf(heredoc[2], index + 1)
      if (end < 0) throw new Error(`The command file has no end for ${heredoc[1]}`)
      values[heredoc[1]] = lines.slice(index + 1, end).join('\n')
      index = end
    } else if (line.includes('=')) {
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
    }
  }
  return values
}

function propertiesOf(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.trim().split('='))
  return Object.fromEntries(
    pairs
      .filter(([key]) => key)
      .map(([key = '', ...value]) => [
        key,
        unescapeData(value.join('=').replaceAll('%3A', ':').replaceAll('%2C', ',')),
      ]),
  )
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}
