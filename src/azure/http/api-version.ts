/** The api-version that a cloud has where it lacks ours (Azure China, Azure Stack). Pure. */
import { fields, sameWord, text } from '../../base/read.ts'

/** Codes by which Resource Manager and the providers say that they lack a version. */
const codes = ['NoRegisteredProviderFound', 'InvalidResourceType', 'InvalidApiVersionParameter']

/** The api-version of a URL; empty where it has none. */
export function versionOf({ search }: URL): string {
  return /[?&]api-version=([^&]*)/.exec(search)?.[1] ?? ''
}

/** The same URL in another api-version, the rest of its query to the letter. */
export function inVersion(url: URL, version: string): URL {
  const other = new URL(url)
  other.search = url.search.replace(/([?&]api-version=)[^&]*/, `$1${version}`)
  return other
}

/**
 * Whether an answer says that the type of resource is not there in the api-version that was asked for: with 400, or with
 * 404 (azure-sdk-for-js#15460, azure-rest-api-specs#14807). That is nothing of the resource itself.
 */
export function lacksVersion(status: number, body: unknown): boolean {
  const { code } = fields(fields(body).error)
  return (status === 400 || status === 404) && codes.some((one) => sameWord(one, text(code)))
}

/**
 * The newest api-version that an answer says the cloud supports, a stable one where there is one: the list is part
 * of the message (Microsoft: Troubleshoot resource provider registration). Undefined for any other answer.
 *
 * @param asked the version that was asked for. What is in a preview need not be in a stable one, and is in none before it:
 *   for a preview it is the newest of the later previews, and a later stable one only where there is no such preview.
 */
export function supportedVersion(status: number, body: unknown, asked = ''): string | undefined {
  if (!lacksVersion(status, body)) return undefined
  const message = text(fields(fields(body).error).message)
  const list = /supported (?:api-)?versions are '([^']*)'/i.exec(message)?.[1]
  const all = list?.match(/\d{4}-\d\d-\d\d(?:-\w+)?/g)?.sort() ?? []
  const stable = all.filter((version) => !isPreview(version))
  if (!isPreview(asked)) return stable.at(-1) ?? all.at(-1)
  const isLater = (version: string) => version > asked
  return all.filter(isPreview).findLast(isLater) ?? stable.findLast(isLater)
}

function isPreview(version: string): boolean {
  return version.length > 10
}
