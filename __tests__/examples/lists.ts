import type { Facts } from '../../src/report/outputs.ts'
import { bugBash, clitest, completed, running, sizeless, vmBackup } from './common.ts'

/** The jobs of a list, which have no phases, no bags and no sizes. */
export const lists: Record<string, Partial<Facts>[]> = {
  'rsv-jobs-list.json': [
    { ...running, ...clitest, operation: 'Restore', jobId: '2a0f3471-0b55-46aa-9b83-024b00018851' },
    { ...vmBackup, ...sizeless, snapshotCompleted: null, properties: {} },
    {
      ...completed,
      ...clitest,
      operation: 'ConfigureBackup',
      jobId: '6dc2774c-f328-44c2-ba8c-1795b071427e',
      duration: 'PT1M42S',
      durationSeconds: 102,
    },
  ],
  'rsv-spec-jobs-list-nextlink.json': [
    { ...running, operation: 'Backup', item: 'testvm', vaultName: 'NetSDKTestRsVault' },
    { ...completed, operation: 'ConfigureBackup', duration: 'PT31S', durationSeconds: 31 },
  ],
  'dp-jobs-list.json': [
    {
      ...completed,
      ...sizeless,
      jobId: '4de7d869-7aa9-4ad1-b89e-fb8876c82ad3',
      vaultName: 'clitest-bkp-vault-persistent-bi-donotdelete',
      resourceGroup: 'clitest-dpp-rg',
      operation: 'Backup',
      item: 'clitest-disk-persistent-bi-donotdelete',
      startTime: '2024-02-12T12:00:04.386Z',
      endTime: '2024-02-12T12:03:12.703Z',
      duration: 'PT3M8S',
      durationSeconds: 188,
    },
  ],
  'dp-spec-jobs-list.json': [
    { ...running, ...bugBash, item: 'mabtestingccybasicv11\\bugbashdb4' },
    { ...running, ...bugBash, item: 'mabtestingccybasicv11\\bugbashdb5' },
    { ...running, ...bugBash, item: 'mabtestingccybasicv11\\bugbashdb2' },
    {
      ...completed,
      ...bugBash,
      item: 'mabtestingccybasicv11\\bugbashdb3',
      duration: 'PT2M12S',
      durationSeconds: 132,
    },
  ],
}
