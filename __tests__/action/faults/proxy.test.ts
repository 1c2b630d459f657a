/** Proxies and certificate authorities, for Resource Manager, Entra and GitHub alike. */
import { expect } from 'vitest'
import { type LeapingSimulator, leaps } from './support/leaping-clock.ts'
import { startProxy } from './support/proxy.ts'
import { faultsOf, follow, messages } from './support/run.ts'

// Names that only the proxy knows, so that what does not ask it fails.
const names = ['arm.example.test', 'entra.example.test', 'oidc.example.test'] as const
const [arm, entra, oidc] = names

function inOffice(simulator: LeapingSimulator) {
  const at = (name: string, url: string) => url.replace('localhost', name)
  const { ACTIONS_ID_TOKEN_REQUEST_URL: idTokens = '' } = simulator.environment()
  const url = at(arm, simulator.resourceManagerUrl)
  return {
    inputs: { 'resource-manager-url': url, 'job-id': simulator.backup({ seconds: 90 }).jobResourceId },
    environment: {
      AZURE_AUTHORITY_HOST: at(entra, simulator.authorityUrl),
      ACTIONS_ID_TOKEN_REQUEST_URL: at(oidc, idTokens),
    },
    targets: [
      new URL(url).host,
      new URL(at(entra, simulator.authorityUrl)).host,
      new URL(at(oidc, simulator.oidcUrl)).host,
    ],
  }
}

/** Leads every name to the local port of the same number. */
const everywhere = (target: string) => Number(target.split(':')[1])

for (const name of ['HTTPS_PROXY', 'https_proxy']) {
  leaps(`${name} sees the traffic to all three`, async (simulator) => {
    const proxy = await startProxy(everywhere)
    const { inputs, environment, targets } = inOffice(simulator)
    const run = await follow(simulator, inputs, { environment: { ...environment, [name]: proxy.url } })
    await proxy.close()
    expect(run.outputs.conclusion).toBe('success')
    expect(faultsOf(run)).toEqual([])
    expect(new Set(proxy.asked)).toEqual(new Set(targets))
    // What the tunnels carried is what the services saw, and they saw no more.
    expect(new Set(simulator.requests.map(({ headers }) => headers.host))).toEqual(new Set(targets))
  })
}

leaps('a proxy that wants to know who asks', async (simulator) => {
  const proxy = await startProxy(everywhere)
  const { inputs, environment, targets } = inOffice(simulator)
  const url = proxy.url.replace('//', '//someone:p%40ss@')
  const run = await follow(simulator, inputs, { environment: { ...environment, HTTPS_PROXY: url } })
  await proxy.close()
  expect(run.outputs.conclusion).toBe('success')
  const basic = `Basic ${Buffer.from('someone:p@ss').toString('base64')}`
  expect(new Set(proxy.asked)).toEqual(new Set(targets))
  expect(new Set(proxy.credentials)).toEqual(new Set([basic]))
  expect([...run.log, run.summary].join('\n')).not.toMatch(/p(%40|@)ss/)
})

for (const value of ['localhost', 'example.org,localhost', '*']) {
  leaps(`NO_PROXY=${value}: nothing goes through it`, async (simulator) => {
    const proxy = await startProxy(everywhere)
    const { jobResourceId } = simulator.backup({ seconds: 90 })
    const environment = { HTTPS_PROXY: proxy.url, NO_PROXY: value }
    const run = await follow(simulator, { 'job-id': jobResourceId }, { environment })
    await proxy.close()
    expect(run.outputs.conclusion).toBe('success')
    expect(proxy.asked).toEqual([])
  })
}

leaps('NO_PROXY for one host: the others go through it', async (simulator) => {
  const proxy = await startProxy(everywhere)
  const { inputs, environment, targets } = inOffice(simulator)
  const given = { ...environment, HTTPS_PROXY: proxy.url, no_proxy: 'localhost' }
  const direct = { ...inputs, 'resource-manager-url': simulator.resourceManagerUrl }
  const run = await follow(simulator, direct, { environment: given })
  await proxy.close()
  expect(run.outputs.conclusion).toBe('success')
  expect(new Set(proxy.asked)).toEqual(new Set(targets.slice(1)))
})

leaps('a proxy that refuses: tried again to the deadline, with the reason', async (simulator) => {
  const proxy = await startProxy((target) => (target.startsWith(arm) ? undefined : everywhere(target)))
  const { inputs, environment } = inOffice(simulator)
  const run = await follow(
    simulator,
    { ...inputs, 'timeout-minutes': '5' },
    { environment: { ...environment, HTTPS_PROXY: proxy.url } },
  )
  await proxy.close()
  expect(run.outputs.conclusion).toBe('timed-out')
  expect(faultsOf(run).length).toBeGreaterThan(4)
  expect(faultsOf(run).filter(({ said }) => !/the proxy answered 502 to CONNECT/.test(said))).toEqual([])
  expect(messages(run, 'error')[0]).toMatch(/the proxy answered 502 to CONNECT/)
})

