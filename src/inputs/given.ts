/** The values in an input that takes several, in whatever way they were put there. Pure. */
import { decode } from '../azure/paths.ts'
import { shown } from '../base/errors.ts'
import { type Fields, fields, isFields, sameWord } from '../base/read.ts'
import { withoutInvisible } from '../base/text.ts'
import { unquoted } from './forms.ts'
import { hintFor, type TargetInput } from './hints.ts'

/** JSON of Azure is nested less; deeper is an attack on the stack. */
const deepest = 20

/** Where a URL or an ARM ID begins, written or escaped, in whatever wrapping. */
const wrapping = '["\'`<({[]*'
const start = String.raw`${wrapping}(?:https?:\/|https?%3A|(?:[a-z0-9.-]+(?::\d+)?)?\/subscriptions\/|subscriptions\/|(?:%2F)?subscriptions%2F)`
const aGuid = `${wrapping}[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}`

/**
 * What stands between two values on a line. A blank ends a URL and a job's ID, for neither has one. A URL has semicolons
 * (`IaasVMContainer;iaasvmcontainerv2;rg;vm`) and may have commas, and a name of an item all of them, so there only what
 * begins a URL or an ID begins a new value.
 */
const separators: Record<TargetInput, RegExp> = {
  'operation-url': new RegExp(String.raw`\s+|(?<![,;])[,;]+(?=${start})`, 'i'),
  'job-id': new RegExp(String.raw`\s+|(?<![,;])[,;]+(?=${start}|${aGuid})`, 'i'),
  'protected-item': new RegExp(String.raw`(?<![\s,;])[\s,;]+(?=${start})`, 'i'),
}

/** Told what a line or an object has in place of a value, so that nothing is lost in silence. */
type Wrong = (problem: string) => void

/**
 * The values that an input holds: lines, several on a line, JSON of Azure CLI, PowerShell and the service, headers.
 *
 * @param wrong told of every line or object that holds none
 */
export function valuesIn(input: TargetInput, given: string, wrong: Wrong): string[] {
  const text = withoutInvisible(given).trim()
  return text === '' ? fromLine(input, text, wrong) : valuesOf(input, text, wrong, 0)
}

function valuesOf(input: TargetInput, text: string, wrong: Wrong, depth: number): string[] {
  const json = parsed(text)
  if (json !== undefined) return fromJson(input, json, wrong, depth + 1)
  const lines = text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const isHeaders = input === 'operation-url' && lines.some((line) => headerValue(line) !== undefined)
  return lines.flatMap((line) => {
    const value = isHeaders ? headerValue(line) : undefined
    if (value === undefined && isHeaders && isOtherHeader(line)) {
      if (/^(?:<\s+)?HTTP\/[\d.]+\s+[45]/.test(line))
        wrong(`has the answer "${shown(line)}": its request was refused, so it started no operation.`)
      return []
    }
    const inLine = parsed(line)
    return inLine === undefined
      ? fromLine(input, value ?? line, wrong)
      : fromJson(input, inLine, wrong, depth + 1)
  })
}

