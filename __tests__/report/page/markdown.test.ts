import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../../simulator/github/markdown.ts'
import { cut, plain, visible } from '../../../src/base/text.ts'
import {
  asCode,
  asText,
  asTextUpTo,
  asTextWithLinks,
  codeBlock,
  details,
  link,
  table,
} from '../../../src/report/page/markdown.ts'
import { isMutated } from '../../support/mutants.ts'
import { sameCases } from '../../support/seed.ts'
import { attack } from '../hostile.ts'

sameCases()

/** What Markdown, HTML and GitHub see a meaning in, alone and put together. */
const tokens = [
  ...[
    'a',
    'B',
    '1',
    '12',
    ' ',
    '  ',
    '_',
    '__',
    '*',
    '**',
    '`',
    '``',
    '~',
    '~~',
    '|',
    '\\',
    '[',
    '](',
    ')',
    '!',
  ],
  ...['<', '>', '<b>', '</b>', '</summary>', '</details>', '<!--', '-->', '&', '&amp;', '&#64;', '&lt;', '#'],
  ...[
    '@',
    '@team',
    '@a/b',
    '#1',
    'GH-1',
    'gh-2',
    'x/y#3',
    ':tada:',
    ':',
    '::',
    '+',
    '-',
    '- ',
    '1. ',
    '===',
    '---',
  ],
  ...[
    '$',
    '$a$',
    '$$',
    'http://a.bc',
    'https://a.bc',
    'www.a.bc',
    'a@b.cd',
    'mailto:a@b.cd',
    '](http://x.y)',
  ],
  ...[
    '\n',
    '\r\n',
    '\t',
    '\u2028',
    'é',
    'אב',
    '\u202E',
    '\u200B',
    '😀',
    '[^1]',
    '[^1]:',
    '> ',
    '# ',
    '[x] ',
    '|-|',
  ],
  ...["'", '"', '%', '{', '}', '.', '/', '(', '\u00A0'],
]
const hostileText = fc.array(fc.constantFrom(...tokens), { maxLength: 10 }).map((parts) => parts.join(''))

/** The text of HTML: what a person sees, without the invisible spaces. */
const shown = (html: string) =>
  html
    .replace(/&#x([0-9a-f]+);|&(lt|gt|amp);/gi, (_, code, name) =>
      name === undefined ? String.fromCodePoint(Number.parseInt(code, 16)) : entities[name as 'lt'],
    )
    .replaceAll('\u200B', '')
const entities = { lt: '<', gt: '>', amp: '&' }
const squeezed = (text: string) => text.replace(/[ \t]+/g, ' ').trim()

describe('asText', () => {
  it.skipIf(isMutated)('shows any text as it is, wherever it stands', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const page = [
          `X: ${asText(text)}`,
          table(['K', 'V'], [['k', asText(text)]]),
          `- **M**: ${asText(text)}`,
          details(`S: ${asText(text)}`, 'body'),
        ].join('\n\n')
        const html = renderMarkdown(page)
        const places = [
          /<p>X:(.*?)<\/p>/s,
          /<td>k<\/td>\s*<td>(.*?)<\/td>/s,
          /<strong>M<\/strong>:(.*?)<\/li>/s,
          /<summary>S:(.*?)<\/summary>/s,
        ]
        for (const place of places) {
          const inside = (place.exec(html)?.[1] ?? 'missing').replaceAll('<span>$</span>', '$')
          expect(inside).not.toMatch(/<[a-z!/]/i)
          expect(squeezed(shown(inside))).toBe(squeezed(visible(text)))
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    ['a [b](c)', 'a &#91;b&#93;(c)'],
    ['<b> & "c"', '&#60;b&#62; &#38; "c"'],
    ['*a* _b_ c_d ~e~', '&#42;a&#42; &#95;b&#95; c_d &#126;e&#126;'],
    ['1. a', '1&#46; a'],
    ['# a', '&#35; a'],
    ['https://a.bc www.a.bc', 'https&#58;//a.bc www&#46;a.bc'],
    ['a | b \\ `c`', 'a &#124; b &#92; &#96;c&#96;'],
    ['$a$', '<span>$</span>a<span>$</span>'],
  ])('escapes what means something: %s', (text, escaped) => {
    expect(asText(text)).toBe(escaped)
  })

  it('makes no link of an address within a word, nor of one after an underscore', () => {
    for (const text of ['a_www.example.org', 'awww.example.org', '(WWW.example.org', '_https://example.org'])
      expect(renderMarkdown(asText(text))).not.toContain('<a')
  })

  it('keeps names readable in the raw text', () => {
    expect(asText('vm-1.contoso_db (prod), 2 of 3: 45 %')).toBe('vm-1.contoso_db (prod), 2 of 3: 45 %')
  })

  it('parts mentions and references with an invisible space, for GitHub looks for them after the entities', () => {
    expect(asText('@team #1 GH-2 :tada:')).toBe('@&#8203;team #&#8203;1 GH-&#8203;2 :&#8203;tada:')
    const html = renderMarkdown(asText(attack))
    expect(html).not.toMatch(/class="(mention|issue|emoji|math)"/)
    expect(renderMarkdown('@team #1 GH-2 :tada: $a$').match(/class="\w+"/g)).toHaveLength(5)
  })

  it('drops control characters and those that turn the direction of writing', () => {
    expect(asText('a\u202Eb\u2066c\u200Fd\u0007e\u001B[0mf')).not.toMatch(
      /[\u202A-\u202E\u2066-\u2069\p{Cc}]/u,
    )
    expect(visible('a\u{E0041}b\u00ADc')).toBe('abc')
  })

  it('takes half a character for none', () => {
    expect(visible('a\uD83D').isWellFormed()).toBe(true)
    expect(asTextUpTo('ab😀cd', 3)).toBe('ab…')
  })

  it('is cut where it is longer than there is room for', () => {
    expect(asTextUpTo('a*b', 3)).toBe('a&#42;b')
    expect(asTextUpTo('a*bc', 3)).toBe('a&#42;b…')
  })
})

