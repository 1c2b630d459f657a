import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Fault } from '../../../src/azure/http/answer.ts'
import { cloudOf } from '../../../src/azure/http/cloud.ts'
import { type CredentialInputs, chooseCredential } from '../../../src/azure/identity/credential.ts'
import { answerWith, forget, made } from '../../support/fake-identity.ts'
import { signInTo } from '../../support/sign-in.ts'

vi.mock('@azure/identity', async () => (await import('../../support/fake-identity.ts')).fakeIdentity)

const cloud = cloudOf('azurecloud')
const none: CredentialInputs = { clientId: '', tenantId: '', clientSecret: '', audience: '' }
const oidc = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'y' }
const refuse = (message: string) => () => Promise.reject(new Error(message))

beforeEach(() => {
  forget()
})

async function chosen(inputs: Partial<CredentialInputs>, env: Record<string, string>) {
  const credential = chooseCredential({ ...none, ...inputs }, env, signInTo(cloud))
  const { token } = await credential.ask()
  return { name: credential.name, token, kinds: made.map(({ kind }) => kind) }
}

describe('the chain without inputs', () => {
  it('goes on to Azure PowerShell and then to managed identity, which is probed', async () => {
    answerWith('AzureCliCredential', refuse('no az'))
    answerWith('AzurePowerShellCredential', refuse('no pwsh'))
    expect(await chosen({}, { AZURE_CLIENT_ID: 'mi' })).toMatchObject({
      name: 'managed identity',
      kinds: ['AzureCliCredential', 'AzurePowerShellCredential', 'ManagedIdentityCredential'],
    })
    expect(made[2]?.given).toMatchObject([{ clientId: 'mi', sendProbeRequest: true }])
  })

  it('gives the CLI time, and leaves some for those that follow', async () => {
    await chosen({}, {})
    expect(made[0]?.given).toEqual([{ processTimeoutInMs: 40_000 }])
  })

  it('keeps to the one that answered first', async () => {
    answerWith('AzureCliCredential', refuse('no az'))
    const credential = chooseCredential(none, {}, signInTo(cloud))
    expect(credential.name).toBe('none yet')
    await credential.ask()
    expect(credential.name).toBe('Azure PowerShell')
    answerWith('AzureCliCredential', () =>
      Promise.resolve({ token: 'another identity', expiresOnTimestamp: 1 }),
    )
    expect((await credential.ask()).token).toBe('token of AzurePowerShellCredential')
  })

  it.each([
    [
      {},
      'Give client-id and tenant-id with "permissions: id-token: write", or run azure/login before this step.',
    ],
    [oidc, 'Give client-id and tenant-id, or run azure/login before this step.'],
  ])('says what it tried and what to do (%#)', async (env, hint) => {
    answerWith('AzureCliCredential', refuse('Please run az login\nTraceback'))
    answerWith('AzurePowerShellCredential', refuse('no pwsh'))
    answerWith('ManagedIdentityCredential', refuse('no endpoint'))
    await expect(chosen({}, env)).rejects.toMatchObject({
      name: 'CredentialError',
      message: `No credential gives a token. ${hint} Tried: Azure CLI: Please run az login; Azure PowerShell: no pwsh; managed identity: no endpoint`,
    })
  })

  it.each([
    [new Fault('503 Busy', 503), 'Fault'],
    [new Fault('no connection within the limit'), 'CredentialError'],
  ])('takes a fault for passing where the endpoint is there (%s)', async (fault, name) => {
    answerWith('AzureCliCredential', refuse('no az'))
    answerWith('AzurePowerShellCredential', refuse('no pwsh'))
    answerWith('ManagedIdentityCredential', () => Promise.reject(fault))
    await expect(chosen({}, {})).rejects.toMatchObject({ name })
  })

  it('says why a login by OpenID Connect cannot be renewed', async () => {
    const credential = chooseCredential(none, {}, signInTo(cloud))
    await credential.ask()
    answerWith(
      'AzureCliCredential',
      refuse('ERROR: x\nAADSTS700024: Client assertion is not within its valid time range.'),
    )
    await expect(credential.ask()).rejects.toMatchObject({
      name: 'CredentialError',
      message: expect.stringMatching(
        /^Azure CLI could not renew its token: AADSTS700024: Client assertion .*give this step client-id and tenant-id/,
      ),
    })
  })
})
