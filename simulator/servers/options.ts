/** How the simulator is to be. */
import type { Quirks } from '../azure/world/quirks.ts'
import type { Fault } from '../http/faults.ts'
import type { Identity } from '../identity/tokens.ts'

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
