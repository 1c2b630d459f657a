/**
 * Replays a recorded conversation: each URL answers what it answered at that time of the recording, on a clock
 * that begins with the request that started it. Nothing of the simulator's own Azure is asked.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Answer, decodedPath, jsonBody } from '../../simulator/http/exchange.ts'
import { lateClock } from './clock.ts'
import type { SeenRequest, Simulator } from './support.ts'

const shared = join(import.meta.dirname, '..', '..', '..', 'shared')

/** The names of all recordings; none in a clone of the repository alone. */
export const recordings: string[] = namesIn('recordings')

/** Those of ../shared/recordings-2, which have the service's Retry-After. */
export const moreRecordings: string[] = namesIn('recordings-2')

function namesIn(folder: string): string[] {
  const path = join(shared, folder)
  const files = existsSync(path) ? readdirSync(path).filter((file) => file.endsWith('.json')) : []
  return files.map((file) => file.slice(0, -'.json'.length)).sort()
}

interface Exchange {
  method: string
  url: string
  status: number
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: raw JSON of the service.
  body: any
  requestBody?: unknown
}

/** A recording, see ../shared/recordings/README.md. */
export interface Recording {
  name: string
  kind?: 'dataprotection' | 'crr'
  trigger: Exchange
  operationStatus: Exchange[]
  /** Reads of the Location URL, where its client made them. */
  operationResult?: Exchange[]
  job: Exchange[]
  /** Where it is replayed: a subscription of its own, by which its requests are known. */
  subscriptionId: string
  origin: string
}

/** Reads a recording as if it had been made at the simulator. */
export function load(name: string, origin: string): Recording {
  const subscriptionId = randomUUID()
  const folder = recordings.includes(name) ? 'recordings' : 'recordings-2'
  const text = readFileSync(join(shared, folder, `${name}.json`), 'utf8')
    // The latter is a stage of Microsoft's own, of 2016.
    .replaceAll(/https:\/\/(management\.azure\.com|api-dogfood\.resources\.windows-int\.net)/g, origin)
    .replaceAll('00000000-0000-0000-0000-000000000000', subscriptionId)
  return { ...(JSON.parse(text) as Recording), name, subscriptionId, origin }
}

/** The reads of the job, without a cancellation. */
export function jobReadsOf({ job }: Recording): Exchange[] {
  return job.filter(({ status }) => status === 200)
}

/** The last body of the job. */
export function lastBody(recording: Recording) {
  return jobReadsOf(recording).at(-1)?.body
}

/** `azureiaasvm-backup` of `azureiaasvm-backup-77a183b8`: workload and operation. */
export function kindOf(name: string): string {
  return name.replace(/-[0-9a-f]{8}$/, '')
}

/** In groups of five at the most: as many as one step reads one by one. */
export function byFive<Thing>(things: Thing[]): Thing[][] {
  return things.length === 0 ? [] : [things.slice(0, 5), ...byFive(things.slice(5))]
}

/** Seconds from the request that started it to the last read of the job, or else of the operation. */
export function secondsOf(recording: Recording): number {
  const last = [...recording.operationStatus, ...(recording.operationResult ?? []), ...jobReadsOf(recording)]
  return (Math.max(...last.map(when)) - begin(recording)) / 1000
}

/** When it began, in milliseconds since 1970: with the request that started it, or with the first read that there is. */
function begin(recording: Recording): number {
  const first = when(recording.trigger)
  return Number.isNaN(first) ? when(jobReadsOf(recording)[0] ?? recording.operationStatus[0]) : first
}

function when(exchange: Exchange | undefined): number {
  return Date.parse(exchange?.headers.date ?? '')
}

/** A request and the simulated time of its arrival, in milliseconds since 1970. */
export interface Replayed {
  request: SeenRequest
  at: number
  what: What
}
type What = 'status' | 'result' | 'job' | 'nothing'

export interface Replay {
  /** What makes a process see the recording's time. */
  environment: Record<string, string>
  requests: Replayed[]
}

/** How a replay differs from that of a whole conversation in half a second. */
export interface Pace {
  /** Begins so many seconds before the job's last read, rather than with the request that started it. */
  beforeEnd?: number
  /** Recorded seconds in one of ours. */
  speed?: number
}

