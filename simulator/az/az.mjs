// What `az` and `az.cmd` run. Variables: AZ_STAND_IN_URL (the simulator's endpoint), AZ_STAND_IN_LOGIN (oidc,
// secret or none). It prints what the CLI prints: JSON on stdout, or an error on stderr and exit code 1.
import { request } from 'node:https'

const args = process.argv.slice(2)
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)

function fail(message) {
  console.error(message)
  process.exitCode = 1
}

if (args[0] === '--version' || args[0] === 'version') {
  console.log('azure-cli                         2.80.0 (stand-in)')
} else if (args[0] === 'account' && args[1] === 'get-access-token') {
  const url = new URL(process.env.AZ_STAND_IN_URL)
  const scope = option('--scope')?.replace(/\/\.default$/, '')
  url.searchParams.set('resource', option('--resource') ?? scope ?? 'https://management.core.windows.net/')
  url.searchParams.set('login', process.env.AZ_STAND_IN_LOGIN ?? 'secret')
  const asked = request(url, async (response) => {
    let text = ''
    for await (const chunk of response) text += chunk
    if (response.statusCode === 200) console.log(JSON.stringify(JSON.parse(text), undefined, 2))
    else fail(text)
  })
  asked.on('error', (error) => fail(`ERROR: ${error.message}`))
  asked.end()
} else {
  fail(`ERROR: '${args.join(' ')}' is misspelled or not recognized by the system.`)
}
