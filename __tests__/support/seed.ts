/** The same cases at every run, so that a red one tells of the change and not of chance. FAST_CHECK_SEED takes others. */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_123) })
