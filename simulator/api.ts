/** What a caller of the simulator sees: its options, and what it gives. */

import type { Quirks } from './azure/quirks.ts'
import type { Kind, StartOptions, StartRequest } from './azure/world.ts'
import type { Clock } from './clock.ts'
import type { Fleet, FleetOptions } from './fleet.ts'
import type { GitHubWorld } from './github/world.ts'
import type { HistoryEntry, ItemOptions, MadeItem } from './history.ts'
import type { Handler, SeenRequest } from './http/exchange.ts'
import type { Fault } from './http/faults.ts'
import type { AzureCliLogin } from './identity/azure-cli.ts'
import type { Identity } from './identity/tokens.ts'

/** How the simulator is to be; everything has a default. */
export interface SimulatorOptions {
  /** Simulated seconds in a real one (1), and the simulated time to begin with (now), milliseconds. */
  speed?: number
  base?: number
  /** Port of Resource Manager; Entra and GitHub take the next two. Default: any that are free. */
  port?: number
  /** Lifetimes, simulated seconds: 3600 and 300. */
  accessTokenSeconds?: number
  idTokenSeconds?: number
  /** Who signs in. */
  identity?: Partial<Identity>
  /** The subject and audiences that the federated credential takes. Default: every subject, all clouds'. */
  federatedSubject?: string
  federatedAudiences?: string[]
  /** Retry-After of 202s, seconds. Default: 60. */
  retryAfterSeconds?: number
  /** Refuses further reads in a window of 300 seconds with 429. Default: as many as you like. */
  readsPerWindow?: number
  subscriptionId?: string
  resourceGroup?: string
  /** Faults from the start. */
  faults?: Fault[]
  /** Deviations of lists, recovery points and Resource Graph. */
  quirks?: Quirks
}

/** What the request that starts an operation was given. */
export interface Trigger {
  kind: string
  operationId: string
  /** Azure-AsyncOperation and Location; empty where the service sends none. */
  operationUrl: string
  locationUrl: string
  /** The first job's, empty where there is none; and all. */
  jobId: string
  jobIds: string[]
  /** Full ID and URL (without query) of the first job. */
  jobResourceId: string
  jobUrl: string
  subscriptionId: string
  resourceGroup: string
  vaultName: string
  vaultId: string
  item: string
}

/** A request that starts an operation, and what it is about. */
export interface PlannedRequest extends StartRequest {
  apiVersion: string
  subscriptionId: string
  resourceGroup: string
  vaultName: string
  item: string
}

/** A running simulator. */
export interface Simulator {
  /** `https://localhost:PORT`, as are the next. */
  resourceManagerUrl: string
  authorityUrl: string
  oidcUrl: string
  /** The repository, its pull requests and their comments; its API is at the same server as the ID tokens. */
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

export type { Fleet, FleetOptions } from './fleet.ts'
export type { HistoryEntry, ItemOptions, MadeItem } from './history.ts'
export type { Answer, Handler, SeenRequest } from './http/exchange.ts'
export type { Fault } from './http/faults.ts'
export type { MadeJob } from './made-jobs.ts'
export type { AzureCliLogin, Clock, Identity, Kind, Quirks, StartOptions, StartRequest }
