/** Whether a request may be answered: its token, and its api-version. */
import type { Answer, SeenRequest } from '../http/exchange.ts'
import type { TokenService } from '../identity/tokens.ts'
import { armError } from './arm/errors.ts'
import { usDate } from './world/values.ts'

// The service behind cross-region calls knows these versions only (reference/azure-backup-api.md 2.1).
const CROSS_REGION_VERSIONS = ['2018-12-20', '2021-11-15', '2023-01-15', '2026-07-15']

/** 401 for a request without a token that is good here and now; undefined where all is well. */
export function checkToken(request: SeenRequest, tokens: TokenService, now: number): Answer | undefined {
  const refuse = (code: string, message: string): Answer => ({
    ...armError(401, code, message),
    headers: {
      'WWW-Authenticate': `Bearer authorization_uri="https://login.windows.net/", error="invalid_token", error_description="${message.split('\n')[0]}"`,
    },
  })
  const header = request.headers.authorization
  if (header === undefined) {
    return refuse('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.")
  }
  const record = tokens.accessToken(header.replace(/^Bearer /i, ''))
  if (record === undefined) return refuse('InvalidAuthenticationToken', 'The access token is invalid.')
  if (now >= record.expiresAt) {
    return refuse(
      'ExpiredAuthenticationToken',
      `The access token expiry UTC time '${usDate(record.expiresAt)}' is earlier than current UTC time '${usDate(now)}'.`,
    )
  }
  const host = request.headers.host ?? ''
  // The audience is the cloud's endpoint, also for a region, which is one label below it.
  const allowed = [host, host.replace(/^[^.]+\./, '')].flatMap((name) => [
    `https://${name}/`,
    `https://${name}`,
  ])
  if (allowed.includes(record.audience)) return undefined
  return refuse(
    'InvalidAuthenticationTokenAudience',
    `The access token has been obtained for wrong audience or resource '${record.audience}'. It should exactly match with one of the allowed audiences ${allowed
      .slice(0, 2)
      .map((one) => `'${one}'`)
      .join(',')}.`,
  )
}

/** The api-version of a request, wherever it stands: `?fabricName=Azure?api-version=…` is the service's own. */
export function apiVersionOf(request: SeenRequest): string | undefined {
  return /[?&]api-version=([^&?]+)/i.exec(request.query)?.[1]
}

/** 400 for a request without an api-version that its service knows; undefined where all is well. */
export function checkApiVersion(request: SeenRequest): Answer | undefined {
  const version = apiVersionOf(request)
  if (version === undefined) {
    return armError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    )
  }
  const known = /^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version)
  const crossRegion = /\/locations\/[^/]+\/backupCr/i.test(request.path)
  if (known && (!crossRegion || CROSS_REGION_VERSIONS.includes(version))) return undefined
  const type = request.path.split('/').at(-1)
  const versions = crossRegion ? ` The supported api-versions are '${CROSS_REGION_VERSIONS.join(', ')}'.` : ''
  return armError(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location 'westeurope' and API version '${version}' for type '${type}'.${versions}`,
  )
}
