/** What a newcomer sees: `npm run demo`. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { SCENARIOS } from '../../simulator/demo/scenarios.ts'

const root = join(import.meta.dirname, '..', '..')

async function demo(...args: string[]): Promise<{ exitCode: number | null; text: string; seconds: number }> {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const [program, script] = (scripts.demo as string).split(' ')
  expect(program).toBe('node')
  const began = performance.now()
  const child = spawn(process.execPath, [script ?? '', ...args], { cwd: root })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part) => {
      text += part
    })
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const seconds = (performance.now() - began) / 1000
  return { exitCode, text: stripVTControlCharacters(text), seconds }
}

test.concurrent('shows a backup from its start to the job summary, in half a minute', {
  retry: 1,
}, async () => {
  const { exitCode, text, seconds } = await demo()
  expect(exitCode, text).toBe(0)
  expect(seconds).toBeLessThan(30)
  // The request that starts it, as a step of a workflow would send it.
  expect(text).toMatch(/^POST \/subscriptions\/.*\/protectedItems\/.*\/backup$/m)
  expect(text).toMatch(/^ {2}Azure-AsyncOperation: https:\/\/localhost:\d+\/.*\/operationsStatus\//m)
  expect(text).toMatch(/^ {2}operation-url: https:\/\/localhost/m)
  // The live log, the outputs and the summary.
  expect(text).toMatch(/^Backup web-01: .* · InProgress · Take Snapshot running/m)
  expect(text).toMatch(/^Backup web-01: .* · InProgress · Take Snapshot done/m)
  expect(text).toMatch(/^Backup of web-01 completed in /m)
  expect(text).toMatch(/^conclusion = success$/m)
  expect(text).toMatch(/^backup-size-bytes = \d+$/m)
  expect(text).toMatch(/^### .*Backup of web-01 completed in .*/m)
  expect(text).toMatch(/^# Exit code 0$/m)
  expect(text).not.toMatch(/add-mask|eyJ/)
})

test.concurrent('shows how a step fails', async () => {
  const { exitCode, text } = await demo('--scenario', 'validate-with-errors')
  expect(exitCode, text).toBe(0)
  expect(text).toMatch(/^Error: UserErrorCoreCountSubscriptionQuotaReached: /m)
  expect(text).toMatch(/^# Exit code 1$/m)
})

test.concurrent('lists its scenarios', async () => {
  const { exitCode, text } = await demo('--help')
  expect(exitCode).toBe(0)
  for (const { name } of SCENARIOS) expect(text).toContain(name)
})

test.concurrent('says which scenarios there are where one is unknown', async () => {
  const { exitCode, text } = await demo('--scenario', 'no-such-thing')
  expect(exitCode).toBe(1)
  expect(text).toContain("No scenario 'no-such-thing'. There are: vm-backup, ")
  expect(text).not.toMatch(/^\s+at /m)
})

test.concurrent('shows a recovery point that is unhealthy', async () => {
  const { exitCode, text } = await demo('--scenario', 'unhealthy-point')
  expect(exitCode, text).toBe(0)
  expect(text).toMatch(/Suspicious file encryption activity/)
  expect(text).toMatch(/^# Exit code 1$/m)
})

test.concurrent('shows a job that appears late', async () => {
  const { exitCode, text } = await demo('--scenario', 'appears-late')
  expect(exitCode, text).toBe(0)
  expect(text).toMatch(/^Waiting for a Backup job of web-01 to start, until /m)
  expect(text).toMatch(/^Still waiting for a Backup job of web-01 to start, until /m)
  expect(text).toMatch(/^Backup of web-01 completed in /m)
  expect(text).toMatch(/^# Exit code 0$/m)
})
