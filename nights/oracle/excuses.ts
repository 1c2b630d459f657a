/** What may keep a run from a verdict: an error, or a time that runs out, needs one of these. */
import type { Exchange } from '../model/trace.ts'
import type { Night } from '../play.ts'
import type { Entry } from './entries.ts'

const minute = 60_000

const passing = new Set([408, 429])

/** Whether anything was refused, so that an error of the run's own may be right. */
export function excuses(night: Night): boolean {
  const { plan, trace } = night
  if (plan.troubles.some(({ kind }) => kind === 'evil-links' || kind === 'entra-refusal')) return true
  // Two minutes without a first token are taken for a mistake in the settings.
  if (trace.askings.some(({ fault }) => fault !== undefined)) return true
  // An item that no job is known of.
  const byItem = plan.given === 'item' || plan.given === 'all-items'
  if (
    byItem &&
    plan.policy.maxAgeHours === undefined &&
    (plan.troubles.some(({ kind }) => kind === 'clock-jump') ||
      plan.jobs.some(({ startsAt }) => startsAt > 0))
  )
    return true
  const goodBefore = new Set<string>()
  const firstMissing = new Map<string, number>()
  const unauthorised = new Set<string>()
  for (const exchange of trace.exchanges) {
    const { key, status, fault, endedAt = exchange.at } = exchange
    if (fault !== undefined || status === undefined || exchange.lacking) continue
    if (status < 300) goodBefore.add(key)
    if (status === 401) {
      if (unauthorised.has(key)) return true
      unauthorised.add(key)
    } else if (status < 300) unauthorised.delete(key)
    if (status === 404) {
      const since = firstMissing.get(key) ?? exchange.at
      firstMissing.set(key, since)
      // A list that is not there is a vault that is not, which is final at once.
      const isList = /\/backupJobs$/i.test(exchange.url.pathname)
      if (goodBefore.has(key) || isList || endedAt - since >= 115_000) return true
    } else if (status >= 300 && status < 500 && status !== 401 && !passing.has(status)) return true
  }
  return false
}

/** Since when nothing has stood in the way; undefined where something always may. */
export function quietSince(night: Night): number | undefined {
  const { plan, trace } = night
  const lasting = [
    'stale',
    'late-list',
    'strange-status',
    'slow',
    'evil-links',
    'asks-pauses',
    'low-quota',
    'missing',
  ]
  if (plan.troubles.some(({ kind }) => lasting.includes(kind))) return undefined
  const bad = ({ fault, status, retryAfter = 0 }: Exchange) =>
    fault !== undefined || status === undefined || status >= 300 || retryAfter > 0
  let quiet = 0
  for (const exchange of trace.exchanges)
    if (bad(exchange))
      quiet = Math.max(quiet, (exchange.endedAt ?? exchange.at) + (exchange.retryAfter ?? 0) * 1_050)
  for (const asking of trace.askings)
    if (asking.fault !== undefined) quiet = Math.max(quiet, (asking.endedAt ?? asking.at) + 90_000)
  return quiet
}

/** Time ran out, though for long the end was there to be seen. */
export function checkProgress(night: Night, entry: Entry, since: number, say: (wrong: string) => void): void {
  const quiet = quietSince(night)
  if (quiet === undefined) return
  const deadline = night.plan.policy.timeoutMinutes * minute
  const slack = 2 * Math.max(night.plan.policy.pollSeconds, 200) * 1000 + 5 * minute
  if (deadline - Math.max(since, quiet) > slack)
    say(
      `job "${entry.jobId}" is timed out, though its end was there to be seen for ${(deadline - Math.max(since, quiet)) / 1000} s`,
    )
}
