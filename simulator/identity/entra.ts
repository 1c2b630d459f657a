/**
 * Microsoft Entra ID, as much of it as `@azure/identity` needs: a tenant's OpenID configuration and its token
 * endpoint, for a client secret, for a client assertion (GitHub's ID token, or one that the client signed with
 * a certificate). Error texts: Microsoft Entra authentication and authorization error codes.
 */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock/clock.ts'
import type { Answer, Handler, SeenRequest } from '../http/exchange.ts'
import { claimsOf, type Identity, type TokenService } from './tokens.ts'

/** What Entra knows. */
export interface EntraSettings {
  clock: Clock
  tokens: TokenService
  identity: Identity
  /** The subject of the application's federated credential; every subject will do where it is undefined. */
  federatedSubject: string | undefined
  /** The audiences that a federated credential takes. */
  federatedAudiences: string[]
  secrets: string[]
}

/** The audiences of the three clouds (Microsoft: Workload identity federation). */
export const FEDERATED_AUDIENCES = [
  'api://AzureADTokenExchange',
  'api://AzureADTokenExchangeUSGov',
  'api://AzureADTokenExchangeChina',
]

/** Makes the handler of Entra's server. */
export function createEntra(settings: EntraSettings): Handler {
  return (request) => {
    const [tenant = '', ...rest] = request.path.slice(1).split('/')
    const path = rest.join('/')
    if (path === 'v2.0/.well-known/openid-configuration') {
      return knownTenant(settings, tenant) ?? openIdConfiguration(request, tenant)
    }
    if (path === 'oauth2/v2.0/token' && request.method === 'POST') {
      return knownTenant(settings, tenant) ?? token(settings, new URLSearchParams(request.body))
    }
    return undefined
  }
}

function openIdConfiguration(request: SeenRequest, tenant: string): Answer {
  const base = `https://${request.headers.host}/${tenant}`
  return {
    status: 200,
    body: {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      tenant_region_scope: 'EU',
      cloud_instance_name: 'microsoftonline.com',
    },
  }
}

function token(settings: EntraSettings, form: URLSearchParams): Answer {
  const problem = judgeClient(settings, form)
  if (problem) return problem
  const scope = form.get('scope') ?? ''
  const audience = /^(.*)\/\.default(?:\s|$)/.exec(scope)?.[1]
  if (form.get('grant_type') !== 'client_credentials' || audience === undefined) {
    return failure(
      settings,
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid.`,
    )
  }
  const issued = settings.tokens.issueAccessToken(audience)
  return {
    status: 200,
    headers: { 'Cache-Control': 'no-store, no-cache' },
    body: {
      token_type: 'Bearer',
      expires_in: issued.seconds,
      ext_expires_in: issued.seconds,
      access_token: issued.token,
    },
  }
}

function judgeClient(settings: EntraSettings, form: URLSearchParams): Answer | undefined {
  const { identity } = settings
  const clientId = form.get('client_id') ?? ''
  if (clientId !== identity.clientId) {
    const text = `Application with identifier '${clientId}' was not found in the directory '${identity.tenantId}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`
    return failure(settings, 400, 'unauthorized_client', 700016, text)
  }
  const assertion = form.get('client_assertion')
  if (assertion !== null) return judgeAssertion(settings, assertion)
  if (form.get('client_secret') === identity.clientSecret) return undefined
  const text = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`
  return failure(settings, 401, 'invalid_client', 7000215, text)
}

function judgeAssertion(settings: EntraSettings, assertion: string): Answer | undefined {
  const { identity, secrets, tokens, clock } = settings
  if (!secrets.includes(assertion)) secrets.push(assertion)
  const refuse = (code: number, text: string) => failure(settings, 401, 'invalid_client', code, text)
  const known = tokens.idToken(assertion)
  if (known === undefined) {
    // Signed by the client itself with a certificate: whose it is, is not verified here.
    if (claimsOf(assertion)?.iss === identity.clientId) return undefined
    return refuse(700027, 'Client assertion failed signature validation.')
  }
  if (clock.now() >= known.expiresAt) {
    return refuse(700024, expiredAssertion(clock.now(), known.issuedAt, known.expiresAt))
  }
  const mismatch = (what: string, value: string) =>
    `No matching federated identity record found for presented assertion ${what} '${value}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`
  if (!settings.federatedAudiences.includes(known.audience)) {
    return refuse(700212, mismatch('audience', known.audience))
  }
  if (settings.federatedSubject !== undefined && settings.federatedSubject !== known.subject) {
    return refuse(700213, mismatch('subject', known.subject))
  }
  return undefined
}

/** The text of AADSTS700024 for an assertion with these times, in milliseconds since the epoch. */
export function expiredAssertion(now: number, issuedAt: number, expiresAt: number): string {
  const spell = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, '.0000000Z')
  return `Client assertion is not within its valid time range. Current time: ${spell(now)}, assertion valid from ${spell(issuedAt)}, expiry time of assertion ${spell(expiresAt)}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`
}

function knownTenant(settings: EntraSettings, tenant: string): Answer | undefined {
  if (tenant.toLowerCase() === settings.identity.tenantId.toLowerCase()) return undefined
  const text = `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`
  return failure(settings, 400, 'invalid_tenant', 90002, text)
}

function failure(settings: EntraSettings, status: number, error: string, code: number, text: string): Answer {
  const trace = randomUUID()
  const correlation = randomUUID()
  const timestamp = new Date(settings.clock.now())
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  }
}
