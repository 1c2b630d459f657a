/**
 * That each trick of the build and of V8 still works (benchmark/README.md), and that connections are used again. What
 * the flags for the heap earn is held by many/fleet.test.ts.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { follow, jobReads, simulate, start, tells } from './support.ts'

const simulator = await simulate()

interface Watched {
  /** Of Node's own. */
  modules: string[]
  /** URLs of those of dist, among others. */
  files: string[]
  connections: number
  /** What V8 compiled of WebAssembly: `… using Liftoff, took …`. */
  compiled: string
}

async function watched(
  inputs: Record<string, string>,
  given: Record<string, string | undefined> = {},
): Promise<Watched> {
  const file = join(tmpdir(), `load-watch-${randomUUID()}.json`)
  const preload = join(import.meta.dirname, 'load-watch.cjs')
  const environment = { ...given, NODE_OPTIONS: `--require=${preload}`, LOAD_WATCH_FILE: file }
  const { outputs, stdout } = await follow(simulator, inputs, { environment })
  expect(outputs.conclusion).toBe('success')
  const seen = JSON.parse(readFileSync(file, 'utf8')) as Omit<Watched, 'compiled'>
  rmSync(file)
  return { ...seen, compiled: stdout }
}

/** Whether MSAL, a third of dist, was loaded. */
function loadsMsal({ files }: Watched): boolean {
  const own = files.filter((url) => url.startsWith('file:') && url.endsWith('.index.js'))
  return own.some((url) => readFileSync(fileURLToPath(url), 'utf8').includes('ConfidentialClientApplication'))
}

tells('an operation and its job, signed in by GitHub, are followed over three connections', async () => {
  const trigger = start(simulator, 'vm-backup', { seconds: 300 })
  const seen = await watched({ 'operation-url': trigger.operationUrl })
  expect(jobReads(simulator, trigger).length).toBeGreaterThan(8)
  // To GitHub, Entra and Resource Manager; another where the fast clock ends an idle one.
  expect(seen.connections).toBeGreaterThanOrEqual(3)
  expect(seen.connections).toBeLessThanOrEqual(5)
  expect(loadsMsal(seen)).toBe(true)
  // FormData, which the build defines away, would load Node's own fetch.
  expect(seen.modules).toContain('tls')
  expect(seen.modules).not.toContain('internal/deps/undici/undici')
  // undici's parser is compiled, and not optimized for a dozen answers.
  expect(seen.compiled).toContain(' using Liftoff')
  expect(seen.compiled).not.toContain(' using TurboFan')
})

test.skipIf(process.platform === 'win32')(
  'a step that signs in by Azure CLI does not load MSAL',
  async () => {
    const { jobResourceId } = start(simulator, 'vm-backup', { seconds: 1 })
    const seen = await watched(
      { 'job-id': jobResourceId, 'client-id': '', 'tenant-id': '' },
      {
        ...simulator.azureCliEnvironment('secret'),
        ACTIONS_ID_TOKEN_REQUEST_URL: undefined,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined,
      },
    )
    expect(seen.files.some((url) => url.endsWith('/main.js'))).toBe(true)
    expect(loadsMsal(seen)).toBe(false)
  },
)
