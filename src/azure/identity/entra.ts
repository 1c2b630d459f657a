/** Asking Entra for a token by the libraries' credentials, and what it means when there is none. */
import type { AccessToken, TokenCredential, TokenCredentialOptions } from '@azure/identity'
import type { Clock } from '../../base/clock.ts'
import { CredentialError, TrustError } from '../../base/errors.ts'
import { fields, text } from '../../base/read.ts'
import { shellWord } from '../../base/text.ts'
import { ask, describeAnswer, Fault, faultOf, type WholeAnswer } from '../http/answer.ts'
import type { Cloud } from '../http/cloud.ts'
import type { Transport } from '../http/transport.ts'
import { claimsOf } from './id-token.ts'
import type { SignIn } from './sign-in.ts'

/** The credentials that ask Entra, loaded when one is needed. */
export type EntraCredentials = typeof import('./entra-credentials.ts')

/** Options of a credential that asks Entra. */
export type EntraOptions = TokenCredentialOptions & {
  disableInstanceDiscovery: boolean
  httpClient: HttpClient
}

type HttpClient = NonNullable<TokenCredentialOptions['httpClient']>

/** Milliseconds for one request. */
const limit = 30_000

/** The name of the one credential whose tokens come from the machine that the step runs on. */
export const managedIdentity = 'managed identity'

/** Asks once; given the ID token that is sent, if one is. */
export type Ask = (assertion?: string) => Promise<AccessToken>

/**
 * How to ask for tokens, past the libraries' caches and without their own attempts: CredentialError for a refusal,
 * Fault for what may pass.
 *
 * @param name the credential, for people
 * @param clientId the application, for the command that gives it a federated credential
 */
export function askerOf(
  name: string,
  { cloud, transport, clock }: SignIn,
  create: (library: EntraCredentials, options: EntraOptions, assertion: string) => TokenCredential,
  clientId = '',
): Ask {
  // One for all: MSAL keeps the first that it is given for a managed identity, whatever comes later.
  const entra = listener(transport, clock, name === managedIdentity ? undefined : cloud)
  const service = name === managedIdentity ? 'The managed identity endpoint' : 'Entra'
  const options: EntraOptions = {
    authorityHost: cloud.authority,
    disableInstanceDiscovery: !cloud.instanceDiscovery,
    retryOptions: { maxRetries: 0 },
    httpClient: entra.httpClient,
  }
  return async (assertion = '') => {
    let token: AccessToken | null
    try {
      const library = await import('./entra-credentials.ts')
      token = await create(library, options, assertion).getToken(cloud.scope)
    } catch (error) {
      const heard = entra.take()
      if (heard === undefined) throw error
      if (heard instanceof TrustError) throw heard
      throw heard instanceof Fault
        ? heard.of(service)
        : refusal(`${service} refused the ${name} credential: ${heard}`, assertion, clientId)
    }
    return given(token, name)
  }
}

interface Listener {
  httpClient: HttpClient
  /** What the last answer said, told once. */
  take(): Fault | TrustError | string | undefined
}

/**
 * The libraries' HTTP by the connections of all other requests, which keep to NO_PROXY alike, have a limit and follow
 * no redirect. It hears the last answer, unless that was a good one: what MSAL makes of the others has all their
 * headers in it, or nothing but a code of its own.
 *
 * @param cloud the one whose Entra is asked; undefined for the machine's own endpoint
 */