for (const status of [403, 407]) {
  leaps(
    `a proxy that answers ${status}: an error after two minutes that names the variable`,
    async (simulator) => {
      const proxy = await startProxy(
        (target) => (target.startsWith(arm) ? undefined : everywhere(target)),
        status,
      )
      const { inputs, environment } = inOffice(simulator)
      const before = simulator.clock.now()
      const run = await follow(simulator, inputs, { environment: { ...environment, HTTPS_PROXY: proxy.url } })
      await proxy.close()
      expect(run.outputs.conclusion).toBe('error')
      expect(messages(run, 'error')[0]).toMatch(
        new RegExp(`the proxy answered ${status} to CONNECT. Set the variable HTTPS_PROXY right`),
      )
      expect((simulator.clock.now() - before) / 1000).toBeLessThan(200)
    },
  )
}

leaps('a proxy that refuses Entra: the error names the variable too', async (simulator) => {
  const proxy = await startProxy((target) => (target.startsWith(entra) ? undefined : everywhere(target)), 403)
  const { inputs, environment } = inOffice(simulator)
  const run = await follow(simulator, inputs, { environment: { ...environment, HTTPS_PROXY: proxy.url } })
  await proxy.close()
  expect(run.outputs.conclusion).toBe('error')
  expect(messages(run, 'error')[0]).toMatch(
    /No token could be had: Entra: the proxy answered 403 to CONNECT\. Set the variable HTTPS_PROXY right/,
  )
})

leaps('a proxy without a scheme is one for http', async (simulator) => {
  const proxy = await startProxy(everywhere)
  const { inputs, environment, targets } = inOffice(simulator)
  const HTTPS_PROXY = proxy.url.replace('http://', '')
  const run = await follow(simulator, inputs, { environment: { ...environment, HTTPS_PROXY } })
  await proxy.close()
  expect(run.outputs.conclusion).toBe('success')
  expect(new Set(proxy.asked)).toEqual(new Set(targets))
})

for (const HTTPS_PROXY of ['socks5h://proxy.corp:1080', ' ', '"http://proxy.corp:3128"']) {
  leaps(`HTTPS_PROXY=${HTTPS_PROXY}: one error that names it`, async (simulator) => {
    const { jobResourceId } = simulator.backup()
    const run = await follow(simulator, { 'job-id': jobResourceId }, { environment: { HTTPS_PROXY } })
    expect(run.outputs.conclusion).toBe('error')
    expect(messages(run, 'error')).toEqual([
      expect.stringMatching(/The variable HTTPS_PROXY is ".*"; expected the URL of a proxy/),
    ])
    expect(simulator.requests).toEqual([])
  })
}

leaps('a path behind a proxy is left out, as curl does', async (simulator) => {
  const proxy = await startProxy(everywhere)
  const { inputs, environment } = inOffice(simulator)
  const HTTPS_PROXY = `${proxy.url}/proxy.pac`
  const run = await follow(simulator, inputs, { environment: { ...environment, HTTPS_PROXY } })
  await proxy.close()
  expect(run.outputs.conclusion).toBe('success')
})

leaps('a proxy that is not there', async (simulator) => {
  const proxy = await startProxy(everywhere)
  await proxy.close()
  const { inputs, environment } = inOffice(simulator)
  const run = await follow(simulator, inputs, { environment: { ...environment, HTTPS_PROXY: proxy.url } })
  expect(run.outputs.conclusion).toBe('error')
  expect(messages(run, 'error')[0]).toMatch(
    /No token could be had: .*\[ECONNREFUSED\] at the proxy that HTTPS_PROXY names/,
  )
  expect(simulator.requests).toEqual([])
})

leaps('without NODE_EXTRA_CA_CERTS nobody is trusted, and the error names it', async (simulator) => {
  const { jobResourceId } = simulator.backup()
  const environment = { NODE_EXTRA_CA_CERTS: undefined }
  const run = await follow(simulator, { 'job-id': jobResourceId }, { environment })
  expect(run.outputs.conclusion).toBe('error')
  expect(messages(run, 'error')[0]).toMatch(/self-signed certificate.*NODE_EXTRA_CA_CERTS/)
  expect(simulator.requests).toEqual([])
})

leaps('without NODE_EXTRA_CA_CERTS, by client secret: no secret is sent', async (simulator) => {
  const { jobResourceId } = simulator.backup()
  const environment = { NODE_EXTRA_CA_CERTS: undefined }
  const inputs = { 'job-id': jobResourceId, 'client-secret': simulator.identity.clientSecret }
  const run = await follow(simulator, inputs, { environment })
  expect(run.outputs.conclusion).toBe('error')
  expect(messages(run, 'error')[0]).toMatch(/NODE_EXTRA_CA_CERTS/)
  expect(simulator.requests).toEqual([])
})
