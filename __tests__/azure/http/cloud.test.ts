import { describe, expect, it } from 'vitest'
import {
  type Cloud,
  cloudOf,
  distrust,
  type Environment,
  environments,
} from '../../../src/azure/http/cloud.ts'

const path =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/1?api-version=1'

const clouds: Record<Environment, { host: string; authority: string; audience: string; portal: string }> = {
  azurecloud: {
    host: 'management.azure.com',
    authority: 'https://login.microsoftonline.com',
    audience: 'api://AzureADTokenExchange',
    portal: 'https://portal.azure.com',
  },
  azureusgovernment: {
    host: 'management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
    portal: 'https://portal.azure.us',
  },
  azurechinacloud: {
    host: 'management.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    audience: 'api://AzureADTokenExchangeChina',
    portal: 'https://portal.azure.cn',
  },
}

describe('cloudOf', () => {
  it('knows three clouds', () => {
    expect(Object.keys(clouds)).toEqual([...environments])
  })

  it.each(environments)('knows the endpoints, the scope and the audience of %s', (environment) => {
    const { host, authority, audience, portal } = clouds[environment]
    expect(cloudOf(environment)).toEqual({
      resourceManager: `https://${host}`,
      exact: false,
      scope: `https://${host}/.default`,
      authority,
      authorityAliases: expect.arrayContaining([authority]),
      instanceDiscovery: true,
      audience,
      portal,
    } satisfies Cloud)
  })

  it('replaces the endpoint and the scope by resource-manager-url, and trusts that origin alone', () => {
    const cloud = cloudOf('azureusgovernment', new URL('https://management.local.azurestack.external:8443/'))
    expect(cloud).toMatchObject({
      resourceManager: 'https://management.local.azurestack.external:8443',
      scope: 'https://management.local.azurestack.external:8443/.default',
      exact: true,
      audience: 'api://AzureADTokenExchangeUSGov',
    })
  })

  it('asks no instance discovery of an authority that is not Microsoft’s', () => {
    const cloud = cloudOf('azurecloud', undefined, new URL('https://adfs.local.azurestack.external/adfs/'))
    expect(cloud.authority).toBe('https://adfs.local.azurestack.external')
    expect(cloud.instanceDiscovery).toBe(false)
    expect(cloud.authorityAliases).toEqual([])
  })

  it.each(['https://login.microsoftonline.us/', 'https://login.partner.microsoftonline.cn'])(
    'still asks it where AZURE_AUTHORITY_HOST names %s, one of Microsoft’s',
    (host) => {
      expect(cloudOf('azurecloud', undefined, new URL(host)).instanceDiscovery).toBe(true)
    },
  )
})

describe('hosts that get a token', () => {
  it.each(environments)('are the Resource Manager of %s and its regions', (environment) => {
    const { host } = clouds[environment]
    for (const name of [host, host.toUpperCase(), `westeurope.${host}`, `east-us-2.${host}`, `${host}:443`]) {
      expect(distrust(new URL(`https://${name}${path}`), cloudOf(environment)), name).toBeUndefined()
    }
  })

  it.each(environments)('are not those of the other clouds than %s', (environment) => {
    for (const other of environments.filter((one) => one !== environment)) {
      const reason = distrust(new URL(`https://${clouds[other].host}${path}`), cloudOf(environment))
      expect(reason).toBe(`its host is ${clouds[other].host}, not ${clouds[environment].host}`)
    }
  })

  it.each([
    ['another host', 'https://evil.test'],
    ['the host before another', 'https://management.azure.com.evil.test'],
    ['the host without a dot before it', 'https://evilmanagement.azure.com'],
    ['a parent of the host', 'https://azure.com'],
    ['a sibling of the host', 'https://portal.azure.com'],
    ['two labels before the host', 'https://a.b.management.azure.com'],
    ['an empty label before the host', 'https://.management.azure.com'],
    ['a trailing dot', 'https://management.azure.com.'],
    ['a trailing dot after a region', 'https://westeurope.management.azure.com.'],
    ['punycode before the host', 'https://xn--mnich-kva.management.azure.com'],
    ['a label beyond ASCII before the host', 'https://münich.management.azure.com'],
    ['a letter that looks alike', 'https://manаgement.azure.com'],
    ['an underscore in the region', 'https://a_b.management.azure.com'],
    ['a hyphen at the region’s end', 'https://a-.management.azure.com'],
    ['an escaped dot before another host', 'https://management.azure.com%2eevil.test'],
    ['an IPv4 address', 'https://20.38.128.1'],
    ['an IPv4 address as a number', 'https://340164609'],
    ['an IPv6 address', 'https://[::1]'],
    ['another port', 'https://management.azure.com:8443'],
    ['another port of a region', 'https://westeurope.management.azure.com:444'],
  ])('are not %s', (_name, origin) => {
    expect(distrust(new URL(`${origin}${path}`), cloudOf('azurecloud'))).toMatch(
      /^its host is .+, not management\.azure\.com$/,
    )
  })

  it.each([
    ['the host as a user name', `https://management.azure.com@evil.test${path}`],
    ['a user name', `https://someone@management.azure.com${path}`],
    ['a password', `https://:secret@management.azure.com${path}`],
    ['an escaped @ in the user name', `https://a%40management.azure.com@evil.test${path}`],
  ])('are not those behind user info: %s', (_name, url) => {
    expect(distrust(new URL(url), cloudOf('azurecloud'))).toBe('it has user info before the host')
  })

  it.each([
    ['http', `http://management.azure.com${path}`],
    ['ftp', `ftp://management.azure.com${path}`],
    ['file', `file://management.azure.com${path}`],
    ['javascript', 'javascript:alert(1)'],
  ])('are not asked over %s', (scheme, url) => {
    expect(distrust(new URL(url), cloudOf('azurecloud'))).toBe(`its scheme is ${scheme}, not https`)
  })

  it('take a backslash for a slash, as every URL parser does, so that nothing follows the host', () => {
    const url = new URL(`https://evil.test\\@management.azure.com${path}`)
    expect(distrust(url, cloudOf('azurecloud'))).toBe('its host is evil.test, not management.azure.com')
  })
})

