import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'

/** Tests that put other modules, or other trusted certificates, in the place of the real ones: a process each. */
const alone = globSync('__tests__/**/*.test.ts', { cwd: import.meta.dirname }).filter((file) =>
  /\bvi\.mock\(|\/https-server\.ts'/.test(readFileSync(file, 'utf8')),
)

/** What a step loads and needs of memory is not that of a step whose coverage is counted (scripts/coverage.ts). */
const measuring = process.env.ACTION_COVERAGE === undefined ? [] : ['**/{fleet,leaks,light}.test.ts']

/**
 * Those that take long, in this order: none is left over at the end, and those that mostly wait (surroundings,
 * recordings-long, appear, demo, rounds, fleet, lists, lines) run beside those that keep a core busy.
 */
const longest = (
  'surroundings recordings-long nights leaks browser action/hand-on refused cancel-job many/appear recordings-other-ways demo ' +
  'thousands rounds post-step recordings-more fleet trust-inputs lists verdicts many/lines recordings signals token-faults'
).split(' ')

class LongestFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    const rank = ({ moduleId }: (typeof files)[number]) => {
      const index = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return index < 0 ? longest.length : index
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    // Black-box tests start two processes at a time each; more would starve the real-time limits that a fast clock
    // shrinks, fewer would leave a core idle while tests wait.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['__tests__/**/*.test.ts'],
          exclude: [...alone, ...measuring],
          isolate: false,
        },
      },
    ],
  },
})
