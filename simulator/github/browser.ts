/** A browser to look at pages with, where the machine has one. */
import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'

const places = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Where Chromium is; undefined where there is none. The variable CHROMIUM comes first. */
export function chromiumPath(): string | undefined {
  return places.find((path) => path !== '' && existsSync(path))
}

/** Starts Chromium, which talks to nobody on its own account. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === undefined) throw new Error(`There is no Chromium. Looked for: ${places.join(' ')}`)
  const { chromium } = await import('playwright-core')
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
