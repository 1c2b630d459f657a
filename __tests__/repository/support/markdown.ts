/** Markdown as far as documents here use it. */

export interface Block {
  /** `README.md:30`, where it begins. */
  place: string
  language: string
  text: string
}

/** The fenced blocks of a document, without the indentation of the list that they stand in. */
export function blocksOf(path: string, text: string): Block[] {
  const blocks: Block[] = []
  let open: (Block & { fence: string; indent: number; lines: string[] }) | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const [, indent = '', fence = '', language = ''] = /^( *)(`{3,}|~{3,})(\S*)/.exec(line) ?? []
    if (open === undefined) {
      if (fence === '') continue
      open = { place: `${path}:${index + 1}`, language, text: '', fence, indent: indent.length, lines: [] }
    } else if (fence === open.fence && language === '') {
      blocks.push({ place: open.place, language: open.language, text: `${open.lines.join('\n')}\n` })
      open = undefined
    } else {
      open.lines.push(line.slice(Math.min(open.indent, line.length - line.trimStart().length)))
    }
  }
  if (open !== undefined) throw new Error(`${open.place}: the block does not end`)
  return blocks
}

/** The rows of the first table after a heading, cell by cell; without its head. */
export function tableAfter(heading: string, text: string): string[][] {
  const lines = text.split('\n')
  const from = lines.indexOf(heading)
  if (from < 0) throw new Error(`There is no heading "${heading}"`)
  const rest = lines.slice(from + 1)
  const first = rest.findIndex((line) => line.startsWith('|'))
  const next = rest.findIndex((line) => /^#+ /.test(line))
  if (first < 0 || (next >= 0 && next < first)) throw new Error(`There is no table under "${heading}"`)
  const after = rest.slice(first).findIndex((line) => !line.startsWith('|'))
  return rest
    .slice(first + 2, after < 0 ? undefined : first + after)
    .map((line) => line.slice(1, line.trimEnd().length - 1).split(/(?<!\\)\|/))
    .map((cells) => cells.map((cell) => cell.trim()))
}

/** What stands between backticks; the text itself where there are none. */
export function code(cell: string): string {
  return /^`(.*)`$/.exec(cell)?.[1] ?? cell
}
