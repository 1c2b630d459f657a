/** What a caller of the simulator sees: its options, and what it gives. */

import type { PlannedRequest, Trigger } from './azure/start.ts'
import type { StartOptions } from './azure/world/options.ts'
import type { Quirks } from './azure/world/quirks.ts'
import type { Kind, StartRequest } from './azure/world/world.ts'
import type { Clock } from './clock/clock.ts'
import type { Fleet, FleetOptions } from './estate/fleet.ts'
import type { HistoryEntry, ItemOptions, MadeItem } from './estate/history.ts'
import type { GitHubWorld } from './github/world.ts'
import type { Handler, SeenRequest } from './http/exchange.ts'
import type { Fault } from './http/faults.ts'
import type { AzureCliLogin } from './identity/azure-cli.ts'
import type { Identity } from './identity/tokens.ts'

/** A running simulator. */
export interface Simulator {
  /** `https://localhost:PORT`, as are the next. */
  resourceManagerUrl: string
  authorityUrl: string
  oidcUrl: string
  /** The repository, its pull requests, workflows and runs; its API is at the same server as the ID tokens. */
  github: GitHubWorld
  /** PEM file for NODE_EXTRA_CA_CERTS, and its content. */
  certificateFile: string
  certificate: string
  clock: Clock
  identity: Identity
  /** Every request to every server, in order of arrival. */
  requests: SeenRequest[]
  /** Every secret that was given out: tokens, signatures, signed queries, scripts. */
  secrets: string[]
  /** What a job of a workflow needs to reach it, with `permissions: id-token: write`. */
  environment(): Record<string, string>
  /** What a machine with a managed identity has. */
  managedIdentityEnvironment(): Record<string, string>
  /** A PATH with the stand-in for Azure CLI, logged in that way. */
  azureCliEnvironment(login: AzureCliLogin): Record<string, string>
  /** Starts an operation, as the request of that kind would (names: `KINDS`). */
  start(kind: string, options?: StartOptions): Trigger
  /** `start('vm-backup')`. */
  backup(options?: StartOptions): Trigger
  /** The request that starts an operation of that kind; undefined for what only the service starts. */
  request(kind: string, options?: StartOptions): PlannedRequest | undefined
  /** How the operation that the next request starts will go. */
  plan(options: StartOptions): void
  /** Deviations of lists, recovery points and Resource Graph; may be changed at any time. */
  quirks: Quirks
  /** Makes vaults with items and jobs; every job has an item of its own. */
  fleet(options?: FleetOptions): Fleet
  /** Protects an item that has had these jobs, none for one that was never backed up. */
  history(item: ItemOptions, entries: HistoryEntry[]): MadeItem
  /** An access token as Entra would issue it, for a scope without `/.default`; an ID token as GitHub would. */
  accessToken(audience?: string): string
  idToken(audience?: string): string
  /** Answers before anything built in; gives a function that ends it. */
  override(handler: Handler): () => void
  /** Misbehaves; gives a function that ends it. */
  fault(fault: Fault): () => void
  /** Ends every connection at once. */
  close(): Promise<void>
}

export type { PlannedRequest, Trigger } from './azure/start.ts'
export type { Fleet, FleetOptions } from './estate/fleet.ts'
export type { HistoryEntry, ItemOptions, MadeItem } from './estate/history.ts'
export type { MadeJob } from './estate/made-jobs.ts'
export type { Answer, Handler, SeenRequest } from './http/exchange.ts'
export type { Fault } from './http/faults.ts'
export type { SimulatorOptions } from './servers/options.ts'
export type { AzureCliLogin, Clock, Identity, Kind, Quirks, StartOptions, StartRequest }
