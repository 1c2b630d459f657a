import type { Cloud } from '../../src/azure/http/cloud.ts'
import { openTransport } from '../../src/azure/http/transport.ts'
import type { SignIn } from '../../src/azure/identity/sign-in.ts'
import { systemClock } from '../../src/base/clock.ts'

/** What signing in takes, over real connections, which are made when one is needed. */
export function signInTo(cloud: Cloud): SignIn {
  return { cloud, transport: openTransport(), clock: systemClock }
}
