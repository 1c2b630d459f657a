/** `GET …/backupJobs` of a Recovery Services vault (reference/azure-backup-api.md 3.2). */

import type { Answer } from '../../http/exchange.ts'
import { badFilter, interval, isAnswer, queryOption, readFilter, twelveHourDate } from '../arm/odata.ts'
import { newestFirst } from '../items/items.ts'
import { asListed } from '../world/listed.ts'
import { PAGE_SIZE } from '../world/quirks.ts'
import type { VaultRequest } from '../world/vault-request.ts'
import { isAtVault, type Job, type World } from '../world/world.ts'
import { jobsAfter, jobsNextLink } from './continuation.ts'
import { listItem } from './job.ts'

const FIELDS = ['status', 'operation', 'backupManagementType', 'startTime', 'endTime', 'jobId']

// Words that the service knows (types of @azure/arm-recoveryservicesbackup); others are refused.
const WORDS: Record<string, string> = {
  status: 'Invalid InProgress Completed Failed CompletedWithWarnings Cancelled Cancelling',
  operation:
    'Invalid Register UnRegister ConfigureBackup Backup Restore DisableBackup DeleteBackupData CrossRegionRestore Undelete UpdateCustomerManagedKey',
  backupManagementType:
    'Invalid AzureIaasVM MAB DPM AzureBackupServer AzureSql AzureStorage AzureWorkload DefaultBackup',
}

/**
 * A page of the vault's jobs, newest first, that the filter lets through. `startTime` and `endTime` mean an
 * interval: the jobs started in it (MicrosoftDocs/azure-docs#42973).
 */
export function jobList(world: World, { request, vault, origin, path }: VaultRequest): Answer {
  const { quirks, clock } = world
  const filter = readFilter(request, FIELDS)
  if (isAnswer(filter)) return filter
  const started = interval(filter, 'startTime', 'endTime', twelveHourDate)
  if (isAnswer(started)) return started
  for (const [field, words] of Object.entries(WORDS)) {
    const word = filter.get(field)
    if (word !== undefined && !words.split(' ').includes(word)) {
      return badFilter(`${field} eq '${word}'`, 'there is no such word')
    }
  }
  const now = clock.now()
  const lag = (quirks.listStartLagSeconds ?? 0) * 1000
  const inTime = ({ startedAt }: Job) =>
    quirks.ignoreTimeFilter || (startedAt.ms >= started.from && startedAt.ms <= started.to)
  const jobs = [...world.jobs.values()]
    .filter((job) => isAtVault(job, vault) && inTime(job))
    .filter((job) => now >= job.visibleAt && now >= job.startedAt.ms + lag)
    .sort(newestFirst)
  const token = queryOption(request, '$skipToken')
  const from = token === undefined ? 0 : jobsAfter(jobs, token)
  if (from === undefined) return badFilter('$skipToken', 'it is not one of this list')
  const size = quirks.pageSize ?? PAGE_SIZE
  const page: { job: Job; item: Record<string, unknown> }[] = []
  let more = false
  for (const job of jobs.slice(from)) {
    const item = listItem(job.kind.job(asListed(world, job, now), job))
    if (!matches(item, filter)) continue
    more = page.length === size
    if (more) break
    page.push({ job, item })
  }
  const last = page.at(-1)?.job
  const url = `${quirks.nextLinkOrigin ?? origin}${path}`
  const link = more && last !== undefined ? { nextLink: jobsNextLink(url, request, last) } : {}
  return { status: 200, body: { ...link, value: page.map(({ item }) => item) } }
}

function matches(item: Record<string, unknown>, filter: Map<string, string>): boolean {
  const properties = item.properties as Record<string, unknown>
  const same = (field: string, value: unknown) => {
    const wanted = filter.get(field)
    return wanted === undefined || wanted === value
  }
  return (
    same('jobId', item.name) &&
    same('status', properties.status) &&
    same('backupManagementType', properties.backupManagementType) &&
    // `Backup (Full)` is a Backup.
    same('operation', String(properties.operation).replace(/ \(.*$/, ''))
  )
}
