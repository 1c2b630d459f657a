/**
 * The api-versions that this action asks for; a URL that was given keeps its own. Stable ones that the
 * sovereign clouds have too, rather than the newest (azure-rest-api-specs, recoveryservicesbackup and
 * dataprotection; cross-region calls are a service of their own).
 */
export const apiVersions = {
  recoveryServices: '2025-02-01',
  /** The first stable one in which recovery points of Recovery Services vaults have a threat status. */
  recoveryPoints: '2026-07-01',
  /** The first of the previews that alone have restores from another tenant's vault. */
  crossTenant: '2026-03-31-preview',
  crossRegion: '2023-01-15',
  backupVault: '2025-07-01',
  resourceGraph: '2021-03-01',
} as const
