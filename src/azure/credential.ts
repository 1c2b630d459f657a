/** Which credential, in which order, and what to say when it gives no token. */
import type { AccessToken, TokenCredential } from '@azure/identity'
import { CredentialError, errorMessage } from '../errors.ts'
import type { Cloud } from './cloud.ts'
import { claimsOf, idToken, mayHaveIdToken, readEvent, whyNoIdToken } from './id-token.ts'
import { fields, text } from './values.ts'

/** The inputs that choose a credential; empty where not given. */
export interface CredentialInputs {
  clientId: string
  tenantId: string
  clientSecret: string
  /** Of the GitHub ID token; empty for the cloud's own. */
  audience: string
}

type Environment = Record<string, string | undefined>

/** A way to a token. */
export interface Credential {
  /** For the log: `GitHub OIDC`, `Azure CLI` … */
  name: string
  /** Asks for a new token, past every cache. */
  ask(): Promise<AccessToken>
}

/** The CLI is a Python program behind a shell script; a busy runner needs its time. */
const processTimeoutInMs = 60_000

/**
 * The credential that the inputs name, or else the first of the environment that applies.
 *
 * @throws CredentialError when the inputs name one that this job cannot have
 */
export function chooseCredential(inputs: CredentialInputs, env: Environment, cloud: Cloud): Credential {
  const { clientId, tenantId, clientSecret } = inputs
  const make = credentialsOf(cloud, env, inputs.audience || cloud.audience)
  if (clientId !== '' && tenantId !== '') {
    if (clientSecret !== '') return make.clientSecret(tenantId, clientId, clientSecret)
    if (mayHaveIdToken(env)) return make.gitHub(tenantId, clientId)
    throw new CredentialError(whyNoIdToken(env, readEvent(env)))
  }
  if (clientId !== '') return make.managedIdentity(clientId)
  const { AZURE_CLIENT_ID: envClient, AZURE_TENANT_ID: envTenant } = env
  if (envClient && envTenant) {
    if (env.AZURE_FEDERATED_TOKEN_FILE) return make.workloadIdentity()
    if (env.AZURE_CLIENT_SECRET || env.AZURE_CLIENT_CERTIFICATE_PATH) return make.environment()
    if (mayHaveIdToken(env)) return make.gitHub(envTenant, envClient)
  }
  return firstThatAnswers(
    [make.azureCli(), make.azurePowerShell(), make.managedIdentity(envClient, true)],
    env,
  )
}

function credentialsOf(cloud: Cloud, _env: Environment, audience: string) {
  const authority = { authorityHost: cloud.authority, disableInstanceDiscovery: !cloud.instanceDiscovery }
  type Identity = typeof import('@azure/identity')
  // A credential of its own for each token: the libraries' caches would give a refused token again.
  const credential = (name: string, create: (identity: Identity) => TokenCredential): Credential => ({
    name,
    ask: async () => {
      const identity = await import('@azure/identity')
      const token = await create(identity).getToken(cloud.scope)
      if (token === null) throw new CredentialError(`${name} gave no token.`)
      return token
    },
  })
  return {
    clientSecret: (tenantId: string, clientId: string, secret: string) =>
      explained(
        credential(
          'client secret',
          ({ ClientSecretCredential }) => new ClientSecretCredential(tenantId, clientId, secret, authority),
        ),
        () => undefined,
      ),
    gitHub: (tenantId: string, clientId: string) => {
      let assertion = ''
      return explained(
        credential('GitHub OIDC', ({ ClientAssertionCredential }) => {
          // One for each access token, however often the library asks for it on the way.
          let asked: Promise<string> | undefined
          const assert = async () => {
            asked ??= idToken(audience)
            assertion = await asked
            return assertion
          }
          return new ClientAssertionCredential(tenantId, clientId, assert, authority)
        }),
        () => assertion,
      )
    },
    workloadIdentity: () =>
      explained(
        credential(
          'workload identity',
          ({ WorkloadIdentityCredential }) => new WorkloadIdentityCredential(authority),
        ),
        () => undefined,
      ),
    environment: () =>
      explained(
        credential(
          'environment variables',
          ({ EnvironmentCredential }) => new EnvironmentCredential(authority),
        ),
        () => undefined,
      ),
    azureCli: () =>
      credential('Azure CLI', ({ AzureCliCredential }) => new AzureCliCredential({ processTimeoutInMs })),
    azurePowerShell: () =>
      credential(
        'Azure PowerShell',
        ({ AzurePowerShellCredential }) => new AzurePowerShellCredential({ processTimeoutInMs }),
      ),
    managedIdentity: (clientId: string | undefined, sendProbeRequest = false) =>
      credential('managed identity', ({ ManagedIdentityCredential }) => {
        // A probe, as DefaultAzureCredential makes one, tells within a second that there is no such endpoint.
        const options = { ...(clientId ? { clientId } : {}), sendProbeRequest }
        return new ManagedIdentityCredential(options as { clientId: string })
      }),
  }
}

