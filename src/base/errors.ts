/** Errors that a person reads. Each says what was found, what is accepted and what to do. */
import { cutSignatures } from './read.ts'
import { firstOf, visible } from './text.ts'

/** An input, or an environment variable that stands for one, is wrong. */
export class InputError extends Error {
  override name = 'InputError'
  readonly input: string

  /**
   * @param input the input's name
   * @param problem what was found and what is expected: `is "0"; expected …`, or, of one value among several,
   *   `"x" is not a URL; expected …`
   */
  constructor(input: string, problem: string) {
    super(`Input ${input}${problem.startsWith('"') ? ':' : ''} ${problem}`)
    this.input = input
  }
}

/** What a person is told of something that went wrong, each part in a place of its own. */
export interface Explanation {
  /** What was found, in whole sentences. */
  cause: string
  /** What to do about it. */
  cure?: string
  /** Commands that do it, ready to be pasted into a shell. */
  commands?: string[]
  /** Values that have to be compared or copied to the letter, each with its name. */
  facts?: [name: string, value: string][]
  /** The answer in the words of the service. */
  said?: string
}

/** A token cannot be had: the reason lies with the credentials and waiting does not mend it. */
export class CredentialError extends Error {
  override name = 'CredentialError'
  readonly explanation: Explanation

  /** @param explanation the cause alone, where there is no more to say */
  constructor(explanation: Explanation | string) {
    const whole = typeof explanation === 'string' ? { cause: explanation } : explanation
    super([whole.cause, whole.cure, whole.said].filter((part) => part).join(' '))
    this.explanation = whole
  }
}

/** A URL that must not be sent a token. */
export class TrustError extends Error {
  override name = 'TrustError'
}

/** A variable of the environment keeps requests from getting through, and waiting does not mend it. */
export class SettingError extends Error {
  override name = 'SettingError'
  readonly variable: string

  /**
   * @param variable the variable's name
   * @param problem what was found, what is accepted and what to do
   */
  constructor(variable: string, problem: string) {
    super(problem)
    this.variable = variable
  }
}

/** A proxy answered the request for a tunnel with no. */
export class ProxyError extends Error {
  override name = 'ProxyError'
  readonly status: number

  constructor(status: number) {
    super(`the proxy answered ${status} to CONNECT`)
    this.status = status
  }
}

/** The deadline came while what was asked for failed. */
export class OutOfTimeError extends Error {
  override name = 'OutOfTimeError'
}

/** The message of anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const longestShown = 300

/**
 * A value of an input as an error may show it: one line, not too long, without what may be a secret. User info is masked
 * to the last `@`, for a password may hold one, and what follows a query's first character is left out, for it may be
 * signed. Escapes are undone first, as often as they were done: a URL may have been escaped on its way here.
 */
export function shown(value: string): string {
  const [unsigned] = withoutUser(unescaped(value)).split(/[?&]|(?<!^)#|%3F|%26|%23/i, 1)
  // Of a value that is nothing but a query, its first character: an empty pair of quotes would tell nothing.
  const line = cutSignatures(visible(unsigned || value.charAt(0)))
  return line.length > longestShown ? `${firstOf(line, longestShown)}…` : line
}

/** Without what stands between a scheme, or two slashes, and the last `@`. */
function withoutUser(value: string): string {
  // The fragment of a portal's address begins with the tenant, `#@contoso.com/resource/…`.
  if (/^https:\/\/([\w-]+\.)*portal\.azure\.(com|us|cn)\/#/i.test(value)) return value
  const end = value.lastIndexOf('@')
  const start = /\b[a-z][a-z0-9+.-]{0,20}:[\\/]*|[\\/]{2,}/i.exec(value.slice(0, Math.max(0, end)))
  if (start === null) return value
  const masked = value.slice(start.index + start[0].length, end)
  return `${value.slice(0, start.index)}${start[0]}***${restBehind(masked, value.slice(end))}`
}

/** What is shown from the last `@` on: what holds the beginning of a query may be a password, or a query up to its `@`. */
function restBehind(masked: string, rest: string): string {
  const sign = masked.search(/[?&#]/)
  if (sign < 0) return rest
  return masked.includes('=', sign) ? '@' : rest.replace(/[=\s\p{Cc}].*/su, '')
}

/** Escapes of ASCII undone, the rest being no delimiter; an escape that was itself escaped in place of the character. */
function unescaped(value: string, levels = 5): string {
  const once = value
    .replace(/%(?:25)+/g, '%')
    .replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return once === value || levels === 1 ? once : unescaped(once, levels - 1)
}
