/** Access tokens of Entra and ID tokens of GitHub: made like real ones, and judged on the simulated clock. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Clock } from '../clock/clock.ts'

/** Who may sign in, and as what. */
export interface Identity {
  tenantId: string
  clientId: string
  clientSecret: string
  /** Object ID of the service principal, as in AuthorizationFailed. */
  objectId: string
  /** `owner/name` of the repository whose workflow asks. */
  repository: string
  /** The `sub` of GitHub's ID tokens. */
  subject: string
}

/** An identity with these parts, and the usual ones for the rest; the secret is new each time. */
export function identityOf(given: Partial<Identity>): Identity {
  const repository = given.repository ?? 'octo-org/octo-repo'
  return {
    tenantId: '7e2f6a3c-93f5-4f0c-8a46-0f9c5b1d2e11',
    clientId: '3d1c9b7a-5b5e-4b0e-9d3f-6a2f4c8e7b22',
    objectId: '9a8b7c6d-1e2f-4a3b-8c4d-5e6f7a8b9c33',
    clientSecret: `sim8Q~${randomBytes(24).toString('base64url')}`,
    subject: `repo:${repository}:ref:refs/heads/main`,
    ...given,
    repository,
  }
}

/** What is known of a token that was given out. */
export interface TokenRecord {
  /** The resource that it is for: an origin for access tokens, an audience for ID tokens. */
  audience: string
  subject: string
  /** Simulated milliseconds since the epoch, as is `expiresAt`. */
  issuedAt: number
  expiresAt: number
}

/** Gives out tokens and remembers them. */
export interface TokenService {
  issueAccessToken(audience: string): { token: string; expiresAt: number; seconds: number }
  issueIdToken(audience: string): string
  /** The record of an access token; undefined for any other string. */
  accessToken(token: string): TokenRecord | undefined
  /** The record of an ID token; undefined for any other string. */
  idToken(token: string): TokenRecord | undefined
}

/** Lifetimes in simulated seconds, and where to note what must never be shown. */
export interface TokenSettings {
  clock: Clock
  identity: Identity
  accessTokenSeconds: number
  idTokenSeconds: number
  secrets: string[]
}

/** The issuer of GitHub's ID tokens (GitHub: About security hardening with OpenID Connect). */
export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com'

/** Makes the service. */
export function createTokens(settings: TokenSettings): TokenService {
  const { clock, identity, secrets } = settings
  const access = new Map<string, TokenRecord>()
  const ids = new Map<string, TokenRecord>()

  function issue(records: Map<string, TokenRecord>, claims: Claims, seconds: number) {
    const issuedAt = Math.floor(clock.now() / 1000)
    const expiresAt = (issuedAt + seconds) * 1000
    const token = jwt({ ...claims, iat: issuedAt, nbf: issuedAt, exp: issuedAt + seconds })
    records.set(token, { audience: claims.aud, subject: claims.sub, issuedAt: issuedAt * 1000, expiresAt })
    secrets.push(token)
    return { token, expiresAt, seconds }
  }

  return {
    issueAccessToken: (audience) =>
      issue(
        access,
        {
          aud: audience,
          iss: `https://sts.windows.net/${identity.tenantId}/`,
          sub: identity.objectId,
          appid: identity.clientId,
          idtyp: 'app',
          oid: identity.objectId,
          tid: identity.tenantId,
          uti: randomBytes(16).toString('base64url'),
          ver: '1.0',
        },
        settings.accessTokenSeconds,
      ),
    issueIdToken: (audience) =>
      issue(
        ids,
        {
          jti: randomUUID(),
          sub: identity.subject,
          aud: audience,
          ref: 'refs/heads/main',
          repository: identity.repository,
          repository_owner: identity.repository.split('/')[0],
          event_name: 'workflow_dispatch',
          iss: GITHUB_ISSUER,
        },
        settings.idTokenSeconds,
      ).token,
    accessToken: (token) => access.get(token),
    idToken: (token) => ids.get(token),
  }
}

/** The claims of a JWT, unverified; undefined where it is none. */
export function claimsOf(token: string): Record<string, unknown> | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

interface Claims extends Record<string, unknown> {
  aud: string
  sub: string
}

// The signature is noise: nobody here verifies one, and a client is not meant to look inside.
function jwt(claims: Claims): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = { typ: 'JWT', alg: 'RS256', kid: randomBytes(20).toString('base64url') }
  return `${part(header)}.${part(claims)}.${randomBytes(256).toString('base64url')}`
}
