/** The three servers: who answers at each, and at which port. */

import { createQuota } from '../azure/arm/quota.ts'
import { createResourceManager } from '../azure/resource-manager.ts'
import { createGitHubApi } from '../github/api.ts'
import { firstAnswer, type Handler } from '../http/exchange.ts'
import { type LocalServer, type ServerSetting, startServer } from '../http/server.ts'
import { createAzureCli } from '../identity/azure-cli.ts'
import { createEntra, FEDERATED_AUDIENCES } from '../identity/entra.ts'
import { createGithubOidc } from '../identity/github-oidc.ts'
import { createManagedIdentity } from '../identity/managed-identity.ts'
import type { SimulatorOptions } from './options.ts'
import type { SimulatorState } from './state.ts'

/** The servers. Every way to sign in to Azure is at `entra`, all of GitHub at `oidc`. */
export interface Servers {
  resourceManager: LocalServer
  entra: LocalServer
  oidc: LocalServer
}

/** Starts them, and tells the world its origin. Rejects where a port is taken. */
export async function startServers(
  state: SimulatorState,
  options: SimulatorOptions,
  setting: ServerSetting,
): Promise<Servers> {
  const { clock, tokens, world } = state
  const port = options.port ?? 0
  const after = (steps: number) => (port === 0 ? 0 : port + steps)
  const azure = createResourceManager(world, tokens, createQuota(clock, options.readsPerWindow))
  const resourceManager = await startServer('resource-manager', port, azure, setting)
  world.origin = resourceManager.url
  const entra = await startServer('entra', after(1), signInHandler(state, options), setting)
  const oidc = await startServer('oidc', after(2), gitHubHandler(state), setting)
  return { resourceManager, entra, oidc }
}

function signInHandler(state: SimulatorState, options: SimulatorOptions): Handler {
  const { clock, tokens, identity, secrets } = state
  const handlers = [
    createManagedIdentity(tokens, identity, state.identityHeader),
    createAzureCli(tokens, identity, clock),
    createEntra({
      clock,
      tokens,
      identity,
      secrets,
      federatedSubject: options.federatedSubject,
      federatedAudiences: options.federatedAudiences ?? FEDERATED_AUDIENCES,
    }),
  ]
  return (request) => firstAnswer(handlers, request)
}

function gitHubHandler(state: SimulatorState): Handler {
  const handlers = [createGitHubApi(state.github), createGithubOidc(state.tokens, state.requestToken)]
  return (request) => firstAnswer(handlers, request)
}
