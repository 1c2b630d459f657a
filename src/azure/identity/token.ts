/** One access token for a whole run: kept while it is good, renewed before it ends. */
import type { AccessToken } from '@azure/identity'
import { type Clock, unlessAborted, within } from '../../base/clock.ts'
import { CredentialError, errorMessage, OutOfTimeError, TrustError } from '../../base/errors.ts'
import { type Patience, waitAfterFault } from '../../base/patience.ts'
import { text } from '../../base/read.ts'
import type { Log } from '../../runner/log.ts'
import { Fault } from '../http/answer.ts'
import type { TokenSource } from '../http/send.ts'

/** A token, and when it ends and is to be renewed, by the clock's `now`. */
interface Current {
  token: string
  renewAt: number
  endsAt: number
  refused: boolean
}

/** Renew this long before the end, in milliseconds, or at half of a short life. */
const margin = 5 * 60_000
/** How long to go on before a first token: what never worked is more likely wrong than down. */
const firstTokenPatience = 2 * 60_000
/** Milliseconds for one token: longer than a CLI's process may take. */
const limit = 90_000

/**
 * @param ask gets a new token, never one from a cache
 * @param mask hides it from the log from now on
 */
export function tokenSource(
  ask: () => Promise<AccessToken>,
  mask: (token: string) => void,
  patience: Patience,
  log: Log,
): TokenSource {
  const { clock, signal } = patience
  let current: Current | undefined
  let asking: Promise<string> | undefined

  async function another(): Promise<string> {
    current = await renewed(() => current, { ask, mask, patience, log })
    return current.token
  }

  return {
    get: () => {
      // After a signal there is no time for another.
      if (serves(current, clock) && (signal.aborted || clock.now() < current.renewAt)) return current.token
      if (signal.aborted) return Promise.reject(signal.reason)
      asking ??= another().finally(() => {
        asking = undefined
      })
      return unlessAborted(asking, signal)
    },
    renew: (refused) => {
      // Of reads side by side, the first gets a new one for all of them.
      if (current?.token === refused) current = { ...current, renewAt: 0, refused: true }
    },
    endsAt: () => current?.endsAt,
  }
}

interface Renewal {
  ask: () => Promise<AccessToken>
  mask: (token: string) => void
  patience: Patience
  log: Log
}

function serves(one: Current | undefined, clock: Clock): one is Current {
  return one !== undefined && !one.refused && clock.now() < one.endsAt
}

/**
 * Another token, or the present one again: that serves for as long as it is good, and what is waited for may end
 * before it does.
 *
 * @throws CredentialError, OutOfTimeError, or what `ask` throws where that is final
 */
async function renewed(present: () => Current | undefined, renewal: Renewal): Promise<Current> {
  const { ask, mask, patience, log } = renewal
  const { clock, signal } = patience
  const patient = present() === undefined ? clock.now() + firstTokenPatience : Number.POSITIVE_INFINITY
  const deadline = Math.min(patience.deadline, patient)
  for (let faults = 1; ; faults += 1) {
    try {
      // The libraries have no limit of their own for an Entra that never answers.
      const issued = await within({ clock, milliseconds: limit, late }, ask)
      mask(issued.token)
      log.debug(() => `A token was issued; it ends at ${new Date(issued.expiresOnTimestamp).toISOString()}.`)
      return currentOf(issued, clock)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      const old = present()
      const goesOn = serves(old, clock)
      if (!goesOn && !mayPass(error, old !== undefined)) throw error
      log.fault(`Getting a token failed: ${text(errorMessage(error))}`)
      if (goesOn) return { ...old, renewAt: Math.min(old.endsAt, clock.now() + 30_000) }
      const { retryAfter, advice } = error instanceof Fault ? error : { retryAfter: 0, advice: '' }
      if (!(await waitAfterFault({ ...patience, deadline }, faults, retryAfter)))
        throw clock.now() < patience.deadline
          ? new CredentialError(`No token could be had: ${text(errorMessage(error))}${advice}`)
          : new OutOfTimeError(`no token could be had: ${text(errorMessage(error))}`)
    }
  }
}

function late(): Error {
  return new Fault(`no answer within ${limit / 1000} s`)
}

function currentOf({ token, expiresOnTimestamp }: AccessToken, clock: Clock): Current {
  const left = expiresOnTimestamp - clock.date()
  const endsAt = clock.now() + left
  return { token, endsAt, renewAt: endsAt - Math.min(margin, left / 2), refused: false }
}

const passingCodes =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EPIPE|network_error|endpoints_resolution_error|openid_config_error|socket hang up|timed? ?out/i

/**
 * Whether the failure lies on the way to Entra or GitHub, so that it may pass.
 *
 * @param worked whether a token was had before: then nothing but a refusal is final
 */
function mayPass(error: unknown, worked: boolean): boolean {
  if (error instanceof Fault) return true
  if (error instanceof CredentialError || error instanceof TrustError) return false
  const status = statusOf(error)
  if (status !== undefined) return status === 408 || status === 429 || status >= 500
  const said = [error, (error as Error)?.cause]
    .map((part) => `${(part as { code?: string })?.code ?? ''} ${errorMessage(part)}`)
    .join(' ')
  return (worked || passingCodes.test(said)) && !/AADSTS\d/.test(said)
}

function statusOf(error: unknown): number | undefined {
  const { statusCode } = error as { statusCode?: unknown }
  return typeof statusCode === 'number' ? statusCode : undefined
}
