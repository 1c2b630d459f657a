/** The variables that name a proxy, as people write them. */
import { SettingError } from '../../base/errors.ts'
import { cut, plain } from '../../base/text.ts'

/** Those that undici and the libraries read, the one that counts for https first. */
export const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const

const schemes = ['http:', 'https:', 'socks5:', 'socks:']

type Variables = Record<string, string | undefined>

/** The variable that names the proxy for https. */
export function proxyVariable(env: Variables): string {
  return proxyVariables.find((name) => env[name]) ?? 'HTTPS_PROXY'
}

/**
 * Gives proxies without a scheme the one that curl takes for them, http, in the variables themselves: GitHub's client
 * and the Azure CLI read them too.
 *
 * @throws SettingError for what names no proxy
 */
export function completeProxies(env: Variables): void {
  for (const name of proxyVariables) {
    const given = env[name]
    if (!given) continue
    const complete = given.includes('://') ? given : `http://${given}`
    if (!isProxy(complete)) {
      throw new SettingError(
        name,
        `The variable ${name} is "${plain(cut(given.replace(/^(\w[\w+.-]*:\/\/)?.*@/, '$1***@'), 100))}"; expected the URL of a proxy, such as http://proxy.example.com:3128.`,
      )
    }
    if (complete !== given) env[name] = complete
  }
}

function isProxy(value: string): boolean {
  if (/[\s"'<>\\]/.test(value) || !URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  return schemes.includes(protocol) && hostname !== ''
}
