/** Reading one job, where it is: in its vault, below a mapping to another tenant's, or across regions. */

import { postPause } from '../base/pace.ts'
import { fields, text } from '../base/read.ts'
import { isLong, restNow } from '../base/turns.ts'
import type { Job, JobReference, Vault } from '../domain/job.ts'
import type { Answer, Request, ResourceManager } from './http/resource-manager.ts'
import type { Subject } from './http/subject.ts'
import { readJob } from './job-body.ts'
import { withVersion } from './operation.ts'
import { notJob } from './own-body.ts'
import { jobPath, regionName, vaultPath } from './paths.ts'
import { apiVersions } from './versions.ts'

/** A job, and what the answer says of when to ask again. */
export interface JobRead {
  job: Job
  answer: Answer
  /**
   * Set by a reader that reads jobs together: what they agree on, so that they are read together again; the age of
   * the youngest in seconds, and chance from 0 to 1.
   */
  round?: { age: number | undefined; random: number }
  /** Where the job turned out to be, if that was looked up: in its vault, where the region named is the vault's own. */
  reference?: JobReference
}

/** Reads jobs. */
export interface JobReader {
  /** A job is followed from now on, until what is returned is called. */
  enter(reference: JobReference): () => void
  /**
   * @param pause seconds since the last read of this job; 0 before the first
   * @throws what `ResourceManager.read` throws
   */
  read(reference: JobReference, pause: number): Promise<JobRead>
}

/** Reads each job by itself. */
export function singleJobReader(resourceManager: ResourceManager): JobReader {
  /** Regions of Backup vaults by their path: a vault does not move. */
  const regions = new Map<string, string>()

  async function regionOf(vault: Vault): Promise<string> {
    const path = vaultPath(vault)
    const known = regions.get(path)
    if (known !== undefined) return known
    const url = withVersion(path, resourceManager.origin, apiVersions.backupVault)
    const { body } = await resourceManager.read({ url, what: { kind: 'vault', name: vault.name } })
    const region = regionName(text(fields(body).location))
    regions.set(path, region)
    return region
  }

  /** Operations of Backup vaults are below their region, so only the vault tells which job is a cross-region one. */
  async function placed(reference: JobReference): Promise<JobReference> {
    const { region, ...atHome } = reference
    if (reference.vault.kind !== 'backup' || region === undefined) return reference
    return (await regionOf(reference.vault)) === regionName(region) ? atHome : reference
  }

  async function requestFor(reference: JobReference): Promise<Request> {
    const { vault, id, region, mapping } = reference
    const what: Subject = { kind: 'job', name: id }
    if (vault.kind === 'recovery-services') {
      const version = mapping === undefined ? apiVersions.recoveryServices : apiVersions.crossTenant
      return region === undefined
        ? { url: withVersion(jobPath(reference), resourceManager.origin, version), what }
        : crossRegionJob(reference, region, resourceManager.origin, what)
    }
    return region === undefined
      ? { url: withVersion(jobPath(reference), resourceManager.origin, apiVersions.backupVault), what }
      : crossRegionRestoreJob(reference, region, await regionOf(vault), resourceManager.origin, what)
  }

  return {
    enter: () => () => {},
    read: async (given) => {
      const reference = await placed(given)
      const request = await requestFor(reference)
      // Thousands are read at once where a list no longer shows them: each looks at the time just before it goes on.
      while (isLong()) await restNow()
      const answer = await resourceManager.read({ ...request, whyNot: notJob(reference.id) })
      return { job: readJob(answer.body, reference.id, reference.vault), answer, reference }
    },
  }
}

/** A job of a Recovery Services vault in the secondary region (recorded; a GET in the vault gives 404). */
function crossRegionJob(reference: JobReference, region: string, origin: string, what: Subject): Request {
  const { vault, id } = reference
  const path =
    `/subscriptions/${encodeURIComponent(vault.subscriptionId)}/providers/Microsoft.RecoveryServices` +
    `/locations/${encodeURIComponent(region)}/backupCrrJob`
  return {
    url: withVersion(path, origin, apiVersions.crossRegion),
    method: 'POST',
    body: { resourceId: vaultPath(vault), jobName: id },
    what,
    leastPause: postPause,
  }
}

/** A job of a Backup vault in the secondary region (spec: dataprotection, FetchCrossRegionRestoreJob). */
function crossRegionRestoreJob(
  reference: JobReference,
  region: string,
  own: string,
  origin: string,
  what: Subject,
): Request {
  const { vault, id } = reference
  const path =
    `/subscriptions/${encodeURIComponent(vault.subscriptionId)}/resourceGroups/${encodeURIComponent(vault.resourceGroup)}` +
    `/providers/Microsoft.DataProtection/locations/${encodeURIComponent(region)}/fetchCrossRegionRestoreJob`
  return {
    url: withVersion(path, origin, apiVersions.backupVault),
    method: 'POST',
    body: { jobId: id, sourceBackupVaultId: vaultPath(vault), sourceRegion: own },
    what,
    leastPause: postPause,
  }
}

/** Whether reading the job spends the write quota, as POSTs do (recorded). */
export function readsByPost(reference: JobReference): boolean {
  return reference.region !== undefined
}
