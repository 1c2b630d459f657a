/** The values in an input that takes several, in whatever way they were put there. Pure. */
import { shown } from '../base/errors.ts'
import { fields, isFields } from '../base/read.ts'
import { decode, withoutInvisible } from '../base/text.ts'
import { unquoted } from './forms.ts'
import { hintFor, type TargetInput } from './hints.ts'
import { expectedMembers, headersOf, isHeaderPair, member, members, refusalIn } from './json-members.ts'

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
    .split(/[\r\n\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const around = jsonAmong(lines)
  if (around !== undefined) {
    const { before, value, after } = around
    const read = (some: string[]) => fromLines(input, some, wrong, depth)
    return [...read(before), ...fromJson(input, value, wrong, depth + 1), ...read(after)]
  }
  return fromLines(input, lines, wrong, depth)
}

function fromLines(input: TargetInput, lines: string[], wrong: Wrong, depth: number): string[] {
  const isNamed = lines.some((line) => headerValue(line) !== undefined)
  const isHeaders = input === 'operation-url' && (isNamed || lines.some((line) => statusLine.test(line)))
  const refusals = isHeaders ? lines.filter((line) => statusOf(line) >= 400) : []
  for (const line of refusals)
    wrong(`has the answer "${shown(line)}": its request was refused, so it started no operation.`)
  if (isHeaders && !isNamed && refusals.length === 0)
    wrong('holds headers without Azure-AsyncOperation and Location; their request started no operation.')
  return lines.flatMap((line) => {
    const value = isHeaders ? headerValue(line) : undefined
    if (value === undefined && isHeaders && isOtherHeader(line)) return []
    const inLine = parsed(line)
    return inLine === undefined
      ? fromLine(input, value ?? line, wrong)
      : fromJson(input, inLine, wrong, depth + 1)
  })
}

/** JSON over several lines, with others before or behind it: a warning of Azure CLI, headers, one more ID. */
function jsonAmong(lines: string[]): { before: string[]; value: unknown; after: string[] } | undefined {
  const first = lines.findIndex((line) => /^[{[]/.test(line))
  const last = lines.findLastIndex((line) => /[}\]],?$/.test(line))
  if (first < 0 || last <= first) return undefined
  const value = parsed(
    lines
      .slice(first, last + 1)
      .join('\n')
      .replace(/,$/, ''),
  )
  return value === undefined
    ? undefined
    : { before: lines.slice(0, first), value, after: lines.slice(last + 1) }
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
  if (Array.isArray(value))
    return value.every(isHeaderPair) ? fromJson(input, headersOf(value), wrong, depth + 1) : each(value)
  if (typeof value === 'string' && value.trim() !== '') return valuesOf(input, value, wrong, depth + 1)
  if (!isFields(value) || Object.keys(value).length === 0)
    return fromLine(input, isFields(value) ? '' : String(value), wrong)
  const failed = Object.keys(fields(member(fields(member(value, 'properties')), 'failedJobsError')))
  if (input === 'job-id' && failed.length > 0) {
    return fail(
      `is an operation's answer, which says that jobs could not be started (${shown(failed.join(', '))}); set operation-url to the operation's URL instead.`,
    )
  }
  const found = members[input](value)
  if (found.length > 0) return each(found)
  const refusal = refusalIn(value)
  if (refusal === '') return fail(`holds a JSON object without ${expectedMembers[input]}.`)
  return fail(`is an error that a request was answered with, "${shown(refusal)}", so it started nothing.`)
}

/** What `Azure-AsyncOperation: …` or `Location: …` says, as curl, PowerShell and JSON write it. */
function headerValue(line: string): string | undefined {
  return /^(?:<\s+)?["']?(?:azure-asyncoperation|location)["']?\s*[:=]\s*(.+)/i.exec(line)?.[1]
}

/** The first line of an answer, as curl writes it. */
const statusLine = /^(?:<\s+)?HTTP\/[\d.]+\s+(\d{3})\b/i

function statusOf(line: string): number {
  return Number(statusLine.exec(line)?.[1] ?? 0)
}

/** A line that stands beside such a header and says nothing of Azure Backup. */
function isOtherHeader(line: string): boolean {
  const form = /^(?:[<>*]\s.*|[<>]|HTTP\/[\d.]+\s.*|["']?[\w-]+["']?\s*[:=](?!\/\/).*|[{}],?)$/i
  return form.test(line) && !/\/subscriptions\/|%2Fsubscriptions/i.test(line)
}

function fromLine(input: TargetInput, line: string, wrong: Wrong): string[] {
  const whole = unwrapped(input, line)
  const hint = hintFor(input, whole)
  if (hint !== undefined) {
    wrong(hint)
    return []
  }
  const pieces = unescaped(input, whole)
    .split(input === 'job-id' && !whole.includes('/') ? /[\s,;]/ : separators[input])
    .map((piece) => unwrapped(input, piece))
    .filter((piece) => piece !== '')
  return pieces.flatMap((piece) => {
    const decoded = decodedOnce(piece)
    if (decoded !== piece || hintFor(input, piece) !== undefined) return fromLine(input, decoded, wrong)
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
  const open = value.charAt(0)
  const close = brackets[open]
  if (!isName && close !== undefined && value.endsWith(close)) {
    const inner = value.slice(1, -1)
    if (!inner.includes(open) && !inner.includes(close)) value = inner
  }
  return value === given ? value : unwrapped(input, value)
}

/** Without separators at its ends. By hand, for a pattern takes a square of the time on a long run of them. */
function trimmed(value: string): string {
  // Beyond both ends, charAt gives nothing.
  const isSeparator = (at: number) => /[\s,;]/.test(value.charAt(at))
  let [from, to] = [0, value.length]
  while (isSeparator(from)) from += 1
  while (isSeparator(to - 1)) to -= 1
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
