/** The service: what it answers to a request while nothing goes wrong. */
import type { JobPlan, Time } from '../plan.ts'
import { itemRow, jobBody, namesOf, operationBody, pointBody } from './bodies.ts'
import { vaultName, type World } from './world.ts'

/** An answer. */
export interface Reply {
  status: number
  headers: Record<string, string>
  body?: unknown
  /** The jobs that it tells of. */
  tells: { id: string; status: string; by: 'single' | 'list' }[]
}

/** What is asked, taken apart. */
export interface Asked {
  method: string
  url: URL
  body: string | undefined
}

const elsewhere = 'https://management.azure.com.evil.example'

/** Answers at a time of the night. */
export function reply(world: World, { method, url, body }: Asked, now: Time): Reply {
  const path = url.pathname.split('/').map(decodeURIComponent).join('/')
  const seen = world.viewed(now)
  const given = body === undefined ? {} : (JSON.parse(body) as Record<string, unknown>)
  const last = path.split('/').at(-1) ?? ''
  if (/\/Microsoft\.ResourceGraph\/resources$/i.test(path)) return graph(world, given)
  if (method === 'POST' && /\/backupJobs\/[^/]+\/cancel$/i.test(path)) {
    const job = world.job(path.split('/').at(-2) ?? '')
    if (job === undefined) return missing(path)
    world.cancel(job, now)
    return answer(202)
  }
  if (method === 'POST' && /\/(backupCrrJob|fetchCrossRegionRestoreJob)$/i.test(path))
    return world.plan.crossRegion
      ? single(world, String(given.jobName ?? given.jobId), now, seen)
      : missing(path)
  const vault = [0, 1].find((index) => path.toLowerCase().includes(`/${vaultName(index)}`))
  if (/\/backupVaults\/[^/]+$/i.test(path)) return answer(200, { id: path, location: 'West Europe' })
  if (/\/recoveryPoints$/i.test(path)) return points(world, path, url, now)
  if (/\/backupJobs$/i.test(path)) return vault === undefined ? missing(path) : list(world, url, vault, seen)
  if (/\/backupJobs\/[^/]+$/i.test(path)) {
    const job = world.job(last)
    return job?.vault === vault && !world.plan.crossRegion ? single(world, last, now, seen) : missing(path)
  }
  const operation = world.operation(last)
  if (operation === undefined) return missing(path)
  const late = world
    .troubles('missing')
    .some(
      ({ what, index, for: time }) =>
        what === 'operation' && world.plan.operations[index] === operation && now < time,
    )
  if (late) return missing(path)
  if (!/results?\/[^/]+$/i.test(path)) return answer(200, operationBody(world, operation, seen))
  const status = world.operationStatus(operation, seen)
  if (status === 'InProgress') return answer(202, undefined, { 'retry-after': '60', location: url.href })
  if (status !== 'Succeeded')
    return answer(400, {
      error: { code: 'UserErrorOperation', message: 'The operation could not be started.' },
    })
  return operation.result === 'named' ? answer(200, namesOf(world, operation) ?? {}) : answer(204)
}

function single(world: World, id: string, now: Time, seen: Time): Reply {
  const job = world.job(id)
  if (job === undefined) return missing(id)
  const late = world
    .troubles('missing')
    .some(
      ({ what, index, for: time }) =>
        what === 'job' && world.plan.jobs[index] === job && now < Math.max(0, job.startsAt) + time,
    )
  if (late || seen < job.startsAt) return missing(id)
  const body = jobBody(world, job, seen)
  return { ...answer(200, body), tells: [tell(body, 'single')] }
}

