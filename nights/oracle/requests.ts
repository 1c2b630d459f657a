/** Whether a run asks as it may: whom, how often, and after which silence. */
import { isAzure } from '../model/network.ts'
import type { Exchange } from '../model/trace.ts'
import type { Night } from '../play.ts'
import { entriesOf } from './entries.ts'

const minute = 60_000
const trusted =
  /^\/+(subscriptions\/.*)?providers\/Microsoft\.(RecoveryServices|DataProtection|ResourceGraph)\//i

export function checkRequests(night: Night, say: (wrong: string) => void): void {
  const { trace, plan } = night
  for (const { url, token, method } of trace.exchanges) {
    if (token !== '' && !isAzure(url)) say(`a token goes to ${url.host}`)
    if (token !== '' && !trusted.test(decodeURIComponent(url.pathname)))
      say(`a token goes to ${url.pathname}`)
    if (token === '') say(`${method} ${url.pathname} has no token`)
  }
  for (const all of Map.groupBy(trace.exchanges, ({ key }) => key).values()) checkPace(night, all, say)
  checkCancellations(night, say)
  checkTokens(night, say)
  const hours = night.endedAt / 3_600_000
  const life = night.world.troubles('short-tokens')[0]?.minutes ?? 60
  const refused = trace.exchanges.filter(({ status }) => status === 401).length
  const outage = plan.troubles.some(({ kind }) => kind.startsWith('entra-'))
  const most = 6 + refused + (hours * 60) / (life * 0.45)
  if (!outage && trace.askings.length > most)
    say(`${trace.askings.length} tokens in ${hours.toFixed(1)} h, where ${most.toFixed(0)} would do`)
}

/** A token that has ended, or that was refused, is not sent again. */
function checkTokens({ trace, plan, world }: Night, say: (wrong: string) => void): void {
  const refusals = Map.groupBy(
    trace.exchanges.filter(({ status }) => status === 401),
    ({ token }) => token,
  )
  // An identity that is blocked gets no token that is any better.
  if (world.troubles('unauthorised').length > 0) return
  for (const all of refusals.values()) {
    const [first] = all
    // A read that waits in line for a connection has its token already.
    const again = all.find(({ at }) => at > (first?.endedAt ?? at) + 31_000)
    if (again !== undefined) say(`a token that was refused at ${first?.at} is sent again at ${again.at}`)
  }
  const life = world.troubles('short-tokens')[0]?.minutes ?? 60
  // A token may also end on its way, or be blocked, or be kept for want of another.
  const others = ['revoked', 'clock-jump', 'slow', 'entra-outage', 'entra-refusal']
  if (life < 5 || plan.troubles.some(({ kind }) => others.includes(kind))) return
  if (refusals.size > 0) say('a token is used beyond its end')
}

