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

/** A token cannot be had: the reason lies with the credentials and waiting does not mend it. */
export class CredentialError extends Error {
  override name = 'CredentialError'
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
