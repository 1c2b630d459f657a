/** Which credential, in which order, and what to say when it gives no token. */
import type { AccessToken } from '@azure/identity'
import { CredentialError, errorMessage } from '../../base/errors.ts'
import { readEvent, type Variables } from '../../runner/environment.ts'
import { Fault } from '../http/answer.ts'
import {
  byAzureCli,
  byAzurePowerShell,
  byClientSecret,
  byEnvironment,
  byGitHub,
  byManagedIdentity,
  byWorkloadIdentity,
  type Credential,
} from './credential-kinds.ts'
import { firstLine } from './entra.ts'
import { mayHaveIdToken, whyNoIdToken } from './id-token.ts'
import type { SignIn } from './sign-in.ts'

/** The inputs that choose a credential; empty where not given. */
export interface CredentialInputs {
  clientId: string
  tenantId: string
  clientSecret: string
  /** Of the GitHub ID token; empty for the cloud's own. */
  audience: string
}

/**
 * The credential that the inputs name, or else the first of the environment that applies.
 *
 * @throws CredentialError when the inputs name one that this job cannot have
 */
export function chooseCredential(inputs: CredentialInputs, env: Variables, signIn: SignIn): Credential {
  const { clientId, tenantId, clientSecret } = inputs
  const audience = inputs.audience || signIn.cloud.audience
  if (clientId !== '' && tenantId !== '') {
    if (clientSecret !== '') return byClientSecret(signIn, tenantId, clientId, clientSecret)
    if (mayHaveIdToken(env)) return byGitHub(signIn, env, tenantId, clientId, audience)
    throw new CredentialError(whyNoIdToken(env, readEvent(env)))
  }
  if (clientId !== '') return byManagedIdentity(signIn, clientId)
  const { AZURE_CLIENT_ID: envClient, AZURE_TENANT_ID: envTenant } = env
  if (envClient && envTenant) {
    if (env.AZURE_FEDERATED_TOKEN_FILE) return byWorkloadIdentity(signIn)
    if (env.AZURE_CLIENT_SECRET || env.AZURE_CLIENT_CERTIFICATE_PATH) return byEnvironment(signIn)
    if (mayHaveIdToken(env)) return byGitHub(signIn, env, envTenant, envClient, audience)
  }
  return firstThatAnswers(
    [byAzureCli(signIn), byAzurePowerShell(signIn), byManagedIdentity(signIn, envClient, true)],
    env,
  )
}

/** The first that gives a token is kept: another identity half-way through a wait would be a surprise. */
function firstThatAnswers(candidates: Credential[], env: Variables): Credential {
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
    if (!(error instanceof CredentialError)) throw error
    throw new CredentialError(
      `${chosen.name} could not renew its token: ${firstLine(errorMessage(error))} ` +
        'After azure/login with OpenID Connect it never can (AADSTS700024): give this step client-id and tenant-id, ' +
        'and the job "permissions: id-token: write", so that it asks for tokens itself.',
    )
  }
}
