/**
 * Values as Azure Backup writes them, read without trust: nothing here throws, and what cannot be read is
 * absent rather than guessed.
 */

import { cut } from './text.ts'

/** A JSON object whose fields are not known to be anything. */
export type Fields = Record<string, unknown>

/** The value as an object with fields; an empty one for anything else. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : {}
}

/** Whether the value is an object with fields, and no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The values of a field, in whatever case its name is: REST writes `jobId`, PowerShell `JobId`. */
export function membersOf(value: Fields, name: string): unknown[] {
  return Object.entries(value).flatMap(([key, one]) => (sameWord(key, name) ? [one] : []))
}

/** A GUID, as IDs of subscriptions, tenants and jobs are. */
export const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether two words of IDs are the same; their case differs within one conversation (recorded). */
export function sameWord(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** The value as a list; an empty one for anything else. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** The longest text that is taken from the service, in characters: more than anybody reads, and than any recorded. */
export const longestText = 4_000

/**
 * The value as trimmed text: strings and numbers; the empty text for anything else. Messages of Backup vaults
 * have stray blanks at both ends (recorded). Text is cut here, where all of it comes in, to what can be searched and
 * shown in no time, and freed from signatures, so that no place that shows it has to think of either.
 */
export function text(value: unknown): string {
  if (typeof value === 'string') return cutSignatures(cut(value.toWellFormed().trim(), longestText))
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** The value as text to the letter: for links that are followed, whose signatures have to stay. Never shown. */
export function verbatim(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A finite number, given as one or as text (`"0"`, recorded in subTasks of Backup vaults). */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) return undefined
  return Number(value)
}

// What begins a parameter of a query, and what stands before its value: plain, escaped for a URL as often as may be, or
// as JSON writes them within a string.
const separator = String.raw`(?:[?&]|%(?:25)*(?:3F|26)|&amp;|\\u0026)`
const equals = String.raw`(?:=|%(?:25)*3D|\\u003d)`
/** A field of JSON, its quotes escaped where the JSON is a string itself. */
const field = String.raw`\\*["']\s*:\s*\\*["']`
const signature = new RegExp(
  String.raw`((?:${separator}|\b)(?:sig|signature)(?:${equals}|${field}))[^&\s"'<>\\]+`,
  'gi',
)
const signedQuery = new RegExp(String.raw`(${separator}[tcsh]${equals})[\w%.~+/=-]{16,}`, 'gi')
/** A JSON object in base64url, as the parts of a token begin; five parts where it is encrypted. */
const jwt = /eyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g
/** The password before a URL's host; user names may have an @ themselves. */
const userInfo = /(:\/\/)[^\s/?#"'<>\\]*@/g

/** What every secret that is looked for has. Most texts of thousands of listed jobs have none of it. */
const suspicious = /[=%\\"']|eyJ|:\/\//

/**
 * The text without signatures of SAS URLs and of signed operation URLs, without tokens, and without the user and
 * password before a host (each grants access to who holds it).
 */
export function cutSignatures(value: string): string {
  if (!suspicious.test(value)) return value
  return value
    .replace(signature, '$1***')
    .replace(signedQuery, '$1***')
    .replace(jwt, '***')
    .replace(userInfo, '$1***@')
}

const isoDuration = /^([+-])?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i
const timeSpan = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/

/**
 * Seconds, from either spelling of one field: ISO 8601 (`PT1H11M16.9352454S`) or .NET TimeSpan
 * (`1.02:03:04.5670000`). Recorded: a single read has the first, a list the second.
 */
export function durationSeconds(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const given = value.trim()
  const match = isoDuration.exec(given) ?? timeSpan.exec(given)
  if (!match || !/\d/.test(given)) return undefined
  const [, sign, days = 0, hours = 0, minutes = 0, seconds = 0] = match
  const total = Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
  return Number.isSafeInteger(Math.round(total)) && sign !== '-' ? total : undefined
}

const timestamp = /^(\d{4})(-\d\d-\d\dT\d\d:\d\d:\d\d)(?:(\.\d{1,3})\d*)?(Z|[+-]\d\d:?\d\d)?$/i

/**
 * A point in time, in milliseconds since 1970. Azure Backup writes UTC with up to seven digits of a second, at
 * times without the Z, and `0001-01-01T00:00:00` for "none" (recorded).
 */
export function time(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const match = timestamp.exec(value.trim())
  if (match === null || Number(match[1]) < 1970) return undefined
  const [, year, rest, fraction = '', zone = 'Z'] = match
  // V8 misreads a fraction of more than nine digits.
  const parsed = Date.parse(`${year}${rest}${fraction}${zone}`)
  return Number.isNaN(parsed) ? undefined : parsed
}

const usTimestamp = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d):(\d\d) ([AP])M$/i

/** A point in time as property bags have it (`3/13/2022 12:00:00 AM`, recorded), in milliseconds since 1970; UTC. */
export function usTime(value: unknown): number | undefined {
  const match = usTimestamp.exec(text(value))
  if (!match) return undefined
  const [, month, day, year, hours, minutes, seconds, half] = match
  const hour = (Number(hours) % 12) + (half?.toUpperCase() === 'P' ? 12 : 0)
  const two = (part: unknown) => String(part).padStart(2, '0')
  return time(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minutes}:${seconds}`)
}

/** An amount of data: as the service writes it, and in bytes. */
export interface Size {
  text: string
  bytes: number
}

const unitBytes: Record<string, number> = {
  b: 1,
  bytes: 1,
  kb: 1024,
  mb: 1024 ** 2,
  gb: 1024 ** 3,
  tb: 1024 ** 4,
  pb: 1024 ** 5,
}

/**
 * A size with its unit (`19306 MB`; `32 GB`), where 1 MB is 1,048,576 bytes. A decimal comma is taken for a
 * point when it cannot be a thousands separator.
 */
export function size(value: unknown): Size | undefined {
  const given = text(value)
  const match = /^([\d.,]+)\s*([a-z]+)$/i.exec(given)
  const factor = unitBytes[match?.[2]?.toLowerCase() ?? ''] ?? Number.NaN
  const bytes = Math.round((decimal(match?.[1] ?? '') ?? Number.NaN) * factor)
  return Number.isSafeInteger(bytes) ? { text: given, bytes } : undefined
}

/** A number of units without its unit (`20.1147`, where the key says MB), as a size. */
export function sizeIn(unit: string, value: unknown): Size | undefined {
  return size(`${text(value)} ${unit}`)
}

function decimal(given: string): number | undefined {
  const grouped = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(given)
  const plain = grouped ? given.replaceAll(',', '') : given.replace(',', '.')
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined
}

/**
 * Seconds to wait by a Retry-After header: whole seconds (what Resource Manager sends) or an HTTP date,
 * counted from the answer's own Date where it has one.
 *
 * @param now milliseconds since 1970, for a date without a Date header beside it
 */
export function retryAfterSeconds(header: string | undefined, date: string | undefined, now: number): number {
  if (header === undefined) return 0
  if (/^\s*\d+\s*$/.test(header)) return Number(header)
  const from = Date.parse(date ?? '')
  const until = Date.parse(header)
  return Number.isNaN(until) ? 0 : Math.max(0, (until - (Number.isNaN(from) ? now : from)) / 1000)
}
