import type { SeenRequest } from '../../http/exchange.ts'
import type { Vault } from './vault.ts'

/** A request within a vault: `rest` is the decoded path below it, without a leading slash. */
export interface VaultRequest {
  request: SeenRequest
  /** The whole decoded path. */
  path: string
  vault: Vault
  rest: string
  /** Origin that the client used, for the URLs given back. */
  origin: string
}
