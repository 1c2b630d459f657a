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
 * The newest api-version that an answer says the cloud supports, a stable one where there is one: the list is part
 * of the message (Microsoft: Troubleshoot resource provider registration). Undefined for any other answer.
 */
export function supportedVersion(status: number, body: unknown): string | undefined {
  const error = fields(fields(body).error)
  if (status !== 400 || !codes.some((code) => sameWord(code, text(error.code)))) return undefined
  const [, list = ''] = /supported (?:api-)?versions are '([^']*)'/i.exec(text(error.message)) ?? []
  const all = (list.match(/\d{4}-\d\d-\d\d(?:-\w+)?/g) ?? []).sort()
  return all.filter((version) => version.length === 10).at(-1) ?? all.at(-1)
}
