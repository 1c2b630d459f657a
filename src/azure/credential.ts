/** Which credential, in which order, and what to say when it gives no token. */
import type { AccessToken, TokenCredential } from '@azure/identity'
import { CredentialError, errorMessage } from '../errors.ts'
import { Fault } from './attempt.ts'
import type { Cloud } from './cloud.ts'
import { askerOf, firstLine, managedIdentity } from './entra.ts'
import { idToken, mayHaveIdToken, readEvent, whyNoIdToken } from './id-token.ts'

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

/** The CLI is a Python program behind a shell script; a busy runner needs its time, and two leave some of token.ts's 90 s. */
const processTimeoutInMs = 40_000

/**
 * The credential that the inputs name, or else the first of the environment that applies.
 *
 * @throws CredentialError when the inputs name one that this job cannot have
 */
export function chooseCredential(inputs: CredentialInputs, env: Environment, cloud: Cloud): Credential {
  const { clientId, tenantId, clientSecret } = inputs
  const make = credentialsOf(cloud, inputs.audience || cloud.audience)
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

function credentialsOf(cloud: Cloud, audience: string) {
  const entra = (name: string, create: Parameters<typeof askerOf>[2]): Credential => {
    const ask = askerOf(name, cloud, create)
    return { name, ask: () => ask() }
  }
  // A credential of its own for each token: the libraries' caches would give a refused token again.
  const local = (name: string, create: () => Promise<TokenCredential>): Credential => ({
    name,
    ask: async () => {
      const token = await (await create()).getToken(cloud.scope)
      if (token === null) throw new CredentialError(`${name} gave no token.`)
      return token
    },
  })
  const gitHub = 'GitHub OIDC'
  return {
    clientSecret: (tenantId: string, clientId: string, secret: string) =>
      entra(
        'client secret',
        ({ ClientSecretCredential }, options) =>
          new ClientSecretCredential(tenantId, clientId, secret, options),
      ),
    gitHub: (tenantId: string, clientId: string): Credential => {
      const ask = askerOf(
        gitHub,
        cloud,
        ({ ClientAssertionCredential }, options, assertion) =>
          new ClientAssertionCredential(tenantId, clientId, () => Promise.resolve(assertion), options),
      )
      return { name: gitHub, ask: async () => await ask(await idToken(audience)) }
    },
    workloadIdentity: () =>
      entra(
        'workload identity',
        ({ WorkloadIdentityCredential }, options) => new WorkloadIdentityCredential(options),
      ),
    environment: () =>
      entra(
        'environment variables',
        ({ EnvironmentCredential }, options) => new EnvironmentCredential(options),
      ),
    azureCli: () =>
      local('Azure CLI', async () => {
        const { AzureCliCredential } = await import('./cli-credentials.ts')
        return new AzureCliCredential({ processTimeoutInMs })
      }),
    azurePowerShell: () =>
      local('Azure PowerShell', async () => {
        const { AzurePowerShellCredential } = await import('./cli-credentials.ts')
        return new AzurePowerShellCredential({ processTimeoutInMs })
      }),
    managedIdentity: (clientId: string | undefined, sendProbeRequest = false) =>
      entra(managedIdentity, ({ ManagedIdentityCredential }, { httpClient }) => {
        // A probe, as DefaultAzureCredential makes one, tells within a second that there is no such endpoint.
        const options = { ...(clientId ? { clientId } : {}), sendProbeRequest, httpClient }
        return pastCache(new ManagedIdentityCredential(options as { clientId: string }))
      }),
  }
}

/**
 * MSAL keeps a managed identity's tokens for the whole process, so that one which the service refused would come
 * again; the way past them, forceRefresh, is not offered by the credential around it.
 */
function pastCache(credential: TokenCredential): TokenCredential {
  type Msal = { acquireToken(request: object): Promise<unknown> }
  const { managedIdentityApp: msal } = credential as { managedIdentityApp?: Msal }
  if (msal !== undefined) {
    const acquire = msal.acquireToken.bind(msal)
    msal.acquireToken = (request) => acquire({ ...request, forceRefresh: true })
  }
  return credential
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
      let last: unknown
      for (const candidate of candidates) {
        try {
          const token = await candidate.ask()
          chosen = candidate
          return token
        } catch (error) {
          last = error
          failures.push(`${candidate.name}: ${firstLine(errorMessage(error))}`)
        }
      }
      // An endpoint that answers is there, and may be well again in a moment.
      if (last instanceof Fault && last.status !== undefined) throw last
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
    // Other troubles, of the network say, may pass.
    if (!/AADSTS\d|az login|Connect-AzAccount/i.test(errorMessage(error))) throw error
    throw new CredentialError(
      `${chosen.name} could not renew its token: ${firstLine(errorMessage(error))} ` +
        'After azure/login with OpenID Connect it never can (AADSTS700024): give this step client-id and tenant-id, ' +
        'and the job "permissions: id-token: write", so that it asks for tokens itself.',
    )
  }
}