describe('what stands around it', () => {
  it('shows a code as code, and as text where it could break out', () => {
    expect(asCode('UserErrorX', 200)).toBe('`UserErrorX`')
    expect(asCode('a`b', 200)).toBe('a&#96;b')
    expect(asCode('', 200)).toBe('')
  })

  it('fences code with more backticks than it has', () => {
    expect(codeBlock('yaml', ['a: "````"'])).toBe('`````yaml\na: "````"\n`````')
  })

  it('keeps an address within its link', () => {
    const html = renderMarkdown(link('here', 'https://portal.azure.com/#resource/a%20(b)<c>"d'))
    expect(html).toBe('<p><a href="https://portal.azure.com/#resource/a%20%28b%29%3cc%3e%22d">here</a></p>')
    expect(link('here', 'https://a.bc/d\n?e&f')).toBe('[here](https://a.bc/d%0a?e&amp;f)')
  })
})

describe('addresses of documentation', () => {
  const linksIn = (text: string, most = 1_000) =>
    [...renderMarkdown(asTextWithLinks(text, most)).matchAll(/<a href="([^"]+)"/g)].map(([, url]) => url)

  it.each([
    'https://aka.ms/guestagent-status-unavailable',
    'https://learn.microsoft.com/azure/backup/backup-azure-vms-troubleshoot#x',
    'https://docs.microsoft.com/en-us/azure/backup/',
    'https://go.microsoft.com/fwlink/?LinkId=808124&clcid=0x409',
    'https://azure.com/x?a=1&lt;b',
    'https://portal.azure.com/',
  ])('are links: %s', (url) => {
    const html = renderMarkdown(asTextWithLinks(`Read *this*: ${url}. Then <b>go</b> on.`, 1_000))
    const shown = url.replaceAll('&', '&#x26;')
    expect(html.replaceAll('\u200B', '')).toBe(
      `<p>Read *this*: <a href="${shown}">${shown}</a>. Then &#x3C;b>go&#x3C;/b> on.</p>`,
    )
  })

  it.each([
    'http://aka.ms/x',
    'https://evil.test/https://aka.ms/x',
    'https://aka.ms.evil.test/x',
    'https://evil-aka.ms/x',
    'https://user@aka.ms/x',
    'https://aka.ms:8443/x',
    'https://aka.ms@evil.test/x',
    'https://xazure.com/x',
    'https://microsoft.com/x',
    'javascript:alert(1)//https.aka.ms',
    'ftp://learn.microsoft.com/x',
  ])('are the only ones: %s is text', (url) => {
    expect(linksIn(`See ${url} for more.`)).toEqual([])
  })

  it('have the marks behind them, and the blanks around them, as they were', () => {
    const shown = (text: string) => asTextWithLinks(text, 100)
    const a = '[https&#58;//aka.ms/a](https://aka.ms/a)'
    expect(shown('See https://aka.ms/a?! Or https://aka.ms/a...')).toBe(`See ${a}?! Or ${a}...`)
    expect(shown('(https://aka.ms/a)')).toBe(`(${a})`)
    expect(shown('See https://aka.ms/a')).toBe(`See ${a}`)
    expect(shown('https://aka.ms/a it is')).toBe(`${a} it is`)
  })

  it('are text where they cannot be read', () => {
    expect(asTextWithLinks('See https://%zz/a now.', 100)).toBe('See https&#58;//%zz/a now.')
  })

  it('are text where they are cut', () => {
    const text = 'See https://aka.ms/abcdefgh'
    expect(linksIn(`${text} and more`, 30)).toEqual(['https://aka.ms/abcdefgh'])
    expect(asTextWithLinks(text, text.length)).not.toContain('…')
    expect(linksIn(text, 20)).toEqual([])
    expect(asTextWithLinks(text, 20)).toMatch(/…$/)
    expect(linksIn(text, text.length)).toEqual(['https://aka.ms/abcdefgh'])
  })

  it('let nothing else through, within an address or beside it', () => {
    const urls = attack.split(' ').map((part) => `https://aka.ms/${part}`)
    const html = renderMarkdown(asTextWithLinks(`${attack} ${urls.join(' ')}`, 4_000))
    expect(html).not.toMatch(/<(script|img|h1|b|em|strong|code|table)\b/)
    expect(html).not.toMatch(/class="(mention|issue|emoji|math)"/)
    for (const [, url = ''] of html.matchAll(/href="([^"]*)"/g)) expect(url).toMatch(/^https:\/\/aka\.ms\//)
  })
})

describe('plain', () => {
  it('gives the runner no command, at the beginning of a line or within it', () => {
    expect(plain('::error::x')).not.toMatch(/^\s*::/)
    expect(plain('\n  ::error::x')).not.toMatch(/^\s*::/)
    // The runner takes this one wherever it stands.
    expect(plain('vm ##[set-output name=status]Completed')).not.toContain('##[')
    expect(plain('a\n::error::b\u2028::error::c')).not.toMatch(/[\n\u2028]/)
  })
})

describe('cut', () => {
  it('counts the ellipsis', () => {
    expect(cut('abcdef', 4)).toBe('abc…')
    expect(cut('abcd', 4)).toBe('abcd')
    expect(cut('ab😀', 3)).toBe('ab…')
  })
})
