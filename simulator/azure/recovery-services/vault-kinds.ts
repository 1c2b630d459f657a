/** The operations of a Recovery Services vault that are not about the backups of one item. */
import { randomBytes } from 'node:crypto'
import { WORKLOADS } from '../sources/workloads.ts'
import { vaultId } from '../world/vault.ts'
import type { Kind } from '../world/world.ts'
import { recoveryServicesJob } from './job.ts'
import { itemPath, itemPaths, RECOVERY_POINT } from './paths.ts'

const base = {
  form: 'recovery-services',
  vaultType: 'Microsoft.RecoveryServices/vaults',
  secondary: false,
  seconds: 60,
  operationSeconds: 1.5,
} as const
const noJob = { ...base, jobs: 'none', job: () => ({}) } as const

const policyChange: Kind = {
  ...base,
  name: 'policy-change',
  title: 'Change a backup policy, and with it the protection of many items',
  item: 'web',
  jobs: 'many',
  request: ({ vault }) => ({
    method: 'PUT',
    path: `${vaultId(vault)}/backupPolicies/DefaultPolicy`,
    body: { properties: {} },
  }),
  paths: (path, id) => ({ status: `${path}/operations/${id}`, result: `${path}/operationResults/${id}` }),
  job: (world, job) => recoveryServicesJob(world, WORKLOADS.vm, 'configure', job),
}

/** A validation of a restore, at the vault. */
export const validate: Kind = {
  ...noJob,
  name: 'validate',
  title: 'Ask whether a restore could be done (no job)',
  item: 'web-01',
  request: ({ vault }) => ({
    method: 'POST',
    path: `${vaultId(vault)}/backupTriggerValidateOperation`,
    body: {},
  }),
  paths: (_path, id, vault) => ({
    status: `${vaultId(vault)}/backupValidateOperationsStatuses/${id}`,
    result: `${vaultId(vault)}/backupValidateOperationResults/${id}`,
  }),
  // Spec: ValidateOperationStatus.json, ValidateOperationResults.json.
  outcome: (_world, options) => ({
    objectType: 'OperationStatusValidateOperationExtendedInfo',
    validateOperationResponse: { validationResults: options.validationResults ?? [] },
  }),
  result: (_world, _target, options) => ({
    status: 200,
    body: { validateOperationResponse: { validationResults: options.validationResults ?? [] } },
  }),
}

const ilr: Kind = {
  ...noJob,
  name: 'ilr',
  title: 'Mount a recovery point to recover single files (no job, and scripts that are secret)',
  item: 'web-01',
  request: (target) => ({
    method: 'POST',
    path: `${itemPath(WORKLOADS.vm, target)}/recoveryPoints/${RECOVERY_POINT}/provisionInstantItemRecovery`,
    body: { properties: { objectType: 'IaasVMILRRegistrationRequest' } },
  }),
  paths: (path, id, vault) => itemPaths(path, id, vaultId(vault), false),
  outcome: (world) => {
    const scriptContent = randomBytes(96).toString('base64')
    world.secrets.push(scriptContent)
    return {
      objectType: 'OperationStatusProvisionILRExtendedInfo',
      recoveryTarget: {
        clientScripts: [
          { scriptContent, scriptNameSuffix: 'web-01', scriptExtension: '.py', osType: 'Linux', url: '' },
        ],
      },
    }
  },
}

const register: Kind = {
  ...noJob,
  name: 'register',
  title: 'Register a container (no job)',
  item: 'contosofiles',
  request: ({ vault, item }) => ({
    method: 'PUT',
    path: `${vaultId(vault)}/backupFabrics/Azure/protectionContainers/${encodeURIComponent(`StorageContainer;storage;${vault.resourceGroup};${item}`)}`,
    body: { properties: { containerType: 'StorageContainer' } },
  }),
  // Containers have no operationsStatus in the SDK.
  paths: (path, id) => ({ status: '', result: `${path}/operationResults/${id}` }),
}

const refresh: Kind = {
  ...register,
  name: 'refresh',
  title: 'Look for new containers (no job)',
  request: ({ vault }) => ({
    method: 'POST',
    path: `${vaultId(vault)}/backupFabrics/Azure/refreshContainers`,
  }),
  paths: (path, id) => ({
    status: '',
    result: `${path.replace(/\/refreshContainers$/i, '')}/operationResults/${id}`,
  }),
}

const exportJobs: Kind = {
  ...noJob,
  name: 'export',
  title: 'Export the list of jobs (no job, and a URL that is secret)',
  item: 'vault',
  request: ({ vault }) => ({ method: 'POST', path: `${vaultId(vault)}/backupJobsExport` }),
  paths: (_path, id, vault) => ({
    status: '',
    result: `${vaultId(vault)}/backupJobs/operationResults/${id}`,
  }),
  result: (world) => {
    const key = () => {
      const signature = encodeURIComponent(randomBytes(32).toString('base64'))
      world.secrets.push(signature)
      return `?sv=2024-11-04&sr=b&sp=r&sig=${signature}`
    }
    const blob = 'https://contosoexport.blob.core.windows.net/jobs/jobs'
    return {
      status: 200,
      body: {
        properties: {
          objectType: 'ExportJobsOperationResultInfo',
          blobUrl: `${blob}.json`,
          blobSasKey: key(),
          excelFileBlobUrl: `${blob}.xlsx`,
          excelFileBlobSasKey: key(),
        },
      },
    }
  },
}

/** All of them. */
export const VAULT_KINDS: Kind[] = [policyChange, validate, ilr, register, refresh, exportJobs]
