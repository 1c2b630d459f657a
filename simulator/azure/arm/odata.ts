/** `$filter` and the like, as far as Azure Backup understands them (reference/azure-backup-api.md 3.2). */
import type { Answer, SeenRequest } from '../../http/exchange.ts'
import { armError } from './errors.ts'

/** Field to value. */
export type Filter = Map<string, string>

// Quotes within a value are doubled, as everywhere in OData.
const CONDITION = /^\s*([A-Za-z]+) eq '((?:[^']|'')*)'\s*(?:and(?=\s)|$)/

/** A query option by name; `$skipToken` is also written `$skiptoken`, so case does not matter. */
export function queryOption(request: SeenRequest, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return [...new URLSearchParams(request.query)].find(([key]) => key.toLowerCase() === wanted)?.[1]
}

/**
 * The conditions of `$filter`: `eq` joined with `and`, values in single quotes, none of a field that is not in
 * the list. Anything else is a 400; its words are not recorded.
 */
export function readFilter(request: SeenRequest, fields: string[]): Filter | Answer {
  const filter: Filter = new Map()
  let rest = queryOption(request, '$filter')?.trim() ?? ''
  const whole = rest
  while (rest !== '') {
    const [text = '', field = '', value = ''] = CONDITION.exec(rest) ?? []
    if (text === '') return badFilter(whole, `it is not of the form "field eq 'value' and …" at "${rest}"`)
    if (!fields.includes(field)) return badFilter(whole, `there is no field '${field}'`)
    if (filter.has(field)) return badFilter(whole, `'${field}' is there twice`)
    filter.set(field, value.replaceAll("''", "'"))
    rest = rest.slice(text.length).trimStart()
    if (rest === '' && /and$/.test(text)) return badFilter(whole, 'it ends with "and"')
  }
  return filter
}

/** Whether a filter could not be read. */
export function isAnswer(given: unknown): given is Answer {
  return typeof given === 'object' && given !== null && 'status' in given && !(given instanceof Map)
}

/** 400 for a filter. */
export function badFilter(filter: string, reason: string): Answer {
  return armError(400, 'BMSUserErrorInvalidFilter', `The filter "${filter}" is not valid: ${reason}.`)
}

/**
 * Milliseconds since the epoch of `yyyy-MM-dd hh:mm:ss tt`: 12 hours, English, UTC (azure-cli
 * `get_filter_string`). Undefined for any other form, so for `00:00:00 AM` too.
 */
export function twelveHourDate(text: string): number | undefined {
  const [, day = '', hour = '', rest = '', half = ''] =
    /^(\d{4}-\d{2}-\d{2}) (0[1-9]|1[0-2])(:[0-5]\d:[0-5]\d) (AM|PM)$/.exec(text) ?? []
  if (day === '') return undefined
  const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0)
  return utc(`${day}T${String(hours).padStart(2, '0')}${rest}Z`)
}

/** Milliseconds since the epoch of `2023-06-16T01:00:00.0000000Z`, as the CLI asks Backup vaults (recorded). */
export function isoDate(text: string): number | undefined {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? utc(text)
    : undefined
}

/** The interval that two fields of a filter mean, open where one is missing; a 400 for a date of another form. */
export function interval(
  filter: Filter,
  from: string,
  to: string,
  read: (text: string) => number | undefined,
): { from: number; to: number } | Answer {
  const bounds = { from: -Infinity, to: Infinity }
  for (const [field, bound] of [
    [from, 'from'],
    [to, 'to'],
  ] as const) {
    const text = filter.get(field)
    if (text === undefined) continue
    const ms = read(text)
    if (ms === undefined) return badFilter(`${field} eq '${text}'`, 'the date is of another form')
    bounds[bound] = ms
  }
  return bounds
}

function utc(text: string): number | undefined {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}
