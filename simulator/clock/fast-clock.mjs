// Preload for `node --import`: the process sees the simulator's time. The program that is run knows nothing
// of it; it reads FAST_CLOCK_SPEED, FAST_CLOCK_REAL_ORIGIN and FAST_CLOCK_BASE (see clock.ts). The origin may be
// yet to come: FAST_CLOCK_REAL_ORIGIN_FILE is a file that will say it, and the time passes as usual until it is
// there, so that a process on a busy machine starts in peace.
//
// Only delays are scaled: the timers are Node's own, so refresh(), unref(), hasRef() and Symbol.toPrimitive
// work as ever, and undici's coarse timers, which count ticks of setTimeout, run at that speed too. TLS keeps
// the machine's time, since OpenSSL reads it without asking us.
import { readFileSync } from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { promisify } from 'node:util'

const RealDate = Date
const realNow = Date.now
const realPerformanceNow = performance.now.bind(performance)
const speed = Number(process.env.FAST_CLOCK_SPEED ?? 1)
const originFile = process.env.FAST_CLOCK_REAL_ORIGIN_FILE
const loadedAt = realNow()
let realOrigin = originFile ? Number.NaN : Number(process.env.FAST_CLOCK_REAL_ORIGIN ?? loadedAt)
const base = Number(process.env.FAST_CLOCK_BASE ?? realOrigin)
const require = createRequire(import.meta.url)

// When the time began to run fast, by performance.now(): before anything, or when the file was there.
let fastSince = originFile ? Number.POSITIVE_INFINITY : 0
function isFast() {
  if (fastSince !== Number.POSITIVE_INFINITY) return true
  const said = Number.parseInt(contentOf(originFile), 10)
  if (Number.isNaN(said)) return false
  realOrigin = said
  fastSince = realPerformanceNow() - (realNow() - said)
  return true
}

function contentOf(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

// Whole milliseconds, as Date.now() promises; not before `base` if the two clocks differ by a tick. A time that
// does not run yet is the second before `base`.
const now = () =>
  isFast()
    ? Math.floor(base + (realNow() - realOrigin) * speed)
    : Math.floor(base + Math.min(0, realNow() - loadedAt - 1_000))

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
})
RealDate.prototype.constructor = globalThis.Date

const fastened = (real) => (isFast() ? fastSince + (real - fastSince) * speed : real)
const performanceNow = () => fastened(realPerformanceNow())
const timeOrigin = now() - performanceNow()
Object.defineProperty(performance, 'now', { value: performanceNow, configurable: true })
Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin, configurable: true })

const realHrtime = process.hrtime.bigint
const hrOrigin = realHrtime()
const atHrOrigin = performanceNow()
const hrNow = () => hrOrigin + BigInt(Math.round((performanceNow() - atHrOrigin) * 1e6))
process.hrtime = Object.assign(
  (since) => {
    const passed = hrNow() - (since ? BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]) : 0n)
    return [Number(passed / 1_000_000_000n), Number(passed % 1_000_000_000n)]
  },
  { bigint: hrNow },
)

// Rounded up, so that no timer fires before its time has passed on the simulated clock. What Node would
// refuse (over 2^31-1, not a number) is handed on as it is, so that Node does what it does on a real clock.
const LONGEST_DELAY = 2 ** 31 - 1
const scaled = (delay) =>
  delay >= 1 && delay <= LONGEST_DELAY && isFast() ? Math.ceil(delay / speed) : delay

const timers = require('node:timers')
const promises = require('node:timers/promises')
const { setTimeout: realSetTimeout, setInterval: realSetInterval } = timers

const real = {
  timeout: promises.setTimeout,
  interval: promises.setInterval,
  wait: promises.scheduler.wait.bind(promises.scheduler),
}
promises.setTimeout = (delay, ...rest) => real.timeout(scaled(delay), ...rest)
promises.setInterval = (delay, ...rest) => real.interval(scaled(delay), ...rest)
promises.scheduler.wait = (delay, ...rest) => real.wait(scaled(delay), ...rest)

function setTimeout(callback, delay, ...args) {
  return realSetTimeout(callback, scaled(delay), ...args)
}
function setInterval(callback, delay, ...args) {
  return realSetInterval(callback, scaled(delay), ...args)
}
Object.defineProperty(setTimeout, promisify.custom, { value: promises.setTimeout, enumerable: true })
// The action's limits of requests go by the module of timers alone: a real second each, so that a busy machine, on which
// the second and a half after the deadline is a fiftieth of one, does not decide what became of a job.
const SHORTEST_LIMIT = 1_000
function setLimit(callback, delay, ...args) {
  return realSetTimeout(callback, isFast() ? Math.max(scaled(delay), SHORTEST_LIMIT) : delay, ...args)
}
Object.defineProperty(setLimit, promisify.custom, { value: promises.setTimeout, enumerable: true })
Object.assign(timers, { setTimeout: setLimit, setInterval })
Object.assign(globalThis, { setTimeout, setInterval })

const realSignalTimeout = AbortSignal.timeout.bind(AbortSignal)
AbortSignal.timeout = (delay) => realSignalTimeout(scaled(delay))

// Idle timeouts of sockets (http.request({ timeout }), keep-alive) are set through this method.
const { Socket } = require('node:net')
const realSocketTimeout = Socket.prototype.setTimeout
Socket.prototype.setTimeout = function (delay, callback) {
  return realSocketTimeout.call(this, scaled(delay), callback)
}

syncBuiltinESMExports()
