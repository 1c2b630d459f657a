/** The tests that mutants have to pass: units alone. What spawns dist, or plays whole nights, cannot see a mutant or takes too long. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      '__tests__/{base,domain,inputs,azure,wait,report,github,runner}/**/*.test.ts',
      '__tests__/properties*.test.ts',
    ],
    exclude: ['__tests__/report/page/browser.test.ts'],
    testTimeout: 60_000,
  },
})
