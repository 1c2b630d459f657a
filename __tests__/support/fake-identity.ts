/** A stand-in for `@azure/identity`: notes which credential was made how, and answers as told. */

export type Kind =
  | 'ClientSecretCredential'
  | 'ClientAssertionCredential'
  | 'WorkloadIdentityCredential'
  | 'EnvironmentCredential'
  | 'AzureCliCredential'
  | 'AzurePowerShellCredential'
  | 'ManagedIdentityCredential'

interface Made {
  kind: Kind
  given: unknown[]
  scopes: unknown[]
}

const kinds: Kind[] = [
  'ClientSecretCredential',
  'ClientAssertionCredential',
  'WorkloadIdentityCredential',
  'EnvironmentCredential',
  'AzureCliCredential',
  'AzurePowerShellCredential',
  'ManagedIdentityCredential',
]

type Answer = { token: string; expiresOnTimestamp: number } | null

/** Every credential that was made, in order. */
export const made: Made[] = []

const answers = new Map<Kind, (given: unknown[]) => Promise<Answer>>()

/** How credentials of a kind answer from now on. */
export function answerWith(kind: Kind, answer: (given: unknown[]) => Promise<Answer>): void {
  answers.set(kind, answer)
}

/** Every credential gives a token named after it again. */
export function forget(): void {
  made.length = 0
  answers.clear()
}

/** The module, for `vi.mock`. */
export const fakeIdentity = Object.fromEntries(
  kinds.map((kind) => [
    kind,
    class {
      readonly #one: Made

      constructor(...given: unknown[]) {
        this.#one = { kind, given, scopes: [] }
        made.push(this.#one)
      }

      async getToken(scope: unknown): Promise<Answer> {
        this.#one.scopes.push(scope)
        const answer = answers.get(kind)
        return answer === undefined
          ? { token: `token of ${kind}`, expiresOnTimestamp: 1 }
          : await answer(this.#one.given)
      }
    },
  ]),
)
