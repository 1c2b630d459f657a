/** Draws what goes wrong in a night. */
import type { Dice } from './dice.ts'
import type { FaultKind, Plan, Trouble } from './plan.ts'

const minute = 60_000
const hour = 60 * minute

const faultKinds: Record<FaultKind, number> = {
  reset: 3,
  refused: 1,
  silence: 2,
  'cut-off': 2,
  drip: 1,
  empty: 1,
  html: 1,
  another: 2,
  '408': 1,
  '429': 3,
  '500': 1,
  '502': 1,
  '503': 2,
  '504': 1,
}

/** None in a quarter of all nights, up to eight in the worst. */
export function drawTroubles(draw: Dice, plan: Plan): Trouble[] {
  const count = draw.word({ none: 5, one: 7, some: 6, many: 2 })
  const number = { none: 0, one: 1, some: draw.whole(2, 4), many: draw.whole(5, 8) }[count]
  const deadline = plan.policy.timeoutMinutes * minute
  const ends = plan.jobs.map(({ endsAt }) => endsAt ?? deadline)
  const horizon = Math.max(10_000, Math.min(deadline, Math.max(minute, ...ends) * 1.2))
  return Array.from({ length: number }, () => drawTrouble(draw, plan, horizon, deadline))
}

function drawTrouble(draw: Dice, plan: Plan, horizon: number, deadline: number): Trouble {
  const kind = draw.word<Trouble['kind']>({
    outage: 8,
    faults: 8,
    refusal: 2,
    redirect: 1,
    missing: 3,
    revoked: 2,
    unauthorised: 1,
    'short-tokens': 3,
    'entra-outage': 3,
    'entra-refusal': 1,
    'clock-jump': 3,
    stale: 2,
    'late-list': 2,
    'small-pages': 1,
    slow: 3,
    'strange-status': 3,
    signal: 5,
    'evil-links': 1,
    'asks-pauses': 2,
    'low-quota': 1,
    'old-cloud': 1,
  })
  const at = draw.chance(0.2) ? 0 : draw.whole(0, horizon)
  const jobs = Math.max(0, plan.jobs.length - 1)
  const pause = draw.chance(0.5) ? 0 : draw.pick([1, 5, 17, 30, 60, 120, 372, 3_600])
  switch (kind) {
    case 'outage':
      return {
        kind,
        at,
        for: draw.scale(5_000, 3 * hour),
        how: draw.word(faultKinds),
        retryAfter: pause,
        asDate: draw.chance(0.3),
      }
    case 'faults':
      return {
        kind,
        nth: draw.scale(1, 60),
        count: draw.whole(1, 4),
        how: draw.word(faultKinds),
        retryAfter: pause,
        asDate: draw.chance(0.3),
      }
    case 'refusal':
      return {
        kind,
        at,
        status: draw.pick([400, 403, 404, 409]),
        job: draw.chance(0.6) ? draw.whole(0, jobs) : 'all',
      }
    case 'redirect':
      return {
        kind,
        nth: draw.scale(1, 30),
        status: draw.pick([301, 302, 307, 308]),
        to: draw.pick(['elsewhere', 'region']),
      }
    case 'missing': {
      const what = plan.operations.length > 0 && draw.chance(0.5) ? 'operation' : 'job'
      const index = what === 'job' ? draw.whole(0, jobs) : draw.whole(0, plan.operations.length - 1)
      return { kind, what, index, for: draw.chance(0.8) ? draw.scale(1_000, 100_000) : 10 * hour }
    }
    case 'revoked':
    case 'unauthorised':
    case 'entra-refusal':
      return { kind, at }
    case 'short-tokens':
      return { kind, minutes: draw.pick([1, 5, 10, 20]) }
    case 'entra-outage':
      return {
        kind,
        at,
        for: draw.scale(1_000, 2 * hour),
        how: draw.pick(['reset', 'silence', '503', '429']),
      }
    case 'clock-jump':
      return { kind, at, by: draw.pick([-1, 1]) * draw.scale(1_000, 48 * hour) }
    case 'stale':
      return { kind, at, for: draw.scale(10_000, 20 * minute), by: draw.scale(5_000, 5 * minute) }
    case 'late-list':
      return { kind, by: draw.scale(5_000, 5 * minute) }
    case 'small-pages':
      return { kind, size: draw.whole(1, 10) }
    case 'slow':
      return { kind, at, for: draw.scale(minute, 2 * hour), most: draw.scale(5_000, 60_000) }
    case 'strange-status':
      return {
        kind,
        job: draw.whole(0, jobs),
        at,
        for: draw.chance(0.3) ? 100 * hour : draw.scale(10_000, hour),
        word: draw.pick(['Suspended', 'Invalid', 'Finalizing', 'success-ish', 'CompletedPartially', 'DONE']),
      }
    case 'signal':
      return { kind, at: draw.whole(0, Math.max(horizon, Math.min(deadline, 2 * horizon))) }
    case 'evil-links':
      return { kind }
    case 'asks-pauses':
      return { kind, seconds: draw.pick([1, 5, 30, 60, 120, 900]) }
    case 'low-quota':
      return { kind, remaining: draw.pick([0, 3, 10, 19, 30]) }
    case 'old-cloud':
      return { kind, newest: draw.pick(['2021-06-01', '2023-01-01', '2024-10-01']) }
  }
}
