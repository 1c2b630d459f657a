/** The main step's entry. */
import { run } from './main.ts'
import { tuneEngine } from './runner/engine.ts'
import { stopOnSignals } from './runner/signals.ts'

tuneEngine()
const stop = stopOnSignals()
await run(stop)
// A signal leaves ten seconds; sockets, or a CLI that was asked for a token, would hold the process longer.
if (stop.aborted) process.exit()
