import { beforeEach, describe, expect, it, vi } from 'vitest'
import { cloudOf } from '../../../src/azure/http/cloud.ts'
import { type CredentialInputs, chooseCredential } from '../../../src/azure/identity/credential.ts'
import { answerWith, forget, type Kind, made } from '../../support/fake-identity.ts'
import { signInTo } from '../../support/sign-in.ts'

const idToken = vi.hoisted(() => vi.fn<(audience: string) => Promise<string>>())

vi.mock('@azure/identity', async () => (await import('../../support/fake-identity.ts')).fakeIdentity)
vi.mock('../../../src/azure/identity/id-token.ts', async (original) => ({
  ...(await original<object>()),
  idToken,
}))

const cloud = cloudOf('azurecloud')
const none: CredentialInputs = { clientId: '', tenantId: '', clientSecret: '', audience: '' }
const oidc = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'y' }
const both = { clientId: 'client', tenantId: 'tenant' }
const azure = { AZURE_CLIENT_ID: 'env-client', AZURE_TENANT_ID: 'env-tenant' }
const authority = expect.objectContaining({
  authorityHost: 'https://login.microsoftonline.com',
  disableInstanceDiscovery: false,
})

beforeEach(() => {
  forget()
  idToken.mockReset()
  idToken.mockResolvedValue('header.payload.signature')
})

async function chosen(inputs: Partial<CredentialInputs>, env: Record<string, string>, where = cloud) {
  const credential = chooseCredential({ ...none, ...inputs }, env, signInTo(where))
  const { token } = await credential.ask()
  return { name: credential.name, token, kinds: made.map(({ kind }) => kind) }
}

describe('the credential that is chosen', () => {
  const file = { AZURE_FEDERATED_TOKEN_FILE: '/token' }
  const secret = { AZURE_CLIENT_SECRET: 's' }
  const certificate = { AZURE_CLIENT_CERTIFICATE_PATH: '/c.pem' }

  it.each<[string, Partial<CredentialInputs>, Record<string, string>, string, Kind]>([
    [
      'the secret of the inputs',
      { ...both, clientSecret: 's' },
      {},
      'client secret',
      'ClientSecretCredential',
    ],
    [
      'that secret before everything',
      { ...both, clientSecret: 's' },
      { ...oidc, ...azure, ...file, ...secret },
      'client secret',
      'ClientSecretCredential',
    ],
    ['GitHub OIDC by the inputs', both, oidc, 'GitHub OIDC', 'ClientAssertionCredential'],
    [
      'the inputs before the environment',
      both,
      { ...oidc, ...azure, ...file, ...secret },
      'GitHub OIDC',
      'ClientAssertionCredential',
    ],
    [
      'a user-assigned managed identity by client-id alone',
      { clientId: 'client' },
      { ...oidc, ...azure, ...secret },
      'managed identity',
      'ManagedIdentityCredential',
    ],
    [
      'workload identity',
      {},
      { ...azure, ...file, ...secret, ...oidc },
      'workload identity',
      'WorkloadIdentityCredential',
    ],
    [
      'the environment’s secret',
      {},
      { ...azure, ...secret, ...oidc },
      'environment variables',
      'EnvironmentCredential',
    ],
    [
      'the environment’s certificate',
      {},
      { ...azure, ...certificate, ...oidc },
      'environment variables',
      'EnvironmentCredential',
    ],
    ['GitHub OIDC by the environment', {}, { ...azure, ...oidc }, 'GitHub OIDC', 'ClientAssertionCredential'],
    ['Azure CLI', {}, {}, 'Azure CLI', 'AzureCliCredential'],
    ['Azure CLI where the job may have no ID token', {}, azure, 'Azure CLI', 'AzureCliCredential'],
    [
      'Azure CLI where the environment names no client',
      {},
      { ...oidc, ...secret },
      'Azure CLI',
      'AzureCliCredential',
    ],
  ])('is %s', async (_name, inputs, env, name, kind) => {
    expect(await chosen(inputs, env)).toEqual({ name, token: `token of ${kind}`, kinds: [kind] })
    expect(made[0]?.scopes).toEqual(['https://management.azure.com/.default'])
  })

  it('is an error where the inputs name GitHub OIDC and the job may have no ID token, whatever else there is', () => {
    const env = { ...azure, ...secret, GITHUB_REPOSITORY: 'o/r' }
    expect(() => chooseCredential({ ...none, ...both }, env, signInTo(cloud))).toThrow(
      'GitHub gives this job no ID token: the permission is missing. Add "permissions: id-token: write" to the job',
    )
  })

  it('asks nothing before its first token is wanted', () => {
    chooseCredential(none, {}, signInTo(cloud))
    expect(made).toEqual([])
  })
})