/** Requests for one thing, in the order in which they were sent. */
function checkPace(night: Night, all: Exchange[], say: (wrong: string) => void): void {
  const { plan } = night
  const { pollSeconds, timeoutMinutes } = plan.policy
  const [first] = all
  if (first === undefined) return
  const deadline = timeoutMinutes * minute
  const path = first.url.pathname
  const isList = /\/backupJobs$/i.test(path)
  const isPost = /(backupCrrJob|fetchCrossRegionRestoreJob)$/i.test(path)
  const isCancel = /\/cancel$/i.test(path)
  // Those who ask for one thing side by side know nothing of one another's answers.
  const appears = plan.policy.appearWithinMinutes !== undefined
  const isShared =
    /\/(resources|recoveryPoints|backupVaults\/[^/]+)$/i.test(path) ||
    plan.given === 'both-urls' ||
    // By those who wait for jobs to start, and those who follow the others: this list takes no filter.
    (isList && appears && plan.vaultKind === 'backup')
  // Jobs that are found later are looked at once, whenever the list was read last.
  const joins = isList && (plan.operations.length > 1 || plan.vaultKind === 'backup' || appears)
  let before: Exchange | undefined
  for (const next of all) {
    if (before?.endedAt !== undefined && next.at >= before.endedAt && !isShared) {
      const gap = next.at - before.endedAt
      const what = `${first.method} ${path.split('/').slice(-2).join('/')} at ${next.at}`
      const failed =
        before.fault !== undefined ||
        [404, 408, 429].includes(before.status ?? 0) ||
        (before.status ?? 0) >= 500
      const asked = (before.retryAfter ?? 0) * 1000
      // A list that was read asks for no pause (recorded); those who share it have their own turns.
      if (gap < asked - 5 && !(isList && !failed))
        say(`${what} comes ${gap} ms after an answer that asked for ${asked}`)
      const least = isCancel ? 1_000 : failed ? 1_400 : Math.min(pollSeconds, 5) * 840 * (isList ? 0.5 : 1)
      const wanted = isPost ? 30_000 : least
      // A Location that has ended leads to the status, even where that was not there a moment ago.
      const led = before.status === 404 && endedBetween(night, before, next)
      const refused = ((before.status ?? 0) >= 300 && !failed) || led
      if (!refused && next.at < deadline - 50 && gap < wanted - 1 && !(joins && !failed))
        say(`${what} comes ${gap} ms after the one before, and ${wanted} is the least`)
    }
    before = next
  }
  if (all.length <= 20 || isShared || joins) return
  const faults = all.filter(({ fault, status }) => fault !== undefined || (status ?? 0) >= 400).length
  const from = first.at
  const to = all.at(-1)?.at ?? from
  let fair = 4 + faults
  for (let at = from; at < to; fair += 1)
    at += 840 * Math.min(pollSeconds, 5 + (at - from) / 25_000) * (isList ? 0.5 : 1)
  if (all.length > fair)
    say(`${all.length} requests for ${path.split('/').slice(-2).join('/')}, where ${fair} would do`)
}

/** Whether the Location of the same operation told in between that it is over. */
function endedBetween({ trace }: Night, before: Exchange, next: Exchange): boolean {
  const id = before.url.pathname.split('/').at(-1)
  return trace.exchanges.some(
    ({ url, at, endedAt = 0, status = 0 }) =>
      /results?\/[^/]+$/i.test(url.pathname) &&
      url.pathname.split('/').at(-1) === id &&
      (status === 200 || status === 204) &&
      at >= before.at &&
      endedAt <= next.at,
  )
}

/** A job is cancelled only by those who may, and then is. */
function checkCancellations(night: Night, say: (wrong: string) => void): void {
  const { trace, plan, written } = night
  const { cancelJob, timeoutMinutes } = plan.policy
  const deadline = timeoutMinutes * minute
  const asked = trace.exchanges.filter(
    ({ method, url }) => method === 'POST' && /\/cancel$/.test(url.pathname),
  )
  const onTimeout = cancelJob === 'on-timeout' || cancelJob === 'always'
  const onStop = cancelJob === 'on-cancel' || cancelJob === 'always'
  for (const { at, url } of asked) {
    const may = (onTimeout && at >= deadline - 1_000) || (onStop && trace.signalledAt !== undefined)
    if (!may)
      say(`${url.pathname.split('/').at(-2)} is cancelled, which cancel-job ${cancelJob} does not ask for`)
  }
  if (plan.vaultKind === 'backup' || plan.crossRegion) return
  const running = entriesOf(night).filter(
    ({ jobId, status }) => jobId !== '' && ['InProgress', ''].includes(status),
  )
  const wanted = running.filter(
    ({ conclusion }) =>
      (conclusion === 'timed-out' && onTimeout) ||
      (conclusion === 'pending' &&
        onStop &&
        trace.signalledAt !== undefined &&
        plan.policy.waitFor !== 'none'),
  )
  const states = Object.values(written.state).join(' ')
  // Without a token nothing can be asked.
  const tokens = plan.troubles.some(({ kind }) => /token|entra|revoked|unauthorised/.test(kind))
  const had = trace.exchanges.some(({ status }) => status !== undefined && status < 300)
  for (const { jobId } of wanted) {
    if (onStop && !states.includes(jobId)) say(`the post step would not know of job ${jobId}`)
    if (had && !tokens && !asked.some(({ url }) => url.pathname.includes(jobId)))
      say(`job ${jobId} was to be cancelled, and Azure was not asked`)
  }
}
