// Preload for `node --require`: writes to LOAD_WATCH_FILE what the process loaded, of Node and of dist, and how often it
// connected. V8 prints which functions of WebAssembly it compiles, and how.
const { subscribe } = require('node:diagnostics_channel')
const { writeFileSync } = require('node:fs')
const { registerHooks } = require('node:module')
const { setFlagsFromString } = require('node:v8')

let connections = 0
subscribe('net.client.socket', () => {
  connections += 1
})
const files = []
registerHooks({
  load(url, context, next) {
    files.push(url)
    return next(url, context)
  },
})
setFlagsFromString('--trace-wasm-compilation-times')
process.on('exit', () => {
  const modules = process.moduleLoadList.map((name) => name.replace(/^NativeModule /, ''))
  writeFileSync(process.env.LOAD_WATCH_FILE, JSON.stringify({ modules, files, connections }))
})
