// Preload for `node --require`: at its end the process writes down what it used. BENCHMARK_PROBE names the file.
const { writeFileSync } = require('node:fs')

process.on('exit', () => {
  writeFileSync(process.env.BENCHMARK_PROBE, JSON.stringify(process.resourceUsage()))
})
