/** What a person would expect of an operation's body. */
export interface OperationExpectation {
  status: string
  jobIds: string[]
  /** Code of each error. */
  errors?: string[]
  /** Whole seconds from start to end, where both are told. */
  seconds?: number
}

const succeeded = (...jobIds: string[]): OperationExpectation => ({ status: 'Succeeded', jobIds, seconds: 0 })
const zeros = '00000000-0000-0000-0000-000000000000'
const group = (subscription: string, name: string) =>
  `/subscriptions/${subscription}/resourceGroups/${name}/providers/Microsoft.DataProtection/backupVaults`

export const operations: Record<string, OperationExpectation> = {
  'rsv-op-inprogress-mindate.json': { status: 'InProgress', jobIds: [] },
  'rsv-op-succeeded-job.json': succeeded('41f3e94b-ae6b-4a20-b422-65abfcaf03e5'),
  'rsv-op-succeeded-delete.json': succeeded('a64cdbd6-894f-4212-8eeb-9d8d03b714fa'),
  'rsv-op-succeeded-jobid-equals-opid.json': succeeded('2a0f3471-0b55-46aa-9b83-024b00018851'),
  'rsv-op-succeeded-restore-doc.json': succeeded('3021262a-fb3a-4538-9b37-e3e97a386093'),
  'rsv-op-succeeded-afs-enable-doc.json': succeeded('e2ca2cf4-2eb9-4d4b-b16a-8e592d2a658b'),
  'rsv-op-succeeded-jobs-policy.json': succeeded(zeros),
  'rsv-op-spec-protecteditem-status.json': succeeded(zeros),
  'rsv-op-succeeded-validate-with-user-error.json': {
    ...succeeded(),
    errors: ['UserErrorCoreCountSubscriptionQuotaReached'],
  },
  'rsv-crr-op-succeeded.json': { ...succeeded('01ff2d4d-c6db-4700-88db-f3ded6847851'), seconds: -1 },
  'SYNTHETIC-rsv-op-failed.json': {
    status: 'Failed',
    jobIds: [],
    errors: ['UserErrorVmNotInDesirableState'],
    seconds: 0,
  },
  'dp-op-inprogress.json': { status: 'InProgress', jobIds: [] },
  'dp-op-succeeded-arm-jobid.json': {
    status: 'Succeeded',
    jobIds: [
      `${group(zeros, 'clitest-dpp-rg')}/clitest-bkp-vault-persistent-bi-donotdelete/backupJobs/4fa9c504-8a83-4fb0-ad13-ede21d877806`,
    ],
    seconds: 0,
  },
  'dp-op-succeeded-arm-jobid-doc.json': {
    status: 'Succeeded',
    jobIds: [
      `${group('xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxxx', 'TestBkpVaultRG')}/testBkpVault/backupJobs/c4bd49a1-0645-4eec-b207-feb818962852`,
    ],
    seconds: 3,
  },
  'dp-op-succeeded-no-job-doc.json': { ...succeeded(), seconds: 0 },
  'dp-spec-op-status-location.json': { ...succeeded(), seconds: 1 },
  'dp-spec-op-status-vault.json': { ...succeeded(), seconds: 1 },
  // What a Location URL ends in: no status, and a job at the most.
  'dp-opresult-body.json': { status: '', jobIds: ['2c026b3e-f635-442a-8f16-1ceddd410c9f'] },
  'dp-spec-backup-200.json': { status: '', jobIds: ['c60cb49-63e8-4b21-b9bd-26277b3fdfae'] },
  'dp-spec-export-result.json': { status: '', jobIds: [] },
}