/** The text as JSON: one value, or several without a comma or with one between them. */
function parsed(text: string): unknown {
  if (!/^["[{]/.test(text)) return undefined
  for (const json of [text, `[${text}]`, `[${text.replace(/([}\]])\s*(?=[[{])/g, '$1,')}]`]) {
    try {
      return JSON.parse(json)
    } catch {}
  }
  return undefined
}

function fromJson(input: TargetInput, value: unknown, wrong: Wrong, depth: number): string[] {
  const each = (values: unknown[]) => values.flatMap((one) => fromJson(input, one, wrong, depth + 1))
  const fail = (problem: string) => {
    wrong(problem)
    return []
  }
  if (depth > deepest) return fail('is JSON that is nested too deep.')
  if (Array.isArray(value)) {
    if (value.length === 0) return fromLine(input, '', wrong)
    return value.every(isHeaderPair) ? fromJson(input, headersOf(value), wrong, depth + 1) : each(value)
  }
  if (typeof value === 'string' && value.trim() !== '') return valuesOf(input, value.trim(), wrong, depth + 1)
  if (!isFields(value) || Object.keys(value).length === 0)
    return fromLine(input, isFields(value) ? '' : String(value), wrong)
  const failed = Object.keys(fields(member(fields(member(value, 'properties')), 'failedJobsError')))
  if (input === 'job-id' && failed.length > 0) {
    return fail(
      `is an operation's answer, which says that jobs could not be started (${shown(failed.join(', '))}); set operation-url to the operation's URL instead.`,
    )
  }
  const found = members[input](value)
  return found.length > 0 ? each(found) : fail(`holds a JSON object without ${expectedMembers[input]}.`)
}

const expectedMembers: Record<TargetInput, string> = {
  'operation-url': 'an Azure-AsyncOperation or Location header, and without the ARM ID of an operation',
  'job-id': 'jobId, jobIds, or the id of a backup job',
  'protected-item': 'the ARM ID of a protected item as its id',
}

/** What an object holds of an input's values. */
const members: Record<TargetInput, (value: Fields) => unknown[]> = {
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
    const ids = jobIdsOf(value)
    return ids.length > 0 ? ids : [member(value, 'id')].filter((id) => /\/backupJobs\//i.test(String(id)))
  },
  'protected-item': (value) => [member(value, 'id')].filter(isAddress),
}

const headerNames = ['azure-asyncoperation', 'location']

/** The values of a field, in whatever case its name is: REST writes jobId, PowerShell JobId. */
function membersOf(value: Fields, name: string): unknown[] {
  return Object.entries(value).flatMap(([key, one]) => (sameWord(key, name) ? [one] : []))
}

function member(value: Fields, name: string): unknown {
  return membersOf(value, name)[0]
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
function isHeaderPair(value: unknown): boolean {
  return isFields(value) && typeof member(value, 'Key') === 'string' && member(value, 'Value') !== undefined
}

/** All values of each header: the list may be of several answers. */
function headersOf(pairs: unknown[]): Fields {
  const groups = Map.groupBy(pairs.filter(isFields), (pair) => String(member(pair, 'Key')).toLowerCase())
  return Object.fromEntries([...groups].map(([key, all]) => [key, all.map((pair) => member(pair, 'Value'))]))
}

/** What `Azure-AsyncOperation: …` or `Location: …` says, as curl, PowerShell and JSON write it. */
function headerValue(line: string): string | undefined {
  return /^(?:<\s+)?["']?(?:azure-asyncoperation|location)["']?\s*[:=]\s*(.+)$/i.exec(line)?.[1]
}

/** A line that stands beside such a header and says nothing of Azure Backup. */
function isOtherHeader(line: string): boolean {
  const isHeader =
    /^(?:[<>*]\s.*|[<>]|HTTP\/[\d.]+\s.*|(?:<\s+)?["']?[\w-]+["']?\s*[:=](?!\/\/).*|[{}],?)$/i.test(line)
  return isHeader && !/\/subscriptions\/|%2Fsubscriptions/i.test(line)
}

function fromLine(input: TargetInput, line: string, wrong: Wrong): string[] {
  const whole = unwrapped(input, line)
  const hint = hintFor(input, whole)
  if (hint !== undefined) {
    wrong(hint)
    return []
  }
  const pieces = unescaped(input, whole)
    .split(input === 'job-id' && !whole.includes('/') ? /[\s,;]+/ : separators[input])
    .map((piece) => unwrapped(input, piece))
    .filter((piece) => piece !== '')
  return pieces.flatMap((piece) => {
    const decoded = decodedOnce(piece)
    if (decoded !== piece || (pieces.length > 1 && hintFor(input, piece) !== undefined))
      return fromLine(input, decoded, wrong)
    return [completed(input, piece)]
  })
}

/** JSON's and HTML's way to write an `&`, which PowerShell 5 and logs do. */
function unescaped(input: TargetInput, line: string): string {
  if (input === 'protected-item') return line
  return line
    .replace(/\\u00([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('&amp;', '&')
}

const brackets: Record<string, string> = { '<': '>', '{': '}', '[': ']', '(': ')' }

/** Without quotes and brackets around it, and separators at its ends; names of items keep their brackets. */
function unwrapped(input: TargetInput, given: string): string {
  const isName = input === 'protected-item' && !given.includes('/subscriptions/')
  let value = unquoted(isName ? given.trim() : trimmed(given))
  const close = brackets[value[0] ?? '']
  if (!isName && close !== undefined && value.endsWith(close)) {
    const inner = value.slice(1, -1)
    if (!inner.includes(value[0] ?? '') && !inner.includes(close)) value = inner
  }
  return value === given ? value : unwrapped(input, value)
}

/** Without separators at its ends. By hand, for a pattern takes a square of the time on a long run of them. */
function trimmed(value: string): string {
  const isSeparator = (at: number) => /[\s,;]/.test(value.charAt(at))
  let [from, to] = [0, value.length]
  while (from < to && isSeparator(from)) from += 1
  while (to > from && isSeparator(to - 1)) to -= 1
  return value.slice(from, to)
}

/** A URL or an ARM ID that was escaped as a whole. */
function decodedOnce(value: string): string {
  return /^(https?%3A|(%2F)?subscriptions%2F)/i.test(value) ? decode(value) : value
}

/** What is commonly left out: the hyphens of a GUID, an ARM ID's first slash, the scheme of a URL. */
function completed(input: TargetInput, value: string): string {
  const plainGuid = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i
  if (input === 'job-id' && plainGuid.test(value)) return value.replace(plainGuid, '$1-$2-$3-$4-$5')
  if (/^subscriptions\//i.test(value)) return `/${value}`
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?\/subscriptions\//i.test(value) ? `https://${value}` : value
}
