/** Whether pictures would show emoji as GitHub does. */
import type { Page } from 'playwright-core'

/** Whether the browser draws an emoji in colour; what it draws without a font for it is a black box. */
export function drawsEmoji(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const context = new OffscreenCanvas(32, 32).getContext('2d')
    context.font = '24px sans-serif'
    context.fillText('✅', 0, 26)
    const { data } = context.getImageData(0, 0, 32, 32)
    return data.some((value, index) => index % 4 !== 3 && value > 64)
  })()`)
}
