/** Summaries and comments as a person sees them at GitHub, in a real browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath, openBrowser } from '../../../simulator/github/browser.ts'
import { renderPage } from '../../../simulator/github/page.ts'
import { conclude } from '../../../src/domain/verdict.ts'
import { hasWrongInput } from '../../../src/report/words/verdict-line.ts'
import { samples } from '../all-samples.ts'
import { changesOf, pagesOf } from '../pages.ts'
import { redRuns } from '../red-runs.ts'

const missing = chromiumPath() === undefined
if (missing)
  console.warn('Skipped: no Chromium is here to look at the pages with (apt-get install chromium).')

const folder = mkdtempSync(join(tmpdir(), 'pages-'))
let browser: Browser
let page: Page
/** What a page that was broken into would do. */
let deeds: string[]

/** What a report puts in bold. */
const words = [
  'Jobs',
  'Error code',
  'Message',
  'Root cause',
  'Recommended',
  'Cause',
  'What to do next',
  "Activity ID, for Microsoft's support",
]

/** By WCAG 2.2, of two colours without transparency. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map(luminance).sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const named = Object.entries(samples).map(([name, outcomes]) => ({ name, outcomes }))
const drawn = named.filter(({ outcomes }) => outcomes.some(({ observed }) => observed.length > 0))

describe.skipIf(missing)('in a browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    // The times have to be UTC's wherever one looks from.
    page = await browser.newPage({ timezoneId: 'America/New_York' })
    page.on('dialog', (dialog) => {
      deeds.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('pageerror', (error) => deeds.push(`error ${error.message}`))
    await page.route(/^(?!file:)/, (route) => {
      deeds.push(`request ${route.request().url()}`)
      return route.abort()
    })
    // From a file, for mermaid is loaded from one.
    const file = join(folder, 'page.html')
    writeFileSync(file, '')
    await page.goto(String(pathToFileURL(file)))
  })

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  beforeEach(() => {
    deeds = []
  })

  /** Writes a new document, which takes a third of the time of a navigation. */
  async function show(markdown: string): Promise<void> {
    await page.setContent(renderPage(markdown, { title: 'page' }))
  }

  async function expectNothingInjected(): Promise<void> {
    const found = await page.locator('article').evaluate((article) => {
      const all = (selector: string) => [...article.querySelectorAll(selector)]
      return {
        foreign: all(':is(script, style, iframe, img, input, form, h1, h2, hr, del, em):not(svg *)').length,
        references: all('.mention, .issue, .emoji, .math').length,
        links: all('a').map((link) => link.getAttribute('href')),
        bold: all('strong').map((word) => word.textContent),
        widths: all('table').map((table) =>
          [...table.querySelectorAll('tr')].map((row) => row.querySelectorAll('th, td').length),
        ),
      }
    })
    expect(found).toMatchObject({ foreign: 0, references: 0 })
    for (const link of found.links)
      expect(link).toMatch(/^https:\/\/(portal\.azure\.com|github\.com|aka\.ms)\//)
    for (const word of found.bold.filter((bold) => !/^[\d,]+ jobs?:$/.test(bold ?? '')))
      expect(words).toContain(word)
    // No cell more than the table has columns.
    for (const widths of found.widths) expect(new Set(widths).size).toBe(1)
    expect(deeds).toEqual([])
  }

  it.each(named)(
    'the summary of $name leads with verdict and table; trouble is open, the rest folded',
    async ({ outcomes }) => {
      await show(pagesOf(outcomes).summary)
      expect(await page.locator('h3').isVisible()).toBe(true)
      const bad = outcomes.filter((outcome) => conclude(outcome) !== 'success')
      if (outcomes.every(hasWrongInput)) {
        // Nothing is known of any job: the input and the fix are all there is.
        expect(await page.locator('table:visible').count()).toBe(0)
        expect(await page.locator('article > ul').first().isVisible()).toBe(true)
        await expectNothingInjected()
        return
      }
      const rows = page.locator('article > table').first().locator('tbody tr')
      expect(await rows.count()).toBe(outcomes.length > 20 ? bad.length : outcomes.length)
      expect(await rows.first().isVisible()).toBe(true)

      const open = page.locator('details[open]')
      const folded = page.locator('details:not([open])')
      if (bad.length > 0) {
        expect(await open.count()).toBeGreaterThan(0)
        expect(await page.getByText('What to do next').first().isVisible()).toBe(true)
      } else {
        expect(await open.count()).toBe(0)
      }
      // Of what is folded only the title can be seen.
      const titles = page.locator('details:not([open]) > summary')
      expect(await titles.filter({ visible: true }).count()).toBe(await folded.count())
      expect(await folded.locator('table').filter({ visible: true }).count()).toBe(0)
      await expectNothingInjected()
    },
  )

  it.each(named)(
    'the comment on $name shows verdict and table, and neither marker nor memory',
    async ({ name, outcomes }) => {
      await show(pagesOf(outcomes, changesOf(name)).comment)
      expect(await page.locator('h3').isVisible()).toBe(true)
      expect(await page.locator('article > table, article > ul').first().isVisible()).toBe(true)
      const text = await page.locator('article').innerText()
      if (name !== 'hostile') expect(text).not.toContain('wait-for-azure-backup')
      expect(text).toContain('Back up / backup (vm-web-1)')
      if (name === 'good') expect(text).toContain('1h 11m 17s (5m 3s longer)')
      await expectNothingInjected()
    },
  )

  it.each(drawn)('the chart of $name is drawn when it is unfolded', async ({ outcomes }) => {
    await show(pagesOf(outcomes).summary)
    expect(await page.locator('svg').count()).toBe(0)
    await page.locator('summary', { hasText: 'Phases as observed (UTC)' }).click()
    await page.locator('.chart svg').waitFor()
    expect(await page.locator('.chart-error').count()).toBe(0)
    const tasks = outcomes.flatMap(({ observed }) =>
      observed.filter(({ startedAt }) => startedAt !== undefined),
    )
    expect(await page.locator('.chart svg rect.task').count()).toBe(tasks.length)
    const box = await page.locator('.chart svg').boundingBox()
    expect(box?.width).toBeGreaterThan(300)
    expect(await page.locator('.chart svg').locator('a, script, image, foreignObject').count()).toBe(0)
    // The table beside it says the same.
    expect(await page.locator('details[open] table', { hasText: 'Seen from (UTC)' }).isVisible()).toBe(true)
    await expectNothingInjected()
  })

  it('the axis of the chart shows UTC to a viewer in New York', async () => {
    await show(pagesOf(samples.good ?? []).summary)
    await page.locator('summary', { hasText: 'Phases' }).click()
    await page.locator('.chart svg').waitFor()
    const ticks = await page.locator('.chart svg .tick text').allTextContents()
    expect(ticks).toContain('02:20')
    expect(ticks).not.toContain('21:20')
  })

  it.each(['light', 'dark'] as const)('the labels of the chart can be read on a %s page', async (theme) => {
    await page.setContent(renderPage(pagesOf(samples.several ?? []).summary, { title: 'page', theme }))
    await page.locator('summary', { hasText: 'Phases' }).click()
    await page.locator('.chart svg').waitFor()
    const fills = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll((all) =>
          all.map((element) => element.ownerDocument.defaultView?.getComputedStyle(element).fill ?? ''),
        )
    const boxes = (selector: string) =>
      page.locator(selector).evaluateAll((all) =>
        all.map((element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect()
          return { left, right, top, bottom }
        }),
      )
    const background = theme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)'
    const labels = await fills('.chart text[class*="taskTextOutside"], .chart .sectionTitle')
    expect(labels.length).toBeGreaterThan(3)
    for (const label of labels) expect(contrast(label, background)).toBeGreaterThan(4.5)
    for (const band of await fills('.chart rect.section')) expect(band).toBe('rgba(0, 0, 0, 0)')
    // Lines of the grid have the colour of the labels.
    const lines = await boxes('.chart .grid .tick line')
    const texts = await boxes('.chart text[class*="taskText"]')
    expect(lines.length).toBeGreaterThan(5)
    const crossing = lines.filter((line) =>
      texts.some(({ left, right, bottom }) => line.left > left && line.left < right && line.top < bottom),
    )
    expect(crossing).toEqual([])
  })

  it.each([
    ['light', 1060],
    ['dark', 1060],
    ['light', 375],
    ['dark', 375],
  ] as const)('a red run says its cause on the first screen, %s and %d px wide', async (theme, width) => {
    const { width: usual = 1280, height: high = 720 } = page.viewportSize() ?? {}
    await page.setViewportSize({ width, height: 667 })
    for (const { name, outcome } of redRuns) {
      await page.setContent(renderPage(pagesOf([outcome]).summary, { title: name, theme }))
      const [heading, lead] = [page.locator('h3'), page.locator('h3 + :is(p, ul)')]
      // A verdict that says it all has no second line.
      const last = (await lead.count()) > 0 ? lead : heading
      const box = await last.boundingBox()
      expect((box?.y ?? 667) + (box?.height ?? 0), name).toBeLessThan(500)
      expect(box?.width, name).toBeGreaterThan(width / 2)
      const wide = await page.locator('html').evaluate((html) => html.scrollWidth)
      expect(wide, name).toBeLessThanOrEqual(width)
      const colour = await last.evaluate(
        (element) => element.ownerDocument.defaultView?.getComputedStyle(element).color ?? '',
      )
      expect(contrast(colour, theme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)')).toBeGreaterThan(7)
    }
    await page.setViewportSize({ width: usual, height: high })
  })

  it('hostile text is read as it was written', async () => {
    await show(pagesOf(samples.hostile ?? []).summary)
    const text = (await page.locator('article').innerText()).replaceAll('\u200B', '')
    for (const part of [
      '<script>alert(1)</script><img src=x onerror=alert(1)>',
      '</summary></details><h1>owned</h1>',
      '| a | b | `code` ``` ~~~ **bold** _it_ ~~no~~',
      '@octo-org/team @octocat a@example.com #1 GH-2 octo-org/octo-repo#3 :tada: $a$ $$b$$',
      '[link](https://evil.test) ![image](https://evil.test/x.png) <https://evil.test> www.evil.test',
      '&lt;b&gt; &#64;octocat',
    ])
      expect(text).toContain(part)
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
  })

  it('the page would notice an injection', async () => {
    await show(
      '### x\n\n@octocat #1 ![image](https://evil.test/x.png)\n\n```mermaid\ngantt\n  broken : : :\n```',
    )
    await page.locator('.chart-error').waitFor()
    expect(await page.locator('.mention, .issue').count()).toBe(2)
    expect(deeds).toEqual(['request https://evil.test/x.png'])
  })
})