describe('what a credential is given', () => {
  it('is the secret and the authority', async () => {
    await chosen({ ...both, clientSecret: 'hush' }, {})
    expect(made[0]?.given).toEqual(['tenant', 'client', 'hush', authority])
  })

  it.each([
    ['inputs', both, oidc, ['tenant', 'client']],
    ['environment', {}, { ...azure, ...oidc }, ['env-tenant', 'env-client']],
  ])('is client and tenant of the %s', async (_name, inputs, env, expected) => {
    await chosen(inputs, env)
    expect(made[0]?.given).toEqual([...expected, expect.any(Function), authority])
  })

  it('is the authority of AZURE_AUTHORITY_HOST, without instance discovery where it is not Microsoft’s', async () => {
    const elsewhere = cloudOf('azurecloud', new URL('https://arm.local'), new URL('https://login.local'))
    await chosen({ ...both, clientSecret: 's' }, {}, elsewhere)
    expect(made[0]?.given[3]).toMatchObject({
      authorityHost: 'https://login.local',
      disableInstanceDiscovery: true,
    })
    expect(made[0]?.scopes).toEqual(['https://arm.local/.default'])
  })

  it('is the client ID of the managed identity, which is not probed where it was named', async () => {
    await chosen({ clientId: 'mi' }, {})
    expect(made[0]?.given).toMatchObject([{ clientId: 'mi', sendProbeRequest: false }])
  })

  it('is made anew for each token, past the libraries’ caches', async () => {
    const credential = chooseCredential({ ...none, ...both, clientSecret: 's' }, {}, signInTo(cloud))
    await credential.ask()
    await credential.ask()
    expect(made).toHaveLength(2)
  })

  it('is an error where it gives no token', async () => {
    answerWith('ClientSecretCredential', () => Promise.resolve(null))
    await expect(chosen({ ...both, clientSecret: 's' }, {})).rejects.toThrow(
      'client secret gave no token: its answer has none, or does not tell when it ends.',
    )
  })
})

describe('the GitHub ID token', () => {
  const viaAssertion = async (given: unknown[]) => {
    const assert = given[2] as () => Promise<string>
    const first = await assert()
    return { token: `${first} ${await assert()}`, expiresOnTimestamp: 1 }
  }

  it('is asked for anew with every access token, once for each', async () => {
    answerWith('ClientAssertionCredential', viaAssertion)
    let count = 0
    idToken.mockImplementation(async () => `id-${++count}`)
    const credential = chooseCredential({ ...none, ...both }, oidc, signInTo(cloud))
    expect((await credential.ask()).token).toBe('id-1 id-1')
    expect((await credential.ask()).token).toBe('id-2 id-2')
  })

  it.each([
    ['of the cloud', '', cloud, 'api://AzureADTokenExchange'],
    ['of another cloud', '', cloudOf('azurechinacloud'), 'api://AzureADTokenExchangeChina'],
    ['of the input', 'api://mine', cloud, 'api://mine'],
  ])('has the audience %s', async (_name, audience, where, expected) => {
    answerWith('ClientAssertionCredential', viaAssertion)
    await chosen({ ...both, audience }, oidc, where)
    expect(idToken).toHaveBeenCalledExactlyOnceWith(expected, oidc, expect.anything())
  })
})
