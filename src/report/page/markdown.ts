/** Markdown of foreign text: what the service sends is shown as the text that it is. Pure. */
import { firstOf, visible } from '../../base/text.ts'

/**
 * What means something to Markdown or to HTML, as far as it does where it stands: a name like `vm-1.contoso` stays
 * readable in the raw text too. Entities rather than backslashes, for they also hold inside HTML blocks such as a
 * summary element.
 */
const markup = new RegExp(
  [
    '[&<>`*~|\\\\[\\]]',
    // Emphasis, but not an underscore within a word.
    '(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])',
    // Headings, quotes and lists where a line begins.
    '^[#>+=-]|(?<=^\\d{1,9})[.)](?=\\s|$)',
    // Addresses that would become links.
    ':(?=//)|(?<=www)\\.',
  ].join('|'),
  'gi',
)

/**
 * What GitHub looks for in the text after Markdown is done with it, when an entity is a character like any other
 * (github/cmark-gfm#181): mentions and e-mail addresses, issues, emoji by name. An invisible space parts them.
 */
const references = /@(?=\S)|#(?=\d)|\bGH-(?=\d)|:(?=(?:[a-z_+-][\w+-]*|100|1234|8ball):)/gi

/** Mathematics begins with a dollar sign, unless that stands in a span (GitHub: Writing mathematical expressions). */
const dollar = /\$/g

/**
 * Foreign text as text, in one line: no markup, no HTML, no mention, no link to an issue, no table cell more.
 * Control characters and those that turn the direction of writing are dropped.
 */
export function asText(value: string): string {
  return visible(value)
    .replace(references, '$&\u200B')
    .replace(markup, (found) => `&#${found.charCodeAt(0)};`)
    .replaceAll('\u200B', '&#8203;')
    .replace(dollar, '<span>$</span>')
}

/** Foreign text cut to a number of characters, then escaped. */
export function asTextUpTo(value: string, most: number): string {
  return value.length > most ? `${asText(firstOf(value, most))}…` : asText(value)
}

/** Addresses of no other scheme become links. */
const address = /https:\/\/[^\s<>"'()[\]{}|\\^`]+/gi

/** Where Microsoft's documentation is; addresses there are worth a click, and lead nowhere else. */
const documentation = /^((aka\.ms|(learn|docs|go)\.microsoft\.com)|([\w-]+\.)*azure\.com)$/

/**
 * Foreign text, cut and escaped, in which addresses of Microsoft's documentation are links. All else stays text: an
 * address of another host, with a port or user info, or cut in its middle.
 */
export function asTextWithLinks(value: string, most: number): string {
  const shown = visible(firstOf(value, most))
  const parts: string[] = []
  let from = 0
  for (const { 0: found, index } of shown.matchAll(address)) {
    const whole = found.replace(/[.,;:!?]+$/, '')
    const end = index + whole.length
    const url = URL.canParse(whole) ? new URL(whole) : undefined
    const isCut = value.length > most && end >= shown.length
    if (url === undefined || isCut || !isDocumentation(url)) continue
    parts.push(asSpacedText(shown.slice(from, index)), link(asText(whole), url.href))
    from = end
  }
  parts.push(asSpacedText(shown.slice(from)), value.length > most ? '…' : '')
  return parts.join('')
}

/** Foreign text with the blank before and after it, which `asText` drops. */
function asSpacedText(value: string): string {
  return `${/^\s/.test(value) ? ' ' : ''}${asText(value)}${/\s$/.test(value) ? ' ' : ''}`
}

function isDocumentation({ hostname, port, username, password }: URL): boolean {
  return port === '' && username + password === '' && documentation.test(hostname)
}

/** Foreign text as code, for what is to be copied; where it holds a backtick, as text. */
export function asCode(value: string, most: number): string {
  const shown = visible(firstOf(value, most))
  return shown === '' || /[`|\\<]/.test(shown) ? asTextUpTo(value, most) : `\`${shown}\``
}

/** A block of code between fences that nothing in it can end. */
export function codeBlock(language: string, lines: string[]): string {
  const code = lines.join('\n')
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${code}\n${fence}`
}

/** A table; cells are Markdown already. */
export function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A part that is folded, or open from the start; title and body are Markdown already. */
export function details(title: string, body: string, open = false): string {
  return `<details${open ? ' open' : ''}>\n<summary>${title}</summary>\n\n${body}\n\n</details>`
}

/** A link whose address stands at the end of the page, once for all that lead there. */
export function linkTo(text: string, label: string): string {
  return `[${text}][${label}]`
}

/** The address of such links. */
export function linkTarget(label: string, url: string): string {
  return `[${label}]: ${encoded(url)}`
}

/** A link; the text is Markdown already, the address was put together by this action, its parts encoded. */
export function link(text: string, url: string): string {
  return `[${text}](${encoded(url)})`
}

function encoded(url: string): string {
  return url
    .replace(/[\s<>()\\|`"]/g, (found) => `%${found.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replaceAll('&', '&amp;')
}
