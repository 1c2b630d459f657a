/** The three clouds: whose hosts are asked, and for whom tokens are. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect } from 'vitest'
import { begin, expectWellFormed, follow, type Run, simulate, start, tells } from './support.ts'

const simulator = await simulate()
const quick = { seconds: 20, snapshotSeconds: 5 }

interface CloudCase {
  environment: string
  resourceManager: string
  authority: string
  audience: string
  portal: string
}

const clouds: CloudCase[] = [
  {
    environment: 'azurecloud',
    resourceManager: 'management.azure.com',
    authority: 'login.microsoftonline.com',
    audience: 'api://AzureADTokenExchange',
    portal: 'https://portal.azure.com',
  },
  {
    environment: 'AzureUSGovernment',
    resourceManager: 'management.usgovcloudapi.net',
    authority: 'login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
    portal: 'https://portal.azure.us',
  },
  {
    environment: 'azurechinacloud',
    resourceManager: 'management.chinacloudapi.cn',
    // Microsoft's library asks login.chinacloudapi.cn under its newer name (reference, 6.6).
    authority: 'login.partner.microsoftonline.cn',
    audience: 'api://AzureADTokenExchangeChina',
    portal: 'https://portal.azure.cn',
  },
]

/** A proxy that lets nobody through, and tells where they wanted to. */
async function wall() {
  const wanted: string[] = []
  const first = Promise.withResolvers<void>()
  const server = createServer()
  server.on('connect', ({ url = '' }, socket) => {
    wanted.push(url)
    first.resolve()
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  afterAll(() => void server.close())
  const { port } = server.address() as AddressInfo
  return {
    wanted,
    first: first.promise,
    environment: { HTTPS_PROXY: `http://localhost:${port}`, NO_PROXY: 'localhost' },
  }
}

/** What tokens were asked for: the scope, and the audience of GitHub's ID token that vouched for it. */
function tokens(): { scope: string; audience: string }[] {
  return simulator.requests
    .filter(({ server, body }) => server === 'entra' && body.includes('client_assertion='))
    .map(({ body }) => {
      const form = new URLSearchParams(body)
      const claims = form.get('client_assertion')?.split('.')[1] ?? ''
      return {
        scope: form.get('scope')?.split(' ')[0] ?? '',
        audience: JSON.parse(Buffer.from(claims, 'base64url').toString()).aud,
      }
    })
}

/** Runs the step against a cloud that cannot be reached, until it wants to go somewhere there. */
async function untilWanted(
  cloud: CloudCase,
  inputs: Record<string, string>,
  environment: Record<string, string | undefined>,
): Promise<[Run, string[]]> {
  const proxy = await wall()
  const action = begin(
    simulator,
    { 'resource-manager-url': '', environment: cloud.environment, ...inputs },
    // In our own time: a token is never to be had from some, and nothing is waited for.
    { environment: { ...proxy.environment, FAST_CLOCK_SPEED: undefined, ...environment } },
  )
  await Promise.race([proxy.first, action.done])
  action.kill('SIGINT')
  const run = await action.done
  expectWellFormed(run, simulator)
  return [run, [...new Set(proxy.wanted)]]
}

const path = `/subscriptions/${crypto.randomUUID()}/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/v`
const operation = `${path}/backupOperations/8eece52b-e77d-4dd6-859f-e20fa384cc78?api-version=2021-10-01`

for (const cloud of clouds) {
  tells(`${cloud.environment}: tokens come from its Entra`, async () => {
    const url = `https://${cloud.resourceManager}${operation}`
    const [, wanted] = await untilWanted(cloud, { 'operation-url': url }, { AZURE_AUTHORITY_HOST: undefined })
    expect(wanted).toEqual([`${cloud.authority}:443`])
  })

  tells(`${cloud.environment}: its Resource Manager is asked, with a token for it`, async () => {
    const url = `https://${cloud.resourceManager}${operation}`
    const [run, wanted] = await untilWanted(cloud, { 'operation-url': url }, {})
    expect(wanted).toEqual([`${cloud.resourceManager}:443`])
    expect(run.outputs['portal-url']).toBe(`${cloud.portal}/#resource${path}`)
    const scope = `https://${cloud.resourceManager}/.default`
    const asked = tokens().filter((token) => token.scope === scope)
    expect(new Set(asked.map(({ audience }) => audience))).toEqual(new Set([cloud.audience]))
  })
}

tells('a region of the cloud is asked as it was given', async () => {
  const [cloud] = clouds
  if (cloud === undefined) throw new Error('There is no cloud.')
  const url = `https://westeurope.${cloud.resourceManager}${operation}`
  const [, wanted] = await untilWanted(cloud, { 'operation-url': url }, {})
  expect(wanted).toEqual([`westeurope.${cloud.resourceManager}:443`])
})

tells('a job by its ID is asked for at the cloud’s own host', async () => {
  const [, cloud] = clouds
  if (cloud === undefined) throw new Error('There is no cloud.')
  const [, wanted] = await untilWanted(cloud, { 'job-id': `${path}/backupJobs/job-1` }, {})
  expect(wanted).toEqual([`${cloud.resourceManager}:443`])
})

// What is none of the three has its own endpoint, and the audience and portal of the one that it is most like.
for (const { environment, audience, portal } of clouds) {
  tells(
    `${environment} with resource-manager-url: its own endpoint and Entra, the cloud's audience`,
    async () => {
      const trigger = start(simulator, 'vm-backup', quick)
      const run = await follow(simulator, { 'operation-url': trigger.operationUrl, environment })
      expect(run.outputs).toMatchObject({
        conclusion: 'success',
        'portal-url': `${portal}/#resource${trigger.vaultId}`,
      })
      expect(tokens()).toContainEqual({ scope: `${simulator.resourceManagerUrl}/.default`, audience })
    },
  )
}

tells('the input audience wins', async () => {
  const other = await simulate({ federatedAudiences: ['api://contoso'] })
  const trigger = start(other, 'vm-backup', quick)
  const run = await follow(other, { 'operation-url': trigger.operationUrl, audience: 'api://contoso' })
  expect(run.outputs.conclusion).toBe('success')
})
