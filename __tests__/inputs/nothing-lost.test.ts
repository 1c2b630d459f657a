/** Nothing that was given may be lost: so many things, in any separator and any wrapping, are as many targets, or an error. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputErrors, readInputs } from '../../src/inputs/inputs.ts'
import { anyText, given } from '../support/arbitrary.ts'
import { subscription, vault } from '../support/job-body.ts'
import { sameCases } from '../support/seed.ts'

sameCases()

const inVault = {
  'subscription-id': subscription,
  'resource-group': vault.resourceGroup,
  'vault-name': vault.name,
}

/**
 * How many of the things are read; undefined for an error. A name of an item may have what separates names in it, so a line
 * of two names is one, which no item has: that is an error as soon as the items are known.
 */
function count(input: string, text: string, things: string[]): number | undefined {
  const inputs: Record<string, string> = { ...inVault, [input]: text.trim() }
  try {
    const { targets } = readInputs((name) => inputs[name] ?? '', {})
    if (input !== 'protected-item') return targets.length
    const names = targets.flatMap((target) => (target.kind === 'items' ? target.names : []))
    return things.filter((thing) => names.some((name) => name.includes(thing.slice(-36)))).length
  } catch (error) {
    if (error instanceof InputErrors) return undefined
    throw error
  }
}

describe.each(['job-id', 'operation-url', 'protected-item'] as const)('%s', (input) => {
  it('is read or refused, whatever it holds', () => {
    const odd = fc.oneof(
      given(input).map(({ text }) => text),
      anyText,
      fc.json(),
      fc.constantFrom('%zz', '{"', '[[', 'Location:', 'HTTP/1.1 202', '@', '"\\ud800"'),
    )
    const text = fc.array(odd, { maxLength: 4 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (value) => {
        count(input, value, [])
      }),
      { numRuns: 2_000 },
    )
    expect(count(input, `https://management.azure.com/subscriptions/s/%zz`, [])).toBeUndefined()
  })

  it('loses nothing that is given', () => {
    let accepted = 0
    fc.assert(
      fc.property(given(input), ({ things, text }) => {
        const found = count(input, text, things)
        if (found !== undefined) accepted += 1
        expect(found === undefined || found >= things.length, `${found} of ${text}`).toBe(true)
      }),
      { numRuns: 3_000 },
    )
    // It would prove nothing if all were refused.
    expect(accepted).toBeGreaterThan(500)
  })
})
