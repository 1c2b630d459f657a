/** The tests that have to tell a room of src from its mutants: the room's own, for scripts/mutants.ts. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [`__tests__/${process.env.MUTANTS_TESTS}.test.ts`],
    exclude: [
      // They take seconds for each mutant.
      '__tests__/report/page/browser.test.ts',
      '__tests__/inputs/nothing-lost.test.ts',
    ],
    isolate: false,
    testTimeout: 60_000,
  },
})
