/** Which credential is taken: inputs first and alone, then the first of the environment that applies. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Run, SeenRequest } from '../support.ts'
import { startLeapingSimulator } from './support/leaping-clock.ts'
import { follow, messages, requestsTo } from './support/run.ts'

const simulator = await startLeapingSimulator()
afterAll(() => simulator.close())
const { clientId, tenantId, clientSecret } = simulator.identity
const folder = mkdtempSync(join(tmpdir(), 'credentials-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// A token of each kind that needs no request of its own, so that the log of Resource Manager tells it apart.
const federated = simulator.idToken()
const tokenFile = join(folder, 'federated-token')
writeFileSync(tokenFile, federated)
const shellToken = simulator.accessToken()

/** A folder with nothing but `pwsh`, logged in; it answers as Az.Accounts does. */
function powerShell(): string {
  const bin = join(folder, 'pwsh-bin')
  const ends = new Date(simulator.clock.now() + 3_500_000).toISOString()
  const script = `#!/bin/sh\necho '${JSON.stringify({ Token: shellToken, ExpiresOn: ends })}'\n`
  mkdirSync(bin)
  writeFileSync(join(bin, 'pwsh'), script)
  chmodSync(join(bin, 'pwsh'), 0o755)
  symlinkSync('/bin/sh', join(bin, 'sh'))
  return bin
}

const cli = simulator.azureCliEnvironment('secret')
// The stand-in is a script for /bin/sh, which Windows has not.
const onWindows = process.platform === 'win32'
const shell = onWindows ? folder : powerShell()
const everything = {
  AZURE_CLIENT_ID: clientId,
  AZURE_TENANT_ID: tenantId,
  AZURE_FEDERATED_TOKEN_FILE: tokenFile,
  AZURE_CLIENT_SECRET: clientSecret,
  ...cli,
  PATH: [cli.PATH, shell].join(delimiter),
  ...simulator.managedIdentityEnvironment(),
}
const noSecret = { AZURE_CLIENT_SECRET: undefined, AZURE_FEDERATED_TOKEN_FILE: undefined }
const noIdToken = { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined }

interface Seen {
  run: Run
  /** Where tokens were asked for, in order: `secret`, `assertion`, `id`, `cli`, `managed`. */
  asked: string[]
  /** The token that Resource Manager was shown. */
  shown: string
}

/** Runs with these inputs and variables. One at a time: where a token was asked for is told by when. */
async function sees(
  inputs: Record<string, string>,
  environment: Record<string, string | undefined>,
): Promise<Seen> {
  const { jobResourceId, jobId } = simulator.backup({ seconds: 1 })
  const before = simulator.requests.length
  const given = { 'client-id': '', 'tenant-id': '', 'job-id': jobResourceId, ...inputs }
  const run = await follow(simulator, given, { environment })
  const [read] = requestsTo(simulator, 'resource-manager', new RegExp(jobId))
  return {
    run,
    asked: simulator.requests.slice(before).flatMap(meaning),
    shown: read?.headers.authorization?.replace('Bearer ', '') ?? '',
  }
}

function meaning({ server, path, body }: SeenRequest): string[] {
  if (server === 'oidc') return ['id']
  if (path.startsWith('/msi/')) return ['managed']
  if (path.startsWith('/az-stand-in/')) return ['cli']
  if (!path.endsWith('/token')) return []
  const form = new URLSearchParams(body)
  return [
    form.get('client_assertion') === federated
      ? 'federated'
      : form.has('client_assertion')
        ? 'assertion'
        : 'secret',
  ]
}

test.skipIf(onWindows)('each credential in its turn, and none after it is asked', async () => {
  const ask = async (environment: Record<string, string | undefined>) => {
    const seen = await sees({}, { ...everything, ...environment })
    expect(seen.run.outputs.conclusion).toBe('success')
    return seen
  }
  // Kubernetes' workload identity.
  expect((await ask({})).asked).toEqual(['federated'])
  // The environment's secret.
  expect((await ask({ AZURE_FEDERATED_TOKEN_FILE: undefined })).asked).toEqual(['secret'])
  // The IDs of the environment with GitHub's ID token.
  expect((await ask(noSecret)).asked).toEqual(['id', 'assertion'])
  // Azure CLI: no ID token may be had; or no IDs.
  expect((await ask({ ...noSecret, ...noIdToken })).asked).toEqual(['cli'])
  expect((await ask({ ...noSecret, AZURE_CLIENT_ID: undefined })).asked).toEqual(['cli'])
  // Azure PowerShell: the CLI is not logged in; or not there.
  const loggedOut = await ask({ ...noSecret, ...noIdToken, AZ_STAND_IN_LOGIN: 'none' })
  expect(loggedOut.asked).toEqual(['cli'])
  expect(loggedOut.shown).toBe(shellToken)
  const shellOnly = await ask({ ...noSecret, ...noIdToken, PATH: shell })
  expect(shellOnly.asked).toEqual([])
  expect(shellOnly.shown).toBe(shellToken)
  // Managed identity, when nobody else has one.
  const last = await ask({ ...noSecret, ...noIdToken, AZ_STAND_IN_LOGIN: 'none', PATH: cli.PATH })
  expect(last.asked).toEqual(['cli', 'managed'])
})

test('inputs win and do not fall through', async () => {
  // In Kubernetes a managed identity's token is had by the federated one.
  const onMachine = { ...everything, AZURE_FEDERATED_TOKEN_FILE: undefined }
  const bySecret = await sees(
    { 'client-id': clientId, 'tenant-id': tenantId, 'client-secret': clientSecret },
    everything,
  )
  expect(bySecret.asked).toEqual(['secret'])
  const byOidc = await sees({ 'client-id': clientId, 'tenant-id': tenantId }, everything)
  expect(byOidc.asked).toEqual(['id', 'assertion'])
  const byIdentity = await sees({ 'client-id': clientId }, onMachine)
  expect(byIdentity.asked).toEqual(['managed'])

  const wrong = await sees(
    { 'client-id': clientId, 'tenant-id': tenantId, 'client-secret': 'wr0ng~secret' },
    everything,
  )
  expect(wrong.asked).toEqual(['secret'])
  expect(wrong.run.outputs.conclusion).toBe('error')
  const noPermission = await sees(
    { 'client-id': clientId, 'tenant-id': tenantId },
    { ...everything, ...noIdToken },
  )
  expect(noPermission.asked).toEqual([])
  expect(messages(noPermission.run, 'error')[0]).toMatch(/^GitHub gives this job no ID token/)
  const noSuchIdentity = await sees({ 'client-id': 'a0000000-0000-0000-0000-000000000001' }, onMachine)
  expect(new Set(noSuchIdentity.asked)).toEqual(new Set(['managed']))
  expect(messages(noSuchIdentity.run, 'error')[0]).toContain(
    'No User Assigned or Delegated Managed Identity found.',
  )
})
