// Preload for `node --require`: at its end the process writes down what it used. BENCHMARK_PROBE names the file.
const { readFileSync, writeFileSync } = require('node:fs')

/** Resident memory, once a second of real time: this is loaded before anything that changes the clock. */
const memory = []
setInterval(() => memory.push(process.memoryUsage.rss()), 1000).unref()

/** The longest time, in milliseconds, that nothing else could happen; where it is asked for, since looking costs CPU. */
let pause = 0
let last = performance.now()
function look() {
  const now = performance.now()
  pause = Math.max(pause, now - last)
  last = now
}
if (process.env.BENCHMARK_PAUSES) setInterval(look, 5).unref()

/** Kilobytes. Linux hands maxRSS down from whoever started the process; VmHWM is its own. */
function mostResident(maxRSS) {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  } catch {
    return maxRSS
  }
}

process.on('exit', () => {
  if (process.env.BENCHMARK_PAUSES) look()
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const usage = {
    cpu: (userCPUTime + systemCPUTime) / 1000,
    most: mostResident(maxRSS) * 1024,
    memory,
    pause,
  }
  writeFileSync(process.env.BENCHMARK_PROBE, JSON.stringify(usage))
})
