/**
 * Azure Resource Manager, Microsoft Entra ID and GitHub's ID token endpoint on localhost, over TLS, on a clock
 * of their own. See README.md.
 */
import type { Simulator } from './api.ts'
import { actionOf, authorizationFailed } from './azure/arm/errors.ts'
import { armHeaders } from './azure/arm/headers.ts'
import { plannedRequest, startOperation } from './azure/start.ts'
import { makeFleet } from './estate/fleet.ts'
import { makeHistory } from './estate/history.ts'
import { type Certificate, createCertificate, type KeyPair, keyPairOf } from './http/certificate.ts'
import { decodedPath } from './http/exchange.ts'
import { createFaultList, type Fault, isPortFault } from './http/faults.ts'
import type { ServerSetting } from './http/server.ts'
import { azureCliEnvironment, jobEnvironment, managedIdentityEnvironment } from './servers/environments.ts'
import type { SimulatorOptions } from './servers/options.ts'
import { type Servers, startServers } from './servers/servers.ts'
import { createState, type SimulatorState } from './servers/state.ts'

/** Starts the three servers. Rejects where a port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const state = createState(options)
  const [certificate, stranger] = await Promise.all([createCertificate(), keyPairOf('stranger')])
  const closing = new AbortController()
  const setting = settingOf(state, certificate, stranger, closing.signal)
  const servers = await startServers(state, options, setting)
  const close = async () => {
    closing.abort()
    await Promise.all(Object.values(servers).map((server) => server.close()))
    certificate.remove()
  }
  const simulator = simulatorOf({ state, setting, servers, certificate, close })
  for (const fault of options.faults ?? []) simulator.fault(fault)
  return simulator
}

function settingOf(
  state: SimulatorState,
  certificate: KeyPair,
  stranger: KeyPair,
  signal: AbortSignal,
): ServerSetting {
  const { clock, identity } = state
  return {
    certificate,
    stranger,
    clock,
    faults: createFaultList(clock),
    requests: [],
    overrides: new Set(),
    signal,
    denied: (request) => {
      const { action, scope } = actionOf(request.method, decodedPath(request.path))
      return authorizationFailed(identity.clientId, identity.objectId, action, scope)
    },
    headers: (request) => (request.server === 'resource-manager' ? armHeaders(clock, request) : {}),
  }
}

interface Running {
  state: SimulatorState
  setting: ServerSetting
  servers: Servers
  certificate: Certificate
  close: () => Promise<void>
}

function simulatorOf({ state, setting, servers, certificate, close }: Running): Simulator {
  const { world, tokens } = state
  const { resourceManager, entra, oidc } = servers
  return {
    resourceManagerUrl: resourceManager.url,
    authorityUrl: entra.url,
    oidcUrl: oidc.url,
    github: state.github,
    certificateFile: certificate.file,
    certificate: certificate.cert,
    clock: state.clock,
    identity: state.identity,
    requests: setting.requests,
    secrets: state.secrets,
    environment: () => jobEnvironment(state, servers, certificate.file),
    managedIdentityEnvironment: () => managedIdentityEnvironment(state, servers),
    azureCliEnvironment: (login) => azureCliEnvironment(servers, login),
    start: (kind, given) => startOperation(world, kind, given),
    backup: (given) => startOperation(world, 'vm-backup', given),
    request: (kind, given) => plannedRequest(world, kind, given),
    plan: (given) => void world.plans.push(given),
    quirks: world.quirks,
    fleet: (given = {}) => makeFleet(world, given),
    history: (item, entries) => makeHistory(world, item, entries),
    accessToken: (audience = resourceManager.url) => tokens.issueAccessToken(audience).token,
    idToken: (audience = 'api://AzureADTokenExchange') => tokens.issueIdToken(audience),
    override(handler) {
      setting.overrides.add(handler)
      return () => void setting.overrides.delete(handler)
    },
    fault: (fault) => placeFault(setting, servers, fault),
    close,
  }
}

function placeFault(setting: ServerSetting, servers: Servers, fault: Fault): () => void {
  if (!isPortFault(fault)) return setting.faults.add(fault)
  const name = fault.server ?? 'resource-manager'
  const server = Object.values(servers).find((one) => one.name === name)
  return server?.placePortFault(fault) ?? (() => {})
}

export type * from './api.ts'
