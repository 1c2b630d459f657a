/**
 * Azure Resource Manager, Microsoft Entra ID and GitHub's ID token endpoint on localhost, over TLS, on a clock
 * of their own. See README.md.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { delimiter, join } from 'node:path'
import type { Simulator, SimulatorOptions, StartOptions, Trigger } from './api.ts'
import { actionOf, authorizationFailed } from './azure/errors.ts'
import { armHeaders } from './azure/headers.ts'
import { KINDS } from './azure/kinds.ts'
import { begin, resultUrl, statusUrl } from './azure/operations.ts'
import { createQuota } from './azure/quota.ts'
import { createResourceManager, vaultFor } from './azure/resource-manager.ts'
import { API_VERSIONS, type Operation, vaultId, type World } from './azure/world.ts'
import { clockEnvironment, createClock } from './clock.ts'
import { makeFleet } from './fleet.ts'
import { API_PATH, createGitHubApi } from './github/api.ts'
import { createGitHubWorld } from './github/world.ts'
import { makeHistory } from './history.ts'
import { createCertificate, keyPairOf } from './http/certificate.ts'
import { decodedPath, firstAnswer, type Handler, type SeenRequest } from './http/exchange.ts'
import { createFaultList, isPortFault } from './http/faults.ts'
import { startServer } from './http/server.ts'
import { AZURE_CLI_PATH, createAzureCli } from './identity/azure-cli.ts'
import { createEntra, FEDERATED_AUDIENCES } from './identity/entra.ts'
import { createGithubOidc, ID_TOKEN_PATH } from './identity/github-oidc.ts'
import { createManagedIdentity, MANAGED_IDENTITY_PATH } from './identity/managed-identity.ts'
import { createTokens, identityOf } from './identity/tokens.ts'

/** Starts the three servers. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = createClock(options)
  const [certificate, stranger] = await Promise.all([createCertificate(), keyPairOf('stranger')])
  const requestToken = randomBytes(96).toString('base64url')
  const identityHeader = randomUUID()
  const identity = identityOf(options.identity ?? {})
  const secrets = [requestToken, identityHeader, identity.clientSecret]
  const requests: SeenRequest[] = []
  const overrides = new Set<Handler>()
  const faults = createFaultList(clock)
  const closing = new AbortController()
  const tokens = createTokens({
    clock,
    identity,
    secrets,
    accessTokenSeconds: options.accessTokenSeconds ?? 3600,
    idTokenSeconds: options.idTokenSeconds ?? 300,
  })
  const world: World = {
    clock,
    origin: '',
    retryAfterSeconds: options.retryAfterSeconds ?? 60,
    vaults: new Map(),
    jobs: new Map(),
    operations: new Map(),
    items: [],
    quirks: { ...options.quirks },
    plans: [],
    secrets,
    defaults: {
      tenantId: identity.tenantId,
      subscriptionId: options.subscriptionId ?? '0b1f6471-1bf0-4dda-aec3-cb9272f09590',
      resourceGroup: options.resourceGroup ?? 'rg-prod',
      location: 'westeurope',
      secondaryLocation: 'northeurope',
    },
  }
  const denied = (request: SeenRequest) => {
    const { action, scope } = actionOf(request.method, decodedPath(request.path))
    return authorizationFailed(identity.clientId, identity.objectId, action, scope)
  }
  const headers = (request: SeenRequest): Record<string, string> =>
    request.server === 'resource-manager' ? armHeaders(clock, request) : {}
  const setting = {
    certificate,
    stranger,
    clock,
    faults,
    requests,
    overrides,
    signal: closing.signal,
    denied,
    headers,
  }
  const port = options.port ?? 0
  const after = (steps: number) => (port === 0 ? 0 : port + steps)
  const resourceManager = await startServer(
    'resource-manager',
    port,
    createResourceManager(world, tokens, createQuota(clock, options.readsPerWindow)),
    setting,
  )
  world.origin = resourceManager.url
  const entraHandlers = [
    createManagedIdentity(tokens, identity, identityHeader),
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
  const entra = await startServer(
    'entra',
    after(1),
    (request) => firstAnswer(entraHandlers, request),
    setting,
  )
  const github = createGitHubWorld()
  secrets.push(github.token)
  const oidcHandlers = [createGitHubApi(github), createGithubOidc(tokens, requestToken)]
  const oidc = await startServer('oidc', after(2), (request) => firstAnswer(oidcHandlers, request), setting)
  const servers = [resourceManager, entra, oidc]

  const simulator: Simulator = {
    resourceManagerUrl: resourceManager.url,
    authorityUrl: entra.url,
    oidcUrl: oidc.url,
    github,
    certificateFile: certificate.file,
    certificate: certificate.cert,
    clock,
    identity,
    requests,
    secrets,
    environment: () => ({
      NODE_EXTRA_CA_CERTS: certificate.file,
      AZURE_AUTHORITY_HOST: entra.url,
      GITHUB_API_URL: `${oidc.url}${API_PATH}`,
      GITHUB_GRAPHQL_URL: `${oidc.url}/api/graphql`,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${oidc.url}${ID_TOKEN_PATH}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      ...clockEnvironment(clock),
    }),
    managedIdentityEnvironment: () => ({
      IDENTITY_ENDPOINT: `${entra.url}${MANAGED_IDENTITY_PATH}`,
      IDENTITY_HEADER: identityHeader,
    }),
    azureCliEnvironment: (login) => ({
      PATH: [join(import.meta.dirname, 'az'), '/usr/bin', '/bin'].join(delimiter),
      AZ_STAND_IN_NODE: process.execPath,
      AZ_STAND_IN_URL: `${entra.url}${AZURE_CLI_PATH}`,
      AZ_STAND_IN_LOGIN: login,
    }),
    start(kind, given = {}) {
      const { found, target } = lookup(kind, given)
      const path = found.request?.(target).path ?? vaultId(target.vault)
      return triggerOf(begin(world, found, target, decodedPath(path), given), target.item, world.origin)
    },
    backup: (given) => simulator.start('vm-backup', given),
    request(kind, given = {}) {
      const { found, target } = lookup(kind, given)
      const request = found.request?.(target)
      if (request === undefined) return undefined
      const { subscriptionId, resourceGroup, name } = target.vault
      const apiVersion = given.apiVersion ?? API_VERSIONS[found.form]
      return { ...request, apiVersion, subscriptionId, resourceGroup, vaultName: name, item: target.item }
    },
    plan: (given) => void world.plans.push(given),
    quirks: world.quirks,
    fleet: (given = {}) => makeFleet(world, given),
    history: (item, entries) => makeHistory(world, item, entries),
    accessToken: (audience = resourceManager.url) => tokens.issueAccessToken(audience).token,
    idToken: (audience = 'api://AzureADTokenExchange') => tokens.issueIdToken(audience),
    override(handler) {
      overrides.add(handler)
      return () => void overrides.delete(handler)
    },
    fault(fault) {
      if (!isPortFault(fault)) return faults.add(fault)
      const server = servers.find(({ name }) => name === (fault.server ?? 'resource-manager'))
      return server?.placePortFault(fault) ?? (() => {})
    },
    async close() {
      closing.abort()
      await Promise.all(servers.map((server) => server.close()))
      certificate.remove()
    },
  }

  function lookup(kind: string, given: StartOptions) {
    const found = KINDS.get(kind)
    if (found === undefined) throw new Error(`No kind '${kind}'. There are: ${[...KINDS.keys()].join(', ')}`)
    const vault = vaultFor(world, found.vaultType, given)
    return { found, target: { vault, item: given.item ?? found.item, container: given.container } }
  }

  for (const fault of options.faults ?? []) simulator.fault(fault)
  return simulator
}

function triggerOf(operation: Operation, item: string, origin: string): Trigger {
  const { vault, jobs } = operation
  const [job] = jobs
  const id = vaultId(vault)
  const jobResourceId = job === undefined ? '' : `${id}/backupJobs/${job.id}`
  return {
    kind: operation.kind.name,
    operationId: operation.id,
    operationUrl: statusUrl(operation, origin),
    locationUrl: resultUrl(operation, origin),
    jobId: job?.id ?? '',
    jobIds: jobs.map((one) => one.id),
    jobResourceId,
    jobUrl: job === undefined ? '' : `${origin}${jobResourceId}`,
    subscriptionId: vault.subscriptionId,
    resourceGroup: vault.resourceGroup,
    vaultName: vault.name,
    vaultId: id,
    item,
  }
}

export type * from './api.ts'
