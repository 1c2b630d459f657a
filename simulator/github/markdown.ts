/** Markdown as GitHub shows it: GFM, HTML as far as it is allowed, then mentions and the like in the text. */
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { rehype } from 'rehype'
import rehypeSanitize from 'rehype-sanitize'

/** As much of a tree of HTML as is looked at here. */
interface Node {
  type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: Node[]
}

/**
 * HTML of a comment or a summary. The rules of what HTML may stay are GitHub's own (hast-util-sanitize has them as
 * its default). What GitHub finds in the text after that becomes an element with a class here: `mention`, `issue`,
 * `emoji`, `math`.
 */
export function renderMarkdown(markdown: string): string {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })
  return String(
    rehype()
      .data('settings', { fragment: true })
      .use(rehypeSanitize)
      .use(() => (tree: unknown) => {
        references(tree as Node)
      })
      .processSync(html),
  )
}

const found = new RegExp(
  [
    '(?<mention>(?<![\\w/`])@[a-z\\d][\\w-]*(?:/[\\w.-]+)?)',
    '(?<issue>(?<!\\w)(?:#|GH-)\\d+)',
    '(?<emoji>:(?:[a-z_+-][\\w+-]*|100|1234|8ball):)',
    '(?<math>\\$[^$\\s](?:[^$]*[^$\\s])?\\$)',
  ].join('|'),
  'gi',
)

/** GitHub leaves code and links alone. */
const skipped = new Set(['a', 'code', 'pre'])

function references(node: Node): void {
  if (node.tagName !== undefined && skipped.has(node.tagName)) return
  if (node.children === undefined) return
  node.children = node.children.flatMap((child) =>
    child.type === 'text' ? partsOf(child.value ?? '') : child,
  )
  for (const child of node.children) references(child)
}

function partsOf(text: string): Node[] {
  const parts: Node[] = []
  let last = 0
  for (const match of text.matchAll(found)) {
    const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] ?? ''
    parts.push({ type: 'text', value: text.slice(last, match.index) })
    // Marked as code, lest it be looked at again.
    parts.push({
      type: 'element',
      tagName: 'code',
      properties: { className: [kind] },
      children: [{ type: 'text', value: match[0] }],
    })
    last = match.index + match[0].length
  }
  return [...parts, { type: 'text', value: text.slice(last) }]
}
