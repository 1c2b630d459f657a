/** Facts that several examples share. */

export const completed = { status: 'Completed', conclusion: 'success', errorCode: '', errorMessage: '' }
export const running = {
  status: 'InProgress',
  conclusion: 'pending',
  endTime: '',
  duration: 'PT1M',
  durationSeconds: 60,
  errorCode: '',
  errorMessage: '',
}
export const sizeless = { backupSize: '', backupSizeBytes: null }
export const clitest = { vaultName: 'clitest-vault000002', resourceGroup: 'clitest.rg000001' }
export const bugBash = { vaultName: 'BugBashVaultForCCYv11', resourceGroup: 'BugBash1', operation: 'Backup' }
export const vm = 'clitest-vm000003'

export const vmBackup = {
  ...completed,
  ...clitest,
  jobId: '8eece52b-e77d-4dd6-859f-e20fa384cc78',
  operation: 'Backup',
  item: vm,
  startTime: '2022-02-11T02:18:36.921Z',
  endTime: '2022-02-11T03:19:48.986Z',
  duration: 'PT1H1M12S',
  durationSeconds: 3672,
  backupSize: '11534 MB',
  backupSizeBytes: 12_094_275_584,
  snapshotCompleted: true,
  properties: {
    'VM Name': vm,
    'Backup Size': '11534 MB',
    'Recovery Point Expiry Time in UTC': '3/13/2022 12:00:00 AM',
  },
}
