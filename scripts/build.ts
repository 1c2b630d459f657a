/**
 * Builds dist: TypeScript compiles, rolldown leaves out what nobody uses, ncc packs.
 *
 * ncc cannot compile TypeScript 7 itself (vercel/ncc#1336), and it keeps every module of a package of which one is
 * used, so that start-up would load all of undici and of @azure/identity.
 */
import { execFileSync } from 'node:child_process'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { generateLicenseFile } from 'generate-license-file'
import { build } from 'rolldown'

const node = (...args: string[]) => execFileSync(process.execPath, args, { stdio: 'inherit' })

rmSync('build', { recursive: true, force: true })
node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
await build({
  input: 'build/index.js',
  platform: 'node',
  output: {
    dir: 'build/lean',
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
  // And without the form data of Node's own fetch, which takes 40 ms to load: the Azure libraries ask of each body
  // whether it is such a one, and no body here is.
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
node('node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', 'build/lean/index.js', '-o', 'build/dist')
// Over the production tree, of which the bundle holds a part.
await generateLicenseFile('package.json', 'build/dist/licenses.txt', { lineEnding: 'lf' })
// Chunks are numbered anew by each build, so nothing of the last one may stay.
rmSync('dist', { recursive: true, force: true })
renameSync('build/dist', 'dist')
