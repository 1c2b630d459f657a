import type { Target, VaultInputs } from '../../src/azure/target.ts'
import { InputErrors, readInputs } from '../../src/inputs/inputs.ts'
import { subscription, vault } from './job-body.ts'

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

/** The inputs that name the vault of the tests. */
export const inVault = {
  'subscription-id': subscription,
  'resource-group': vault.resourceGroup,
  'vault-name': vault.name,
}

/** What these inputs say to follow, and every problem with them; where there is one, nothing is followed. */
export function readTargetsOf(inputs: Record<string, string>): { targets: Target[]; problems: string[] } {
  try {
    return { targets: readInputs((name) => inputs[name] ?? '', {}).targets, problems: [] }
  } catch (error) {
    if (!(error instanceof InputErrors)) throw error
    return { targets: [], problems: error.errors.map(({ message }) => message) }
  }
}
