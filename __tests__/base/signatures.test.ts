import { describe, expect, it } from 'vitest'
import { cutSignatures, text } from '../../src/base/read.ts'

describe('signatures', () => {
  it.each([
    [
      'SAS URL',
      'https://a.blob.core.windows.net/c/b?sv=2021&sr=b&sig=abc%2Bdef%3D&se=2026',
      'https://a.blob.core.windows.net/c/b?sv=2021&sr=b&sig=***&se=2026',
    ],
    ['capital letters', 'https://x/?SIG=Abc123', 'https://x/?SIG=***'],
    ['escaped for HTML', 'https://x/?a=1&amp;sig=Abc123&amp;b=2', 'https://x/?a=1&amp;sig=***&amp;b=2'],
    ['escaped for a URL', 'u=https%3A%2F%2Fx%3Fsig%3DAbc123', 'u=https%3A%2F%2Fx%3Fsig%3D***'],
    ['a signature alone', 'sig=Abc/123+x==', 'sig=***'],
    ['in quotes', 'go to "https://x/?sig=Abc" now', 'go to "https://x/?sig=***" now'],
    ['two of them', '?sig=one ?sig=two', '?sig=*** ?sig=***'],
    [
      'a signed operation URL',
      `https://management.azure.com/x?api-version=2023-11-01&t=638498861183983771&c=${'M'.repeat(40)}&s=${'a-_'.repeat(10)}&h=${'Z'.repeat(43)}`,
      'https://management.azure.com/x?api-version=2023-11-01&t=***&c=***&s=***&h=***',
    ],
  ])('are cut out: %s', (_name, given, expected) => {
    expect(cutSignatures(given)).toBe(expected)
    expect(text(given)).toBe(expected)
  })

  const header = `eyJ${'h'.repeat(17)}`
  const payload = `eyJ${'p'.repeat(40)}`

  it.each([
    ['in JSON within a string', '{\\"u\\":\\"https://x/?a=1\\u0026sig=SECRET\\u0026b=2\\"}'],
    ['with its = escaped for JSON', 'https://x/?sig\\u003dSECRET'],
    ['escaped twice for a URL', 'u=https%253A%252F%252Fx%253Fa%253D1%2526sig%253DSECRET%2526b%253D2'],
    ['escaped thrice', 'x%25252526sig%2525253DSECRET'],
    ['a field of JSON', '{"sig":"SECRET","b":2}'],
    ['a field with blanks', '{"signature" : "SECRET"}'],
    ['a field of JSON within a string', '"{\\"sig\\":\\"SECRET\\"}"'],
    ['a field in single quotes', "{'sig': 'SECRET'}"],
    [
      'a signed query escaped for JSON',
      `https://x?a=1\\u0026s=SECRET${'a'.repeat(20)}\\u0026h=${'SECRET'.repeat(4)}`,
    ],
    ['a signed query escaped twice', `x%2526s%253DSECRET${'a'.repeat(20)}`],
    ['a user and a password', 'https://u@v:SECRET@x/path'],
    ['a password with signs', 'proxy http://me:SE!$C;RET@x:3128 said no'],
    ['a token', `Bearer ${header}.SECRET.SECRET`],
    ['a token after an escaped blank', `Bearer%20${header}.${payload}SECRET.SECRET`],
    ['a token as a signature', `sig=${header}.SECRET${payload}.SECRET&x`],
    ['a token in a signed query', `https://x/?t=${header}.SECRET${payload}.SECRET_`],
    ['a token in five parts', `${header}..SECRET.SECRET.SECRET`],
  ])('are cut out whole: %s', (_name, given) => {
    expect(cutSignatures(given)).toContain('***')
    expect(cutSignatures(given)).not.toContain('SECRET')
    expect(cutSignatures(given)).not.toContain('ppp')
  })

  it.each([
    'sig',
    'sig\\',
    '"sig"  ',
    '%25',
    '%2526',
    '\\u0026sig',
    'eyJaaaaaaaa.',
    '://a',
    '?t=',
    'http://a:b',
  ])('are looked for in no more than a moment: %s', (part) => {
    const before = performance.now()
    cutSignatures(part.repeat(200_000 / part.length))
    expect(performance.now() - before).toBeLessThan(500)
  })

  it.each([
    'design=blue',
    'The signature is missing.',
    'https://x/?a=1&s=short&t=5',
    'VM in state assigned=true',
  ])('are not seen in "%s"', (given) => {
    expect(cutSignatures(given)).toBe(given)
  })
})
