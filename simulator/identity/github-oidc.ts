import type { Handler } from '../http/exchange.ts'
import type { TokenService } from './tokens.ts'

/** Path of the endpoint; a client appends `&audience=`, so the URL it is given has a query (toolkit: core). */
export const ID_TOKEN_PATH = '/idtoken'

/** GitHub's ID token endpoint: a token for the audience asked for, to whoever shows the request token. */
export function createGithubOidc(tokens: TokenService, requestToken: string): Handler {
  return (request) => {
    if (request.path !== ID_TOKEN_PATH) return { status: 404, body: { message: 'Not Found' } }
    if (request.headers.authorization !== `Bearer ${requestToken}`) {
      return { status: 401, body: { message: 'Bad credentials' } }
    }
    const audience = new URLSearchParams(request.query).get('audience') ?? 'https://github.com/octo-org'
    const value = tokens.issueIdToken(audience)
    return { status: 200, body: { count: value.length, value } }
  }
}
