/** Markdown as far as documents here use it. */
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

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

/** The lines between a heading and the next one. */
function linesUnder(heading: string, text: string): string[] {
  const lines = text.split('\n')
  const from = lines.indexOf(heading)
  if (from < 0) throw new Error(`There is no heading "${heading}"`)
  const rest = lines.slice(from + 1)
  const next = rest.findIndex((line) => /^#+ /.test(line))
  return next < 0 ? rest : rest.slice(0, next)
}

/** The tables between a heading and the next one: of each its rows, cell by cell, the head first. */
export function tablesUnder(heading: string, text: string): string[][][] {
  const tables: string[][][] = []
  let before = ''
  for (const line of linesUnder(heading, text)) {
    if (line.startsWith('|')) {
      if (!before.startsWith('|')) tables.push([])
      tables.at(-1)?.push(cellsOf(line))
    }
    before = line
  }
  // The second line of a table only draws the rule below its head.
  return tables.map(([head = [], , ...rows]) => [head, ...rows])
}

function cellsOf(line: string): string[] {
  const cells = line.slice(1, line.trimEnd().length - 1).split(/(?<!\\)\|/)
  return cells.map((cell) => cell.trim())
}

/** The rows of the first table after a heading, cell by cell; without its head. */
export function tableAfter(heading: string, text: string): string[][] {
  const [table] = tablesUnder(heading, text)
  if (table === undefined) throw new Error(`There is no table under "${heading}"`)
  return table.slice(1)
}

/** A document as a page. */
export function pageOf(text: string): string {
  return micromark(text, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  })
}

/** How many words a reader of a document meets, in snippets and in what is folded too. */
export function wordsIn(text: string): number {
  const words = pageOf(text)
    .replace(/<[^>]*>/g, ' ')
    .split(/\s+/)
  return words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** What stands between backticks; the text itself where there are none. */
export function code(cell: string): string {
  return /^`(.*)`$/.exec(cell)?.[1] ?? cell
}
