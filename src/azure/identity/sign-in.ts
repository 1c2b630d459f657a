import type { Clock } from '../../base/clock.ts'
import type { Cloud } from '../http/cloud.ts'
import type { Transport } from '../http/transport.ts'

/** What asking for tokens takes. */
export interface SignIn {
  cloud: Cloud
  transport: Transport
  clock: Clock
}
