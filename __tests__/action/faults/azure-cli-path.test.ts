/** Azure CLI where its installer puts it on Windows: in a folder with a blank in its name. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startLeapingSimulator } from './support/leaping-clock.ts'
import { follow } from './support/run.ts'

const simulator = await startLeapingSimulator()
afterAll(() => simulator.close())
const root = mkdtempSync(join(tmpdir(), 'azure-cli-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const stand = join(import.meta.dirname, '..', '..', '..', 'simulator', 'az')

/** What a shell of this system runs as `az`. */
const command = process.platform === 'win32' ? 'az.cmd' : 'az'

// "Program Files (x86)" was the default of the CLI's 32-bit installer.
test.each(['Azure CLI', 'Program Files (x86)'])(
  `${command} gives a token from the folder "%s"`,
  async (name) => {
    const folder = join(root, name)
    mkdirSync(folder)
    for (const file of [command, 'az.mjs']) cpSync(join(stand, file), join(folder, file))
    const environment = simulator.azureCliEnvironment('secret')
    const [, ...rest] = (environment.PATH ?? '').split(delimiter)
    const { jobResourceId } = simulator.backup({ seconds: 1 })
    const before = simulator.requests.length
    const run = await follow(
      simulator,
      { 'client-id': '', 'tenant-id': '', 'job-id': jobResourceId },
      {
        environment: {
          ...environment,
          PATH: [folder, ...rest].join(delimiter),
          // Neither of them is asked before the CLI.
          ACTIONS_ID_TOKEN_REQUEST_URL: undefined,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined,
        },
      },
    )
    expect(run.outputs.conclusion).toBe('success')
    const asked = simulator.requests.slice(before).map(({ path }) => path)
    expect(asked.filter((path) => /^\/az-stand-in\/|\/token$/.test(path))).toEqual(['/az-stand-in/token'])
  },
)
