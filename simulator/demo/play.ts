/** Starts scenarios, as a workflow step and the people around it would. */
import type { Simulator } from '../api.ts'
import { ask } from './client.ts'
import type { Scenario } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'

/** A scenario that has begun. */
export interface Begun {
  /** The request that started it, and the status of its answer; empty for what only the service starts. */
  request: string
  status: number
  /** Azure-AsyncOperation and Location of the answer, empty where it had none. */
  operationUrl: string
  locationUrl: string
  /** Inputs of the action that follows it, with the login by GitHub's ID token. */
  inputs: Record<string, string>
}

/** The scenario of that name; an error lists them all where there is none. */
export function scenarioOf(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name)
  if (found !== undefined) return found
  throw new Error(`No scenario '${name}'. There are: ${SCENARIOS.map((one) => one.name).join(', ')}`)
}

/** Starts a scenario. */
export async function beginScenario(simulator: Simulator, scenario: Scenario): Promise<Begun> {
  const options = scenario.options ?? {}
  const login = {
    'client-id': simulator.identity.clientId,
    'tenant-id': simulator.identity.tenantId,
    'resource-manager-url': simulator.resourceManagerUrl,
    ...scenario.inputs,
  }
  if (scenario.begin !== undefined) {
    const inputs = { ...scenario.begin(simulator), ...login }
    for (const fault of scenario.faults ?? []) simulator.fault(fault)
    return { request: '', status: 0, operationUrl: '', locationUrl: '', inputs }
  }
  const request = simulator.request(scenario.kind, options)
  if (request === undefined) {
    const { jobResourceId } = simulator.start(scenario.kind, options)
    const inputs = { 'job-id': jobResourceId, ...login }
    return { request: '', status: 0, operationUrl: '', locationUrl: '', inputs }
  }
  simulator.plan({ ...options, kind: scenario.kind })
  const url = `${simulator.resourceManagerUrl}${request.path}?api-version=${request.apiVersion}`
  const { status, headers } = await ask(simulator, request.method, url, { body: request.body })
  const operationUrl = headers['azure-asyncoperation'] ?? ''
  const locationUrl = headers.location ?? ''
  for (const fault of scenario.faults ?? []) simulator.fault(fault)
  if (scenario.cancelAfterSeconds !== undefined) {
    cancelLater(simulator, request.path, operationUrl, scenario.cancelAfterSeconds).catch(() => {})
  }
  const vault = {
    'subscription-id': request.subscriptionId,
    'resource-group': request.resourceGroup,
    'vault-name': request.vaultName,
  }
  return {
    request: `${request.method} ${request.path}`,
    status,
    operationUrl,
    locationUrl,
    inputs: { 'operation-url': operationUrl || locationUrl, ...(scenario.namesVault ? vault : {}), ...login },
  }
}

async function cancelLater(
  simulator: Simulator,
  path: string,
  operationUrl: string,
  seconds: number,
): Promise<void> {
  await simulator.clock.sleep(seconds * 1000)
  const { body } = await ask(simulator, 'GET', operationUrl)
  const { jobId } = (body as { properties: { jobId: string } }).properties
  const vault = path.replace(/(\/vaults\/[^/]+)\/.*$/, '$1')
  const url = `${simulator.resourceManagerUrl}${vault}/backupJobs/${jobId}/cancel?api-version=2025-02-01`
  await ask(simulator, 'POST', url)
}
