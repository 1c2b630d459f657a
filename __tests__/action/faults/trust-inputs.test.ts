/** Trust, attacked by what a person or another step gives: no request, no crash, one clear error. */
import { expect } from 'vitest'
import { byFive } from '../replay.ts'
import { simulate, tells } from '../support.ts'
import { startProxy } from './support/proxy.ts'
import { evil, withPublicCloud } from './support/public-cloud.ts'
import { follow, messages } from './support/run.ts'

const simulator = await simulate()
const trigger = simulator.backup({ seconds: 1, operationSeconds: 1 })
const { pathname, search } = new URL(trigger.operationUrl)
const path = `${pathname}${search}`
const vault = trigger.vaultId
const guid = trigger.jobId
const full = trigger.jobResourceId

/** Runs with these inputs, and gives the one error. Nobody at all may be asked for anything. */
async function refused(inputs: Record<string, string>, more: Record<string, string> = {}): Promise<string> {
  const proxy = await startProxy(() => undefined)
  const environment = {
    AZURE_AUTHORITY_HOST: undefined,
    HTTPS_PROXY: proxy.url,
    HTTP_PROXY: proxy.url,
    ...more,
  }
  const given = { 'resource-manager-url': '', 'timeout-minutes': '1', ...inputs }
  const run = await follow(simulator, given, { environment })
  await proxy.close()
  expect(proxy.asked).toEqual([])
  expect(run.exitCode).toBe(1)
  expect(run.outputs.conclusion).toBe('error')
  expect(run.annotations.map(({ level }) => level)).toEqual(['error'])
  expect(run.log.filter((line) => line.startsWith('::'))).toHaveLength(1)
  const [message = ''] = messages(run, 'error')
  expect(message.length).toBeLessThan(4_096)
  return message
}

const urls: Record<string, string> = {
  'another host': `https://${evil}${path}`,
  'a host that begins like the right one': `https://management.azure.com.${evil}${path}`,
  'a host that ends like the right one': `https://evilmanagement.azure.com${path}`,
  'the right host as user info': `https://management.azure.com@${evil}${path}`,
  'user info before the right host': `https://someone:secret@management.azure.com${path}`,
  'another port': `https://management.azure.com:8443${path}`,
  'a trailing dot': `https://management.azure.com.${path}`,
  'a letter of another alphabet': `https://m\u0430nagement.azure.com${path}`,
  punycode: `https://xn--mnagement-2fg.azure.com${path}`,
  'punycode as a region': `https://xn--80ak6aa92e.management.azure.com${path}`,
  'two labels below': `https://a.b.management.azure.com${path}`,
  'an upper-case host that is another': `HTTPS://MANAGEMENT.AZURE.COM.EVIL.TEST${path}`,
  http: `http://management.azure.com${path}`,
  'an IPv4 literal': `https://127.0.0.1${path}`,
  'an IPv4 literal in one number': `https://2130706433${path}`,
  'an IPv6 literal': `https://[::1]${path}`,
  'a backslash before the user info': `https://${evil}\\@management.azure.com${path}`,
  'a fragment that hides the host': `https://${evil}#@management.azure.com${path}`,
  'another cloud': `https://management.usgovcloudapi.net${path}`,
  'a path of another provider':
    'https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a/listKeys',
  'a second provider': `https://management.azure.com${vault}/providers/Microsoft.Authorization/operationsStatus/1`,
  'a second provider, escaped': `https://management.azure.com${vault}%2Fproviders%2FMicrosoft.Authorization/operationsStatus/1`,
  'dots that lead elsewhere, escaped': `https://management.azure.com${vault}/%2e%2e%2f%2e%2e/backupOperations/1`,
  'an escaped carriage return and line feed': `https://management.azure.com${vault}/backupOperations/1%0d%0aX-Evil:%20y`,
  'an escaped NUL': `https://management.azure.com${vault}/backupOperations/1%00`,
  'a carriage return': `https://management.azure.com${vault}/backupOperations/1\rX-Evil: y`,
  'a line feed': `https://management.azure.com${vault}/backupOperations/1\nhttps://${evil}${path}`,
  'a mapping that leads elsewhere': `https://management.azure.com${vault}/backupCrossTenantVaultMappings/%2e%2e%2f%2e%2e/backupValidateOperationsStatuses/1`,
  'a mapping that holds a path': `https://management.azure.com${vault}/backupCrossTenantVaultMappings/a%2Fb/backupValidateOperationsStatuses/1`,
  'a mapping at another host': `https://${evil}${vault}/backupCrossTenantVaultMappings/m/backupValidateOperationsStatuses/1`,
  'a second provider below a mapping': `https://management.azure.com${vault}/backupCrossTenantVaultMappings/m/providers/Microsoft.Authorization/operationsStatus/1`,
  'a blank': `https://management.azure.com${vault}/backupOperations/1 HTTP/1.1`,
  'a workflow command': `https://${evil}/%0A::set-output name=x::y`,
  '10,000 characters': `https://management.azure.com${path}&x=${'x'.repeat(10_000)}`,
}

// What holds on a host that is named alone: that very origin, and no other.
const exactly = 'https://arm.local.example.test:8443'
const exactUrls: Record<string, string> = {
  'a public cloud where another is named': `https://management.azure.com${path}`,
  'another port of the named host': `https://arm.local.example.test${path}`,
  'a label below the named host': `https://westeurope.arm.local.example.test:8443${path}`,
}

