/** Errors that a person reads. Each says what was found, what is accepted and what to do. */

/** An input, or an environment variable that stands for one, is wrong. Nothing was requested yet. */
export class InputError extends Error {
  override name = 'InputError'
  readonly input: string

  /**
   * @param input the input's name
   * @param problem what was found and what is accepted, without the input's name
   */
  constructor(input: string, problem: string) {
    super(`Input ${input}: ${problem}`)
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

/** The message of anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
