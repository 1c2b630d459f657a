/** What objects of Azure CLI, PowerShell and the service hold of the values of an input. Pure. */
import { type Fields, fields, isFields, membersOf } from '../base/read.ts'
import type { TargetInput } from './hints.ts'

/** What an object has to hold, for an error. */
export const expectedMembers: Record<TargetInput, string> = {
  'operation-url': 'an Azure-AsyncOperation or Location header, and without the ARM ID of an operation',
  'job-id': 'jobId, jobIds, or the id of a backup job',
  'protected-item': 'the ARM ID of a protected item as its id',
}

/** What an object holds of an input's values. */
export const members: Record<TargetInput, (value: Fields) => unknown[]> = {
  'operation-url': (value) => {
    const given = member(value, 'headers')
    const headers = Array.isArray(given) ? headersOf(given) : fields(given)
    const urls = headerNames
      .flatMap((name) => [...membersOf(value, name), ...membersOf(headers, name)])
      .filter((one) => isAddress(one) || Array.isArray(one))
    if (urls.length > 0) return urls
    const id = member(value, 'id')
    return isAddress(id) ? [id] : jobIdsOf(value)
  },
  'job-id': (value) => {
    const own = membersOf(value, 'id').filter((id) => /\/backupJobs\//i.test(String(id)))
    return [...jobIdsOf(value), ...own]
  },
  'protected-item': (value) => [member(value, 'id')].filter(isAddress),
}

const headerNames = ['azure-asyncoperation', 'location']

export function member(value: Fields, name: string): unknown {
  return membersOf(value, name)[0]
}

/** The error of a refused request, `code: message`; empty where there is none (spec: ErrorResponse of Azure Resource Manager). */
export function refusalIn(value: Fields): string {
  const error = fields(member(value, 'error'))
  return ['code', 'message']
    .map((name) => member(error, name))
    .filter((part) => typeof part === 'string')
    .join(': ')
}

/** The jobs that an operation's answer, or PowerShell's job, names. */
function jobIdsOf(value: Fields): unknown[] {
  const places = [value, fields(member(value, 'properties'))]
  return places.flatMap((place) => [...membersOf(place, 'jobId'), ...membersOf(place, 'jobIds')])
}

/** A URL or a path; not the region that resources have as their location. */
function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^\s*(https?:|\/)/i.test(value)
}

/** A header as PowerShell writes those of an HttpResponseMessage. */
export function isHeaderPair(value: unknown): boolean {
  return isFields(value) && typeof member(value, 'Key') === 'string' && member(value, 'Value') !== undefined
}

/** All values of each header: the list may be of several answers. */
export function headersOf(pairs: unknown[]): Fields {
  const groups = Map.groupBy(pairs.filter(isFields), (pair) => String(member(pair, 'Key')).toLowerCase())
  return Object.fromEntries([...groups].map(([key, all]) => [key, all.map((pair) => member(pair, 'Value'))]))
}
