/** `npm run nights:planted`: whether the nights find each fault that is planted in a copy of src. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { playMany } from './many.ts'
import { type Plant, plants } from './plants.ts'

const root = resolve(import.meta.dirname, '..')

/** Every fault has to be found within so many nights. */
export const within = 2_000

/** What the text of a plant's file becomes; throws where the plant does not fit it. */
export function planted({ name, file, was, is }: Plant): string {
  const text = readFileSync(join(root, 'src', file), 'utf8')
  const times = text.split(was).length - 1
  if (times !== 1)
    throw new Error(`"${name}" no longer fits src/${file}: its text stands there ${times} times`)
  return text.replace(was, () => is)
}

/** The first night that finds a fault, and what it says; undefined where none does. */
export async function find(plant: Plant, jobs: number, seeds = within) {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'))
  try {
    cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true })
    cpSync(join(root, 'package.json'), join(folder, 'package.json'))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    writeFileSync(join(folder, 'src', plant.file), planted(plant))
    const [first] = await playMany({ from: 0, seeds, jobs, source: join(folder, 'src'), enough: 1 })
    return first
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (process.argv[1] === import.meta.filename) {
  const wanted = process.argv[2] ?? ''
  for (const plant of plants.filter(({ name }) => name.includes(wanted))) {
    const found = await find(plant, 2)
    if (found === undefined) process.exitCode = 1
    const told =
      found === undefined
        ? `NOT FOUND in ${within} nights`
        : `night ${found.seed}: ${found.wrongs[0]?.slice(0, 150)}`
    console.log(`${plant.name}\n    ${told}`)
  }
}
