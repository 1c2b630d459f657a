/** The ways to a token, each by its credential of `@azure/identity`. */
import type { AccessToken, TokenCredential } from '@azure/identity'
import { CredentialError, errorMessage } from '../../base/errors.ts'
import type { Variables } from '../../runner/environment.ts'
import { askerOf, firstLine, given, managedIdentity } from './entra.ts'
import { idToken } from './id-token.ts'
import type { SignIn } from './sign-in.ts'

/** A way to a token. */
export interface Credential {
  /** For the log: `GitHub OIDC`, `Azure CLI` … */
  name: string
  /** Asks for a new token, past every cache. */
  ask(): Promise<AccessToken>
}

/** The CLI is a Python program behind a shell script; a busy runner needs its time, and two leave some of token.ts's 90 s. */
const processTimeoutInMs = 40_000

/** An application's secret. */
export function byClientSecret(
  signIn: SignIn,
  tenantId: string,
  clientId: string,
  secret: string,
): Credential {
  return byEntra(
    'client secret',
    signIn,
    ({ ClientSecretCredential }, options) => new ClientSecretCredential(tenantId, clientId, secret, options),
  )
}

/** GitHub's ID token, a fresh one for each access token: it lives for minutes. */
export function byGitHub(
  signIn: SignIn,
  env: Variables,
  tenantId: string,
  clientId: string,
  audience: string,
): Credential {
  const name = 'GitHub OIDC'
  const ask = askerOf(
    name,
    signIn,
    ({ ClientAssertionCredential }, options, assertion) =>
      new ClientAssertionCredential(tenantId, clientId, () => Promise.resolve(assertion), options),
    clientId,
  )
  return { name, ask: async () => await ask(await idToken(audience, env, signIn)) }
}

/** The file that AZURE_FEDERATED_TOKEN_FILE names. */
export function byWorkloadIdentity(signIn: SignIn): Credential {
  return byEntra(
    'workload identity',
    signIn,
    ({ WorkloadIdentityCredential }, options) => new WorkloadIdentityCredential(options),
  )
}

/** AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH, and what goes with them. */
export function byEnvironment(signIn: SignIn): Credential {
  return byEntra(
    'environment variables',
    signIn,
    ({ EnvironmentCredential }, options) => new EnvironmentCredential(options),
  )
}

/**
 * The machine's own identity.
 *
 * @param sendProbeRequest asks first whether there is such an endpoint, as DefaultAzureCredential does: that is told
 *   within a second
 */
export function byManagedIdentity(
  signIn: SignIn,
  clientId: string | undefined,
  sendProbeRequest = false,
): Credential {
  return byEntra(managedIdentity, signIn, ({ ManagedIdentityCredential }, { httpClient }) => {
    const options = { ...(clientId ? { clientId } : {}), sendProbeRequest, httpClient }
    return pastCache(new ManagedIdentityCredential(options as { clientId: string }))
  })
}

/** Who is logged in with `az login` or azure/login. */
export function byAzureCli(signIn: SignIn): Credential {
  return byProcess('Azure CLI', signIn, async () => {
    const { AzureCliCredential } = await import('./cli-credentials.ts')
    return new AzureCliCredential({ processTimeoutInMs })
  })
}

/** Who is logged in with `Connect-AzAccount`, or azure/login with enable-AzPSSession. */
export function byAzurePowerShell(signIn: SignIn): Credential {
  return byProcess('Azure PowerShell', signIn, async () => {
    const { AzurePowerShellCredential } = await import('./cli-credentials.ts')
    return new AzurePowerShellCredential({ processTimeoutInMs })
  })
}

function byEntra(name: string, signIn: SignIn, create: Parameters<typeof askerOf>[2]): Credential {
  const ask = askerOf(name, signIn, create)
  return { name, ask: () => ask() }
}

/** A CLI tells in its own words alone that nobody is logged in, or no longer: by a code of Entra, or by what to run. */
const loginNeeded = /AADSTS\d|az login|Connect-AzAccount/i

/** What the libraries say of an answer in other words than a person's; they quote from it, and it may hold a token. */
const unreadable = /\bJSON\b|^Unexpected (token|response)|^Cannot read properties/

/** A credential of its own for each token: the libraries' caches would give a refused token again. */
function byProcess(name: string, signIn: SignIn, create: () => Promise<TokenCredential>): Credential {
  return {
    name,
    ask: async () => {
      try {
        return given(await (await create()).getToken(signIn.cloud.scope), name)
      } catch (error) {
        const said = errorMessage(error)
        if (loginNeeded.test(said)) throw new CredentialError(firstLine(said))
        throw unreadable.test(said) ? new Error(`${name} answered without a token that can be read.`) : error
      }
    },
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