describe('the one origin that resource-manager-url names', () => {
  const cloud = cloudOf('azurecloud', new URL('https://arm.local:8443'))

  it('gets a token', () => {
    expect(distrust(new URL(`https://arm.local:8443${path}`), cloud)).toBeUndefined()
    expect(distrust(new URL(`https://ARM.LOCAL:8443${path}`), cloud)).toBeUndefined()
  })

  it.each([
    ['another port', 'https://arm.local:8444'],
    ['the default port', 'https://arm.local'],
    ['a label before it', 'https://region.arm.local:8443'],
    ['the public cloud', 'https://management.azure.com'],
    ['a region of the public cloud', 'https://westeurope.management.azure.com'],
  ])('does not lend it to %s', (_name, origin) => {
    expect(distrust(new URL(`${origin}${path}`), cloud)).toMatch(/^its host is .+, not arm\.local:8443$/)
  })

  it('does not lend it to a label before it on the default port either', () => {
    const standard = cloudOf('azurecloud', new URL('https://arm.local'))
    expect(distrust(new URL(`https://region.arm.local${path}`), standard)).toBe(
      'its host is region.arm.local, not arm.local',
    )
  })

  it('is not asked over http', () => {
    expect(distrust(new URL(`http://arm.local:8443${path}`), cloud)).toBe('its scheme is http, not https')
  })
})

