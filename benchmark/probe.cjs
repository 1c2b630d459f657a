// Preload for `node --require`: at its end the process writes down what it used. BENCHMARK_PROBE names the file.
const { readFileSync, writeFileSync } = require('node:fs')

/** Resident memory, once a second of real time: this is loaded before anything that changes the clock. */
const memory = []
setInterval(() => memory.push(process.memoryUsage.rss()), 1000).unref()

/** Kilobytes. Linux hands maxRSS down from whoever started the process; VmHWM is its own. */
function mostResident(maxRSS) {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  } catch {
    return maxRSS
  }
}

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1000, most: mostResident(maxRSS) * 1024, memory }
  writeFileSync(process.env.BENCHMARK_PROBE, JSON.stringify(usage))
})