function listener(transport: Transport, clock: Clock, cloud: Cloud | undefined): Listener {
  let heard: Fault | TrustError | string | undefined
  return {
    take: () => {
      const said = heard
      heard = undefined
      return said
    },
    httpClient: {
      sendRequest: async (request) => {
        const { origin, pathname, search } = new URL(request.url)
        const { 'accept-encoding': _compressed, ...headers } = request.headers.toJSON()
        const body = typeof request.body === 'string' ? request.body : undefined
        const outgoing = { origin, path: pathname + search, method: request.method, headers, body }
        // A probe for an endpoint has a shorter limit of its own.
        const patience = request.timeout > 0 ? Math.min(request.timeout, limit) : limit
        try {
          if (cloud !== undefined) mustBeEntra(new URL(request.url), request.method, cloud)
          const answer = await ask(transport, outgoing, { clock, limit: patience })
          const fault = faultOf(answer, clock.date())
          if (fault !== undefined) throw fault
          heard = answer.status === 200 ? undefined : saidBy(answer)
          const { createHttpHeaders } = await import('./entra-credentials.ts')
          // Node's own Headers would do too, but its fetch comes along, which takes 40 ms to load.
          const headers = createHttpHeaders(oneEach(answer.headers))
          return { request, status: answer.status, headers, bodyAsText: answer.body }
        } catch (error) {
          heard = error instanceof Fault || error instanceof TrustError ? error : undefined
          throw error
        }
      },
    },
  }
}

/**
 * Secrets go where the authority says that tokens are issued; that has to be the authority itself, or Microsoft's
 * own for the same cloud. Which authorities there are is asked of the public cloud's alone (MSAL, instance discovery).
 *
 * @throws TrustError
 */
function mustBeEntra({ origin, protocol, host }: URL, method: string, cloud: Cloud): void {
  const isDiscovery =
    method === 'GET' && cloud.instanceDiscovery && origin === 'https://login.microsoftonline.com'
  if (
    protocol === 'https:' &&
    (origin === cloud.authority || cloud.authorityAliases.includes(origin) || isDiscovery)
  )
    return
  throw new TrustError(
    `Entra at ${cloud.authority} names ${protocol}//${host} to ask for tokens, which is no host of the same cloud; no credential is sent there.`,
  )
}

/** One value a name, as the libraries read them. */
function oneEach(headers: WholeAnswer['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}

/** The words of a refusal. */
function saidBy({ status, headers, json }: WholeAnswer): string {
  const described = status < 400 ? '' : firstLine(text(fields(json).error_description))
  return described || describeAnswer(status, headers, json)
}

/**
 * AADSTS70021 and 700211 to 700213: issuer, subject or audience of the ID token fit no federated credential
 * (Microsoft: Microsoft Entra authentication and authorization error codes).
 */
function refusal(said: string, assertion: string, clientId: string): CredentialError {
  if (assertion === '' || !/AADSTS70021\d?\b/.test(said)) return new CredentialError(said)
  const { issuer, subject, audience } = claimsOf(assertion)
  const credential = { name: 'github-actions', issuer, subject, audiences: [audience] }
  return new CredentialError({
    cause: "No federated credential of the application fits this job's ID token.",
    cure:
      'Give the application one with the values below (a managed identity: az identity federated-credential create). ' +
      'Repositories created since July 2026 have IDs in the subject (repo:org@ID/repo@ID:…).',
    facts: [
      ['Issuer', issuer],
      ['Subject', subject],
      ['Audience', audience],
    ],
    commands: [
      `az ad app federated-credential create --id ${shellWord(clientId)} --parameters ${shellWord(JSON.stringify(credential))}`,
    ],
    said,
  })
}

/** The token, where there is one. @throws CredentialError */
export function given(token: AccessToken | null, name: string): AccessToken {
  // Of visible ASCII, or no request can carry it, and each of them would be tried again to the deadline.
  const isToken = typeof token?.token === 'string' && /^[ -~]+$/.test(token.token)
  if (!isToken || !Number.isFinite(token.expiresOnTimestamp))
    throw new CredentialError(`${name} gave no token: its answer has none, or does not tell when it ends.`)
  return token
}

/** The line that matters of what a service, a library or a CLI says. */
export function firstLine(message: string): string {
  const lines = message.split(/\r?\n/)
  return text(lines.find((line) => /AADSTS/.test(line)) ?? lines[0])
}
