/**
 * The other end of `az/az`, the stand-in for Azure CLI: it is asked here for a token, so that the CLI's login
 * can behave as after azure/login, which cannot be renewed.
 */
import type { Clock } from '../clock/clock.ts'
import type { Handler } from '../http/exchange.ts'
import { expiredAssertion } from './entra.ts'
import type { Identity, TokenService } from './tokens.ts'

/** Path on Entra's server. */
export const AZURE_CLI_PATH = '/az-stand-in/token'

// GitHub's ID token, which azure/login hands to the CLI as its assertion, lives five minutes.
const ASSERTION_MS = 300_000

/**
 * How the CLI was logged in: `oidc`, by azure/login with an ID token, so that no second access token can be
 * had; `secret`, renewable; `none`, not at all.
 */
export type AzureCliLogin = 'oidc' | 'secret' | 'none'

/** Answers the stand-in: 200 with what `az account get-access-token` prints, or 4xx with its error text. */
export function createAzureCli(tokens: TokenService, identity: Identity, clock: Clock): Handler {
  const cache = new Map<string, { token: string; expiresAt: number }>()
  const loginAt = clock.now()
  return (request) => {
    if (request.path !== AZURE_CLI_PATH) return undefined
    const query = new URLSearchParams(request.query)
    const resource = (query.get('resource') ?? '').replace(/\/$/, '')
    const login = query.get('login') ?? 'secret'
    if (login === 'none') {
      return { status: 401, body: "ERROR: Please run 'az login' to setup account." }
    }
    const cached = cache.get(resource)
    // The CLI's own cache hands a token out until five minutes before its end (msal: token cache).
    const usable = cached !== undefined && clock.now() < cached.expiresAt - 300_000
    if (!usable && cached !== undefined && login === 'oidc') {
      const text = expiredAssertion(clock.now(), loginAt, loginAt + ASSERTION_MS)
      // What azure-cli prints on stderr after it (seen in its issues): it hides the AADSTS code from clients
      // that look for "az login" first, @azure/identity among them.
      const advice = 'Interactive authentication is needed. Please run:\naz login'
      return { status: 401, body: `ERROR: AADSTS700024: ${text}\n${advice}` }
    }
    const issued = usable ? cached : tokens.issueAccessToken(resource)
    cache.set(resource, issued)
    return {
      status: 200,
      body: {
        accessToken: issued.token,
        expiresOn: new Date(issued.expiresAt).toISOString().replace('T', ' ').replace('Z', '000'),
        expires_on: Math.floor(issued.expiresAt / 1000),
        subscription: '00000000-0000-0000-0000-000000000000',
        tenant: identity.tenantId,
        tokenType: 'Bearer',
      },
    }
  }
}