/** Values that fit a line are given five at a time: each has its own error, which stands in one annotation with the others. */
function refusesLines(input: string, values: Record<string, string>): void {
  const ofOneLine = (value: string) => !/\s/.test(value) && value.length < 1_000
  for (const group of byFive(Object.entries(values).filter(([, value]) => ofOneLine(value)))) {
    tells(`${input}: ${group.map(([name]) => name).join(', ')}`, async () => {
      const message = await refused({ [input]: group.map(([, value]) => value).join('\n') })
      const lines = message.split('\n')
      expect(lines).toHaveLength(group.length)
      for (const line of lines) expect(line).toMatch(new RegExp(`^Input ${input}[: ]`))
    })
  }
  for (const [name, value] of Object.entries(values).filter(([, value]) => !ofOneLine(value))) {
    tells(`${input}: ${name}`, async () => {
      expect(await refused({ [input]: value })).toMatch(new RegExp(`^Input ${input}[: ]`))
    })
  }
}

refusesLines('operation-url', urls)

for (const [name, url] of Object.entries(exactUrls)) {
  tells(`operation-url: ${name}`, async () => {
    expect(await refused({ 'operation-url': url, 'resource-manager-url': exactly })).toMatch(
      /^Input operation-url: .*arm\.local\.example\.test:8443/,
    )
  })
}

refusesLines('job-id', {
  'a path': '../../../providers/Microsoft.Storage',
  'a query': `${guid}?x=y`,
  'an escaped slash': `${guid}%2Fcancel`,
  'a URL': `https://${evil}${path}`,
  'CR, LF and a header': `${guid}\r\nX-Evil: y`,
  '10,000 characters': 'a1'.repeat(5_000),
  'an ARM ID of another provider':
    '/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a/backupJobs/1',
  'an ARM ID with dots': `${vault}/backupJobs/../../../..`,
  'a mapping of dots': `${vault}/backupCrossTenantVaultMappings/../backupJobs/${guid}`,
  'a mapping that is a query, escaped': `${vault}/backupCrossTenantVaultMappings/m%3Fx=y/backupJobs/${guid}`,
  'a mapping at another host': `https://${evil}${vault}/backupCrossTenantVaultMappings/m/backupJobs/${guid}`,
})

const others: Record<string, [Record<string, string>, RegExp]> = {
  'vault-name: a path': [{ 'job-id': guid, 'vault-name': 'v/../../x' }, /^Input vault-name[: ]/],
  'resource-group: a path': [
    { 'job-id': guid, 'resource-group': 'g/providers/x' },
    /^Input resource-group[: ]/,
  ],
  'resource-group: dots': [
    { 'job-id': guid, 'resource-group': '..', 'vault-name': 'v', 'subscription-id': trigger.subscriptionId },
    /^Input resource-group[: ]/,
  ],
  'subscription-id: a path': [{ 'job-id': guid, 'subscription-id': '../x' }, /^Input subscription-id[: ]/],
  'secondary-region: a path': [{ 'job-id': guid, 'secondary-region': '../x' }, /^Input secondary-region[: ]/],
  'tenant-id: a path': [{ 'job-id': full, 'tenant-id': '../common' }, /^Input tenant-id[: ]/],
  'resource-manager-url: http': [
    { 'resource-manager-url': `http://${evil}` },
    /^Input resource-manager-url[: ]/,
  ],
  'resource-manager-url: user info': [
    { 'resource-manager-url': `https://a:b@${evil}` },
    /^Input resource-manager-url[: ]/,
  ],
  'resource-manager-url: a path': [
    { 'resource-manager-url': `https://${evil}/x` },
    /^Input resource-manager-url[: ]/,
  ],
}

for (const [name, [inputs, expected]] of Object.entries(others)) {
  tells(name, async () => {
    expect(await refused({ ...inputs })).toMatch(expected)
  })
}

tells('AZURE_AUTHORITY_HOST: http', async () => {
  const environment = { AZURE_AUTHORITY_HOST: `http://${evil}` }
  expect(await refused({ 'job-id': full }, environment)).toMatch(/AZURE_AUTHORITY_HOST/)
})

tells('what is no attack: upper case, the port of https, a region, odd case in the path', () =>
  withPublicCloud(async ({ environment, inputs, simulator, strangers, proxy }) => {
    for (const host of [
      'MANAGEMENT.Azure.com',
      'management.azure.com:443',
      'westeurope.management.azure.com',
    ]) {
      const { operationUrl } = simulator.backup({ seconds: 1, oddCase: true })
      const url = operationUrl.replace(simulator.resourceManagerUrl, `https://${host}`)
      const run = await follow(simulator, { ...inputs, 'operation-url': url }, { environment })
      expect(run.outputs.conclusion).toBe('success')
    }
    expect(strangers()).toEqual([])
    expect(new Set(proxy.asked)).toEqual(
      new Set([
        new URL(simulator.oidcUrl).host,
        'login.microsoftonline.com:443',
        'management.azure.com:443',
        'westeurope.management.azure.com:443',
      ]),
    )
  }),
)
