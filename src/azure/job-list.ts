/** The job list of a vault: many jobs for one request, without their tasks and sizes (recorded). */

import { fields, list, text } from '../base/read.ts'
import { isLong, restNow } from '../base/turns.ts'
import type { Job, Vault } from '../domain/job.ts'
import type { Answer, ResourceManager } from './http/resource-manager.ts'
import { type JobHead, readHead, readJob } from './job-body.ts'
import { withVersion } from './operation.ts'
import { readPages } from './pages.ts'
import { vaultPath } from './paths.ts'
import { apiVersions } from './versions.ts'

/** Which jobs are wanted. The service is known to ignore parts of a filter, so it is applied here as well. */
export type ListFilter =
  /** Those that run. */
  | { status: 'InProgress' }
  /** Those that started within a time, in milliseconds since 1970. */
  | { from: number; to: number }

/**
 * Reads the list, all its pages: that it is newest first is recorded, but nowhere promised.
 *
 * @param wants which jobs that fit the filter are read whole and returned
 * @throws what `readPages` throws
 */
export async function listJobs(
  resourceManager: ResourceManager,
  vault: Vault,
  filter: ListFilter,
  wants: (head: JobHead) => boolean = () => true,
): Promise<{ jobs: Job[]; answer: Answer }> {
  const jobs: Job[] = []
  const url = listUrl(resourceManager.origin, vault, filter)
  let last: Answer | undefined
  for await (const answer of readPages(resourceManager, {
    url,
    what: { kind: 'job-list', name: vault.name },
  })) {
    for (const item of list(fields(answer.body).value)) {
      const head = readHead(item)
      const id = fits(head, filter) && wants(head) ? idOf(item) : ''
      if (id !== '') jobs.push(readJob(item, id, vault, head))
      if (isLong()) await restNow()
    }
    last = answer
  }
  return { jobs, answer: last as Answer }
}

function listUrl(origin: string, vault: Vault, filter: ListFilter): URL {
  const path = `${vaultPath(vault)}/backupJobs`
  // The list of a Backup vault takes no filter (spec: dataprotection, BackupJobs_List).
  if (vault.kind === 'backup') return withVersion(path, origin, apiVersions.backupVault)
  const url = withVersion(path, origin, apiVersions.recoveryServices)
  url.searchParams.set('$filter', filterText(filter))
  return url
}

function filterText(filter: ListFilter): string {
  if ('status' in filter) return `status eq '${filter.status}'`
  // Despite "eq", the two dates mean an interval (MicrosoftDocs/azure-docs#42973).
  return `startTime eq '${listDate(filter.from)}' and endTime eq '${listDate(filter.to)}'`
}

/** `2022-02-11 02:18:36 AM`: .NET's `yyyy-MM-dd hh:mm:ss tt` in UTC, as azure-cli writes it. */
export function listDate(milliseconds: number): string {
  const [date = '', time = ''] = new Date(milliseconds).toISOString().split(/[T.]/)
  const hour = Number(time.slice(0, 2))
  const twelve = String(hour % 12 || 12).padStart(2, '0')
  return `${date} ${twelve}${time.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`
}

function idOf(item: unknown): string {
  return text(fields(item).name) || (text(fields(item).id).split('/').at(-1) ?? '')
}

function fits(job: JobHead, filter: ListFilter): boolean {
  if ('status' in filter) return job.status === filter.status
  return job.startTime !== undefined && job.startTime >= filter.from && job.startTime <= filter.to
}
