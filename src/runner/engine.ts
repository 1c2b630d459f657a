/** How V8 is to run a step. */
import { setFlagsFromString } from 'node:v8'

/**
 * Sets what V8 looks at whenever its heap would grow or WebAssembly would be optimized; before the first connection. What
 * each flag earns is in benchmark/README.md.
 */
export function tuneEngine(): void {
  // What a thousand jobs leave behind is short-lived; left alone, V8 lets its heap grow by 40 % over what it needs here
  // (__tests__/action/many/fleet.test.ts).
  setFlagsFromString('--semi-space-growth-factor=1')
  // After some ten answers V8 would optimize undici's HTTP parser, which is WebAssembly: a tenth of all CPU time of a
  // short wait, to parse an answer or two a minute (__tests__/action/light.test.ts).
  setFlagsFromString('--wasm-tiering-budget=2000000000')
}
