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

// Listeners on signals, which Node warns of on emitters only.
const { addEventListener, removeEventListener } = EventTarget.prototype
let listeners = 0
EventTarget.prototype.addEventListener = function (...given) {
  listeners += 1
  return addEventListener.apply(this, given)
}
EventTarget.prototype.removeEventListener = function (...given) {
  listeners -= 1
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
