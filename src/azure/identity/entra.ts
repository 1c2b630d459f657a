/** Asking Entra for a token by the libraries' credentials, and what it means when there is none. */
import type { AccessToken, TokenCredential, TokenCredentialOptions } from '@azure/identity'
import type { Dispatcher } from 'undici'
import { systemClock } from '../../base/clock.ts'
import { CredentialError } from '../../base/errors.ts'
import { fields, text } from '../../base/read.ts'
import { shellWord } from '../../base/text.ts'
import { describeAnswer, Fault, parseJson, wholeAnswers } from '../http/attempt.ts'
import type { Cloud } from '../http/cloud.ts'
import { claimsOf } from './id-token.ts'

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
  cloud: Cloud,
  create: (library: EntraCredentials, options: EntraOptions, assertion: string) => TokenCredential,
  clientId = '',
): Ask {
  // One for all: MSAL keeps the first that it is given for a managed identity, whatever comes later.
  const entra = listener()
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
      throw heard instanceof Fault
        ? new Fault(`${service}: ${heard.message}`, heard.status, heard.retryAfter)
        : refusal(`${service} refused the ${name} credential: ${heard}`, assertion, clientId)
    } finally {
      await entra.hangUp()
    }
    if (token === null) throw new CredentialError(`${name} gave no token.`)
    return token
  }
}

interface Listener {
  httpClient: HttpClient
  /** What the last answer said, told once. */
  take(): Fault | string | undefined
  /** Ends the connections; the next request makes new ones. */
  hangUp(): Promise<void>
}

/**
 * The libraries' HTTP by the connections of all other requests, which keep to NO_PROXY alike, have a limit and follow
 * no redirect. It hears the last answer, unless that was a good one: what MSAL makes of the others has all their
 * headers in it, or nothing but a code of its own.
 */
function listener(): Listener {
  let heard: Fault | string | undefined
  const connections = new Map<number, Dispatcher>()
  return {
    take: () => {
      const said = heard
      heard = undefined
      return said
    },
    hangUp: async () => {
      const open = [...connections.values()]
      connections.clear()
      await Promise.all(open.map((dispatcher) => dispatcher.destroy()))
    },
    httpClient: {
      sendRequest: async (request) => {
        const { origin, pathname, search } = new URL(request.url)
        const { 'accept-encoding': _compressed, ...headers } = request.headers.toJSON()
        const { createDispatcher } = await import('../http/dispatcher.ts')
        const { createHttpHeaders } = await import('./entra-credentials.ts')
        // A probe for an endpoint has a shorter limit of its own.
        const patience = request.timeout > 0 ? Math.min(request.timeout, limit) : limit
        const dispatcher = connections.get(patience) ?? createDispatcher(patience)
        connections.set(patience, dispatcher)
        const rules = { limit: patience, now: systemClock.date, mayBeEmpty: false, isFault: () => false }
        try {
          const answer = await dispatcher.compose(wholeAnswers(rules)).request({
            origin,
            path: pathname + search,
            method: request.method,
            headers,
            body: typeof request.body === 'string' ? request.body : null,
          })
          const { statusCode: status } = answer
          const bodyAsText = await answer.body.text()
          heard = status === 200 ? undefined : saidBy(status, answer.headers, bodyAsText)
          // Node's own Headers would do too, but its fetch comes along, which takes 40 ms to load.
          return { request, status, headers: createHttpHeaders(oneEach(answer.headers)), bodyAsText }
        } catch (error) {
          heard = error instanceof Fault ? error : undefined
          throw error
        }
      },
    },
  }
}

type AnswerHeaders = Record<string, string | string[] | undefined>

/** One value a name, as the libraries read them. */
function oneEach(headers: AnswerHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}

/** The words of a refusal. */
function saidBy(status: number, headers: AnswerHeaders, body: string): string {
  const answer = parseJson(body)
  const described = status < 400 ? '' : firstLine(text(fields(answer).error_description))
  return described || describeAnswer(status, headers, answer)
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

/** The line that matters of what a service, a library or a CLI says. */
export function firstLine(message: string): string {
  const lines = message.split(/\r?\n/)
  return text(lines.find((line) => /AADSTS/.test(line)) ?? lines[0])
}
