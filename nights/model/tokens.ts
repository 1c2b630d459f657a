/** Entra: tokens that end, that are refused later, and that cannot be had. */
import { dice } from '../dice.ts'
import type { Time } from '../plan.ts'
import type { Trace } from './trace.ts'
import type { World } from './world.ts'

/** Tokens as they were issued. */
export interface Entra {
  ask(): Promise<{ token: string; expiresOnTimestamp: number }>
  /** Why the service refuses this token now; undefined where it takes it. */
  refuses(token: string): string | undefined
}

export function entra(world: World, trace: Trace): Entra {
  const { clock } = world
  const draw = dice(world.plan.seed, 'tokens')
  const issued = new Map<string, { at: Time; endsAt: Time }>()
  return {
    ask: async () => {
      const asking: Trace['askings'][number] = { at: clock.time }
      trace.askings.push(asking)
      await clock.sleep(150 + 200 * draw.next())
      const now = clock.time
      asking.endedAt = now
      if (world.troubles('entra-refusal').some(({ at }) => now >= at)) {
        asking.fault = 'refused'
        throw new Error('AADSTS7000222: The provided client secret keys are expired.')
      }
      const outage = world.troubles('entra-outage').find((one) => now >= one.at && now < one.at + one.for)
      if (outage !== undefined) {
        asking.fault = outage.how
        if (outage.how === 'silence') await new Promise(() => {})
        if (outage.how === 'reset') throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
        throw Object.assign(new Error('Entra is busy'), { statusCode: Number(outage.how) })
      }
      const minutes = world.troubles('short-tokens')[0]?.minutes ?? 60 + 30 * draw.next()
      const token = `eyJhbGciOiJSUzI1NiJ9.${draw.guid().replaceAll('-', '')}.${draw.guid().replaceAll('-', '')}`
      issued.set(token, { at: now, endsAt: now + minutes * 60_000 })
      world.secrets.push(token)
      return { token, expiresOnTimestamp: Math.round(clock.date() + minutes * 60_000) }
    },
    refuses: (token) => {
      const known = issued.get(token)
      const now = clock.time
      if (known === undefined) return 'no token of this tenant'
      if (now >= known.endsAt) return 'the token is expired'
      if (world.troubles('revoked').some(({ at }) => known.at < at && now >= at))
        return 'the token is revoked'
      return world.troubles('unauthorised').some(({ at }) => now >= at)
        ? 'the identity is blocked'
        : undefined
    },
  }
}
