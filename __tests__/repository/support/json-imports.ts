/**
 * Lets Node import the JSON of GitHub's packages, which are made for bundlers: they import it without saying that
 * it is JSON, and Node refuses that. Import this before them.
 */
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context)
    return resolved.url.endsWith('.json') ? { ...resolved, importAttributes: { type: 'json' } } : resolved
  },
})
