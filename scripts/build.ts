/** Builds dist: TypeScript compiles, ncc bundles. ncc cannot compile TypeScript 7 itself (vercel/ncc#1336). */
import { execFileSync } from 'node:child_process'
import { renameSync, rmSync } from 'node:fs'
import { generateLicenseFile } from 'generate-license-file'

const node = (...args: string[]) => execFileSync(process.execPath, args, { stdio: 'inherit' })

rmSync('build', { recursive: true, force: true })
node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
node('node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', 'build/index.js', '-o', 'build/dist')
// Over the production tree: ncc's own file has only the last chunk's packages.
await generateLicenseFile('package.json', 'build/dist/licenses.txt', { lineEnding: 'lf' })
// Chunks are numbered anew by each build, so nothing of the last one may stay.
rmSync('dist', { recursive: true, force: true })
renameSync('build/dist', 'dist')
