import type { VaultInputs } from '../../src/azure/target.ts'
import { subscription } from './job-body.ts'

/** No input names a vault. */
export const noVault: VaultInputs = {
  kind: 'recovery-services',
  subscriptionId: '',
  resourceGroup: '',
  vaultName: '',
  secondaryRegion: '',
}

/** The inputs name a vault, another than any URL of the tests does. */
export const namedVault: VaultInputs = {
  ...noVault,
  subscriptionId: subscription,
  resourceGroup: 'rg-input',
  vaultName: 'vault-input',
}
