import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** Tests that put other modules, or other trusted certificates, in the place of the real ones: a process each. */
const alone = globSync('__tests__/**/*.test.ts', { cwd: import.meta.dirname }).filter((file) =>
  /\bvi\.mock\(|\/https-server\.ts'/.test(readFileSync(file, 'utf8')),
)

export default defineConfig({
  test: {
    // Black-box tests start two processes at a time each; more would starve the real-time limits that a fast clock
    // shrinks, fewer would leave a core idle while tests wait.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        test: { name: 'together', include: ['__tests__/**/*.test.ts'], exclude: alone, isolate: false },
      },
    ],
  },
})
