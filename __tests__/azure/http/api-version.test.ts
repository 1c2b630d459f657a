/** Which api-version is asked for where a cloud lacks ours, by what the answer says. */
import { describe, expect, it } from 'vitest'
import { inVersion, lacksVersion, supportedVersion, versionOf } from '../../../src/azure/http/api-version.ts'

const body = (code: string, versions?: string) => ({
  error: {
    code,
    message: `It could not be found.${versions === undefined ? '' : ` The supported api-versions are '${versions}'.`}`,
  },
})

const codes = [
  'NoRegisteredProviderFound',
  'InvalidResourceType',
  'InvalidApiVersionParameter',
  'INVALIDRESOURCETYPE',
]

describe.each([400, 404])('an answer of status %d', (status) => {
  it.each(codes)('with %s tells a version that there is', (code) => {
    expect(lacksVersion(status, body(code))).toBe(true)
    expect(supportedVersion(status, body(code, '2023-06-01, 2024-04-01'))).toBe('2024-04-01')
    expect(supportedVersion(status, body(code))).toBeUndefined()
    expect(supportedVersion(status, body(code, ''))).toBeUndefined()
  })

  it.each(['ResourceNotFound', 'BadRequest', ''])('with "%s" tells none', (code) => {
    expect(lacksVersion(status, body(code))).toBe(false)
    expect(supportedVersion(status, body(code, '2024-04-01'))).toBeUndefined()
  })
})

it.each([200, 401, 403, 405, 409, 500])('of another status (%d) tells none', (status) => {
  expect(supportedVersion(status, body('InvalidResourceType', '2024-04-01'))).toBeUndefined()
})

it('a list of "supported versions" is one too', () => {
  const message =
    "The api-version '2026-01-01' is invalid. The supported versions are '2023-06-01,2024-04-01'."
  expect(supportedVersion(400, { error: { code: 'InvalidApiVersionParameter', message } })).toBe('2024-04-01')
})

describe('the version that is chosen', () => {
  const chosen = (versions: string, asked?: string) =>
    supportedVersion(400, body('NoRegisteredProviderFound', versions), asked)

  it.each([
    ['the newest stable one', '2025-02-01,2026-08-31-preview,2024-04-01', '2025-02-01'],
    ['the newest of many', '2023-01-01,2025-02-01,2021-12-01,2024-04-01', '2025-02-01'],
    [
      'the newest of many previews',
      '2023-01-01-preview,2025-01-01-preview,2022-01-01-preview,2024-01-01-preview',
      '2025-01-01-preview',
    ],
    ['a preview where there is nothing else', '2023-01-01-preview,2024-01-01-preview', '2024-01-01-preview'],
  ])('is, for a stable one, %s', (_name, versions, expected) => {
    for (const asked of [undefined, '2025-02-01', '2026-07-01'])
      expect(chosen(versions, asked)).toBe(expected)
  })

  it.each([
    [
      'the newest preview after it',
      '2025-02-01,2026-06-30-preview,2026-08-31-preview,2026-11-01',
      '2026-08-31-preview',
    ],
    [
      'a stable one after it, where no later preview is left',
      '2025-08-31-preview,2025-02-01,2026-11-01',
      '2026-11-01',
    ],
    [
      'none of those before it, for it is new in this one',
      '2025-08-31-preview,2025-02-01,2026-01-01',
      undefined,
    ],
    ['not the one that was asked for', '2026-03-31-preview', undefined],
  ])('is, for a preview, %s', (_name, versions, expected) => {
    expect(chosen(versions, '2026-03-31-preview')).toBe(expected)
  })
})

describe('the api-version of a URL', () => {
  const at = (search: string) => new URL(`https://management.azure.com/x${search}`)

  it.each([
    ['?api-version=2025-02-01', '2025-02-01', '?api-version=2026-01-01'],
    ['?a=1&api-version=2025-02-01&b=%2F', '2025-02-01', '?a=1&api-version=2026-01-01&b=%2F'],
    ['?api-version=&b=1', '', '?api-version=2026-01-01&b=1'],
    // With a second question mark, as Azure writes some (recorded).
    ['?fabricName=Azure?api-version=2016-12-01', '2016-12-01', '?fabricName=Azure?api-version=2026-01-01'],
    ['?old-api-version=1', '', '?old-api-version=1'],
    ['?b=1', '', '?b=1'],
    ['', '', ''],
  ])('in %j is "%s"; in another one it is %j', (search, version, other) => {
    const url = at(search)
    expect(versionOf(url)).toBe(version)
    expect(inVersion(url, '2026-01-01').search).toBe(other)
    expect(url.search).toBe(search)
  })
})
