/** The way to the service: what goes wrong on it, how long it takes, and what is written down of it. */
import type { Time, Trouble } from '../plan.ts'
import { askedFor, type Failing, withHeaders } from './headers.ts'
import { type Asked, type Reply, reply } from './routes.ts'
import type { Entra } from './tokens.ts'
import type { Exchange, Trace } from './trace.ts'
import type { World } from './world.ts'

/** A request as src sends it. */
export interface Sent {
  origin: string
  path: string
  method: string
  headers: Record<string, string>
  body?: string | null | undefined
}

/** An answer as src reads it. */
export interface Received {
  status: number
  headers: Record<string, string>
  text(): Promise<string>
}

/** In the place of connections. */
export interface Network {
  request(sent: Sent, signal: AbortSignal): Promise<Received>
  close(): Promise<void>
}

export function network(world: World, entra: Entra, trace: Trace): Network {
  const { clock } = world
  let count = 0

  async function request(sent: Sent, signal: AbortSignal): Promise<Received> {
    signal.throwIfAborted()
    count += 1
    const url = new URL(sent.origin + sent.path)
    const body = sent.body ?? undefined
    const { authorization = '' } = lowerCased(sent.headers)
    const exchange: Exchange = {
      at: clock.time,
      method: sent.method,
      url,
      key: `${sent.method} ${url.host}${url.pathname}${url.search} ${body ?? ''}`,
      token: authorization.replace(/^Bearer /, ''),
      tells: [],
    }
    trace.exchanges.push(exchange)
    trace.open += 1
    const end = (change: Partial<Exchange>) => {
      if (exchange.endedAt !== undefined) return
      Object.assign(exchange, { endedAt: clock.time }, change)
      trace.open -= 1
    }
    const failing = faultOf(world, count, clock.time)
    try {
      await clock.sleep(latency(world), signal)
      if (failing?.how === 'silence') await clock.sleep(1e9, signal)
      if (failing?.how === 'reset' || failing?.how === 'refused') {
        const code = failing.how === 'reset' ? 'ECONNRESET' : 'ECONNREFUSED'
        throw Object.assign(new Error(`connect ${code}`), { code })
      }
    } catch (error) {
      end({ fault: signal.aborted ? 'given up' : (failing?.how ?? 'unknown') })
      throw error
    }
    const answer =
      failing === undefined
        ? good(world, entra, exchange, { method: sent.method, url, body }, count)
        : bad(failing, url)
    const headers = withHeaders(world, answer, failing)
    const asked = askedFor(headers)
    return {
      status: answer.status,
      headers,
      text: () =>
        read(answer, failing, signal, (change) =>
          end(asked === 0 || change.status === undefined ? change : { retryAfter: asked, ...change }),
        ),
    }
  }

  async function read(
    answer: Reply,
    failing: Failing | undefined,
    signal: AbortSignal,
    end: (change: Partial<Exchange>) => void,
  ): Promise<string> {
    const text =
      typeof answer.body === 'string'
        ? answer.body
        : answer.body === undefined
          ? ''
          : JSON.stringify(answer.body)
    try {
      if (failing?.how === 'cut-off' || failing?.how === 'drip') {
        if (failing.how === 'drip') await clock.sleep(1e8, signal)
        throw Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
      }
      const delivered = { status: answer.status, tells: failing === undefined ? answer.tells : [] }
      end(failing === undefined ? delivered : { ...delivered, fault: failing.how })
      return text
    } catch (error) {
      end({ fault: signal.aborted ? 'given up' : (failing?.how ?? 'unknown') })
      throw error
    } finally {
      end({ fault: 'given up' })
    }
  }

  return {
    request,
    close: async () => {
      trace.closed = true
    },
  }
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function faultOf(world: World, nth: number, now: Time): Failing | undefined {
  const single = world.troubles('faults').find((one) => nth >= one.nth && nth < one.nth + one.count)
  return single ?? world.troubles('outage').find((one) => now >= one.at && now < one.at + one.for)
}

function latency(world: World): number {
  const { clock, dice, plan } = world
  const slow = world.troubles('slow').find((one) => clock.time >= one.at && clock.time < one.at + one.for)
  const [least, most] = plan.latency
  return Math.round(least + ((slow?.most ?? most) - least) * dice.next())
}

/** What the service itself says. */
function good(world: World, entra: Entra, exchange: Exchange, asked: Asked, nth: number): Reply {
  const { url } = asked
  const now = world.clock.time
  // Whoever gets a token that is not for them uses it, and says what is liked to be heard.
  if (!isAzure(url))
    return plain(200, { status: 'Succeeded', properties: { status: 'Completed' }, value: [] })
  const redirect = world.troubles('redirect').find((one) => one.nth === nth)
  if (redirect !== undefined) {
    const host =
      redirect.to === 'region' ? 'westeurope.management.azure.com' : 'management.azure.com.evil.example'
    return plain(redirect.status, undefined, { location: `https://${host}${url.pathname}${url.search}` })
  }
  const refusedToken = entra.refuses(exchange.token)
  if (refusedToken !== undefined) {
    // A message that quotes the token is no place to show it.
    const message = `${refusedToken}: ${exchange.token}`
    return plain(401, { error: { code: 'ExpiredAuthenticationToken', message } })
  }
  const refusal = world
    .troubles('refusal')
    .find((one) => now >= one.at && concerns(world, one, url, asked.body))
  if (refusal !== undefined) {
    const code = { 400: 'BadRequest', 403: 'AuthorizationFailed', 404: 'ResourceNotFound', 409: 'Conflict' }[
      refusal.status
    ]
    return plain(refusal.status, {
      error: { code, message: `Refused at ${url.pathname}?sig=${world.secrets[1]}` },
    })
  }
  const old = world.troubles('old-cloud')[0]
  const version = url.searchParams.get('api-version') ?? ''
  if (old !== undefined && version > old.newest && !/ResourceGraph/i.test(url.pathname)) {
    exchange.lacking = true
    const versions = `2016-06-01, 2016-08-10-preview, ${old.newest}`
    const message = `No registered resource provider found for location 'here' and API version '${version}' for type 'vaults'. The supported api-versions are '${versions}'. The supported locations are 'here'.`
    return plain(400, { error: { code: 'NoRegisteredProviderFound', message } })
  }
  return reply(world, asked, now)
}

export function isAzure(url: URL): boolean {
  return url.protocol === 'https:' && /^([a-z0-9-]+\.)?management\.azure\.com$/.test(url.host)
}

function concerns(
  world: World,
  { job }: Extract<Trouble, { kind: 'refusal' }>,
  url: URL,
  body: string | undefined,
): boolean {
  if (job === 'all') return true
  const id = world.plan.jobs[job]?.id
  return id !== undefined && (url.pathname.includes(id) || (body ?? '').includes(id))
}

function bad({ how }: Failing, url: URL): Reply {
  if (/^\d+$/.test(how)) {
    const status = Number(how)
    return plain(status, {
      error: { code: status === 429 ? 'TooManyRequests' : 'ServerBusy', message: 'Try again later.' },
    })
  }
  if (how === 'html') return plain(200, '<html><title>Sign in to the proxy</title></html>')
  const single = /\/(backupJobs|backupOperations|operations?Status|operations)\/[^/]+$|backupCrrJob$/i
  if (how === 'empty' || (how === 'another' && !single.test(url.pathname))) return plain(200, '')
  // Good news, but of another job: or half of them, where the answer is cut off.
  const name = '99999999-9999-4999-8999-999999999999'
  return plain(200, { id: `/jobs/${name}`, name, properties: { status: 'Completed' }, status: 'Succeeded' })
}

function plain(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers, body, tells: [] }
}
