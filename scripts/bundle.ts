/** The step of the build that leaves out what nobody uses; the coverage of what was built needs it with its map. */
import { join } from 'node:path'
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
    resolve: {
      alias: {
        undici$: join(import.meta.dirname, 'undici', 'index.js'),
        './client-h2.js': join(import.meta.dirname, 'undici', 'client-h2.cjs'),
      },
    },
    // As Node's own build of undici has it: without the second parser, which is experimental (190 kB).
    // And without the form data of Node's own fetch, which takes 40 ms to load: the Azure libraries ask of each
    // body whether it is such a one, and no body here is.
    transform: { define: { esbuildDetection: '1', FormData: 'undefined' } },
    // The package debug uses it where it is there; it is no dependency of anything in production.
    external: ['supports-color'],
    treeshake: {
      // Nobody needs what these do when they are loaded, but for those who use them; they do not say so themselves.
      moduleSideEffects: [
        { test: /node_modules.(@actions|tunnel|undici)\W|scripts.undici.index/, sideEffects: false },
      ],
    },
  })
}
