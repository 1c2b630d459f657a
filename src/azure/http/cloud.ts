/** Where a cloud's Resource Manager, its Entra and its portal are, and which URLs may be sent a token. */

/** The input `environment`, in lower case: Azure's clouds. */
export const environments = ['azurecloud', 'azureusgovernment', 'azurechinacloud'] as const
export type Environment = (typeof environments)[number]

/** A cloud's hosts. */
export interface Cloud {
  /** Origin of Resource Manager: scheme, host and port. */
  resourceManager: string
  /** Whether only that very origin is trusted, and no region's label before it. */
  exact: boolean
  /** The access token's scope. */
  scope: string
  /** Entra's origin. */
  authority: string
  /** Entra's other origins that a token may be asked of: the authority's own cloud's, where it is Microsoft's. */
  authorityAliases: readonly string[]
  /** Whether Entra may be asked, at Microsoft's own host, which authorities are known. */
  instanceDiscovery: boolean
  /** Audience of the GitHub ID token. */
  audience: string
  /** The portal's origin. */
  portal: string
}

// Hosts of the public cloud are recorded; those of the others are Microsoft's documents' ("Azure Government
// endpoints", "Azure China developer guide"), the audiences azure/login's.
const known: Record<
  Environment,
  { resourceManager: string; authority: string; audience: string; portal: string }
> = {
  azurecloud: {
    resourceManager: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
    audience: 'api://AzureADTokenExchange',
    portal: 'https://portal.azure.com',
  },
  azureusgovernment: {
    resourceManager: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
    portal: 'https://portal.azure.us',
  },
  azurechinacloud: {
    resourceManager: 'https://management.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    audience: 'api://AzureADTokenExchangeChina',
    portal: 'https://portal.azure.cn',
  },
}

/** Entra's origins of each cloud, which answer instance discovery (MSAL, AuthorityMetadata: aliases). */
const microsoftAuthorities = [
  [
    'https://login.microsoftonline.com',
    'https://login.windows.net',
    'https://login.microsoft.com',
    'https://sts.windows.net',
  ],
  ['https://login.microsoftonline.us', 'https://login.usgovcloudapi.net'],
  ['https://login.chinacloudapi.cn', 'https://login.partner.microsoftonline.cn'],
]

/**
 * The cloud to talk to.
 *
 * @param resourceManagerUrl origin that replaces the environment's, already known to be https
 * @param authorityHost origin that replaces the environment's Entra, already known to be https
 */
export function cloudOf(environment: Environment, resourceManagerUrl?: URL, authorityHost?: URL): Cloud {
  const { resourceManager, authority, audience, portal } = known[environment]
  const endpoint = resourceManagerUrl?.origin ?? resourceManager
  const entra = authorityHost?.origin ?? authority
  const aliases = microsoftAuthorities.find((origins) => origins.includes(entra))
  return {
    resourceManager: endpoint,
    exact: resourceManagerUrl !== undefined,
    scope: `${endpoint}/.default`,
    authority: entra,
    authorityAliases: aliases ?? [],
    instanceDiscovery: aliases !== undefined,
    audience,
    portal,
  }
}

/** A region's label: letters and digits, with single hyphens between them, so never punycode (`xn--`). */
const regionLabel = /^[a-z0-9]+(-[a-z0-9]+)*$/

/**
 * The paths of Azure Backup and of Resource Graph, from their first character on: a prefix leads elsewhere (`/batch/…`).
 * The documented Location begins `/subscriptions//subscriptions/` (Microsoft: Restore Azure VMs using REST API).
 */
const trustedPath =
  /^(?:(?:\/subscriptions\/)?\/subscriptions\/[^/]+(?:\/resourceGroups\/[^/]+)?\/providers\/Microsoft\.(?:RecoveryServices|DataProtection)|\/providers\/Microsoft\.ResourceGraph)(?:\/|$)/i

/** Every place where a path names a provider, whatever the server makes of parameters (`;a=1`) and empty segments. */
const providerNames = /\/+providers(?:;[^/]*)?\/+([^/]+)/gi

/**
 * Why a token must not be sent to this URL; undefined if it may be.
 *
 * The one place that decides it: input URLs, nextLinks and requests all pass here.
 */
export function distrust(url: URL, cloud: Cloud): string | undefined {
  if (url.protocol !== 'https:') return `its scheme is ${url.protocol.replace(':', '')}, not https`
  if (url.username !== '' || url.password !== '') return 'it has user info before the host'
  if (!isTrustedOrigin(url, cloud))
    return `its host is ${url.host}, not ${new URL(cloud.resourceManager).host}`
  const path = decodePath(url)
  if (/[\\\0-\x1f]|\/\.\.?(\/|$)/.test(path))
    return 'its path has dots or control characters that lead elsewhere'
  const providers = [...path.matchAll(providerNames)].map((match) => match[1] ?? '')
  const ours = /^Microsoft\.(RecoveryServices|DataProtection|ResourceGraph)$/i
  if (providers.length !== 1 || !ours.test(providers[0] ?? '')) {
    return `its provider is ${providers.join(' and ') || 'missing'}, not Microsoft.RecoveryServices or Microsoft.DataProtection`
  }
  if (!trustedPath.test(path)) return 'its path is none of Azure Backup, which begins with /subscriptions/'
  return undefined
}

/** Whether the URL is at the cloud's Resource Manager, or at a region of it. */
export function isTrustedOrigin(url: URL, cloud: Cloud): boolean {
  if (url.origin === cloud.resourceManager) return true
  const { host } = new URL(cloud.resourceManager)
  if (cloud.exact || !url.host.endsWith(`.${host}`)) return false
  return regionLabel.test(url.host.slice(0, -host.length - 1))
}

/** The path with escapes undone, one by one, so that `%2Fproviders%2F` hides nothing, nor a wrong escape the rest. */
function decodePath(url: URL): string {
  return url.pathname.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
