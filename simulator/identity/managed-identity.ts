import type { Handler } from '../http/exchange.ts'
import type { Identity, TokenService } from './tokens.ts'

/** Path of IDENTITY_ENDPOINT on Entra's server. */
export const MANAGED_IDENTITY_PATH = '/msi/token'

/**
 * A managed identity as on App Service: GET with `resource`, and the header X-IDENTITY-HEADER (Microsoft: How to
 * use managed identities for App Service, api-version 2019-08-01).
 */
export function createManagedIdentity(tokens: TokenService, identity: Identity, header: string): Handler {
  return (request) => {
    if (request.path !== MANAGED_IDENTITY_PATH) return undefined
    const refuse = (message: string) => ({ status: 400, body: { statusCode: 400, message } })
    const query = new URLSearchParams(request.query)
    if (request.headers['x-identity-header'] !== header) return refuse('Bad X-IDENTITY-HEADER.')
    const clientId = query.get('client_id') ?? identity.clientId
    if (clientId !== identity.clientId) return refuse('No User Assigned or Delegated Managed Identity found.')
    const resource = query.get('resource')
    if (resource === null) return refuse('The resource is missing.')
    const issued = tokens.issueAccessToken(resource.replace(/\/$/, ''))
    return {
      status: 200,
      body: {
        access_token: issued.token,
        client_id: clientId,
        expires_on: String(Math.floor(issued.expiresAt / 1000)),
        resource,
        token_type: 'Bearer',
      },
    }
  }
}
