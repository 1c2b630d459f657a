/** How V8 is to run a step: small and quiet for hours, not fast for seconds. */
import { setFlagsFromString } from 'node:v8'

/** Sets what V8 looks at whenever its heap would grow or code would be optimized. Before undici is loaded. */
export function tuneEngine(): void {
  // What a thousand jobs leave behind is short-lived; left alone, V8 lets its heap grow to 150 MB over 25 MB that
  // are in use (__tests__/action/many/fleet.test.ts).
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
  // After some ten answers V8 would optimize undici's HTTP parser, which is WebAssembly: a fifth of all CPU time of a
  // short wait, to parse an answer or two a minute.
  setFlagsFromString('--wasm-tiering-budget=2000000000')
  // Nor does JavaScript that runs for milliseconds a minute have to be optimized: over six hours it takes no less CPU
  // time for it, and 5 MB more; a wait for a thousand jobs takes 6 s of CPU in place of 4.
  setFlagsFromString('--no-opt')
  setFlagsFromString('--no-maglev')
}
