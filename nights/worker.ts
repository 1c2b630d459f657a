/** A process that plays nights: it is sent seeds, and sends back what was wrong. */
import { pathToFileURL } from 'node:url'
import { drawNight } from './draw.ts'
import { play, type Run, stopRealTime, watchRejections } from './play.ts'

/** Of a chunk of seeds: those that failed, each with what was wrong. */
export interface Played {
  count: number
  failures: { seed: number; wrongs: string[] }[]
}

/** The run of a source folder. */
export async function runOf(source: string): Promise<Run> {
  const { run } = (await import(pathToFileURL(`${source}/main.ts`).href)) as { run: Run }
  return run
}

if (process.send !== undefined) {
  const run = await runOf(process.argv[2] ?? 'src')
  watchRejections()
  stopRealTime()
  process.on('message', ({ from, to }: { from: number; to: number }) => {
    // What nobody handles is noted by the night that is played; a fault of the player itself must not be lost in it.
    playChunk(from, to).catch((error: unknown) => {
      console.error(error)
      process.exit(1)
    })
  })
  const playChunk = async (from: number, to: number) => {
    const played: Played = { count: to - from, failures: [] }
    for (let seed = from; seed < to; seed += 1) {
      const { wrongs } = await play(drawNight(seed), run)
      if (wrongs.length > 0) played.failures.push({ seed, wrongs })
    }
    process.send?.(played)
  }
  process.send({ count: 0, failures: [] } satisfies Played)
}
