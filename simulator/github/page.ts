/** A page that shows Markdown as GitHub does, charts drawn, for a browser. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { renderMarkdown } from './markdown.ts'

const resolve = createRequire(import.meta.url).resolve

export interface PageOptions {
  title: string
  theme?: 'light' | 'dark'
}

/** The whole page as HTML. It loads mermaid from node_modules, so it is to be opened as a file. */
export function renderPage(markdown: string, { title, theme = 'light' }: PageOptions): string {
  const css = readFileSync(resolve(`github-markdown-css/github-markdown-${theme}.css`), 'utf8')
  const body = renderMarkdown(markdown)
  return `<!doctype html>
<html lang="en" data-theme="${theme}">
<head>
<meta charset="utf-8">
<title>${title.replace(/[&<>"]/g, (found) => `&#${found.charCodeAt(0)};`)}</title>
<style>
${css}
body { margin: 0; background: ${theme === 'dark' ? '#0d1117' : '#ffffff'}; }
.markdown-body { box-sizing: border-box; max-width: 1012px; margin: 0 auto; padding: 24px; }
.chart svg { width: 100%; height: auto; }
</style>
</head>
<body>
<article class="markdown-body">
${body}
</article>
${body.includes('language-mermaid') ? drawing(theme) : ''}
</body>
</html>
`
}

/**
 * The script that draws what can be seen, and the rest when it is unfolded: what is hidden has no width to be drawn
 * in. Mermaid is loaded with the first chart.
 */
function drawing(theme: string): string {
  return `<script type="module">
const charts = [...document.querySelectorAll('code.language-mermaid')].map((code) => code.parentElement)
let loaded
function load() {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.onload = () => {
      mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: '${theme === 'dark' ? 'dark' : 'default'}' })
      resolve()
    }
    script.onerror = () => reject(new Error('Mermaid is not there'))
    script.src = '${pathToFileURL(resolve('@mermaid-js/tiny'))}'
    document.head.append(script)
  })
}
let drawing = Promise.resolve()
async function drawOne(pre, index) {
  if (!pre.isConnected || pre.closest('details:not([open])')) return
  const box = document.createElement('div')
  box.className = 'chart'
  pre.before(box)
  try {
    await (loaded ??= load())
    const { svg } = await mermaid.render('chart' + index, pre.textContent, box)
    box.innerHTML = svg
    pre.remove()
  } catch (error) {
    box.className = 'chart-error'
    box.textContent = String(error)
  }
}
function draw() {
  drawing = drawing.then(async () => { for (const [index, pre] of charts.entries()) await drawOne(pre, index) })
  return drawing
}
document.addEventListener('toggle', draw, true)
draw()
</script>`
}
