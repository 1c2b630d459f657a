/** The forms that inputs have. A wrong value is noted, so that one run tells of all of them. */
import { InputError, shown } from '../base/errors.ts'
import { withoutInvisible } from '../base/text.ts'
import { defaults } from './defaults.ts'

/** Gives an input's value, trimmed; empty where it is not set. */
export type GetInput = (name: string) => string

/** Reads inputs by their forms. After an error it goes on with the default, or with nothing. */
export class InputForm {
  /** What was wrong, in the order in which it was read. */
  readonly errors: InputError[] = []
  readonly #get: GetInput

  constructor(get: GetInput) {
    this.#get = get
  }

  /** Notes what is wrong with an input: see InputError. */
  wrong(name: string, problem: string): void {
    this.errors.push(new InputError(name, problem))
  }

  /** Whether one of these inputs was found wrong. */
  isWrong(...names: string[]): boolean {
    return this.errors.some(({ input }) => names.includes(input))
  }

  /** The value to the letter: of secrets, and of what others take as it is. */
  verbatim(name: string): string {
    return this.#get(name)
  }

  /** Text without invisible characters and without quotes around it; the default where it is empty. */
  text(name: string): string {
    return unquoted(withoutInvisible(this.#get(name)).trim()) || (defaults[name] ?? '')
  }

  /** One of these words, in any case. */
  oneOf<const Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const value = this.text(name)
    const word = words.find((candidate) => candidate.toLowerCase() === value.toLowerCase())
    if (word === undefined) this.wrong(name, `is "${shown(value)}"; expected ${listed(words)}.`)
    return word ?? words[0]
  }

  /** `true` or `false`, in any case. */
  boolean(name: string): boolean {
    return this.oneOf(name, ['true', 'false']) === 'true'
  }

  /**
   * A number in digits, with decimals or without; undefined where it is not set.
   *
   * @param expected what is expected, for the error
   */
  number(name: string, expected: string, holds: (value: number) => boolean): number | undefined {
    const given = this.text(name)
    if (given === '') return undefined
    const value = /^\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN
    if (Number.isFinite(value) && holds(value)) return value
    this.wrong(name, `is "${shown(given)}"; expected ${expected}.`)
    return undefined
  }

  /**
   * Text of a form; empty where it is not set.
   *
   * @param expected what is expected, for the error
   */
  matching(name: string, form: RegExp, expected: string): string {
    const value = this.text(name)
    if (value === '' || form.test(value)) return value
    this.wrong(name, `is "${shown(value)}"; expected ${expected}.`)
    return ''
  }

  /**
   * An https URL without user info; undefined where it is not set.
   *
   * @param value where it is not the input's own
   */
  httpsUrl(name: string, value = this.text(name)): URL | undefined {
    if (value === '') return undefined
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url
    this.wrong(name, `is "${shown(value)}"; expected an https URL without user info.`)
    return undefined
  }
}

/** The value without a pair of quotes around it, of which it has no other. */
export function unquoted(value: string): string {
  const inner = /^(["'`])(.*)\1$/s.exec(value)?.[2]
  return inner === undefined || inner.includes(value.charAt(0)) ? value : inner.trim()
}

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  return words.join(', ').replace(/, ([^,]+)$/, ' or $1')
}
