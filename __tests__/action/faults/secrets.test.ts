/** No token, assertion, secret, signature or signed query is shown anywhere, with RUNNER_DEBUG=1 too. */
import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import type { Simulator } from '../../../simulator/simulator.ts'
import { type Run, visible } from '../support.ts'
import { leaps } from './support/leaping-clock.ts'
import { begin, expectSound, follow, messages, requestsTo } from './support/run.ts'

const debug = { RUNNER_DEBUG: '1' }

/** Greps all that a run leaves for every secret of the simulator's, as it is and in the forms that texts bring. */
function expectNoSecret(run: Run, { secrets }: Simulator): void {
  const places = {
    log: visible(run).join('\n'),
    stderr: run.stderr,
    outputs: Object.values(run.outputs).join('\n'),
    summary: run.summary,
    state: Object.values(run.state).join('\n'),
    annotations: JSON.stringify(run.annotations),
  }
  expect(secrets.length).toBeGreaterThanOrEqual(3)
  for (const [place, text] of Object.entries(places)) {
    const shown = secrets.filter((secret) =>
      [secret, encodeURIComponent(secret), decoded(secret), Buffer.from(secret).toString('base64')].some(
        (form) => text.includes(form),
      ),
    )
    expect(shown, place).toEqual([])
  }
  // A part of a token would do harm too.
  expect(Object.values(places).join('\n')).not.toMatch(/eyJ[\w-]{20}/)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The runner is told of every token before it could be shown. */
function expectMasked(run: Run, simulator: Simulator): void {
  const shown = requestsTo(simulator, 'resource-manager').map(({ headers }) =>
    headers.authorization?.replace('Bearer ', ''),
  )
  const assertions = requestsTo(simulator, 'entra').map(({ body }) =>
    new URLSearchParams(body).get('client_assertion'),
  )
  const tokens = [...shown, ...assertions].filter((one) => typeof one === 'string')
  expect(tokens.length).toBeGreaterThan(0)
  expect(tokens.filter((token) => !run.masks.includes(token))).toEqual([])
}

const ways: [
  string,
  (simulator: Simulator) => { inputs?: Record<string, string>; environment?: Record<string, string> },
][] = [
  ['GitHub OIDC', () => ({})],
  ['a client secret', ({ identity }) => ({ inputs: { 'client-secret': identity.clientSecret } })],
  [
    'a managed identity',
    (simulator) => ({ inputs: { 'tenant-id': '' }, environment: simulator.managedIdentityEnvironment() }),
  ],
  [
    'Azure CLI',
    (simulator) => ({
      inputs: { 'tenant-id': '', 'client-id': '' },
      environment: simulator.azureCliEnvironment('oidc'),
    }),
  ],
]

for (const [name, way] of ways) {
  leaps(`signed in by ${name}, a signed URL, and every fault on the way`, async (simulator) => {
    const { operationUrl, operationId, jobId } = simulator.backup({ seconds: 4000, signed: true })
    for (const [index, kind] of (['cut-off', 'empty', 'not-json', 'reset'] as const).entries()) {
      simulator.fault({ kind, path: index % 2 ? operationId : jobId, times: 1 })
    }
    simulator.fault({ kind: 'status', status: 401, path: jobId, skip: 3, times: 1 })
    simulator.fault({
      kind: 'not-json',
      server: 'entra',
      body: `{"access_token":"${simulator.accessToken()}"`,
      skip: 2,
      times: 1,
    })
    const { inputs, environment } = way(simulator)
    const run = await follow(
      simulator,
      { 'operation-url': operationUrl, ...inputs },
      { environment: { ...debug, ...environment } },
    )
    expect(run.log.some((line) => line.startsWith('::debug::'))).toBe(true)
    expectNoSecret(run, simulator)
    expectMasked(run, simulator)
  })
}

leaps('a restore: its blobs’ URLs are outputs without their signatures', async (simulator) => {
  const { jobResourceId } = simulator.start('vm-restore', { seconds: 60, sasUrls: true })
  const run = await follow(simulator, { 'job-id': jobResourceId }, { environment: debug })
  expect(run.outputs.conclusion).toBe('success')
  expect(run.outputs.properties).toMatch(/https:\/\/contosorestore\.blob\.core\.windows\.net\//)
  expectNoSecret(run, simulator)
})

/** A signature as Azure Storage writes it, noted as a secret. */
function signature(simulator: Simulator): string {
  const value = encodeURIComponent(randomBytes(32).toString('base64'))
  simulator.secrets.push(value)
  return `https://contoso.blob.core.windows.net/x?sv=2024-11-04&sr=b&sp=r&sig=${value}`
}

leaps('a job whose errors and phases quote signed URLs', async (simulator) => {
  const url = () => signature(simulator)
  const { jobResourceId } = simulator.backup({
    seconds: 60,
    ends: 'Failed',
    item: `web-01 ${url()}`,
    errors: [
      {
        errorCode: 1,
        errorTitle: `Title ${url()}`,
        errorString: `Uploading to <${url()}>, "${url()}" failed. ${encodeURIComponent(url())}`,
        recommendations: [`See ${url()}.`],
      },
    ],
    extendedInfo: {
      propertyBag: { 'Template Blob Uri': url(), Nested: { Uri: url() }, [`Key ${url()}`]: 'x' },
      tasksList: [{ taskId: `Copy ${url()}`, status: `Failed ${url()}`, taskExecutionDetails: url() }],
    },
  })
  const run = await follow(simulator, { 'job-id': jobResourceId }, { environment: debug })
  expect(run.outputs.conclusion).toBe('failure')
  expect(run.outputs['error-message']).toContain('Uploading to ')
  expectNoSecret(run, simulator)
})

leaps('refusals that quote a signed URL', async (simulator) => {
  const { operationUrl, operationId } = simulator.backup({ signed: true })
  const { search } = new URL(operationUrl)
  for (const status of [503, 400]) {
    const message = `The request for '${operationUrl}' (query ${search}) and ${signature(simulator)} failed.`
    const body = { error: { code: 'Bad', message } }
    simulator.fault({ kind: 'status', status, body, path: operationId, times: 1 })
  }
  const run = await follow(simulator, { 'operation-url': operationUrl }, { environment: debug })
  expect(run.outputs.conclusion).toBe('error')
  expect(messages(run, 'error')[0]).toContain('400 Bad: The request for ')
  expectNoSecret(run, simulator)
})

leaps('errors of inputs that are signed URLs', async (simulator) => {
  const signed = simulator.backup({ signed: true })
  const { pathname, search } = new URL(signed.operationUrl)
  simulator.secrets.push('p4ssw0rd')
  for (const given of [
    `https://evil.test${pathname}${search}`,
    `https://someone:p4ssw0rd@localhost${pathname}${search}`,
    `${pathname}/x${search}`,
    `${signed.operationUrl} x`,
    `${simulator.resourceManagerUrl}${signed.vaultId}/backupJobs/operationResults/1${search}`,
    `${simulator.resourceManagerUrl}${signed.vaultId}${search}`,
  ]) {
    const run = await follow(simulator, { 'operation-url': given }, { environment: debug })
    expect(messages(run, 'error')[0]).toMatch(/^Input operation-url: /)
    expectNoSecret(run, simulator)
  }
  const run = await follow(simulator, { 'job-id': signed.operationUrl }, { environment: debug })
  expect(messages(run, 'error')[0]).toMatch(/^Input job-id: /)
  expectNoSecret(run, simulator)
})

leaps('an operation that gives scripts, and one that is followed by a signed Location', async (simulator) => {
  for (const kind of ['ilr', 'policy-change']) {
    const { locationUrl, operationUrl } = simulator.start(kind, { signed: true, seconds: 30 })
    for (const url of [locationUrl, operationUrl]) {
      const run = await follow(simulator, { 'operation-url': url }, { environment: debug })
      expect(run.outputs.conclusion).toBe('success')
      expectNoSecret(run, simulator)
    }
  }
})

leaps('a step that is stopped, and what it keeps for its post step', async (simulator) => {
  const { operationUrl } = simulator.backup({ seconds: 1e7, signed: true })
  const inputs = { 'operation-url': operationUrl, 'cancel-job': 'always', 'timeout-minutes': '9000000' }
  const step = begin(simulator, inputs, { environment: debug })
  await step.waitForLine(/^Backup web-01: /)
  step.kill()
  const run = await step.done
  expectSound(run, simulator)
  expect(run.state['running-0']).toContain('vault-prod')
  expectNoSecret(run, simulator)
})

leaps('a wrong client secret, and tokens that Entra would not take', async (simulator) => {
  const { jobResourceId } = simulator.backup()
  simulator.secrets.push('wr0ng~secret')
  for (const inputs of [
    { 'client-secret': 'wr0ng~secret' },
    { audience: 'api://another' },
    { 'tenant-id': 'nobody.example' },
  ]) {
    const run = await follow(simulator, { 'job-id': jobResourceId, ...inputs }, { environment: debug })
    expect(run.outputs.conclusion).toBe('error')
    expectNoSecret(run, simulator)
  }
})