/** The first that gives a token is kept: another identity half-way through a wait would be a surprise. */
function firstThatAnswers(candidates: Credential[], env: Environment): Credential {
  let chosen: Credential | undefined
  return {
    get name() {
      return chosen?.name ?? 'none yet'
    },
    ask: async () => {
      if (chosen !== undefined) return await renew(chosen)
      const failures: string[] = []
      for (const candidate of candidates) {
        try {
          const token = await candidate.ask()
          chosen = candidate
          return token
        } catch (error) {
          failures.push(`${candidate.name}: ${firstLine(errorMessage(error))}`)
        }
      }
      const hint = mayHaveIdToken(env)
        ? 'Give client-id and tenant-id, or run azure/login before this step.'
        : 'Give client-id and tenant-id with "permissions: id-token: write", or run azure/login before this step.'
      throw new CredentialError(`No credential gives a token. ${hint} Tried: ${failures.join('; ')}`)
    },
  }
}

async function renew(chosen: Credential): Promise<AccessToken> {
  try {
    return await chosen.ask()
  } catch (error) {
    throw new CredentialError(
      `${chosen.name} could not renew its token: ${firstLine(errorMessage(error))} ` +
        'After azure/login with OpenID Connect it never can (AADSTS700024): give this step client-id and tenant-id, ' +
        'and the job "permissions: id-token: write", so that it asks for tokens itself.',
    )
  }
}

/** The same credential, whose refusals by Entra say what was sent and what to do. */
function explained(credential: Credential, assertion: () => string | undefined): Credential {
  return {
    name: credential.name,
    ask: async () => {
      try {
        return await credential.ask()
      } catch (error) {
        throw explain(credential.name, error, assertion())
      }
    },
  }
}

function explain(name: string, error: unknown, assertion: string | undefined): unknown {
  const response = fields(fields(error).errorResponse)
  const said = text(response.errorDescription) || errorMessage(error)
  const code = /AADSTS\d+/.exec(said)?.[0]
  const status = fields(error).statusCode
  if (code === undefined || (typeof status === 'number' && (status === 429 || status >= 500))) return error
  const lines = [`Entra refused the ${name} credential: ${firstLine(said)}`]
  if (assertion && /^AADSTS70021/.test(code)) {
    const { issuer, subject, audience } = claimsOf(assertion)
    lines.push(
      `The ID token sent has issuer "${issuer}", subject "${subject}" and audience "${audience}"; the application's ` +
        'federated credential has to have the same. Repositories created since July 2026 have IDs in the subject (repo:org@ID/repo@ID:…).',
    )
  }
  return new CredentialError(lines.join(' '))
}

function firstLine(message: string): string {
  return (
    message.split(/\r?\n/).find((line) => /AADSTS/.test(line)) ??
    message.split(/\r?\n/)[0] ??
    ''
  ).trim()
}