/** Begins a replay of one conversation, or of several side by side, each in its own time. */
export function replay(simulator: Simulator, given: Recording | Recording[], pace: Pace = {}): Replay {
  const all = [given].flat()
  const seconds = Math.min(Math.max(...all.map(secondsOf)), pace.beforeEnd ?? Number.POSITIVE_INFINITY)
  // Not so fast that an attempt's limit of 30 s shrinks below 150 ms.
  const speed = pace.speed ?? Math.min(200, Math.max(10, seconds * 2))
  const base = begin(all[0] as Recording)
  const clock = lateClock(base, speed)
  const requests: Replayed[] = []
  for (const recording of all) {
    const begins = begin(recording) + Math.max(0, secondsOf(recording) - seconds) * 1000
    const roles = rolesOf(recording)
    simulator.override((request) => {
      if (request.server !== 'resource-manager' || !request.path.includes(recording.subscriptionId))
        return undefined
      clock.start()
      const now = begins + clock.now() - base
      const what = roles.get(`${request.method} ${plain(request.path)}`) ?? 'nothing'
      requests.push({ request, at: now, what })
      const answer = mayAsk(simulator, request) ? answerOf(recording, what, request, now) : { status: 401 }
      return { ...answer, headers: { ...answer.headers, Date: new Date(now).toUTCString() } }
    })
  }
  return { requests, environment: clock.environment }
}

/** Paths are compared without case, and %3B is ; (both recorded). */
function plain(path: string): string {
  return decodedPath(path).toLowerCase()
}

/** What each URL shows. An operation is known in its vault by its ID too (recorded: the CLI asks there). */
function rolesOf({ trigger, operationStatus, operationResult = [], job }: Recording): Map<string, What> {
  const roles = new Map<string, What>()
  // A cancellation's Location URL is below the job, and as good as that.
  const add = (what: What, method: string, url: string | undefined) => {
    if (url) roles.set(`${method} ${plain(new URL(url).pathname)}`, what)
  }
  const { location } = trigger.headers
  add('status', 'GET', trigger.headers['azure-asyncoperation'])
  add('status', 'GET', location?.replace(/\/operationResults\//i, '/operationStatus/'))
  // What was never known there is not recorded.
  if (operationStatus.length > 0)
    add('status', 'GET', location?.replace(/\/backupFabrics\/.*\/operationResults\//i, '/backupOperations/'))
  add('status', 'GET', location?.replace(/\/backupOperationResults\//i, '/backupOperations/'))
  add('status', 'GET', location?.replace(/\/backupCrrOperationResults\//i, '/backupCrrOperationsStatus/'))
  for (const { method, url } of operationStatus) add('status', method, url)
  for (const { method, url } of operationResult) add('result', method, url)
  add('result', 'GET', location)
  for (const { method, url, status } of job) if (status === 200) add('job', method, url)
  return roles
}

function mayAsk({ secrets }: Simulator, { headers }: SeenRequest): boolean {
  return secrets.some((secret) => headers.authorization === `Bearer ${secret}`)
}

function answerOf(recording: Recording, what: What, request: SeenRequest, now: number): Answer {
  const { operationStatus, operationResult = [], kind, trigger } = recording
  const notFound = { status: 404, body: { error: { code: 'ResourceNotFound', message: 'Not recorded.' } } }
  if (what === 'status') return shown(at(operationStatus, now) ?? operationStatus[0], notFound)
  if (what === 'result') {
    const over = operationStatus.at(-1)
    if (operationResult.length > 0) return shown(at(operationResult, now) ?? operationResult[0], notFound)
    const asked = trigger.headers['retry-after']
    if (now < when(over)) return { status: 202, ...(asked ? { headers: { 'Retry-After': asked } } : {}) }
    // A Backup vault's result names the job (recorded by others: reference, 11); all others end in 204.
    return kind === 'dataprotection' ? { status: 200, body: over?.body.properties } : { status: 204 }
  }
  if (what !== 'job' || !isAbout(request, recording)) return notFound
  const reads = jobReadsOf(recording)
  // A job that was first read when it had ended was not there before, as far as the recording tells.
  const early = reads.length > 1 ? reads[0] : undefined
  return shown(at(reads, now) ?? early, notFound)
}

/** A cross-region job is named by the body. */
function isAbout(request: SeenRequest, recording: Recording): boolean {
  if (request.method === 'GET') return true
  const { requestBody } = jobReadsOf(recording)[0] ?? {}
  return JSON.stringify(jsonBody(request)).toLowerCase() === JSON.stringify(requestBody).toLowerCase()
}

/** The last one that was there at that time. */
function at(exchanges: Exchange[], now: number): Exchange | undefined {
  return exchanges.findLast((exchange) => when(exchange) <= now)
}

function shown(exchange: Exchange | undefined, otherwise: Answer): Answer {
  if (exchange === undefined) return otherwise
  const { date: _replaced, ...headers } = exchange.headers
  return { status: exchange.status, headers, body: exchange.body }
}