/** The vault's list: newest first, some jobs of others among them. */
function list(world: World, url: URL, vault: number, seen: Time): Reply {
  const at = seen - (world.troubles('late-list')[0]?.by ?? 0)
  const own = world.plan.jobs.filter((job) => job.vault === vault)
  const jobs = own.filter((job) => job.startsAt <= at)
  const history = own.flatMap((job) => world.older(job))
  const others = (['Failed', 'Completed'] as const).map(
    (status, index): JobPlan => ({
      id: `0000000${index}-0000-4000-8000-00000000000${vault}`,
      vault,
      item: `other-${index}`,
      verb: 'Backup',
      startsAt: -3_600_000,
      status,
      history: [],
    }),
  )
  const filter = url.searchParams.get('$filter') ?? ''
  const interval = /startTime eq '([^']+)' and endTime eq '([^']+)'/.exec(filter)
  const [from, to] = [interval?.[1], interval?.[2]].map((text) =>
    text === undefined ? Number.NaN : Date.parse(`${text} UTC`),
  )
  const all = [...jobs, ...history, ...others]
    .sort((one, other) => other.startsAt - one.startsAt)
    .map((job) => ({ job, body: jobBody(world, job, at, true) }))
    .filter(({ job, body }) => {
      if (/status eq 'InProgress'/.test(filter)) return wordOf(body) === 'InProgress'
      const start = world.clock.epochOf(job.startsAt)
      return interval === null || (start >= (from ?? 0) && start <= (to ?? 0))
    })
    .map(({ body }) => body)
  const size = world.troubles('small-pages')[0]?.size ?? 200
  const skip = Number(url.searchParams.get('$skipToken') ?? 0)
  const page = all.slice(skip, skip + size)
  const next = new URL(url)
  next.searchParams.set('$skipToken', String(skip + size))
  const more = skip + size < all.length ? next.href : undefined
  const nextLink = world.troubles('evil-links').length > 0 ? `${elsewhere}${url.pathname}${url.search}` : more
  return {
    ...answer(200, { value: page, ...(nextLink === undefined ? {} : { nextLink }) }),
    tells: page.map((body) => tell(body, 'list')),
  }
}

function points(world: World, path: string, url: URL, now: Time): Reply {
  const owner = world.plan.jobs.find((job) =>
    path.toLowerCase().startsWith(`${world.itemId(job)}/`.toLowerCase()),
  )
  if (owner === undefined) return missing(path)
  // There is always the point of the night before, which proves nothing.
  const before = {
    id: `${owner.id.slice(0, -1)}${owner.id.endsWith('0') ? '1' : '0'}`,
    startsAt: owner.startsAt - 86_400_000,
  }
  const own = owner.verb === 'Backup' && owner.pointAt !== undefined && owner.pointAt <= now ? [owner] : []
  const version = url.searchParams.get('api-version') ?? ''
  const value = [...own, before].map((one) => pointBody(world, one, version, now))
  const evil = world.troubles('evil-links').length > 0
  return answer(200, { value, ...(evil ? { nextLink: `${elsewhere}${url.pathname}${url.search}` } : {}) })
}

function graph(world: World, given: Record<string, unknown>): Reply {
  const query = String(given.query)
  const scope = /id startswith '([^']+)'/.exec(query)?.[1]?.toLowerCase() ?? ''
  const rows = world.plan.jobs
    .map((job) => itemRow(world, job))
    .filter(({ id }) => String(id).toLowerCase().startsWith(scope))
  const { $top: most = 1_000, $skipToken: token = '0' } = (given.options ?? {}) as Record<string, unknown>
  const size = Math.min(Number(most), world.troubles('small-pages')[0]?.size ?? 1_000)
  const skip = Number(token)
  const left = skip + size < rows.length
  const data = rows.slice(skip, skip + size)
  return answer(200, {
    data,
    count: data.length,
    resultTruncated: 'false',
    ...(left ? { $skipToken: String(skip + size) } : {}),
  })
}

function answer(status: number, body?: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers, body, tells: [] }
}

function missing(path: string): Reply {
  return answer(404, { error: { code: 'ResourceNotFound', message: `There is no ${path}.` } })
}

function tell(body: Record<string, unknown>, by: 'single' | 'list'): Reply['tells'][number] {
  return { id: String(body.name), status: String((body.properties as Record<string, unknown>).status), by }
}

function wordOf(body: Record<string, unknown>): string {
  const { status } = (body.properties ?? {}) as { status?: string }
  return status === 'Started' ? 'InProgress' : (status ?? '')
}
