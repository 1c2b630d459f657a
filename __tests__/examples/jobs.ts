import type { Facts } from '../../src/report/outputs.ts'
import { bugBash, clitest, completed, running, sizeless, vm, vmBackup } from './common.ts'

/** What a person would expect of a job's body; of a job that runs, as it is one minute after its start. */
export interface JobExpectation {
  facts: Partial<Facts>
  /** Each phase with its status. */
  phases: [string, string][]
  /** Whatever else the job tells. */
  also?: Record<string, unknown>
}

export const jobs: Record<string, JobExpectation> = {
  'rsv-job-vm-backup-completed-timespan.json': {
    facts: {
      ...completed,
      jobId: '7ddead57-bcb9-4269-ac31-6a1b57588700',
      vaultName: 'abdemovault',
      resourceGroup: 'Default-RecoveryServices-ResourceGroup-centralindia',
      operation: 'Backup',
      item: 'uttestvmub1',
      startTime: '2018-05-21T08:35:40.948Z',
      endTime: '2018-05-21T08:56:04.038Z',
      duration: 'PT20M23S',
      durationSeconds: 1223,
      backupSize: '2332 MB',
      backupSizeBytes: 2_445_279_232,
      snapshotCompleted: true,
      properties: { 'VM Name': 'uttestvmub1', 'Backup Size': '2332 MB' },
    },
    phases: [
      ['Take Snapshot', 'Completed'],
      ['Transfer data to vault', 'Completed'],
    ],
    also: { activityId: '7df8e874-1d66-4f81-8e91-da2fe054811d' },
  },
  'rsv-job-vm-backup-completed-iso.json': {
    facts: vmBackup,
    phases: [
      ['Take Snapshot', 'Completed'],
      ['Transfer data to vault', 'Completed'],
    ],
  },
  'rsv-job-vm-backup-inprogress-transfer.json': {
    facts: {
      ...running,
      ...clitest,
      ...sizeless,
      jobId: '8eece52b-e77d-4dd6-859f-e20fa384cc78',
      operation: 'Backup',
      item: vm,
      snapshotCompleted: true,
      properties: { 'VM Name': vm, 'Recovery Point Expiry Time in UTC': '3/13/2022 12:00:00 AM' },
    },
    phases: [
      ['Take Snapshot', 'Completed'],
      ['Transfer data to vault', 'InProgress'],
    ],
  },
  'rsv-job-vm-deletebackupdata-completed.json': {
    facts: {
      ...completed,
      ...clitest,
      ...sizeless,
      jobId: 'a64cdbd6-894f-4212-8eeb-9d8d03b714fa',
      operation: 'DeleteBackupData',
      item: vm,
      startTime: '2022-02-11T03:21:51.386Z',
      endTime: '2022-02-11T03:23:42.829Z',
      duration: 'PT1M51S',
      durationSeconds: 111,
      snapshotCompleted: null,
      properties: { 'VM Name': vm, 'Number of Recovery Points': '1' },
    },
    phases: [],
  },
  'rsv-job-vm-restore-inprogress.json': {
    facts: {
      ...running,
      ...clitest,
      ...sizeless,
      jobId: '2a0f3471-0b55-46aa-9b83-024b00018851',
      operation: 'Restore',
      item: vm,
      startTime: '2022-02-11T03:21:29.377Z',
      snapshotCompleted: null,
      properties: {
        'Job Type': 'Recover disks',
        'Target VM Name': 'vmName',
        'Target Storage Account Name': 'clitest000006',
        'Recovery point time': '2/11/2022 2:18:40 AM',
      },
    },
    phases: [['Transfer data from vault', 'InProgress']],
    also: { percent: 1 },
  },
  'rsv-job-sql-restore-inprogress.json': {
    facts: {
      ...running,
      ...sizeless,
      jobId: '0bda1a53-73fa-427e-9a1c-72a2016adee3',
      vaultName: 'SQLServer2012',
      resourceGroup: 'SQLServerSelfHost',
      operation: 'Restore',
      item: 'msdb [sqlserver-0]',
      startTime: '2021-08-01T10:47:09.586Z',
      properties: { 'Job Type': 'Recovery to the original database' },
    },
    phases: [['Transfer data from vault', 'InProgress']],
  },
  'rsv-job-afs-configure-completed.json': {
    facts: {
      ...completed,
      ...sizeless,
      jobId: 'e2ca2cf4-2eb9-4d4b-b16a-8e592d2a658b',
      vaultName: 'azurefilesvault',
      resourceGroup: 'azurefiles',
      operation: 'ConfigureBackup',
      item: 'testshare',
      duration: 'PT43S',
      durationSeconds: 43,
      properties: {
        'File Share Name': 'testshare',
        'Storage Account Name': 'testvault2',
        'Policy Name': 'schedule1',
      },
    },
    phases: [],
  },
  'rsv-job-afs-restore-completed.json': {
    facts: {
      ...completed,
      ...clitest,
      jobId: 'd5f5eaba-c299-4dfe-b807-464dd4097ce7',
      operation: 'Restore',
      item: 'clitest-item000007',
      duration: 'PT33S',
      durationSeconds: 33,
      backupSize: '0 MB',
      backupSizeBytes: 0,
      snapshotCompleted: null,
    },
    phases: [],
    also: {
      properties: { 'Number Of Restored Files': '2', 'Job Type': 'Recover to an alternate file share' },
    },
  },
  'rsv-spec-job-get.json': {
    facts: {
      ...running,
      ...sizeless,
      jobId: '00000000-0000-0000-0000-000000000000',
      vaultName: 'NetSDKTestRsVault',
      resourceGroup: 'SwaggerTestRg',
      operation: 'Backup',
      item: 'testvm',
      startTime: '2017-08-03T05:31:07.014Z',
      snapshotCompleted: false,
    },
    phases: [
      ['Take Snapshot', 'InProgress'],
      ['Transfer data to vault', 'NotStarted'],
    ],
  },
  'SYNTHETIC-rsv-job-vm-completedwithwarnings.json': {
    facts: {
      ...clitest,
      status: 'CompletedWithWarnings',
      conclusion: 'warning',
      duration: 'P1DT2H3M5S',
      durationSeconds: 93_785,
      backupSize: '32 GB',
      backupSizeBytes: 34_359_738_368,
      snapshotCompleted: true,
      errorCode: '900001',
      errorMessage: 'ExampleTitle: Example warning text (localized by Accept-Language).',
      recommendedAction: 'Example recommendation.',
    },
    phases: [
      ['Take Snapshot', 'Completed'],
      ['Transfer data to vault', 'CompletedWithWarnings'],
    ],
    also: { errors: [{ cause: { code: '', message: 'Example dynamic message' } }] },
  },
  'SYNTHETIC-dp-job-failed.json': {
    facts: {
      ...bugBash,
      ...sizeless,
      status: 'Failed',
      conclusion: 'failure',
      jobId: '43252662-1b43-44fd-a856-0055665cb097',
      item: 'mabtestingccybasicv11\\bugbashdb3',
      startTime: '2021-03-17T11:11:50.559Z',
      endTime: '2021-03-17T11:14:02.531Z',
      duration: 'PT2M12S',
      durationSeconds: 132,
      errorCode: 'UserErrorExample',
      errorMessage: 'Example message',
      recommendedAction: 'Example action',
    },
    phases: [],
  },
  'dp-spec-job-get-started.json': {
    facts: {
      ...running,
      ...bugBash,
      ...sizeless,
      jobId: '3c60cb49-63e8-4b21-b9bd-26277b3fdfae',
      item: 'mabtestingccybasicv11\\bugbashdb2',
      startTime: '2021-03-17T03:00:03.760Z',
      properties: {
        PolicyRuleName: 'BackupWeekly',
        RetentionTag: 'Default',
        TaskId: 'c4344fb4-7c11-43a4-8307-7ae7c7fb09b9',
      },
    },
    phases: [['Trigger Backup', 'InProgress']],
    also: { activityId: 'c4344fb4-7c11-43a4-8307-7ae7c7fb09b9' },
  },
}
