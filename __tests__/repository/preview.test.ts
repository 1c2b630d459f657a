/** The pictures of the README are taken only where emoji are drawn as GitHub draws them. */
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { drawsEmoji } from '../../scripts/emoji.ts'
import { chromiumPath, openBrowser } from '../../simulator/github/browser.ts'

test.skipIf(chromiumPath() === undefined || process.platform !== 'linux')(
  'a browser that has no font for emoji is told from one that has',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fonts-'))
    const fonts = join(folder, 'fonts.conf')
    const conf = (rules: string) =>
      writeFileSync(
        fonts,
        `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${rules}</fontconfig>`,
      )
    vi.stubEnv('FONTCONFIG_FILE', fonts)
    const draws = async () => {
      const browser = await openBrowser()
      try {
        return await drawsEmoji(await browser.newPage())
      } finally {
        await browser.close()
      }
    }
    try {
      const all = `<dir>/usr/share/fonts</dir><cachedir>${folder}</cachedir>`
      const noEmoji = '<selectfont><rejectfont><glob>*Emoji*</glob></rejectfont></selectfont>'
      conf(all + noEmoji)
      expect(await draws()).toBe(false)
      conf(all)
      if (hasEmojiFont()) expect(await draws()).toBe(true)
    } finally {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true })
    }
  },
)

function hasEmojiFont(): boolean {
  return globSync('/usr/share/fonts/**/*Emoji*.ttf').length > 0
}