describe('paths that get a token', () => {
  const reasonOf = (pathname: string) =>
    distrust(new URL(`https://management.azure.com${pathname}`), cloudOf('azurecloud'))
  const root = '/subscriptions/s/resourceGroups/g/providers'

  it.each([
    `${root}/Microsoft.RecoveryServices/vaults/v/backupJobs/1`,
    `${root}/microsoft.recoveryservices/vaults/v`,
    `${root}/Microsoft.DataProtection/backupVaults/v/backupJobs/1`,
    '/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01',
    '/subscriptions/s/providers/Microsoft.RecoveryServices/locations/weu/backupCrrJob',
    `${root}/Microsoft.RecoveryServices/vaults/v/backupFabrics/Azure/protectionContainers/c;a;b/protectedItems/VM;a;b`,
  ])('are those of Azure Backup: %s', (pathname) => {
    expect(reasonOf(pathname)).toBeUndefined()
  })

  it.each([
    ['no provider', '/subscriptions/s', 'missing'],
    ['a token service', '/oauth2/token', 'missing'],
    ['another provider', `${root}/Microsoft.KeyVault/vaults/v`, 'Microsoft.KeyVault'],
    [
      'a provider that begins alike',
      `${root}/Microsoft.RecoveryServicesX/vaults/v`,
      'Microsoft.RecoveryServicesX',
    ],
    [
      'a provider that ends alike',
      `${root}/My.Microsoft.RecoveryServices/vaults/v`,
      'My.Microsoft.RecoveryServices',
    ],
    [
      'another provider after it',
      `${root}/Microsoft.RecoveryServices/vaults/v/providers/Microsoft.Authorization/roleAssignments/1`,
      'Microsoft.RecoveryServices and Microsoft.Authorization',
    ],
    [
      'another provider before it',
      `${root}/Microsoft.Compute/virtualMachines/vm/providers/Microsoft.RecoveryServices/vaults/v`,
      'Microsoft.Compute and Microsoft.RecoveryServices',
    ],
    [
      'another provider behind escaped slashes',
      `${root}/Microsoft.RecoveryServices/vaults/v%2Fproviders%2FMicrosoft.KeyVault%2Fx`,
      'Microsoft.RecoveryServices and Microsoft.KeyVault',
    ],
    [
      'another provider in escaped letters',
      `${root}/Microsoft.RecoveryServices/vaults/v/%70roviders/Microsoft.KeyVault/x`,
      'Microsoft.RecoveryServices and Microsoft.KeyVault',
    ],
    [
      'the name in the query alone',
      `${root}/Microsoft.KeyVault/vaults/v?x=/providers/Microsoft.RecoveryServices/`,
      'Microsoft.KeyVault',
    ],
    [
      'dots out of the provider',
      `${root}/Microsoft.RecoveryServices/../Microsoft.KeyVault/v`,
      'Microsoft.KeyVault',
    ],
    [
      'escaped dots out of it',
      `${root}/Microsoft.RecoveryServices/%2e%2E/Microsoft.KeyVault/v`,
      'Microsoft.KeyVault',
    ],
  ])('are not those with %s', (_name, pathname, providers) => {
    expect(reasonOf(pathname)).toBe(
      `its provider is ${providers}, not Microsoft.RecoveryServices or Microsoft.DataProtection`,
    )
  })

  it.each([
    ['escaped slashes around dots', `${root}/Microsoft.RecoveryServices/vaults/..%2f..%2fMicrosoft.KeyVault`],
    ['dots behind an escaped slash', `${root}/Microsoft.RecoveryServices/vaults/v%2F..`],
    ['a dot behind an escaped slash', `${root}/Microsoft.RecoveryServices/vaults/v%2F.`],
    ['an escaped backslash', `${root}/Microsoft.RecoveryServices/vaults/v%5C..%5Cx`],
    ['an escaped line break', `${root}/Microsoft.RecoveryServices/vaults/v%0d%0aHost:%20evil.test`],
    ['an escaped zero', `${root}/Microsoft.RecoveryServices/vaults/v%00`],
  ])('are not those with %s', (_name, pathname) => {
    expect(reasonOf(pathname)).toBe('its path has dots or control characters that lead elsewhere')
  })

  it('may begin as Microsoft documents it', () => {
    expect(reasonOf(`/subscriptions/${root}/Microsoft.RecoveryServices/vaults/v`)).toBeUndefined()
  })

  it.each([
    ['a prefix', `/batch${root}/Microsoft.RecoveryServices/vaults/v`],
    ['a prefix of another service', `/batch/x${root}/Microsoft.RecoveryServices/vaults/v`],
    ['no subscription', '/providers/Microsoft.RecoveryServices/operations'],
    ['more below the subscription', '/subscriptions/s/x/y/providers/Microsoft.RecoveryServices/vaults/v'],
    [
      'an escaped slash in the group',
      `/subscriptions/s/resourceGroups/g%2Fx/providers/Microsoft.RecoveryServices/v`,
    ],
    [
      'a parameter of "providers"',
      `/subscriptions/s/resourceGroups/g/providers;a=1/Microsoft.RecoveryServices/v`,
    ],
    ['an empty segment', '/subscriptions/s/resourceGroups/g/providers//Microsoft.RecoveryServices/vaults/v'],
    ['three subscriptions', `/subscriptions//subscriptions/${root}/Microsoft.RecoveryServices/vaults/v`],
  ])('begin with the subscription and have nothing between: not %s', (_name, pathname) => {
    expect(reasonOf(pathname)).toBe('its path is none of Azure Backup, which begins with /subscriptions/')
  })

  it.each([
    `${root}//Microsoft.KeyVault/vaults/v${root}/Microsoft.RecoveryServices/vaults/v`,
    `${root};a=1/Microsoft.KeyVault${root}/Microsoft.RecoveryServices/vaults/v`,
    `${root}/Microsoft.RecoveryServices/vaults/v/providers;a=1/Microsoft.KeyVault/x`,
    `${root}/Microsoft.RecoveryServices/vaults/v/providers//Microsoft.KeyVault/x`,
    `${root}/Microsoft.RecoveryServices/vaults/v/providers%2F%2FMicrosoft.KeyVault/x`,
  ])('name another provider in no other spelling either: %s', (pathname) => {
    expect(reasonOf(pathname)).toContain('Microsoft.KeyVault')
  })

  it('are not those where an escape that means nothing hides the rest', () => {
    expect(reasonOf(`${root}/Microsoft.RecoveryServices/vaults/..%2f..%2fx/%zz`)).toBe(
      'its path has dots or control characters that lead elsewhere',
    )
    expect(reasonOf(`${root}/Microsoft.RecoveryServices/vaults/v%2Fproviders%2FMicrosoft.KeyVault/%zz`)).toBe(
      'its provider is Microsoft.RecoveryServices and Microsoft.KeyVault, not Microsoft.RecoveryServices or Microsoft.DataProtection',
    )
  })
})
