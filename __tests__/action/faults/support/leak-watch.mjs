// Preload for `node --import`, after leaping-clock.mjs: looks at the process every 500 pauses, when the collector has
// been through, and writes what it saw to LEAK_WATCH_FILE at the end.
import { writeFileSync } from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
const promises = createRequire(import.meta.url)('node:timers/promises')
const pause = promises.setTimeout
const samples = []
let pauses = 0
let drained = false

// The most listeners that any one signal ever had: Node warns of them on emitters only. A signal of a request's own goes
// with it, whether its listener was taken off or not.
const { addEventListener, removeEventListener } = EventTarget.prototype
const counts = new WeakMap()
let listeners = 0
function count(target, change) {
  counts.set(target, (counts.get(target) ?? 0) + change)
  listeners = Math.max(listeners, counts.get(target))
}
EventTarget.prototype.addEventListener = function (...given) {
  count(this, 1)
  return addEventListener.apply(this, given)
}
EventTarget.prototype.removeEventListener = function (...given) {
  count(this, -1)
  return removeEventListener.apply(this, given)
}

promises.setTimeout = async (...given) => {
  pauses += 1
  if (pauses % 500 === 0) {
    collect()
    const { heapUsed, external, rss } = process.memoryUsage()
    const resources = process.getActiveResourcesInfo()
    samples.push({ pauses, used: heapUsed + external, rss, listeners, resources })
  }
  return await pause(...given)
}
syncBuiltinESMExports()

// Only a process that nothing holds any more gets here; process.exit() does not pass.
process.once('beforeExit', () => {
  drained = true
})
process.once('exit', () => {
  const resources = process.getActiveResourcesInfo()
  writeFileSync(process.env.LEAK_WATCH_FILE, JSON.stringify({ drained, pauses, samples, resources }))
})
