/**
 * Shows a person what the reports look like: `npm run preview` writes a page for the summary and the comment of
 * each sample to build/preview, and, where there is a Chromium, the pictures of the README to docs/images.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { samples } from '../__tests__/report/all-samples.ts'
import { changesOf, pagesOf } from '../__tests__/report/pages.ts'
import { chromiumPath, openBrowser } from '../simulator/github/browser.ts'
import { renderPage } from '../simulator/github/page.ts'
import { drawsEmoji } from './emoji.ts'

const root = join(import.meta.dirname, '..')
const pages = join(root, 'build', 'preview')
const images = join(root, 'docs', 'images')
const themes = ['light', 'dark'] as const

mkdirSync(pages, { recursive: true })
for (const [name, outcomes] of Object.entries(samples)) {
  for (const [kind, markdown] of Object.entries(pagesOf(outcomes, changesOf(name)))) {
    for (const theme of themes)
      writeFileSync(
        join(pages, `${kind}-${name}-${theme}.html`),
        renderPage(markdown, { title: name, theme }),
      )
    writeFileSync(join(pages, `${kind}-${name}.md`), markdown)
  }
}
console.log(`Pages: ${pages}`)

if (chromiumPath() === undefined) console.log('No pictures: there is no Chromium.')
else await takePictures()

async function takePictures(): Promise<void> {
  mkdirSync(images, { recursive: true })
  const browser = await openBrowser()
  try {
    for (const theme of themes) {
      const page = await browser.newPage({ viewport: { width: 1060, height: 400 } })
      if (!(await drawsEmoji(page))) {
        console.error(
          'No pictures: this machine has no font for emoji, which would be boxes. Install one, such as the Debian package fonts-noto-color-emoji.',
        )
        process.exitCode = 1
        return
      }
      for (const name of ['good', 'failed']) {
        await page.goto(String(pathToFileURL(join(pages, `summary-${name}-${theme}.html`))))
        // The good one shows its chart; of the failed one there is more to read.
        if (name === 'good') {
          await page.locator('summary', { hasText: 'Phases' }).click()
          await page.locator('.chart svg').waitFor()
        }
        const file = join(images, `summary-${name}-${theme}.png`)
        await page.locator('.markdown-body').screenshot({ path: file })
        const kilobytes = Math.ceil(statSync(file).size / 1024)
        console.log(`${file}: ${kilobytes} kB`)
        if (kilobytes > 120) throw new Error('That is too much for a repository.')
      }
      await page.close()
    }
  } finally {
    await browser.close()
  }
}
