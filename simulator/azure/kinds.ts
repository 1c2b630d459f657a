import { BACKUP_VAULT_KINDS } from './backup-vault/kinds.ts'
import { CROSS_REGION_KINDS } from './cross-region.ts'
import { RECOVERY_SERVICES_KINDS } from './recovery-services/kinds.ts'
import type { Kind } from './world/world.ts'

/** Every kind of operation that can be started, by name. */
export const KINDS: Map<string, Kind> = new Map(
  [...RECOVERY_SERVICES_KINDS, ...BACKUP_VAULT_KINDS, ...CROSS_REGION_KINDS].map((kind) => [kind.name, kind]),
)
