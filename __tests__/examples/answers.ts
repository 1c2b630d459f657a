/** What a person would expect of the headers of a 202. */
export interface HeadersExpectation {
  retryAfter: number
  /** By header: what its URL leads to. */
  urls: Record<string, Record<string, unknown>>
}

const zeros = '00000000-0000-0000-0000-000000000000'
const restore =
  'ZmMzNDFmYWMtZWJlMS00NGJhLWE4YTgtMDNjYjI4Y2M5OTExO2Q1NDIzY2VjLTczYjYtNDY5ZC1hYmRjLTc1N2Q0ZTJmOGM5OQ=='
const backup =
  'ZTA4YjQ0ZGYtYmNkNS00YTk1LWFjZTMtOTc1MjNmZWIxYWZlO2Y1ODg1MzA3LWJkNjItNDQ2OC05ZjZlLTJkMGM2NjNiNmJmNg=='
const vmBackup = {
  kind: 'operation',
  id: 'b8daecaa-f8f5-44ed-9f18-491a9e9ba01f',
  vault: {
    kind: 'recovery-services',
    subscriptionId: zeros,
    resourceGroup: 'testVaultRG',
    name: 'testVault',
  },
}
const deletion = { kind: 'operation', id: zeros, vault: { name: 'PySDKBackupTestRsVault' } }

export const headers: Record<string, HeadersExpectation> = {
  'headers-rsv-backup-202.headers.json': {
    retryAfter: 60,
    urls: {
      'Azure-AsyncOperation': { ...vmBackup, isResult: false },
      Location: { ...vmBackup, isResult: true },
    },
  },
  'headers-rsv-cancel-202-spec.headers.json': {
    retryAfter: 60,
    urls: { Location: { kind: 'job', reference: { id: zeros, vault: { name: 'NetSDKTestRsVault' } } } },
  },
  'headers-rsv-delete-result-202-spec.headers.json': {
    retryAfter: 60,
    urls: {
      'Azure-AsyncOperation': { ...deletion, isResult: false },
      Location: { ...deletion, isResult: true },
    },
  },
  'headers-dp-restore-202.headers.json': {
    retryAfter: 30,
    urls: {
      'Azure-AsyncOperation': {
        kind: 'operation',
        id: restore,
        isResult: false,
        path: { location: 'westus' },
      },
      Location: { kind: 'operation', id: restore, isResult: true, path: { location: 'westus' } },
    },
  },
  'headers-dp-backup-202-spec.headers.json': {
    retryAfter: 60,
    urls: {
      'Azure-AsyncOperation': {
        kind: 'operation',
        id: backup,
        isResult: false,
        vault: { kind: 'backup', resourceGroup: '000pikumar', name: 'PratikPrivatePreviewVault1' },
      },
      Location: { kind: 'operation', id: backup, isResult: true, vault: undefined },
    },
  },
}

/** What an error's body says: its status, and how it is described. */
export const errors: Record<string, { status: number; code: string; description: string }> = {
  'arm-error-401-expired-token.json': {
    status: 401,
    code: 'ExpiredAuthenticationToken',
    description:
      "401 ExpiredAuthenticationToken: The access token expiry UTC time '3/19/2023 8:55:46 AM' is earlier than current UTC time '3/19/2023 8:55:57 AM'.",
  },
  'arm-error-404-resourcenotfound.json': {
    status: 404,
    code: 'ResourceNotFound',
    description:
      "404 ResourceNotFound: The Resource 'Microsoft.ClassicStorage/storageAccounts/clitest000006' under resource group 'clitest.rg000001' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
  },
  'dp-error-400-userfacing.json': {
    status: 400,
    code: 'UserErrorDppDatasourceAlreadyProtected',
    description:
      '400 UserErrorDppDatasourceAlreadyProtected: Datasource is already protected under the Backup vault /subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxxx/resourceGroups/TestBkpVaultRG/providers/Microsoft.DataProtection/backupVaults/testBkpVault.',
  },
}
