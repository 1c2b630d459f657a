// HTTP/2 where a server chooses it (GitHub's API, a proxy), loaded then: Node's own part takes 5 MB (measured).
module.exports = (client, socket) => require('undici/lib/dispatcher/client-h2.js')(client, socket)
