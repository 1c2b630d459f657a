/** Foreign text where only plain text is shown: the log, an annotation, a chart. Pure. */

/**
 * What is never shown: control characters, line breaks of every kind, and the invisible ones that turn the
 * direction of writing or hide letters (tag characters, soft hyphens, zero-width joiners).
 */
const breaks = /[\p{Cc}\u2028\u2029]+/gu
const invisible =
  /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu

/** Foreign text as one line that reads in the order in which it is written. */
export function visible(value: string): string {
  return withoutInvisible(value.toWellFormed().replace(breaks, ' ')).trim()
}

/** Text without the characters that nobody sees, as they come along with what is copied from a page. */
export function withoutInvisible(value: string): string {
  return value.replace(invisible, '')
}

/**
 * The same for the log. The runner takes `##[command]` for a command wherever it stands in a line (actions/runner,
 * ActionCommand.TryParse), not only where the line begins as with `::command::`.
 */
export function plain(value: string): string {
  return visible(value).replaceAll('##[', '##\u200B[').replace(/^::/, '\u200B::')
}

/** Text cut to a number of characters, the ellipsis included, and never in the middle of one. */
export function cut(value: string, most: number): string {
  return value.length > most ? `${firstOf(value, Math.max(0, most - 1))}…` : value
}

/** The first so many UTF-16 units, or one fewer rather than half a character. */
export function firstOf(value: string, most: number): string {
  const last = value.charCodeAt(most - 1)
  return value.slice(0, value.length > most && last >= 0xd800 && last <= 0xdbff ? most - 1 : most)
}

/** `1,000`. By hand: see `forPeople` in format.ts. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 job`, `1,000 jobs`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** One word of a shell's command line, quoted unless it needs none. */
export function shellWord(value: string): string {
  const line = visible(value)
  return /^[\w./:@=-]+$/.test(line) ? line : `'${line.replaceAll("'", "'\\''")}'`
}

/** Escapes of a URL undone; the text as it is where they are wrong. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
