/** What the simulator knows: the time, who may sign in, what was given out, what Azure and GitHub hold. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { World } from '../azure/world/world.ts'
import { type Clock, createClock } from '../clock/clock.ts'
import { createGitHubWorld, type GitHubWorld } from '../github/world.ts'
import { createTokens, type Identity, identityOf, type TokenService } from '../identity/tokens.ts'
import type { SimulatorOptions } from './options.ts'

/** What the three servers answer from. */
export interface SimulatorState {
  clock: Clock
  identity: Identity
  /** Every secret that was given out. */
  secrets: string[]
  tokens: TokenService
  /** What a job shows to be given an ID token, */
  requestToken: string
  /** and a machine to be given a token of its managed identity. */
  identityHeader: string
  world: World
  github: GitHubWorld
}

/** Makes what it knows before any request. Throws a RangeError where the speed is not more than 0. */
export function createState(options: SimulatorOptions): SimulatorState {
  const clock = createClock(options)
  const requestToken = randomBytes(96).toString('base64url')
  const identityHeader = randomUUID()
  const identity = identityOf(options.identity ?? {})
  const github = createGitHubWorld()
  const secrets = [requestToken, identityHeader, identity.clientSecret, github.token]
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
  return { clock, identity, secrets, tokens, requestToken, identityHeader, world, github }
}
