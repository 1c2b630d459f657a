// Preload for `node --import`: hours pass in no time and yet exactly. Where fast-clock.mjs makes every second
// shorter, here each pause of the action is over at once and the clock is set ahead by it, so that requests keep
// their real time and a loaded machine changes no result. LEAPING_CLOCK_FILE tells the simulator how far ahead.
//
// Only node:timers/promises leaps: the action pauses by it, and by nothing else.
import { openSync, readSync, writeSync } from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'

const promises = createRequire(import.meta.url)('node:timers/promises')
const file = openSync(process.env.LEAPING_CLOCK_FILE, 'r+')
const buffer = Buffer.alloc(8)
const RealDate = Date
const realNow = Date.now
const realDelay = promises.setTimeout
readSync(file, buffer, 0, 8, 0)
let ahead = buffer.readDoubleLE()

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [realNow() + ahead] : args, newTarget),
  get: (target, key, receiver) =>
    key === 'now' ? () => realNow() + ahead : Reflect.get(target, key, receiver),
})

const realPerformanceNow = performance.now.bind(performance)
Object.defineProperty(performance, 'now', { value: () => realPerformanceNow() + ahead, configurable: true })

// What runs beside a request is no pause: the limits of a request for a token (src/azure/identity/token.ts) and of an attempt
// (src/base/clock.ts). They stay real, shorter where a test is about answers that never come.
const ATTEMPT = 30_000
const attempt = Number(process.env.LEAPING_CLOCK_ATTEMPT ?? ATTEMPT)

promises.setTimeout = async (delay, value, options) => {
  await realDelay(0, value, options)
  ahead += delay
  buffer.writeDoubleLE(ahead)
  writeSync(file, buffer, 0, 8, 0)
  return value
}

// Limits of requests go by Node's module of timers.
const timers = createRequire(import.meta.url)('node:timers')
const realTimer = timers.setTimeout
timers.setTimeout = (late, delay, ...rest) =>
  realTimer(late, delay > ATTEMPT ? delay : Math.min(delay, attempt), ...rest)

// The libraries' own pauses before they try again are shorter; those under half a second (undici's ticks) are not.
const realTimeout = globalThis.setTimeout
const shortened = (delay) => (delay >= 500 && delay < ATTEMPT ? delay / 100 : delay)
globalThis.setTimeout = (callback, delay, ...rest) => realTimeout(callback, shortened(delay), ...rest)

syncBuiltinESMExports()
