/** `npm run simulator`: starts the simulator and says how to reach it. */
import { parseArgs } from 'node:util'
import type { Fault } from '../api.ts'
import { startSimulator } from '../simulator.ts'
import { simulatorHelp } from './help.ts'
import { beginScenario, scenarioOf } from './play.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    speed: { type: 'string' },
    scenario: { type: 'string' },
    fault: { type: 'string', multiple: true },
    help: { type: 'boolean' },
  },
})

if (values.help) console.log(simulatorHelp())
else {
  await start().catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}

async function start(): Promise<void> {
  const scenario = values.scenario === undefined ? undefined : scenarioOf(values.scenario)
  const faults = (values.fault ?? []).map((text) => JSON.parse(text) as Fault)
  const simulator = await startSimulator({
    speed: Number(values.speed ?? 1),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
  })
  const { identity } = simulator
  const exports = Object.entries(simulator.environment()).map(([name, value]) => `export ${name}='${value}'`)
  console.log(`Resource Manager  ${simulator.resourceManagerUrl}
Entra ID          ${simulator.authorityUrl}
GitHub OIDC       ${simulator.oidcUrl}

Environment of a process that is to use it:
${exports.join('\n')}

Inputs of the action: resource-manager-url ${simulator.resourceManagerUrl}
  client-id ${identity.clientId}
  tenant-id ${identity.tenantId}
  client-secret ${identity.clientSecret} (or none, for GitHub's ID token)
`)
  if (scenario === undefined) {
    const request = simulator.request('vm-backup')
    console.log(`To start a backup:
TOKEN='${simulator.accessToken()}'
curl --cacert '${simulator.certificateFile}' -i -X ${request?.method} -H "Authorization: Bearer $TOKEN" -d '' \\
  '${simulator.resourceManagerUrl}${request?.path}?api-version=${request?.apiVersion}'
`)
  } else {
    const begun = await beginScenario(simulator, scenario)
    const inputs = Object.entries(begun.inputs).map(([name, value]) => `  ${name}: ${value}`)
    console.log(`${scenario.name}: ${scenario.description}\n${inputs.join('\n')}\n`)
  }
  // Only now, so that the scenario could begin.
  for (const fault of faults) simulator.fault(fault)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())
  console.log('Ctrl+C ends it.')
}
