/** Paths of Azure Backup's resources, taken apart and put together. */
import { sameWord } from '../base/read.ts'
import { decode } from '../base/text.ts'
import type { JobReference, Vault, VaultKind } from '../domain/job.ts'

const providers: Record<VaultKind, { provider: string; type: string }> = {
  'recovery-services': { provider: 'Microsoft.RecoveryServices', type: 'vaults' },
  backup: { provider: 'Microsoft.DataProtection', type: 'backupVaults' },
}

/** The vault's ARM resource ID, as the service writes it. */
export function vaultId(vault: Vault, write = (name: string) => name): string {
  const { provider, type } = providers[vault.kind]
  const group = `/subscriptions/${write(vault.subscriptionId)}/resourceGroups/${write(vault.resourceGroup)}`
  return `${group}/providers/${provider}/${type}/${write(vault.name)}`
}

/** The same as a path to ask for, each name escaped whole. */
export function vaultPath(vault: Vault): string {
  return vaultId(vault, encodeURIComponent)
}

const mappings = 'backupCrossTenantVaultMappings'

/**
 * ARM ID of what a vault's items, jobs and operations are below: the vault itself, or its mapping to another tenant's
 * vault (azure-rest-api-specs, CrossTenantVaultMappingResource.tsp).
 */
export function rootId(vault: Vault, mapping: string | undefined, write = (name: string) => name): string {
  const id = vaultId(vault, write)
  return mapping === undefined ? id : `${id}/${mappings}/${write(mapping)}`
}

/** The same as a path to ask for, each name escaped whole. */
export function rootPath(vault: Vault, mapping: string | undefined): string {
  return rootId(vault, mapping, encodeURIComponent)
}

/** The job's, as a path to ask for. */
export function jobPath({ vault, mapping, id }: JobReference): string {
  return `${rootPath(vault, mapping)}/backupJobs/${encodeURIComponent(id)}`
}

/**
 * The same for each way of naming a job: IDs differ in case (recorded), and a job of another region or below a mapping
 * is another job.
 */
export function jobKey(reference: JobReference): string {
  return `${jobPath(reference)} ${reference.region ?? ''}`.toLowerCase()
}

/** `East US 2` and `eastus2` are one region. */
export function regionName(region: string): string {
  return region.toLowerCase().replaceAll(' ', '')
}

/** An ARM ID as a path to ask for: names in it may hold what means something in a URL (`#`, `%`, `?`). */
export function pathOfId(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/')
}

/** What a path of Azure Backup names, as far as it names it. IDs differ in case (recorded), so none matters. */
export interface PathParts {
  kind: VaultKind
  subscriptionId: string
  resourceGroup: string | undefined
  vault: Vault | undefined
  /** The region of a path below `locations/`. */
  location: string | undefined
  /** The mapping of a path below `backupCrossTenantVaultMappings/`. */
  mapping: string | undefined
  /** The segments after the vault, its mapping, the location or the provider; decoded. */
  rest: string[]
}

// A documented Location begins with "/subscriptions//subscriptions/{id}" (Microsoft: Restore Azure VMs using REST API).
const shape =
  /^(?:\/subscriptions\/)?\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/providers\/Microsoft\.(RecoveryServices|DataProtection)(\/.*)$/i

/** Takes a path apart; undefined for a path of anything but Azure Backup. */
export function parsePath(path: string): PathParts | undefined {
  const match = shape.exec(path)
  if (match === null) return undefined
  const [, subscriptionId = '', group, provider = '', tail = ''] = match
  const kind: VaultKind = provider.toLowerCase() === 'recoveryservices' ? 'recovery-services' : 'backup'
  const resourceGroup = group === undefined ? undefined : decode(group)
  const segments = tail
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode)
  const [type = '', name] = segments
  const common = { kind, subscriptionId: decode(subscriptionId), resourceGroup, mapping: undefined }
  if (sameWord(type, providers[kind].type) && name !== undefined && resourceGroup !== undefined) {
    const vault: Vault = { kind, subscriptionId: common.subscriptionId, resourceGroup, name }
    const [word = '', mapping] = segments.slice(2)
    return kind === 'recovery-services' && sameWord(word, mappings) && mapping !== undefined
      ? { ...common, vault, location: undefined, mapping, rest: segments.slice(4) }
      : { ...common, vault, location: undefined, rest: segments.slice(2) }
  }
  if (sameWord(type, 'locations') && name !== undefined) {
    return { ...common, vault: undefined, location: name, rest: segments.slice(2) }
  }
  return { ...common, vault: undefined, location: undefined, rest: segments }
}

/** Where in the segments after the vault those of a protected item are: its type, then its name; -1 for nowhere. */
export function itemAt(rest: string[]): number {
  return rest.findIndex(
    (segment) => sameWord(segment, 'protectedItems') || sameWord(segment, 'backupInstances'),
  )
}

/**
 * Whether a mapping may have that name. The spec leaves it open (`.*`), so here it is what Resource Manager takes for
 * any resource (Microsoft: Naming rules and restrictions), which leads nowhere else in a path.
 */
export function isMappingName(name: string): boolean {
  return /^(?!\.{1,2}$)[^\s<>*%&:"\\?/|#\p{Cc}\p{Cs}]{1,260}$/u.test(name)
}
