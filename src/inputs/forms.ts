/** The forms that inputs have. Each is checked strictly, and an error shows what was found and what is accepted. */
import { InputError } from '../base/errors.ts'

/** Gives an input's value, trimmed; empty where it is not set. */
export type GetInput = (name: string) => string

/** The lines of an input that are not empty, trimmed. */
export function lines(value: string): string[] {
  return value
    .split(/\r\n|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/**
 * One of these words, as they are written.
 *
 * @throws InputError
 */
export function oneOf<Word extends string>(get: GetInput, name: string, words: readonly Word[]): Word {
  const value = get(name)
  const word = words.find((candidate) => candidate === value)
  if (word === undefined)
    throw new InputError(name, `is "${shown(value)}"; accepted are ${words.join(', ')}.`)
  return word
}

/**
 * `true` or `false`, in any case.
 *
 * @throws InputError
 */
export function boolean(get: GetInput, name: string): boolean {
  return oneOf((input) => get(input).toLowerCase(), name, ['true', 'false']) === 'true'
}

/**
 * A number in digits, with decimals or without.
 *
 * @param accepted what is accepted, for the error
 * @throws InputError, also where it is not set
 */
export function number(
  get: GetInput,
  name: string,
  accepted: string,
  holds: (value: number) => boolean,
): number {
  const given = get(name)
  const value = /^\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN
  if (!Number.isFinite(value) || !holds(value))
    throw new InputError(name, `is "${shown(given)}"; accepted is ${accepted}.`)
  return value
}

/**
 * Text of a form; empty where it is not set.
 *
 * @param accepted what is accepted, for the error
 * @throws InputError
 */
export function matching(get: GetInput, name: string, form: RegExp, accepted: string): string {
  const value = get(name)
  if (value !== '' && !form.test(value))
    throw new InputError(name, `is "${shown(value)}"; accepted is ${accepted}.`)
  return value
}

/** A value as an error may show it: one line, no user info of a URL, not too long. */
export function shown(value: string): string {
  const single = value.replace(/\p{Cc}+/gu, ' ').replace(/\/\/[^/@]*@/, '//***@')
  return single.length > 200 ? `${single.slice(0, 200)}…` : single
}
