/** Whether a request may be answered: its token. */
import type { Answer, SeenRequest } from '../http/exchange.ts'
import type { TokenService } from '../identity/tokens.ts'
import { armError } from './arm/errors.ts'
import { usDate } from './world/values.ts'

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
