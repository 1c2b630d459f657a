/** The same cases at every run, so that a red one tells of the change and not of chance. FAST_CHECK_SEED takes others. */
import fc from 'fast-check'

/** For a test file; another in the same process may have set its own. */
export function sameCases(numRuns = 100): void {
  fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_123), numRuns })
}
