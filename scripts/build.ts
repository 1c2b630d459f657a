/**
 * Builds dist: TypeScript compiles, rolldown leaves out what nobody uses, ncc packs.
 *
 * ncc cannot compile TypeScript 7 itself (vercel/ncc#1336), and it keeps every module of a package of which one is
 * used: of @azure/identity that is a seventh of a step's CPU, and 330 kB of a download (benchmark/README.md).
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { generateLicenseFile } from 'generate-license-file'
import { bundle } from './bundle.ts'

interface Manifest {
  optionalDependencies: Record<string, string>
}

const node = (...args: string[]) => execFileSync(process.execPath, args, { stdio: 'inherit' })

rmSync('build', { recursive: true, force: true })
node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
// The entries of the main and of the post step are a few lines each, and share all that they run.
await bundle({ main: 'build/main.js' }, 'build/lean', false)
node('node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', 'build/lean/main.js', '-o', 'build/dist')
renameSync('build/dist/index.js', 'build/dist/main.js')
for (const entry of ['index.js', 'post.js']) copyFileSync(`build/${entry}`, `build/dist/${entry}`)
// Over the production tree, of which the bundle holds a part. The optional packages are Node.js for these scripts: each
// machine has another of them, and the bundle none.
const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const exclude = Object.entries(optionalDependencies).map(([name, version]) => `${name}@${version}`)
await generateLicenseFile('package.json', 'build/dist/licenses.txt', { lineEnding: 'lf', exclude })
// Chunks are numbered anew by each build, so nothing of the last one may stay.
rmSync('dist', { recursive: true, force: true })
renameSync('build/dist', 'dist')
