/** The step of the build that leaves out what nobody uses; the coverage of what was built needs it with its map. */
import { build } from 'rolldown'

/** @param dir where the entries, by their names, and their chunks go */
export async function bundle(input: Record<string, string>, dir: string, sourcemap: boolean): Promise<void> {
  await build({
    input,
    platform: 'node',
    output: {
      dir,
      sourcemap,
      chunkFileNames: '[name].js',
      comments: { legal: true, annotation: false, jsdoc: false },
    },
    // FormData would load Node's own fetch, a tenth of a step's CPU: the Azure libraries ask of each body whether it is
    // one, and no body here is (benchmark/README.md; __tests__/action/light.test.ts).
    transform: { define: { FormData: 'undefined' } },
    // The package debug uses it where it is there; it is no dependency of anything in production.
    external: ['supports-color'],
  })
}
