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
 * Gives proxies without a scheme the one that curl takes for them, http, and leaves out a path, as curl does; in the
 * variables themselves, for GitHub's client and the Azure CLI read them too.
 *
 * @throws SettingError for what names no proxy
 */
export function completeProxies(env: Variables): void {
  for (const name of proxyVariables) {
    const given = env[name]
    if (!given) continue
    const complete = withoutPath(given.includes('://') ? given : `http://${given}`)
    if (complete === undefined) {
      throw new SettingError(
        name,
        `The variable ${name} is "${plain(cut(given.replace(/^(\w[\w+.-]*:\/\/)?.*@/, '$1***@'), 100)) || ' '}"; expected the URL of a proxy, such as http://proxy.example.com:3128.`,
      )
    }
    if (complete !== given) env[name] = complete
  }
}

/** Undefined for what is no proxy. */
function withoutPath(value: string): string | undefined {
  if (/[\s"'<>\\]/.test(value) || !URL.canParse(value)) return undefined
  const { protocol, host, hostname, username, password, pathname, search, hash } = new URL(value)
  // undici throws at a path, and at an escape of the password that is none.
  if (!schemes.includes(protocol) || hostname === '' || !isEscaped(username) || !isEscaped(password))
    return undefined
  if (pathname.length <= 1 && search === '' && hash === '') return value
  return `${protocol}//${username}${password && `:${password}`}${username || password ? '@' : ''}${host}`
}

function isEscaped(value: string): boolean {
  try {
    decodeURIComponent(value)
    return true
  } catch {
    return false
  }
}

/** The variable whose proxy an error of a connection is about; undefined where it is about another host. */
export function failedProxy(error: Record<string, unknown>, env: Variables): string | undefined {
  const name = proxyVariable(env)
  const proxy = env[name]
  if (!proxy || !URL.canParse(proxy)) return undefined
  const { protocol, hostname, port } = new URL(proxy)
  const host = hostname.replace(/^\[|\]$/g, '')
  // Node tells the name that it did not find, or the address and the port that refused; undici's timeout both in words.
  const isPort = String(error.port) === (port || (protocol === 'https:' ? '443' : '80'))
  const isAddress = error.address === host || host === 'localhost' || !/^[\d.]+$|:/.test(host)
  const words = String(error.message)
  return error.hostname === host || (isPort && isAddress) || words.includes(`${host}:${port}`)
    ? name
    : undefined
}
