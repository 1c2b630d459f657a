/**
 * Makes timelines.json from the recordings, of which it keeps figures alone: `node benchmark/timelines.ts FOLDER`. All
 * are whole seconds from the request that started the operation, by the service's clock.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** One operation and its job, as they went. */
export interface Timeline {
  name: string
  /** When the recorded client asked first. */
  asked: number
  /** When the operation was first seen to have ended; its own times say the same for all of them. */
  operation: number
  /** When the job started and ended. */
  started: number
  ended: number
  /** When a VM's snapshot was first seen taken, and when it was last seen not to be: its tasks have no times. */
  snapshot?: [before: number, seen: number]
  /** Reads by the recorded client, and when the last one saw the end. */
  reads: number
  seen: number
}

interface Exchange {
  headers: { date: string }
  body: unknown
  repeat?: number
  lastDate?: string
}

interface Recording {
  trigger: Exchange
  operationStatus: Exchange[]
  operationResult?: Exchange[]
  job: Exchange[]
}

type Fields = Record<string, unknown>

const fields = (value: unknown): Fields => (value ?? {}) as Fields

/** The timeline of a recording; undefined where the client left before the job's end. */
function timelineOf(name: string, recording: Recording): Timeline | undefined {
  const { trigger, operationStatus, operationResult = [], job } = recording
  const origin = Date.parse(trigger.headers.date)
  const after = (time: number) => Math.max(0, Math.round((time - origin) / 1000))
  const at = (exchange: Exchange | undefined) => Date.parse(exchange?.headers.date ?? '')
  const all = [...operationStatus, ...operationResult, ...job]
  const done = operationStatus.at(-1)
  const last = job.at(-1)
  const properties = fields(fields(last?.body).properties)
  const ended = Date.parse(String(properties.endTime))
  if (!(ended > 0) || /InProgress|Cancelling/.test(String(properties.status))) return undefined
  const snapshots = job.map((exchange) => [at(exchange), snapshotOf(exchange.body)] as const)
  const seen = snapshots.find(([, status]) => status === 'Completed')?.[0]
  const before = snapshots.findLast(([time, status]) => status !== 'Completed' && time < (seen ?? 0))?.[0]
  return {
    name,
    asked: after(Math.min(...all.map(at))),
    operation: after(at(done)),
    started: after(Date.parse(String(properties.startTime))),
    ended: after(ended),
    ...(seen === undefined || before === undefined ? {} : { snapshot: [after(before), after(seen)] }),
    reads: all.reduce((sum, { repeat = 1 }) => sum + repeat, 0),
    seen: after(at(last)),
  }
}

function snapshotOf(body: unknown): unknown {
  const tasks = fields(fields(fields(body).properties).extendedInfo).tasksList
  const list = Array.isArray(tasks) ? tasks.map(fields) : []
  return list.find(({ taskId }) => taskId === 'Take Snapshot')?.status
}

const [folder] = process.argv.slice(2)
if (import.meta.main && folder !== undefined) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  const timelines = files.sort().flatMap((file) => {
    const recording = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording
    return timelineOf(basename(file, '.json'), recording) ?? []
  })
  const lines = timelines.map((timeline) => `  ${JSON.stringify(timeline)}`)
  writeFileSync(join(import.meta.dirname, 'timelines.json'), `[\n${lines.join(',\n')}\n]\n`)
}
