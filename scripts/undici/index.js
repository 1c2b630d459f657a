// The parts of undici that are used here, which the build puts in its place: the rest (mocks, caches, WebSocket,
// cookies …) would cost every run 20 ms and every download 110 kB (measured). A name that is missing here fails the
// build.
export { Agent, EnvHttpProxyAgent, Pool, ProxyAgent } from './connections.js'
export { fetch } from './fetch.js'
