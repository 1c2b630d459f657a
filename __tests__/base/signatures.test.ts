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

  it.each([
    'design=blue',
    'The signature is missing.',
    'https://x/?a=1&s=short&t=5',
    'VM in state assigned=true',
  ])('are not seen in "%s"', (given) => {
    expect(cutSignatures(given)).toBe(given)
  })
})
