/** A night, told for a person: what was to happen, and what did. */
import { inputsOf } from './given.ts'
import type { Time } from './plan.ts'
import type { Night } from './play.ts'

/** What the night was made of. */
export function settingOf({ plan, world }: Night): string[] {
  const inputs = Object.entries(inputsOf(world)).filter(
    ([name]) => !/client|tenant|github|comment/.test(name),
  )
  return [
    'Inputs:',
    ...inputs.map(([name, value]) => `  ${name}: ${value.replaceAll('\n', ' ⏎ ').slice(0, 200)}`),
    ...(plan.operations.length > 0 ? ['Operations:'] : []),
    ...plan.operations.map((one) => `  ${JSON.stringify(one)}`),
    'Jobs:',
    ...plan.jobs.map((one) => `  ${JSON.stringify(one)}`),
    plan.troubles.length > 0 ? 'Troubles:' : 'No troubles.',
    ...plan.troubles.map((one) => `  ${JSON.stringify(one)}`),
  ]
}

/** What happened, in order; of a long night its beginning and its end. */
export function storyOf({ trace, written, endedAt }: Night, most = Number.POSITIVE_INFINITY): string[] {
  const events: { at: Time; text: string }[] = [
    ...trace.exchanges.map(({ at, endedAt: end = at, method, url, status, fault, retryAfter, tells }) => ({
      at,
      text: [
        `${method} ${url.pathname.split('/').slice(-3).join('/')}`,
        `→ ${[fault, status].filter((part) => part !== undefined).join(' ') || 'nothing'} after ${end - at} ms`,
        retryAfter === undefined ? '' : `Retry-After ${retryAfter}`,
        tells.length > 3
          ? `${tells.length} jobs`
          : tells.map((one) => `${one.id.slice(0, 8)} ${one.status}`).join(', '),
      ]
        .filter((part) => part !== '')
        .join(' · '),
    })),
    ...trace.askings.map(({ at, fault }) => ({
      at,
      text: `a token is asked for${fault === undefined ? '' : `: ${fault}`}`,
    })),
    ...(trace.signalledAt === undefined ? [] : [{ at: trace.signalledAt, text: 'SIGINT' }]),
    ...written.log
      .filter(({ kind }) => kind !== 'debug')
      .map(({ at, kind, text }) => ({ at, text: `  ${kind}: ${text.replaceAll('\n', ' ⏎ ')}` })),
  ]
  const told = events
    .map((event, order) => ({ ...event, order }))
    .sort((one, other) => one.at - other.at || one.order - other.order)
    .map(({ at, text }) => `${clockOf(at)} ${text}`)
  const shown =
    told.length > most
      ? [...told.slice(0, most / 2), `… ${told.length - most} more`, ...told.slice(-most / 2)]
      : told
  const { conclusion, status } = written.outputs
  return [
    ...shown,
    `${clockOf(endedAt)} The step ${written.failed ? 'fails' : 'passes'}: ${conclusion}, status ${status}.`,
  ]
}

function clockOf(at: Time): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two(at / 3_600_000)}:${two((at / 60_000) % 60)}:${two((at / 1000) % 60)}.${String(Math.round(at) % 1000).padStart(3, '0')}`
}
