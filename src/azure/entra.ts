/** Asking Entra for a token by the libraries' credentials, and what it means when there is none. */
import type { AccessToken, TokenCredential, TokenCredentialOptions } from '@azure/identity'
import { CredentialError, errorMessage } from '../errors.ts'
import { connectionFault, describeAnswer, Fault, isFaultStatus, parseJson } from './attempt.ts'
import type { Cloud } from './cloud.ts'
import { claimsOf } from './id-token.ts'
import { fields, retryAfterSeconds, text } from './values.ts'

export type Identity = typeof import('@azure/identity')

/** Options of a credential that asks Entra. */
export type EntraOptions = TokenCredentialOptions & { disableInstanceDiscovery: boolean }

type Policy = NonNullable<TokenCredentialOptions['additionalPolicies']>[number]['policy']

/** Milliseconds for one request. */
const limit = 30_000

/**
 * Asks once, past the libraries' caches and without their own attempts.
 *
 * @param name the credential, for people
 * @param assertion the ID token that is sent, if one is
 * @throws CredentialError for a refusal, Fault for what may pass
 */
export async function askEntra(
  name: string,
  cloud: Cloud,
  create: (identity: Identity, options: EntraOptions) => TokenCredential,
  assertion?: string,
): Promise<AccessToken> {
  const entra = listener()
  const credential = create(await import('@azure/identity'), {
    authorityHost: cloud.authority,
    disableInstanceDiscovery: !cloud.instanceDiscovery,
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: entra.policy, position: 'perCall' }],
  })
  let token: AccessToken | null
  try {
    token = await credential.getToken(cloud.scope)
  } catch (error) {
    const heard = entra.last()
    if (heard instanceof Fault) throw new Fault(`Entra: ${heard.message}`, heard.status, heard.retryAfter)
    throw heard === undefined ? error : refusal(name, heard, assertion)
  }
  if (token === null) throw new CredentialError(`${name} gave no token.`)
  return token
}

/**
 * Hears Entra's last answer, unless it was a good one: what MSAL makes of the others has all their headers in it, or
 * nothing but a code of its own.
 */
function listener(): { policy: Policy; last: () => Fault | string | undefined } {
  let heard: Fault | string | undefined
  return {
    last: () => heard,
    policy: {
      name: 'entraListener',
      sendRequest: async (request, next) => {
        // The libraries' own timeout ends with an answer's headers, and its timer outlives a request that failed.
        const whole = new AbortController()
        const timer = setTimeout(() => whole.abort(), limit)
        request.abortSignal = whole.signal
        try {
          const answer = await next(request)
          const header = (key: string) => answer.headers.get(key)
          heard = troubleOf(answer.status, answer.bodyAsText ?? '', header)
          return answer
        } catch (error) {
          heard = faultOf(error)
          throw error
        } finally {
          clearTimeout(timer)
        }
      },
    },
  }
}

/** What a library throws of a body that it cannot read has that body in it, tokens and all. */
function faultOf(error: unknown): Fault {
  const { name, code } = fields(error)
  if (name === 'AbortError') return new Fault(`no whole answer within ${limit / 1000} s`)
  if (code === 'PARSE_ERROR') return new Fault('a body that was cut off or is not JSON')
  return connectionFault(error instanceof Error ? error : new Error(errorMessage(error)))
}

/** A fault, or the words of a refusal; undefined for a good answer. */
function troubleOf(
  status: number,
  body: string,
  header: (name: string) => string | undefined,
): Fault | string | undefined {
  const answer = fields(parseJson(body))
  const description = firstLine(text(answer.error_description))
  if (isFaultStatus(status)) {
    const retryAfter = retryAfterSeconds(header('retry-after'), header('date'), Date.now())
    return new Fault(`${status} ${description}`.trim(), status, retryAfter)
  }
  if (status === 200)
    return Object.keys(answer).length > 0 ? undefined : new Fault('200 a body that is not JSON')
  if (status >= 300 && status < 400) return `${status} a redirect, which is not followed`
  return description === '' ? describeAnswer(status, {}, answer) : description
}

function refusal(name: string, said: string, assertion: string | undefined): CredentialError {
  const lines = [`Entra refused the ${name} credential: ${said}`]
  if (assertion && /AADSTS70021/.test(said)) {
    const { issuer, subject, audience } = claimsOf(assertion)
    lines.push(
      `The ID token sent has issuer "${issuer}", subject "${subject}" and audience "${audience}"; the application's ` +
        'federated credential has to have the same. Repositories created since July 2026 have IDs in the subject (repo:org@ID/repo@ID:…).',
    )
  }
  return new CredentialError(lines.join(' '))
}

/** The line that matters of what a service, a library or a CLI says. */
export function firstLine(message: string): string {
  return (
    message.split(/\r?\n/).find((line) => /AADSTS/.test(line)) ??
    message.split(/\r?\n/)[0] ??
    ''
  ).trim()
}
