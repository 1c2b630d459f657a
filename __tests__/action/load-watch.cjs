// Preload for `node --require`: writes to LOAD_WATCH_FILE what the process loaded of Node and how often it connected.
const { subscribe } = require('node:diagnostics_channel')
const { writeFileSync } = require('node:fs')

let connections = 0
subscribe('net.client.socket', () => {
  connections += 1
})
process.on('exit', () => {
  const modules = process.moduleLoadList.map((name) => name.replace(/^NativeModule /, ''))
  writeFileSync(process.env.LOAD_WATCH_FILE, JSON.stringify({ modules, connections }))
})
