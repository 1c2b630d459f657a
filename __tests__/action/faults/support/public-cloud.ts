/** Azure's public cloud under its own names: a simulator behind a proxy that notes every other host. */
import type { Simulator } from '../../../../simulator/simulator.ts'
import { withLeapingSimulator } from './leaping-clock.ts'
import { type ConnectProxy, portOf, startProxy } from './proxy.ts'

export interface PublicCloud {
  simulator: Simulator
  /** What a step needs to be in that world. */
  environment: Record<string, string | undefined>
  /** A step that names no endpoint of its own. */
  inputs: Record<string, string>
  proxy: ConnectProxy
  /** The hosts that were asked for and are not Microsoft's or GitHub's. */
  strangers(): string[]
}

/** A host that everybody may answer for, and nobody may be sent a token to. */
export const evil = 'evil.test'

/** Gives the body such a world of its own, on a clock that leaps. */
export function withPublicCloud<Value>(body: (cloud: PublicCloud) => Promise<Value>): Promise<Value> {
  return withLeapingSimulator({}, async (simulator) => {
    const resourceManager = portOf(simulator.resourceManagerUrl)
    const entra = portOf(simulator.authorityUrl)
    const oidc = new URL(simulator.oidcUrl).host
    const known = (target: string) => {
      if (/^([a-z0-9-]+\.)?management\.azure\.com:443$/.test(target)) return resourceManager
      if (target === 'login.microsoftonline.com:443') return entra
      return target === oidc ? portOf(simulator.oidcUrl) : undefined
    }
    // Whoever asks for another host gets one that has a certificate for it: the simulator would note a token.
    const proxy = await startProxy((target) => known(target) ?? resourceManager)
    try {
      return await body({
        simulator,
        proxy,
        environment: { AZURE_AUTHORITY_HOST: undefined, HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url },
        inputs: { 'resource-manager-url': '' },
        strangers: () => proxy.asked.filter((target) => known(target) === undefined),
      })
    } finally {
      await proxy.close()
    }
  })
}
